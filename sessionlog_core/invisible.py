"""Text in, the same text without what a reader cannot see, and a problem for each sort of it out.

Characters that are not seen are still carried along: into a terminal as orders, into a search
index, into the context of an agent that reads the page. What has no look of its own is dropped
here, before anything else reads the text, and the number of lines stays. Joiners and marks that
writing needs are kept: in emoji, in flags, and in the scripts that are written with them.

Sources: Unicode Standard Annex 9 (direction) and 31 (default ignorable), Unicode Technical Standard
51 (emoji), ECMA-48 (terminal sequences), Unicode Technical Report 36 (security).
"""

import re
import unicodedata
from collections.abc import Callable

from sessionlog_core.patterns import later
from sessionlog_core.problems import Code, Problem

_ESCAPES = later(
    "\x1b\\[[0-?]*[ -/]*[@-~]?|\x9b[0-?]+[ -/]*[@-~]"  # colours and cursor moves
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])"  # titles, hyperlinks, strings to a device
    "[^\x07\x1b\x80-\x9f\n]{0,2000}(?:\x07|\x1b\\\\|\x9c)"
    "|\x1b[ -/]*[0-~]?"
)
"""A string that is never ended is no such string: what would be in it stays."""

_BREAKS = later("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
"""What Python takes for the end of a line and editors do not: blanks, so that all count the same
lines."""

_NUL = later("[\x00\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff]")
"""What no document may hold: shown as U+FFFD."""

_CONTROLS = later("[\x01-\x08\x0e-\x1a\x7f-\x84\x86-\x9f\r]")
_BIDI = later("[\u202a-\u202e\u2066-\u2069]")
_MARKS = later("[\u200e\u200f\u061c]")
_ZERO_WIDTH = later(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
_JOINERS = later("[\u200c\u200d]")
_SELECTORS = later("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_TAGS = later(
    "(\U0001f3f4)(\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
    "|\U000e0077\U000e006c\U000e0073)\U000e007f)|[\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
"""The flags of England, Scotland and Wales are written with tag characters; nothing else is."""

_RIGHT_TO_LEFT = later("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_INTERESTING = later(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def _keep_joiner(text: str, at: int) -> bool:
    """Say whether a joiner stands between emoji, or letters of a script that has joiners."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before or not after:
        return False
    if "\u0590" <= before < "\u1100" or "\ua800" <= before < "\uac00":
        return "\u0590" <= after < "\u1100" or "\ua800" <= after < "\uac00"
    is_sign = before == "\ufe0f" or unicodedata.category(before) in ("So", "Sk")
    return text[at] == "\u200d" and is_sign and unicodedata.category(after) == "So"


def _keep_selector(text: str, at: int) -> bool:
    """Say whether a variation selector follows a sign, or an ideograph, that can have one."""
    before = text[at - 1 : at]
    if not before:
        return False
    if text[at] > "\uffff":
        return unicodedata.name(before, "").startswith("CJK UNIFIED")
    return before in "0123456789#*" or unicodedata.category(before) in (
        "So",
        "Sm",
        "Po",
        "Lo",
    )


def _keep_mark(text: str, at: int) -> bool:
    """Say whether a direction mark stands in a line that has letters written from the right."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    # Bounded: a line may be as long as the file, and marks may be as many as its characters.
    start = max(start, at - 200)
    end = min(len(text) if end < 0 else end, at + 200)
    return _RIGHT_TO_LEFT.search(text, start, end) is not None


def _keep_flag(text: str, at: int) -> bool:
    return text[at] == "\U0001f3f4"


_SORTS: tuple[tuple[str, re.Pattern[str], str, Callable[[str, int], bool] | None], ...] = (
    ("terminal escape sequences", _ESCAPES, "", None),
    ("", _BREAKS, " ", None),
    ("characters that no text may hold", _NUL, "\ufffd", None),
    ("control characters", _CONTROLS, "", None),
    ("bidi characters, which turn the direction of text", _BIDI, "", None),
    ("direction marks", _MARKS, "", _keep_mark),
    ("zero-width characters", _ZERO_WIDTH, "", None),
    ("joiners", _JOINERS, "", _keep_joiner),
    ("variation selectors", _SELECTORS, "", _keep_selector),
    ("tag characters", _TAGS, "", _keep_flag),
)
"""Name in a message (empty: not worth one), pattern, what stands there instead, and what says that
one stays."""


def clean(text: str, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Drop what cannot be seen; tell each sort once, with its first line."""
    if not _INTERESTING.search(text):
        return text, ()
    problems: list[Problem] = []
    for name, pattern, instead, keep in _SORTS:
        hits = [m for m in pattern.finditer(text) if keep is None or not keep(text, m.start())]
        if not hits:
            continue
        if name:
            line = text.count("\n", 0, hits[0].start()) + 1
            codes = sorted({f"U+{ord(c):04X}" for hit in hits[:100] for c in hit[0][:1]})
            shown = ", ".join(codes[:5]) + (", ..." if len(codes) > 5 else "")
            verb = "dropped" if not instead else "replaced"
            message = f"{verb} {len(hits)} {name}: {shown}"
            problems.append(Problem(Code.INVISIBLE, message, path, line, grave=False))
        text = _replace(text, hits, instead)
    return text, tuple(problems)


def _replace(text: str, hits: list[re.Match[str]], instead: str) -> str:
    out: list[str] = []
    at = 0
    for hit in hits:
        out += (text[at : hit.start()], instead)
        at = hit.end()
    out.append(text[at:])
    return "".join(out)

"""Text whose characters were damaged on their way in, the repaired text out.

Damage of one sort is repaired: UTF-8 that was read as Windows-1252, Windows-1254, Latin-1 or code
page 437 and written again (`â€™` for `’`, `ğŸ”„` for `🔄`, `Γ£à` for `✅`). A converter on that way
often drops the bytes that have no character in its code page, so that `❌` is left as `âŒ`: what
common signs look like then is a table that is made from the signs themselves.

ASCII is never touched, so that the number of lines stays. Where only text in code spans or quotes
looks damaged, the log speaks of damage and has none: nothing is changed.
"""

import re
from collections.abc import Iterable, Mapping

from sessionlog_core.patterns import later

_LOSSY = (
    "”🔍🔐🔒🎯🎨🎉🎬📍📏📐📝🐍🏗🏁🏆👍🤝🚀🛠🛡🗑🗝🔝🔏💎❌❓❗❤⏱⏰⏳⏭⏸✏"
    "✍✎❎❔❕↔◐●◎▌▐┐═║╝└╞┴┘█░▓⭐⚠✂■□️‍🟡🟢🧠🧪🪝📎📞"
)
"""Signs that logs like. Only those matter that lose a byte on the way; among two that then look the
same the first wins."""


def _page(*codecs: str) -> dict[str, int]:
    """Give the byte of each character of the code pages; an undefined byte stands for itself."""
    page = {chr(b): b for b in range(0x80, 0xA0)}
    for codec in codecs:
        for b in range(0x80, 0x100):
            page[bytes([b]).decode(codec, errors="ignore") or chr(b)] = b
    return page


_CP1254 = _page("cp1252", "cp1254")
_CP437 = _page("cp437")


def _of(page: Mapping[str, int], first: int, last: int) -> str:
    return "".join(re.escape(c) for c, b in page.items() if first <= b <= last)


_CONT = _of(_CP1254, 0x80, 0xBF)
_CONT437 = _of(_CP437, 0x80, 0xBF)

_RUN = (
    f"[{_of(_CP1254, 0xC2, 0xDF)}][{_CONT}]"
    f"|[{_of(_CP1254, 0xE0, 0xEF)}][{_CONT}]{{2}}"
    f"|[{_of(_CP1254, 0xF0, 0xF4)}][{_CONT}]{{3}}"
)
_RUN437 = (
    f"[{_of(_CP437, 0xE2, 0xE2)}][{_CONT437}]{{2}}|[{_of(_CP437, 0xF0, 0xF0)}][{_CONT437}]{{3}}"
)

_PLAUSIBLE = later(
    "[\u00a0-\u024f\u0370-\u04ff\u2010-\u2027\u202f-\u2bff\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
    "\u2000-\u200d\ufe0f\ufeff\uff01-\uff5e\U0001f000-\U0001faff]"
)
"""What a repaired run may turn out to be; anything else is left as it is. Rare scripts are not in
it: `à «` with a hard blank would come out as one of them."""

_CERTAIN = later(
    "[\u2010-\u2027\u202f-\u2bff\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\U0001f000-\U0001faff]"
)
"""Results that no ordinary text gives by chance."""

_FIRST_LETTERS = later("[ÂÃ][\u00a0-\u00bf]")
"""The commonest damage of all, letters and signs of Latin-1."""


def _lossy() -> dict[str, str]:
    """Give what the signs of `_LOSSY` look like after their undefined bytes were dropped."""
    table: dict[str, str] = {}
    for codec in ("cp1252", "cp1254"):
        for sign in _LOSSY:
            data = sign.encode("utf-8")
            kept = data.decode(codec, errors="ignore")
            if len(kept) < len(data) and len(kept) > 1:
                table.setdefault(kept, sign)
    return table


_LOST = _lossy()
_DAMAGED = later(
    f"(?P<run>{_RUN}|{_RUN437})|(?P<lost>"
    + "|".join(map(re.escape, sorted(_LOST, key=len, reverse=True)))
    + f")(?![{_CONT}])"
)
_SPOKEN_OF = later(r"`[^`\n]*`|\"[^\"\n]{1,12}\"|'[^'\n]{1,12}'|“[^“”\n]{1,12}”(?!\w)")
"""Code spans, and a few characters in quotes."""


def repair(text: str) -> tuple[str, tuple[int, ...]]:
    """Give `text` with damaged characters put right, and the 1-based lines that changed.

    What was damaged twice is repaired twice.
    """
    if text.isascii() or not _is_damaged(text):
        return text, ()
    lines = text.split("\n")
    changed: list[int] = []
    for at, line in enumerate(lines):
        if line.isascii():
            continue
        once = _DAMAGED.sub(_mend, line)
        if once != line:
            lines[at] = _DAMAGED.sub(_mend, once)
            changed.append(at + 1)
    return "\n".join(lines), tuple(changed)


def _is_damaged(text: str) -> bool:
    """Say whether something in `text`, outside of code spans and quotes, is damaged for certain."""
    return any(
        _FIRST_LETTERS.match(hit)
        or hit[:2] in ("ğŸ", "ðŸ")
        or _CERTAIN.fullmatch(_decode(hit) or "")
        for line in text.split("\n")
        if not line.isascii() and _DAMAGED.search(line)
        for hit in _hits(_SPOKEN_OF.sub(" ", line))
    )


def _hits(line: str) -> Iterable[str]:
    return (m[0] for m in _DAMAGED.finditer(line))


def _mend(match: re.Match[str]) -> str:
    if match["lost"]:
        return _LOST[match["lost"]]
    return _decode(match[0]) or match[0]


def _decode(run: str) -> str | None:
    """Give the character that the characters of `run` are the bytes of, or None."""
    for page in (_CP1254, _CP437):
        if all(c in page for c in run):
            try:
                sign = bytes(page[c] for c in run).decode("utf-8")
            except UnicodeDecodeError:
                continue
            if len(sign) == 1 and _PLAUSIBLE.match(sign):
                return sign
    return None

"""A line of a log in, the label with which it begins out (`**Status:** done`), and its value.

Markdown has no labels, people write them all the same: in bold with the colon inside or outside,
or plain.
"""

from functools import lru_cache

from sessionlog_core.patterns import later
from sessionlog_core.records import record

__all__ = ["Label", "find_label", "find_labels", "strip_markup"]


@record(frozen=True, slots=True)
class Label:
    """A label: its words, what follows on its line, and whether it is set in bold."""

    name: str
    value: str
    bold: bool


PLAIN = later(r"([^\W\d_][^:：|`*\[\]\n]{0,47})(?:[:](?=\s|$)|：)[ \t]*")
"""A plain label: a letter first, some words, a colon that a blank or the line's end follows."""

SLANTED = later(r"[*_]([^\W\d_][^*_:：|`\n]{0,47})(?:[*_][:：]|[:：][*_])[ \t]*(.*)")
"""A label in italics: `*Last Updated*: May`."""

FIELD = later(r":([A-Z\u00c0-\uffff][^:`*\n]{0,40}):(?=\s|$)[ \t]*")
"""A field of reStructuredText; `:rocket:` is an emoji."""

WORDS_AT_MOST = 5
"""More words before a colon are a sentence."""

LEAD = later(r"[^\w\s*_`\[(<|#~-]{1,12}\s{1,12}")
"""Signs such as an emoji before a label."""


MARKS = later(r"[*`~]+")
SLOPES = later(r"(?<!\w)_+|_+(?!\w)")
"""Underscores that are marks, and no part of a word."""


def strip_markup(text: str) -> str:
    """Take the marks of emphasis and code from `text`; underscores inside of words stay."""
    if "*" not in text and "_" not in text and "`" not in text and "~" not in text:
        return text.strip()
    text = MARKS.sub("", text)
    return (SLOPES.sub("", text) if "_" in text else text).strip()


def find_label(line: str) -> Label | None:
    """Give the label with which `line` begins, or None."""
    # A label has a colon behind it, or is set in bold: most lines need no closer look.
    if ":" not in line and "**" not in line and "__" not in line and "：" not in line:
        return None
    return _known_label(line) if len(line) <= SHORT else _read_label(line)


SHORT = 48
"""Letters of a line that may be a label alone: it stands in each session, and is read once."""


def _read_label(line: str) -> Label | None:
    text = line.strip()
    # What stands before a label is neither a letter nor one of these marks.
    if text and not text[0].isalnum() and text[0] not in "*_":
        lead = LEAD.match(text)
        if lead:
            text = text[lead.end() :]
    if text[:1] in ("*", "_"):
        if text[1:2] == text[0]:
            return _bold(text, text[:2])
        slanted = SLANTED.match(text)
        return Label(slanted[1].strip(), slanted[2], bold=True) if slanted else None
    match = PLAIN.match(text)
    if match is None:
        field = FIELD.match(text) if text[:1] == ":" else None
        return Label(field[1], text[field.end() :], bold=True) if field else None
    name = match[1].rstrip()
    if len(name.split()) > WORDS_AT_MOST or ". " in name or ", " in name:
        return None
    return Label(name, text[match.end() :], bold=False)


_known_label = lru_cache(maxsize=4096)(_read_label)


def _bold(text: str, mark: str) -> Label | None:
    end = text.find(mark, 2)
    if end < 3:
        return None
    name, rest = text[2:end].strip(), text[end + 2 :].strip()
    if rest[:1] in (":", "："):
        return Label(name, rest[1:].strip(), bold=True)
    if name[-1:] in (":", "："):
        return Label(name[:-1].strip(), rest, bold=True)
    if not rest or (rest[0] in "([（" and rest[-1] in ":："):
        return Label(name, "", bold=True)
    head, colon, value = name.partition(": ")
    if colon and len(head.split()) <= WORDS_AT_MOST and rest[:1] in "-—–(":
        return Label(head, f"{value} {rest}", bold=True)
    return None


NEXT = later(
    r"[|·•;,]\s{1,9}(?=\*\*[^*]{1,80}(?::\*\*|\*\*\s{0,3}:))"
    r"|[|·•]\s{1,9}(?=[^\W\d_][\w ]{1,30}:\s)"
    r"|(?<=\S)\s{2,9}(?=\*\*[^*]{1,80}:\*\*)"
)
"""Where a second label begins on a line: `**Date:** 2026-01-02 | **Status:** done`."""
MAY_GO_ON = later(r"[|·•]|\s\*\*")
"""A sign without which no second label begins."""


def find_labels(line: str) -> tuple[Label, ...]:
    """Give all labels of `line`, in order."""
    if MAY_GO_ON.search(line) is None:
        alone = find_label(line)
        return () if alone is None else (alone,)
    found: list[Label] = []
    for part in NEXT.split(line):
        label = find_label(part)
        if label is None:
            if not found:
                return ()
            last = found[-1]
            found[-1] = Label(last.name, f"{last.value} {part}".strip(), last.bold)
        else:
            found.append(label)
    return tuple(found)

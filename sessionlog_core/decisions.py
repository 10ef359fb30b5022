"""A statement of a decision in, the decision out: title, choice, reason, rejected, cost.

Decisions come in three shapes: a heading with labelled lines (`**Choice:**`, `**Decision:**`,
`**Reason:**`), a bold lead with a paragraph behind it, and a numbered one with problem, solution
and impact. Rows of a table are a fourth.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from sessionlog_core.aspects import ASPECTS
from sessionlog_core.items import Reading
from sessionlog_core.labels import find_label, strip_markup
from sessionlog_core.model import Decision
from sessionlog_core.outline import Kind, Node
from sessionlog_core.patterns import later
from sessionlog_core.vocabulary import WORD, word_set, words_of

__all__ = ["labelled_lines", "read_decision"]

LEAD = later(r"(?:\d{1,3}[.)]\s{1,4})?(?:\*\*|__)(.{1,200}?)(?:\*\*|__)[\s:.–—-]{0,4}", re.S)
"""The bold lead of a decision."""

VERSUS = later(r"\s{1,3}(?:vs\.?|versus|over|instead of|rather than|statt|gegenüber)\s{1,3}", re.I)
"""What parts the chosen from the rejected in a title: `GraphQL over REST`."""

BECAUSE = later(
    r"(?:^|[\s(,;—–-])(?:because|since|so that|in order to|due to|weil|da|damit|parce que|car|"
    r"porque|para que|perché|protože|"
    r"потому что|чтобы|因为|因為|以便|ため|때문)\b",
    re.I,
)
BECAUSE_WORDS = word_set(
    "because since so order due weil da damit parce car porque para perché protože потому чтобы"
)
"""Of which one stands in all that `BECAUSE` finds, but in scripts without blanks."""


def may_tell_why(text: str) -> bool:
    """Say at a glance whether a reason may be told: to look for words is faster than a pattern."""
    return not text.isascii() or not BECAUSE_WORDS.isdisjoint(words_of(text))


def read_decision(statement: Reading) -> Decision:
    """Read one decision."""
    item = statement.item
    if statement.header:
        return _of_row(statement)
    if rows := labelled_lines(item.text):
        return _of_lines(rows, statement)
    aspects = _aspects(statement.nodes)
    first = item.text.split("\n", 1)[0]
    lead = LEAD.match(item.text)
    rest = item.text[lead.end() :].strip() if lead else ""
    label = None if lead else find_label(first)
    if lead:
        title = strip_markup(lead[1]).rstrip(":.： ")
    elif label and not label.bold and len(label.name.split()) <= 4 and label.value:
        title, rest = label.name, label.value
    else:
        title = strip_markup(first)
    title, rest = _flat(title), _flat(rest)
    has_colon = ":" in rest or "：" in rest
    labels = list(INLINE.finditer(rest[:4000])) if has_colon else []
    for aspect, said in _inline(rest, labels):
        aspects.setdefault(aspect, said)
    if labels:
        rest = rest[: labels[0].start() + 1].strip(" -–—")
    choice = aspects.get("choice") or rest or None
    reason = aspects.get("reason")
    rejected = aspects.get("rejected")
    parts = VERSUS.split(strip_markup(title), maxsplit=1)
    if rejected is None and len(parts) == 2 and parts[1].strip():
        rejected = parts[1].strip()
        choice = aspects.get("choice") or parts[0].strip() or choice
    if rejected is None and "options" in aspects and choice:
        rejected = _without(aspects["options"], choice)
    if reason is None:
        text = rest or title
        because = BECAUSE.search(text) if may_tell_why(text) else None
        if because:
            reason = text[because.start() :].strip(" (,;—–-)") or None
        elif rest and choice != rest and "choice" not in aspects:
            reason = rest
    return Decision(title, item, choice, reason, rejected, aspects.get("tradeoff"))


def labelled_lines(text: str) -> tuple[str, ...]:
    """Give the lines of an entry that has a label of a decision on each, or nothing.

    `1. **Problem:** ...`, and below it in the same paragraph `**Solution:** ...`: it has no name of
    its own. A line without a label goes on from the one above.
    """
    if "\n" not in text:
        return ()
    rows: list[str] = []
    for line in text.split("\n"):
        label = find_label(line)
        if label and label.value and _fold(label.name) in ASPECTS.phrases:
            rows.append(line)
        elif rows:
            rows[-1] = f"{rows[-1]} {line}"
        else:
            return ()
    return tuple(rows) if len(rows) > 1 else ()


def _of_lines(rows: Iterable[str], statement: Reading) -> Decision:
    """Read a decision of labelled lines; its name is what the first of them says."""
    aspects: dict[str, str] = {}
    title = ""
    for label in filter(None, map(find_label, rows)):
        said = _flat(strip_markup(label.value))
        title = title or said
        aspects.setdefault(ASPECTS.phrases[_fold(label.name)], said)
    choice = aspects.get("choice")
    rejected = aspects.get("rejected")
    if rejected is None and "options" in aspects and choice:
        rejected = _without(aspects["options"], choice)
    reason, tradeoff = aspects.get("reason"), aspects.get("tradeoff")
    return Decision(title, statement.item, choice, reason, rejected, tradeoff)


def _of_row(statement: Reading) -> Decision:
    cells = [strip_markup(n.text) for n in statement.nodes]
    aspects: dict[str, str] = {}
    title = ""
    for name, cell in zip(statement.header, cells, strict=False):
        aspect = ASPECTS.phrases.get(_fold(name))
        if aspect and cell:
            aspects.setdefault(aspect, cell)
        elif cell and not title and not cell.strip("#").isdigit():
            title = cell
    title = _flat(title or aspects.get("choice") or statement.item.text)
    parts = VERSUS.split(title, maxsplit=1)
    return Decision(
        title,
        statement.item,
        aspects.get("choice"),
        aspects.get("reason"),
        aspects.get("rejected") or (parts[1] if len(parts) == 2 else None),
        aspects.get("tradeoff"),
    )


def _aspects(nodes: Iterable[Node]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in _lines(nodes):
        label = find_label(text.split("\n", 1)[0])
        if label is None:
            continue
        aspect = ASPECTS.phrases.get(_fold(label.name))
        tail = text.partition("\n")[2]
        value = f"{label.value}\n{tail}".strip() if tail else label.value
        if not aspect or not value:
            continue
        said = _flat(strip_markup(value))
        if aspect == "choice" and OPTIONS.search(found.get("choice", "")):
            found["options"], found["choice"] = found["choice"], said  # Choice: a or b; Decision: a
        else:
            found.setdefault(aspect, said)
    return found


OPTIONS = later(r"\s(?:vs\.?|or|oder|ou|o|nebo|или)\s|还是|または|또는")
"""What parts the options of a choice from one another."""

INLINE = later(
    r"(?:^|[.;!?]\s{1,2}|\s[-–—]\s)("
    + "|".join(
        sorted(
            (
                re.escape(phrase).replace(r"\ ", r"[\s-]")
                for phrase, aspect in ASPECTS.phrases.items()
                if aspect in ("reason", "rejected", "tradeoff")
            ),
            key=len,
            reverse=True,
        )
    )
    + r")\s?[:：]\s?",
    re.I,
)
"""A label in the midst of a paragraph: `... Reasoning: it needs no library`."""


def _inline(text: str, hits: list[re.Match[str]]) -> Iterator[tuple[str, str]]:
    """Give the aspects that labels amid a paragraph name; each goes on to the next one."""
    for hit, following in zip_longest(hits, hits[1:]):
        said = text[hit.end() : following.start() + 1 if following else len(text)].strip()
        if said:
            yield ASPECTS.phrases[_fold(hit[1])], strip_markup(said)


def _flat(text: str) -> str:
    """Put a text that was broken into lines on one."""
    return " ".join(text.split())


def _lines(nodes: Iterable[Node]) -> Iterator[str]:
    """Give the texts that may begin with a label: paragraphs and entries of lists."""
    for node in nodes:
        match node.kind:
            case Kind.LIST | Kind.ITEM | Kind.QUOTE:
                yield from _lines(node.children)
            case Kind.PARAGRAPH | Kind.LABEL:
                yield node.text
            case _:
                pass


WORDS = later(r"[^\W\d_]{4,}|\d+")
"""What tells one option from another: its longer words and its figures."""

APART = later(r"\s(?:vs\.?|versus|or|oder|ou|o|nebo|или)\s|\s?(?:[/|、]|,\s)", re.I)
"""What parts one option from the next."""


def _without(options: str, choice: str) -> str | None:
    """Take from `A vs B vs C` what was chosen."""
    chosen = set(WORDS.findall(choice.casefold()))
    parts = [part.strip() for part in APART.split(options)]
    left = [x for x in parts if x and not chosen.intersection(WORDS.findall(x.casefold()))]
    return ", ".join(left) or None


def _fold(name: str) -> str:
    return " ".join(WORD.findall(strip_markup(name).casefold()))

"""The label lines of a session in, its fields out: branch, duration and state."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sessionlog_core.labels import find_labels
from sessionlog_core.model import PartKind, Session, Status
from sessionlog_core.outline import Node, NodeKind
from sessionlog_core.vocabulary import Vocabulary, word_set

__all__ = ["Fields", "read_branch", "read_duration", "read_fields"]

HOUR = r"(?:h|hrs?|hours?|horas?|std\.?|stunden?|heures?|or[ae]|hodin[ya]?|час(?:а|ов)?|小时|小時|時間|시간)"
MINUTE = (
    r"(?:m|min|mins|minutes?|minutos?|minuten|minuti|minut[ya]?|мин(?:ут[аы]?)?|分钟|分鐘|分|분)"
)
FIGURE = r"\d{1,3}(?:[.,]\d{1,2})?"
SPAN = r"\s?(?:-|–|—|to|bis|a|à|до|~|〜)\s?"

HOURS = re.compile(rf"(?P<a>{FIGURE})(?:{SPAN}(?P<b>{FIGURE}))?\+?\s?{HOUR}(?![^\W\d_])", re.I)
MINUTES = re.compile(rf"(?P<a>{FIGURE})(?:{SPAN}(?P<b>{FIGURE}))?\+?\s?{MINUTE}(?![^\W\d_])", re.I)
CLOCKS = re.compile(
    r"(?<!\d)(\d{1,2}):(\d\d)\s?(?:-|–|—|to|bis|until|→|a|à|~|〜)\s?(\d{1,2}):(\d\d)(?!\d)"
)
PERIOD = re.compile(r"PT(?:(\d{1,3})H)?(?:(\d{1,3})M)?")
"""An ISO 8601 period."""

BRANCH_VALUE = re.compile(r"`([^`\s]{1,120})`|(?:\*\*)?([A-Za-z0-9][\w./#@+-]{0,119})")
PROSE_BRANCH = re.compile(
    r"\b(?:on|to|from|onto)\s(?:the\s)?(?:branch|`)\s?`?([A-Za-z0-9][\w.-]*(?:[/-][\w.-]{1,60}){1,6})`?"
    r"|\bbranch:?\s`?([A-Za-z0-9][\w.-]{0,40}/[\w./-]{1,60})|\bbranch\s`([^`\s]{2,100})`|\b(?:on|to|onto|into)\s(?:the\s)?`?([A-Za-z0-9][\w./-]{1,60})`?\sbranch\b",
)
NO_BRANCH = word_set(
    """
        none n a tbd yes no new the a current this that its my our each main/master feature
        release remote same right own plan correct separate
    """
)

WHOLE = re.compile(
    r"\b(?:session|sess[aã]o|sesi[oó]n|sitzung|séance|sessione|sezení|сесси[ия]|total|gesamt)|会话|总|セッション|合計|세션",
    re.I,
)
"""A label that speaks of the session as a whole, wherever it stands."""

ABOUT = re.compile(
    r"\b(?:summary|overview|info|metadata|session status|outcome|resumo|resumen|zusammenfassung|résumé|riepilogo|"
    r"shrnutí|итог)\b|概要|摘要|总结|요약",
    re.I,
)
"""A heading of a section about the session itself."""

LINE = re.compile(
    r"^[\s>│║|*+•-]{0,8}(?:[^\w\s*`|]{1,3}\s{1,2})?(?:\*\*|__)?[^\W\d_][^:：|`*\n]{0,30}(?:\*\*|__)?\s{0,12}[:：]",
    re.M,
)
"""A line that may hold a field."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a session; what the log does not say is None."""

    branch: str | None = None
    duration_minutes: int | None = None
    status: Status | None = None
    status_text: str | None = None


def read_fields(session: Session, vocabulary: Vocabulary) -> Fields:
    """Read the fields of a session; what its heading says stays."""
    status, status_text = session.status, session.status_text
    branch, duration = session.branch, session.duration_minutes
    durations: list[tuple[bool, int]] = []
    states: list[tuple[int, str]] = []
    lasting = None
    for place, label, name, value in _fields(session.body, vocabulary):
        whole = WHOLE.search(label) is not None
        if name == "branch" and branch is None:
            branch = read_branch(value)
        elif name == "duration":
            minutes = read_duration(value)
            if place == TOP and vocabulary.state(value) == "open":
                lasting = value
            if minutes is not None:
                durations.append((place == SUBSECTION and not whole, minutes))
        elif name == "status":
            states.append((place, value))
    if duration is None and durations:
        duration = next((m for sub, m in durations if not sub), None)
    if status is None:
        for place in (TOP, END, SECTION):
            said = next((v for p, v in states if p == place), None)
            if said is None:
                continue
            status_text = said
            state = vocabulary.state(said)
            status = Status(state) if state in ("open", "closed") else None
            break
        if status is None and status_text is None and lasting:
            status, status_text = Status.OPEN, lasting
    if branch is None:
        branch = _branch_in_prose(session.body)
    return Fields(branch, duration, status, status_text)


TOP, SECTION, SUBSECTION, END = range(4)
"""Where a field stands: above the first heading, in a section about the session, in another one, behind the last ruler."""


def _fields(nodes: Iterable[Node], vocabulary: Vocabulary) -> Iterator[tuple[int, str, str, str]]:
    """Give the fields with their place, label, name and value, in order."""
    place = TOP
    nodes = tuple(nodes)
    last = max((i for i, n in enumerate(nodes) if n.kind is NodeKind.RULE), default=len(nodes))
    if any(n.kind is NodeKind.HEADING for n in nodes[last:]):
        last = len(nodes)
    for index, node in enumerate(nodes):
        if node.kind is NodeKind.HEADING:
            found = vocabulary.section(node.text)
            about = (
                found is not None
                and found.kind in (PartKind.STATUS, PartKind.SUMMARY, PartKind.COMMITS)
            ) or ABOUT.search(node.text) is not None
            place = SECTION if about else SUBSECTION
        elif index > last and place != TOP:
            place = END
        for text in _texts(node):
            for line in text.split("\n"):
                if (":" not in line and "：" not in line) or not LINE.match(line):
                    continue
                for label in find_labels(line.strip(" │║|>")):
                    name = vocabulary.field(label.name)
                    if name and label.value.strip():
                        yield place, label.name, name, label.value.strip()


def _texts(node: Node) -> Iterator[str]:
    if node.kind is NodeKind.ROW and len(node.children) == 2:
        yield f"{node.children[0].text.strip('*: ')}: {node.children[1].text}"
        return
    if node.text and node.kind is not NodeKind.HEADING:
        yield node.text
    for child in node.children:
        yield from _texts(child)


def read_branch(value: str) -> str | None:
    """Read the name of a branch from the value of its label."""
    match = BRANCH_VALUE.search(value)
    if match is None:
        return None
    name = (match[1] or match[2]).rstrip(".,;:")
    return None if name.casefold() in NO_BRANCH else name


def _branch_in_prose(nodes: Iterable[Node]) -> str | None:
    for node in nodes:
        for text in _texts(node):
            if "branch" in text:
                match = PROSE_BRANCH.search(text)
                name = next(filter(None, match.groups()), None) if match else None
                if name and name.casefold() not in NO_BRANCH:
                    return name
    return None


def read_duration(value: str) -> int | None:
    """Read a duration in minutes: of a range the middle, of two clock times what is between them."""
    value = value[:200]
    period = PERIOD.search(value)
    if period and (period[1] or period[2]):
        return int(period[1] or 0) * 60 + int(period[2] or 0)
    hours, minutes = HOURS.search(value), MINUTES.search(value)
    if hours is None and minutes is None:
        clocks = CLOCKS.search(value)
        if clocks is None:
            return None
        start, end = int(clocks[1]) * 60 + int(clocks[2]), int(clocks[3]) * 60 + int(clocks[4])
        return (end - start) % (24 * 60) or None
    total = _middle(hours) * 60 if hours else 0.0
    if minutes and (hours is None or minutes.start() >= hours.end()):
        total += _middle(minutes)
    return round(total) or None


def _middle(match: re.Match[str]) -> float:
    low = float(match["a"].replace(",", "."))
    return (low + float(match["b"].replace(",", "."))) / 2 if match["b"] else low

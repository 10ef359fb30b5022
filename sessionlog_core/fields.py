"""The label lines of a session in, its fields out: branch, duration and state."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from sessionlog_core.labels import find_labels
from sessionlog_core.model import Session, Status
from sessionlog_core.patterns import later
from sessionlog_core.records import record
from sessionlog_core.vocabulary import WORD, Vocabulary, word_set

__all__ = [
    "ABOUT",
    "Fields",
    "Place",
    "Said",
    "fields_of",
    "find_branch",
    "is_plan",
    "read_branch",
    "read_duration",
    "settle_fields",
]

HOUR = (
    r"(?:h|hrs?|hours?|horas?|std\.?|stunden?|heures?|or[ae]|hodin[ya]?|час(?:а|ов)?"
    r"|小时|小時|時間|시간)"
)
MINUTE = (
    r"(?:m|min|mins|minutes?|minutos?|minuten|minuti|minut[ya]?|мин(?:ут[аы]?)?|分钟|分鐘|分|분)"
)
FIGURE = r"\d{1,3}(?:[.,]\d{1,2})?"
SPAN = r"\s?(?:-|–|—|to|bis|a|à|до|~|〜)\s?"

HOURS = later(rf"(?P<a>{FIGURE})(?:{SPAN}(?P<b>{FIGURE}))?\+?\s?{HOUR}(?![^\W\d_])", re.I)
MINUTES = later(rf"(?P<a>{FIGURE})(?:{SPAN}(?P<b>{FIGURE}))?\+?\s?{MINUTE}(?![^\W\d_])", re.I)
CLOCKS = later(
    r"(?<!\d)(\d{1,2}):(\d\d)\s?(?:-|–|—|to|bis|until|→|a|à|~|〜)\s?(\d{1,2}):(\d\d)(?!\d)"
)
JOINED = later(
    rf"(?<![\d.,:])(?P<h>\d{{1,3}})\s?{HOUR}\s?(?P<m>[0-5]\d)(?!\d|[.,:]\d|\s?(?:{MINUTE}|{HOUR})(?![^\W\d_]))"
    rf"|(?<![\d.,:])(?P<h2>\d{{1,2}}):(?P<m2>[0-5]\d)\s?{HOUR}(?![^\W\d_])",
    re.I,
)
"""Hours and minutes in one figure: `2h30`, `1 heure 30`, `2:30 h`."""
PERIOD = later(r"PT(?:(\d{1,3})H)?(?:(\d{1,3})M)?")
"""An ISO 8601 period."""

BRANCH_VALUE = later(r"`([^`\s]{1,120})`|(?:\*\*)?([A-Za-z0-9][\w./#@+-]{0,119})")
PROSE_BRANCH = later(
    r"\b(?:on|to|from|onto)\s(?:the\s)?(?:branch|`)\s?`?([A-Za-z0-9][\w.-]*(?:[/-][\w.-]{1,60}){1,6})`?"
    r"|\bbranch:?\s`?([A-Za-z0-9][\w.-]{0,40}/[\w./-]{1,60})|\bbranch\s`([^`\s]{2,100})`|\b(?:on|to|onto|into)\s(?:the\s)?`?([A-Za-z0-9][\w./-]{1,60})`?\sbranch\b"
    # A sentence by itself: `Branch beta-page.` The name has a sign that words of a language lack.
    r"|(?:^|[.;]\s)[-*\s]{0,6}[Bb]ranch:?\s([A-Za-z0-9]\w{0,60}(?:[./_-]\w{1,60}){1,6})(?=[.,;]?\s*$|[.;,]\s)",
    re.M,
)
NO_BRANCH = word_set(
    """
        none n a tbd yes no new the a current this that its my our each main/master feature
        release remote same right own plan correct separate
    """
)

WHOLE = later(
    r"\b(?:session|sess[aã]o|sesi[oó]n|sitzung|séance|sessione|sezení|сесси[ия]|total|gesamt)|会话|总|セッション|合計|세션",
    re.I,
)
"""A label that speaks of the session as a whole, wherever it stands."""

ABOUT = later(
    r"\b(?:summary|overview|info|metadata|session status|outcome|resumo|resumen|"
    r"zusammenfassung|résumé|riepilogo|"
    r"shrnutí|итог)\b|概要|摘要|总结|요약",
    re.I,
)
"""A heading of a section about the session itself."""

LINE = later(
    r"^[\s>│║|*+•-]{0,8}(?:[^\w\s*`|]{1,3}\s{1,2})?(?:\*\*|__)?[^\W\d_][^:：|`*\n]{0,30}(?:\*\*|__)?\s{0,12}[:：]",
    re.M,
)
"""A line that may hold a field."""


@record(frozen=True, slots=True)
class Fields:
    """The fields of a session; what the log does not say is None."""

    branch: str | None = None
    duration_minutes: int | None = None
    status: Status | None = None
    status_text: str | None = None
    planned: bool = False


STATUS = {"open": Status.OPEN, "closed": Status.CLOSED, "planned": Status.OPEN}
BARE, SHORT = 2, 40
"""Words and letters of a state that says nothing else: `not started`."""


class Place(Enum):
    """Where a field stands."""

    TOP = "top"
    """Above the first heading."""
    SECTION = "section"
    """In a section about the session: its status, summary or info."""
    SUBSECTION = "subsection"
    """In another section: it may speak of a part of the work."""
    END = "end"
    """Behind the last ruler."""


@record(frozen=True, slots=True)
class Said:
    """A field as a line says it."""

    place: Place
    label: str
    name: str
    value: str


def settle_fields(
    session: Session, said: Iterable[Said], branches: Iterable[str], vocabulary: Vocabulary
) -> Fields:
    """Choose among what the lines of a session say; what its heading says stays.

    `branches` are texts that speak of a branch.
    """
    branch, duration = session.branch, session.duration_minutes
    states: dict[Place, str] = {}
    lasting = None
    for one in said:
        if one.name == "branch" and branch is None:
            branch = read_branch(one.value)
        elif one.name == "duration":
            if one.place is Place.TOP and vocabulary.state(one.value) == "open":
                lasting = one.value
            if duration is None and (one.place is not Place.SUBSECTION or WHOLE.search(one.label)):
                duration = read_duration(one.value)
        elif one.name == "status":
            states.setdefault(one.place, one.value)
    if branch is None:
        branch = next(filter(None, map(find_branch, branches)), None)
    status, text, planned = session.status, session.status_text, False
    if status is None:
        text = next((states[p] for p in (Place.TOP, Place.END, Place.SECTION) if p in states), None)
        state = vocabulary.state(text) if text else None
        # A state that goes on with words may be that of one task: `not started (see below)`.
        bare = text is not None and len(text.split()) <= BARE
        status = STATUS.get(state or "") if state != "planned" or bare else None
        planned = state == "planned" and bare and Place.TOP in states
        if text is None and lasting:
            status, text = Status.OPEN, lasting
        text = text or session.status_text
    return Fields(branch, duration, status, text, planned)


def is_plan(line: str, vocabulary: Vocabulary) -> bool:
    """Say whether a line says that something is planned, and nothing else: `⏳ Planned`."""
    words = WORD.findall(line) if len(line) <= SHORT else ()
    return 0 < len(words) <= BARE and vocabulary.state(" ".join(words)) == "planned"


def fields_of(line: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str, str]]:
    """Give the fields of one line: label, name and value."""
    at = line.find(":")
    if at < 0:
        at = line.find("：")
    if not 0 <= at <= FAR:
        return
    several = "|" in line or "·" in line or "•" in line or line.count("**") > 2
    if not several and (has_no_value(line) or vocabulary.field(line[:at]) is None):
        return
    if not LINE.match(line):
        return
    for label in find_labels(line.strip(" │║|>")):
        name = vocabulary.field(label.name)
        if name and label.value.strip():
            yield label.name, name, label.value.strip()


def has_no_value(line: str) -> bool:
    """Say at a glance of a line that may begin with a label that nothing stands behind it."""
    if not line.endswith((":", ":**")) or line.count(":") > 1:
        return False
    # A mark of bold without its other half is a sign of the value.
    return "：" not in line and "__" not in line and line.count("**") in (0, 2)


FAR = 48
"""A colon farther from the start of its line ends no label."""


def read_branch(value: str) -> str | None:
    """Read the name of a branch from the value of its label."""
    match = BRANCH_VALUE.search(value)
    if match is None:
        return None
    name = (match[1] or match[2]).rstrip(".,;:")
    return None if name.casefold() in NO_BRANCH else name


def find_branch(text: str) -> str | None:
    """Find the first branch that running text names: `on branch dev`, `pushed to main branch`."""
    for match in PROSE_BRANCH.finditer(text[:4000]):
        name: str | None = next(filter(None, match.groups()), None)
        if name and name.casefold() not in NO_BRANCH:
            return name.rstrip(".,;:")
    return None


def read_duration(value: str) -> int | None:
    """Read a duration in minutes: of two clock times what is between them.

    A range (`2-3 hours`) is no figure: it gives None.
    """
    value = value[:200]
    period = PERIOD.search(value)
    if period and (period[1] or period[2]):
        return int(period[1] or 0) * 60 + int(period[2] or 0)
    joined = JOINED.search(value)
    if joined:
        return (int(joined["h"] or joined["h2"]) * 60 + int(joined["m"] or joined["m2"])) or None
    hours, minutes = HOURS.search(value), MINUTES.search(value)
    if hours is None and minutes is None:
        clocks = CLOCKS.search(value)
        if clocks is None:
            return None
        start, end = int(clocks[1]) * 60 + int(clocks[2]), int(clocks[3]) * 60 + int(clocks[4])
        return (end - start) % (24 * 60) or None
    if any(x is not None and x["b"] for x in (hours, minutes)):
        return None
    total = _figure(hours) * 60 if hours else 0.0
    if minutes and (hours is None or minutes.start() >= hours.end()):
        total += _figure(minutes)
    return round(total) or None


def _figure(match: re.Match[str]) -> float:
    return float(match["a"].replace(",", "."))

"""The records: what a log says, as plain frozen data with the line that each word came from.

Lines are 1-based physical lines of the source file (for a log that arrives as a unified diff:
lines of the file that the diff adds). What a log does not state is None or empty. Paths are
relative to the project's root, with forward slashes. Dates are ISO 8601 strings (`2026-01-10`).
"""

from dataclasses import field
from enum import StrEnum

from sessionlog_core.outline import Node
from sessionlog_core.problems import Problem
from sessionlog_core.records import members, record


class PartKind(StrEnum):
    """What a section of a session is about. `OTHER` keeps what no table row knows."""

    SUMMARY = "summary"
    DONE = "done"
    NEXT_STEPS = "next_steps"
    DECISIONS = "decisions"
    BLOCKERS = "blockers"
    METRICS = "metrics"
    FILES = "files"
    COMMITS = "commits"
    LESSONS = "lessons"
    PRIMER = "primer"
    STATUS = "status"
    OTHER = "other"


About = members(PartKind)
"""The same kinds, faster to look up."""


class Status(StrEnum):
    """The state of a session as a whole. A session that states none has None instead."""

    OPEN = "open"
    CLOSED = "closed"


@record(frozen=True, slots=True)
class Span:
    """A range of lines in a file: `line` to `end_line`, both included."""

    path: str
    line: int
    end_line: int


@record(frozen=True, slots=True)
class Item:
    """One entry of a list, or a paragraph that stands for one, in the author's inline markup.

    `done` is the state of its check box, or None without one. `group` is the sub-heading or
    label under which it stands inside its section.
    """

    text: str
    line: int
    end_line: int
    done: bool | None = None
    items: tuple["Item", ...] = ()
    group: str | None = None


@record(frozen=True, slots=True)
class Decision:
    """One decision. `item` is where it stands; the rest is None where the log does not say it."""

    title: str
    item: Item
    choice: str | None = None
    reason: str | None = None
    rejected: str | None = None
    tradeoff: str | None = None


@record(frozen=True, slots=True)
class Metric:
    """A figure: `value`, of `total` for N/M, `before` and `delta` where stated or in a pair.

    `name` is one of `METRIC_NAMES`. `unit` is `%`, `s`, `min`, `h`, `KB`, ... as written. `text`
    is the passage as written. `partial` marks a run of a part of the tests, which is not the
    project's figure.
    """

    name: str
    value: float
    text: str
    line: int
    total: float | None = None
    before: float | None = None
    delta: float | None = None
    unit: str | None = None
    partial: bool = False


METRIC_NAMES = (
    "tests",
    "tests_failed",
    "coverage",
    "tasks",
    "phases",
    "progress",
    "lines",
    "files",
    "commits",
    "errors",
    "time",
    "size",
    "rate",
    "score",
    "other",
)


@record(frozen=True, slots=True)
class Commit:
    """A commit by its SHA, abbreviated or whole, as written."""

    sha: str
    line: int


@record(frozen=True, slots=True)
class Reference:
    """A mention of something with a name: `kind` is issue, pr, phase, task, adr, milestone, ...

    `id` is the name as written with its word (`Phase 5`, `#26`, `ADR-014`).
    """

    kind: str
    id: str
    line: int


@record(frozen=True, slots=True)
class FileChange:
    """A path that the log names as touched; `change` is created, modified, deleted or None."""

    path: str
    change: str | None
    line: int


@record(frozen=True, slots=True)
class Part:
    """A section of a session, or of what stands outside them, with the author's own title.

    `title` is None for the text before the first heading or label. `nodes` are the outline of
    the part's body, without its heading.
    """

    kind: PartKind
    title: str | None
    line: int
    end_line: int
    nodes: tuple[Node, ...] = ()
    items: tuple[Item, ...] = ()


@record(frozen=True, slots=True)
class Session:
    """One work session as a log tells it.

    `key` is its stable name in the project, given by the journal: it does not change when text
    inside the session is edited. `date_from` says what the date was read from: `heading`,
    `label`, `front matter`, `parent heading` or `file name`. `planned` marks a session that has
    not taken place. `body` is everything below the session's heading, in the author's order;
    `parts` are the same nodes once more, by section. `twins` are the other places where the
    same session is told; `twin_of`, in such another place, is the key of the telling that stands
    for all.
    """

    source: Span
    key: str = ""
    number: str | None = None
    title: str | None = None
    date: str | None = None
    date_end: str | None = None
    time: str | None = None
    date_from: str | None = None
    status: Status | None = None
    status_text: str | None = None
    planned: bool = False
    branch: str | None = None
    duration_minutes: int | None = None
    heading: str = ""
    body: tuple[Node, ...] = ()
    parts: tuple[Part, ...] = ()
    summary: tuple[Item, ...] = ()
    done: tuple[Item, ...] = ()
    next_steps: tuple[Item, ...] = ()
    decisions: tuple[Decision, ...] = ()
    blockers: tuple[Item, ...] = ()
    metrics: tuple[Metric, ...] = ()
    commits: tuple[Commit, ...] = ()
    refs: tuple[Reference, ...] = ()
    files: tuple[FileChange, ...] = ()
    twins: tuple[Span, ...] = ()
    twin_of: str | None = None


@record(frozen=True, slots=True)
class Standing:
    """What a file holds outside of its sessions: a floating TODO, a primer, a how-to, a state."""

    next_steps: tuple[Item, ...] = ()
    primer: tuple[Item, ...] = ()
    status: str | None = None
    parts: tuple[Part, ...] = ()


@record(frozen=True, slots=True)
class Withheld:
    """What is not for publication and was taken out: where it stood, and nothing of what it said.

    `what` is `log`, `section` or `passage`.
    """

    what: str
    source: Span


@record(frozen=True, slots=True)
class Log:
    """One file as it was read.

    `layout` is the name of the layout that was seen, or `none` for a file that is no log; `why`
    is the evidence for it, a sentence each. `markup` is `markdown` or `rst`: the markup of
    the texts in its records. `digest` is the SHA-256 of the masked text.
    """

    path: str
    layout: str
    why: tuple[str, ...] = ()
    markup: str = "markdown"
    title: str | None = None
    sessions: tuple[Session, ...] = ()
    standing: Standing = field(default_factory=Standing)
    digest: str = ""
    problems: tuple[Problem, ...] = ()
    withheld: tuple[Withheld, ...] = ()


@record(frozen=True, slots=True)
class Milestone:
    """A heading of a roadmap that gathers items."""

    key: str
    title: str
    source: Span
    state: str | None = None


@record(frozen=True, slots=True)
class RoadmapItem:
    """One thing to do on a roadmap. `state` is done, in-progress, open or None (not stated).

    `date` is the date that a heading above it states, as in a file that is plan and log at once.
    """

    key: str
    text: str
    state: str | None
    milestone: str | None
    ids: tuple[str, ...]
    source: Span
    milestone_key: str | None = None
    date: str | None = None


@record(frozen=True, slots=True)
class Link:
    """A session that has to do with a roadmap item, and the line that says so.

    `how` is `id` or `heading` for links that are asserted and `words` for suggestions; `degree`
    is worked, planned or mentioned, and only worked counts as progress. `score` is in 0..1.
    """

    session: str
    item: str
    how: str
    evidence: Span
    why: str
    score: float = 1.0
    degree: str = "worked"


@record(frozen=True, slots=True)
class FollowUp:
    """What became of a next step.

    `state` is open (stands in the newest session), repeated, done (asserted), likely-done (a
    suggestion) or left (stated, never mentioned again). `session` is None for a standing item.
    `by` is the session and line that say so. `again` are keys of sessions that repeat it. `kind`
    tells where it stands: `next` (a next step of a session), `standing` (of a file), `blocker`, or
    `plan` (announced in passing, in a line about something else: no promise, and no list shows it
    as one).
    """

    session: str | None
    item: Item
    source: Span
    state: str
    by_session: str | None = None
    by: Span | None = None
    why: str = ""
    again: tuple[str, ...] = ()
    kind: str = "next"


@record(frozen=True, slots=True)
class Journal:
    """All logs of a project in one order, and what was joined from them.

    `sessions` are oldest first, each told once; `logs` keep every file that was read, with the same
    session keys, in the order of their paths. A session that is told more than once has a key of
    its own in each telling, and all but one of them are a `twin_of` that one: `twin_links` are the
    links of those. `problems` are all problems, of logs too. `withheld` is what was taken out of
    the logs, and logs that were left out as a whole: a page says how much it was. `silent` are the
    paths of files that are called like a log, hold no session and were left out.
    """

    logs: tuple[Log, ...] = ()
    sessions: tuple[Session, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    roadmap: tuple[RoadmapItem, ...] = ()
    links: tuple[Link, ...] = ()
    followups: tuple[FollowUp, ...] = ()
    problems: tuple[Problem, ...] = ()
    twin_links: tuple[Link, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def newest(self) -> Session | None:
        """Give the newest session that has taken place, or None."""
        return next((s for s in reversed(self.sessions) if not s.planned), None)

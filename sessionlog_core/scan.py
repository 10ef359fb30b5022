"""A session in, what its lines state out: figures, commits, names, files and fields.

Every line is looked at once, whatever its section; what is cheap to see (a digit, a colon, a
backtick) decides which patterns are tried.
"""

from collections.abc import Iterable

from sessionlog_core.fields import ABOUT, Fields, Place, Said, fields_of, is_plan, settle_fields
from sessionlog_core.items import Cut, first_line
from sessionlog_core.metric_words import AFTER_WORDS, BEFORE_WORDS
from sessionlog_core.metrics import metrics_of
from sessionlog_core.model import About, Commit, FileChange, Metric, PartKind, Reference, Session
from sessionlog_core.outline import Kind, Node
from sessionlog_core.patterns import later
from sessionlog_core.records import record
from sessionlog_core.references import (
    change_of,
    files_of,
    may_name,
    may_name_files,
    references_of,
    shas_of,
)
from sessionlog_core.table_metrics import (
    find_coverage,
    find_table_metrics,
    may_report,
    pair_metrics,
)
from sessionlog_core.vocabulary import Vocabulary, find_figured, word_set, words_of

__all__ = ["Scan", "scan_session"]

ABOUT_KINDS = frozenset({About.STATUS, About.SUMMARY, About.COMMITS})
"""Kinds of sections about the session itself."""

SCRIPTS = word_set(
    """
        bash sh shell zsh powershell ps1 console python py js javascript ts typescript tsx jsx go
        rust
        java kotlin c cpp csharp sql yaml yml toml json html css xml diff dockerfile makefile ruby
        php
        swift r lua
    """
)
"""Languages of code fences: figures in code and its comments are none of the session."""


@record(frozen=True, slots=True)
class Scan:
    """What the lines of a session state."""

    metrics: tuple[Metric, ...]
    commits: tuple[Commit, ...]
    refs: tuple[Reference, ...]
    files: tuple[FileChange, ...]
    fields: Fields


def scan_session(session: Session, cuts: Iterable[Cut], vocabulary: Vocabulary) -> Scan:
    """Read the lines of a session; its sections `cuts` tell plans, and before from after."""
    lines = _Lines(vocabulary)
    if session.heading:
        lines.add(session.heading, session.source.line, lines.spot)
    lines.body(session.body)
    scanner = _Scanner(lines, vocabulary)
    scanner.read()
    refs = tuple([r for r in scanner.refs.values() if not _is_own(session, r)])
    return Scan(
        _settle(scanner.metrics, cuts),
        tuple(scanner.commits.values()),
        refs,
        tuple(scanner.files.values()),
        settle_fields(session, lines.said, scanner.branches, vocabulary),
    )


@record(frozen=True, slots=True)
class _Spot:
    """Where a line stands: the title above it, and what became of the files below that."""

    title: str
    change: str | None
    figures: bool = True
    """The figures of the line are the session's: not in scripts; tables are read by their cells."""


class _Lines:
    """The lines of a session in order, each with its number and spot; fields are read at once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.texts: list[str] = []
        self.numbers: list[int] = []
        self.spots: list[_Spot] = []
        self.spot = _Spot("", None)
        self.kind: PartKind | None = None
        self.of_files = self.below_heading = self.at_end = False
        self.said: list[Said] = []
        self.tables: list[tuple[int, Node, str]] = []
        """Tables, each with the index of its first line and the title above it."""
        self.reports: list[tuple[int, str, int]] = []
        """Blocks of code that may be reports, each with the index behind its last line."""

    def body(self, nodes: tuple[Node, ...]) -> None:
        """Take the blocks of a session in order, and keep in mind where each stands."""
        first = nodes[0] if nodes else None
        if first and first.kind is Kind.PARAGRAPH and is_plan(first.text, self.vocabulary):
            self.said.append(Said(Place.TOP, "", "status", first.text.strip()))
        last = _last_rule(nodes)
        for index, node in enumerate(nodes):
            if node.kind is Kind.HEADING:
                self.kind = self.section(node.text, node.text)
                self.below_heading = True
            elif node.kind is Kind.LABEL:
                self.section(node.label, self.spot.title)
            self.at_end = index > last
            self.block(node)

    def section(self, title: str, heading: str) -> PartKind | None:
        """Note what a title says about the files below it, and give its kind."""
        found = self.vocabulary.section(title)
        kind = found.kind if found else None
        if kind is not None:
            self.of_files = kind is About.FILES
        self.spot = _Spot(heading, change_of(title) if self.of_files else None)
        return kind

    @property
    def place(self) -> Place:
        """Give the place of the line that was taken last."""
        if not self.below_heading:
            return Place.TOP
        if self.at_end:
            return Place.END
        about = self.kind in ABOUT_KINDS or ABOUT.search(self.spot.title)
        return Place.SECTION if about else Place.SUBSECTION

    def block(self, node: Node) -> None:
        """Take a block and all that stands inside of it."""
        stack = [node]
        while stack:
            node = stack.pop()
            kind = node.kind
            if kind is Kind.TABLE:
                self.table(node)
            elif kind is Kind.CODE:
                self.code(node)
            else:
                text = node.text
                if "\n" in text or ":" in text or "：" in text:
                    self.add(text, node.line, self.spot, fields=kind is not Kind.HEADING)
                elif text:  # most texts are one line without a field
                    self.texts.append(text)
                    self.numbers.append(node.line)
                    self.spots.append(self.spot)
                if node.children:
                    stack.extend(node.children[::-1])

    def add(self, text: str, line: int, spot: _Spot, *, fields: bool = True) -> None:
        """Take a text, whose first line is line `line` of the file."""
        self.texts.append(text)
        if "\n" in text:
            count = text.count("\n") + 1
            self.numbers.extend(range(line, line + count))
            self.spots.extend([spot] * count)
        else:
            self.numbers.append(line)
            self.spots.append(spot)
        if fields and (":" in text or "：" in text):
            self.fields(text)

    def code(self, node: Node) -> None:
        if not node.text:
            return
        line = first_line(node)
        if node.info.casefold() in SCRIPTS:
            self.add(node.text, line, self.quiet())
            return
        self.add(node.text, line, self.spot)
        if may_report(node.text):
            self.reports.append((len(self.numbers), node.text, line))

    def table(self, node: Node) -> None:
        self.tables.append((len(self.numbers), node, self.spot.title))
        spot = self.quiet()
        for row in node.children:
            if len(row.children) == 2:
                first, second = row.children
                self.fields(f"{first.text.strip('*: ')}: {second.text}")
            for cell in row.children:
                if cell.text:
                    self.add(cell.text, cell.line, spot)

    def quiet(self) -> _Spot:
        """Give the spot of lines whose figures are not read here."""
        return _Spot(self.spot.title, self.spot.change, figures=False)

    def fields(self, text: str) -> None:
        """Read the fields of a text."""
        for row in text.split("\n"):
            for label, name, value in fields_of(row, self.vocabulary):
                self.said.append(Said(self.place, label, name, value))


def _last_rule(nodes: tuple[Node, ...]) -> int:
    """Give the index of the last ruler if no heading stands below it, else one past the end."""
    for index in range(len(nodes) - 1, -1, -1):
        if nodes[index].kind is Kind.RULE:
            return index
        if nodes[index].kind is Kind.HEADING:
            break
    return len(nodes)


class _Scanner:
    """What the lines of a session state, found where its signs stand in their text."""

    def __init__(self, lines: _Lines, vocabulary: Vocabulary) -> None:
        self.lines = lines
        self.vocabulary = vocabulary
        self.text = "\n".join(lines.texts)
        self.by_line: dict[int, list[Metric]] = {}
        self.commits: dict[str, Commit] = {}
        self.refs: dict[tuple[str, str], Reference] = {}
        self.files: dict[str, FileChange] = {}

    @property
    def metrics(self) -> list[Metric]:
        """Give the figures, in order of the lines where they stand."""
        return [m for index in sorted(self.by_line) for m in self.by_line[index]]

    @property
    def branches(self) -> list[str]:
        """Give the texts that speak of a branch."""
        if "branch" not in self.text and "Branch" not in self.text:
            return []
        return [t for t in self.lines.texts if "branch" in t or "Branch" in t][:BRANCHES]

    def read(self) -> None:
        """Read all lines."""
        own = self.vocabulary
        for index, table, title in self.lines.tables:
            self.keep(index, find_table_metrics(table, title, own.metrics))
        rows = self.text.split("\n")
        for index, (row, figured) in enumerate(zip(rows, find_figured(self.text), strict=True)):
            if figured:
                self.figures(row, index)
            elif own.references or (("-" in row or "hase " in row) and may_name(row)):
                self.names(row, index, words_of(row))
        for index, text, line in self.lines.reports:
            self.report(index, text, line)
        if may_name_files(self.text):
            self.paths()

    def keep(self, index: int, metrics: Iterable[Metric]) -> None:
        """Keep figures of the line with that index, behind those that were found in it."""
        if metrics:
            self.by_line.setdefault(index, []).extend(metrics)

    def figures(self, row: str, index: int) -> None:
        """Read a line that holds a figure."""
        own = self.vocabulary
        words = words_of(row)
        line, spot = self.lines.numbers[index], self.lines.spots[index]
        if spot.figures:
            self.keep(index, metrics_of(row, line, words, own.metrics, spot.title))
        for sha in shas_of(row) if len(row) >= SHORTEST_SHA else ():
            self.commits.setdefault(sha, Commit(sha, line))
        # A cell that holds a figure alone names nothing.
        if words or "#" in row or own.references:
            self.names(row, index, words)

    def names(self, row: str, index: int, words: list[str]) -> None:
        line = self.lines.numbers[index]
        for ref in references_of(row, line, words, self.vocabulary.references):
            self.refs.setdefault((ref.kind, ref.id), ref)

    def paths(self) -> None:
        for index, path, behind in files_of(self.text):
            if path not in self.files:
                change, spot = change_of(behind), self.lines.spots[index]
                if spot.change and not IN_BRACKETS.match(behind):
                    change = spot.change
                self.files[path] = FileChange(path, change, self.lines.numbers[index])

    def report(self, index: int, text: str, line: int) -> None:
        """Read a coverage report; what its lines say otherwise was read before."""
        before = [m for i in sorted(self.by_line) if i < index for m in self.by_line[i]]
        told = {(m.line, m.value) for m in before[-64:]}
        new = [m for m in find_coverage(text, line) if (m.line, m.value) not in told]
        self.keep(index - 1, new)


IN_BRACKETS = later(r"[\s`*)\]]{0,4}\(")
"""What stands behind a path whose change is told in brackets: ``(new)``."""
SHORTEST_SHA = 7
"""Signs of the shortest name of a commit; most cells of tables are shorter."""
BRANCHES = 64
"""Texts that speak of a branch, of which so many are looked at where no label names one."""


def _settle(metrics: Iterable[Metric], cuts: Iterable[Cut]) -> tuple[Metric, ...]:
    """Leave out figures of plans, and pair those of sections that say before and after."""
    metrics = tuple(metrics)
    if not metrics:
        return ()
    first, last = min([m.line for m in metrics]), max([m.line for m in metrics])
    plans: set[int] = set()
    before: set[int] = set()
    after: set[int] = set()
    for cut in cuts:
        if cut.line > last or cut.end_line < first:
            continue
        if cut.kind is About.NEXT_STEPS:
            plans.update(range(cut.line, cut.end_line + 1))
        elif cut.title and len(cut.title) < 40:
            words = cut.title.casefold().replace("*", "").replace(":", "").split()
            if not BEFORE_WORDS.isdisjoint(words):
                before.update(range(cut.line, cut.end_line + 1))
            elif not AFTER_WORDS.isdisjoint(words):
                after.update(range(cut.line, cut.end_line + 1))
    kept = [m for m in metrics if m.line not in plans]
    if not before or not after:
        return tuple(kept)
    paired = iter(
        pair_metrics([m for m in kept if m.line in before], [m for m in kept if m.line in after])
    )
    return tuple(next(paired) if m.line in after else m for m in kept)


def _is_own(session: Session, ref: Reference) -> bool:
    """Say whether a reference in a session's heading is the session's own number: `Sprint 7`."""
    return (
        ref.line == session.source.line
        and ref.kind in ("sprint", "wave")
        and session.number is not None
        and ref.id.endswith(f" {session.number}")
    )

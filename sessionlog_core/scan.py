"""A session in, what its lines state out: figures, commits, names, files and fields.

Every line is looked at once, whatever its section; what is cheap to see (a digit, a colon, a
backtick) decides which patterns are tried.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sessionlog_core.fields import ABOUT, Fields, Place, Said, fields_of, is_plan, settle_fields
from sessionlog_core.items import Cut, first_line
from sessionlog_core.metrics import (
    AFTER_WORDS,
    BEFORE_WORDS,
    find_coverage,
    find_table_metrics,
    metrics_of,
    pair_metrics,
)
from sessionlog_core.model import Commit, FileChange, Metric, PartKind, Reference, Session
from sessionlog_core.outline import Node, NodeKind
from sessionlog_core.references import (
    change_of,
    files_of,
    may_name,
    may_name_files,
    references_of,
    shas_of,
)
from sessionlog_core.vocabulary import Vocabulary, has_digit, word_set, words_of

__all__ = ["Scan", "scan_session"]

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


@dataclass(frozen=True, slots=True)
class Scan:
    """What the lines of a session state."""

    metrics: tuple[Metric, ...]
    commits: tuple[Commit, ...]
    refs: tuple[Reference, ...]
    files: tuple[FileChange, ...]
    fields: Fields


def scan_session(session: Session, cuts: Iterable[Cut], vocabulary: Vocabulary) -> Scan:
    """Read the lines of a session; its sections `cuts` tell plans, and before from after."""
    scanner = _Scanner(vocabulary)
    scanner.text(session.heading, session.source.line)
    scanner.body(session.body)
    refs = tuple(r for r in scanner.refs.values() if not _is_own(session, r))
    return Scan(
        _settle(scanner.metrics, cuts),
        tuple(scanner.commits.values()),
        refs,
        tuple(scanner.files.values()),
        settle_fields(session, scanner.said, scanner.branches, vocabulary),
    )


class _Scanner:
    """One pass over the lines of a session."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.metrics: list[Metric] = []
        self.commits: dict[str, Commit] = {}
        self.refs: dict[tuple[str, str], Reference] = {}
        self.files: dict[str, FileChange] = {}
        self.said: list[Said] = []
        self.branches: list[str] = []
        self.place = Place.TOP
        self.title = ""
        self.of_files = False
        self.change: str | None = None

    def body(self, nodes: tuple[Node, ...]) -> None:
        """Read the blocks of a session in order, and keep in mind where each stands."""
        last = max((i for i, n in enumerate(nodes) if n.kind is NodeKind.RULE), default=len(nodes))
        if any(n.kind is NodeKind.HEADING for n in nodes[last:]):
            last = len(nodes)
        first = nodes[0] if nodes else None
        if first and first.kind is NodeKind.PARAGRAPH and is_plan(first.text, self.vocabulary):
            self.said.append(Said(Place.TOP, "", "status", first.text.strip()))
        for index, node in enumerate(nodes):
            if node.kind is NodeKind.HEADING:
                self.heading(node.text)
            elif node.kind is NodeKind.LABEL:
                self.section(node.label)
            if index > last and self.place is not Place.TOP:
                self.place = Place.END
            self.node(node, figures=True)

    def heading(self, title: str) -> None:
        self.title = title
        kind = self.section(title)
        about = kind in (PartKind.STATUS, PartKind.SUMMARY, PartKind.COMMITS)
        self.place = Place.SECTION if about or ABOUT.search(title) else Place.SUBSECTION

    def section(self, title: str) -> PartKind | None:
        """Note what a title says about the files below it, and give its kind."""
        found = self.vocabulary.section(title)
        kind = found.kind if found else None
        if kind is not None:
            self.of_files = kind is PartKind.FILES
        self.change = change_of(title) if self.of_files else None
        return kind

    def node(self, node: Node, *, figures: bool) -> None:
        kind = node.kind
        if node.text:
            line = node.line
            if kind is NodeKind.CODE:
                line = first_line(node)
                if figures and node.info.casefold() in SCRIPTS:
                    self.text(node.text, line, figures=False)
                else:
                    self.text(node.text, line, figures=figures)
                    self.report(node.text, line)
            else:
                self.text(node.text, line, figures=figures, fields=kind is not NodeKind.HEADING)
        if kind is NodeKind.TABLE:
            self.metrics.extend(find_table_metrics(node, self.title, self.vocabulary.metrics))
            for row in node.children:
                if len(row.children) == 2:
                    first, second = row.children
                    self.field(f"{first.text.strip('*: ')}: {second.text}")
                for cell in row.children:
                    if cell.text:
                        self.text(cell.text, cell.line, figures=False)
        else:
            for child in node.children:
                if child.kind is NodeKind.PARAGRAPH:
                    self.text(child.text, child.line, figures=figures)
                else:
                    self.node(child, figures=figures)

    def text(self, text: str, line: int, *, figures: bool = True, fields: bool = True) -> None:
        """Read lines. What no line of a text can hold is asked of the text as a whole."""
        own = self.vocabulary
        has_colon = fields and (":" in text or "：" in text)
        has_figure = has_digit(text)
        has_name = has_figure or bool(own.references) or may_name(text)
        has_path = may_name_files(text)
        if has_colon or has_name or has_path:
            one = "\n" not in text
            for number, row in enumerate((text,) if one else text.split("\n"), line):
                if has_colon and (one or ":" in row or "：" in row):
                    self.field(row)
                if has_figure and (one or has_digit(row)):
                    self.figures(row, number, figures=figures)
                elif has_name and (own.references or may_name(row)):
                    self.names(row, number, words_of(row))
                if has_path:
                    self.paths(row, number)
        if ("branch" in text or "Branch" in text) and len(self.branches) < BRANCHES:
            self.branches.append(text)

    def figures(self, row: str, line: int, *, figures: bool) -> None:
        """Read a line that holds a figure."""
        own = self.vocabulary
        words = words_of(row)
        if figures:
            self.metrics.extend(metrics_of(row, line, words, own.metrics, self.title))
        for sha in shas_of(row):
            self.commits.setdefault(sha, Commit(sha, line))
        # A cell that holds a figure alone names nothing.
        if words or "#" in row or own.references:
            self.names(row, line, words)

    def paths(self, row: str, line: int) -> None:
        for path, behind in files_of(row):
            if path not in self.files:
                change = change_of(behind)
                if self.change and not IN_BRACKETS.match(behind):
                    change = self.change
                self.files[path] = FileChange(path, change, line)

    def names(self, row: str, line: int, words: list[str]) -> None:
        for ref in references_of(row, line, words, self.vocabulary.references):
            self.refs.setdefault((ref.kind, ref.id), ref)

    def field(self, row: str) -> None:
        for label, name, value in fields_of(row, self.vocabulary):
            self.said.append(Said(self.place, label, name, value))

    def report(self, text: str, line: int) -> None:
        """Read a coverage report; what its lines say otherwise was read before."""
        told = {(m.line, m.value) for m in self.metrics[-64:]}
        self.metrics.extend(m for m in find_coverage(text, line) if (m.line, m.value) not in told)


IN_BRACKETS = re.compile(r"[\s`*)\]]{0,4}\(")
"""What stands behind a path whose change is told in brackets: ``(new)``."""
BRANCHES = 64
"""Texts that speak of a branch, of which so many are looked at where no label names one."""


def _settle(metrics: Iterable[Metric], cuts: Iterable[Cut]) -> tuple[Metric, ...]:
    """Leave out figures of plans, and pair those of sections that say before and after."""
    metrics = tuple(metrics)
    if not metrics:
        return ()
    plans: set[int] = set()
    before: set[int] = set()
    after: set[int] = set()
    for cut in cuts:
        if cut.kind is PartKind.NEXT_STEPS:
            plans.update(range(cut.line, cut.end_line + 1))
        elif cut.title and len(cut.title) < 40:
            words = set(cut.title.casefold().replace("*", "").replace(":", "").split())
            if words & BEFORE_WORDS:
                before.update(range(cut.line, cut.end_line + 1))
            elif words & AFTER_WORDS:
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

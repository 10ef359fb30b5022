"""The blocks of a session in, its parts by section and what they say out: steps, decisions, figures, names, fields."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sessionlog_core.decisions import read_decision
from sessionlog_core.fields import Fields, read_fields
from sessionlog_core.items import (
    FIELD_LABELS,
    NUMBERED,
    Cut,
    Role,
    Statement,
    find_statements,
    first_line,
    looks_done,
    vocabulary_kind,
    with_group,
)
from sessionlog_core.labels import find_label
from sessionlog_core.metrics import (
    AFTER_WORDS,
    BEFORE_WORDS,
    find_coverage,
    find_metrics,
    find_table_metrics,
    pair_metrics,
)
from sessionlog_core.model import (
    Commit,
    Decision,
    FileChange,
    Item,
    Metric,
    Part,
    PartKind,
    Reference,
    Session,
    Standing,
)
from sessionlog_core.outline import Node, NodeKind
from sessionlog_core.references import find_commits, find_files, find_references
from sessionlog_core.vocabulary import Section, Vocabulary, word_set
from sessionlog_core.wording import (
    is_decided,
    is_nothing,
    is_recorded,
    is_solved,
    is_ticked,
    is_told,
    is_work,
    starts_with_sign,
)

__all__ = ["fill", "read_parts", "read_standing"]

LABEL_LEVEL = 7
"""A label is below every heading."""

STRONG = frozenset({PartKind.NEXT_STEPS, PartKind.DECISIONS, PartKind.BLOCKERS, PartKind.PRIMER})
"""Kinds whose sub-headings keep them unless their whole title says something else."""

WEAK = frozenset({PartKind.METRICS, PartKind.FILES, PartKind.COMMITS})
"""Kinds whose words are as well the topic of a step or of work: `### Tests` under `## Next Steps`."""

GROUPED = frozenset({PartKind.NEXT_STEPS, PartKind.DECISIONS, PartKind.BLOCKERS, PartKind.DONE})
"""Kinds whose sub-headings take labelled lines for descriptions of what they name."""


def decide(above: PartKind | None, own: Section | None) -> tuple[PartKind, bool]:
    """Give the kind of a title below a section of kind `above`, and whether the title itself says it."""
    if own is None or (own.kind is PartKind.OTHER and above is None):
        return above or PartKind.OTHER, False
    if above is None or own.kind is above:
        return own.kind, own.kind is not above or own.exact
    if above in STRONG and (not own.exact or own.kind in WEAK):
        return above, False
    if above is PartKind.DONE and own.kind in WEAK and not own.exact:
        return above, False
    return own.kind, True


class _Cutter:
    """One pass over the blocks of a session, which it cuts at headings, labels and rulers."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.cuts: list[Cut] = []
        self.stack: list[tuple[int, PartKind]] = []
        self.group: PartKind | None = None
        self.kind = PartKind.OTHER
        self.role = Role.FREE
        self.title: str | None = None
        self.line = 1
        self.level = 0
        self.nodes: list[Node] = []
        self.text = ""
        self.started = False
        self.leads = False

    @property
    def base(self) -> PartKind | None:
        """Give the kind of the innermost heading."""
        return self.stack[-1][1] if self.stack else None

    def close(self) -> None:
        if self.nodes or self.title is not None:
            cut = Cut(
                self.kind,
                self.role,
                self.title,
                self.line,
                tuple(self.nodes),
                first=not self.started,
                text=self.text,
                leads=self.leads,
            )
            self.cuts.append(cut)
        self.started = True
        self.leads = False

    def open(self, kind: PartKind, role: Role, title: str | None, line: int, level: int) -> None:
        self.close()
        self.kind, self.role, self.title, self.line = kind, role, title, line
        self.level, self.nodes, self.text = level, [], ""

    def add(self, node: Node) -> None:
        if not self.nodes and self.title is None:
            self.line = node.line
        self.nodes.append(node)

    def heading(self, node: Node) -> None:
        self.leads = not self.nodes and 0 < self.level < node.level
        while self.stack and self.stack[-1][0] >= node.level:
            self.stack.pop()
        kind, own = decide(self.base, self.vocabulary.section(node.text))
        role = Role.OWN if own or self.base is None else Role.SUB
        self.open(kind, role, node.text, node.line, node.level)
        self.stack.append((node.level, kind))
        self.group = None

    def label(self, node: Node) -> None:
        found = self.vocabulary.section(node.label)
        above = self.group or self.base
        kind, own = decide(self.base, found)
        value, line = value_of(node)
        if self.is_part(node.label, kind, own=own, value=bool(value)):
            self.add(node)
            return
        if own:
            self.open(kind, Role.OWN, node.label, node.line, LABEL_LEVEL)
            self.group = None
        else:
            if self.level == LABEL_LEVEL and self.role is Role.OWN and not self.nodes:
                self.group = above = self.kind
            if value and above in GROUPED and self.is_field(node.label):
                self.add(node)
                return
            self.open(above or PartKind.OTHER, Role.TAG, node.label, node.line, LABEL_LEVEL)
            self.text = node.text if value else ""
        if value:
            self.nodes.append(Node(NodeKind.PARAGRAPH, line, node.end_line, value))

    def is_part(self, label: str, kind: PartKind, *, own: bool, value: bool) -> bool:
        """Say whether a label belongs to what the sub-heading, or numbered bold line, above it names."""
        if self.kind not in GROUPED:
            return False
        if self.role is Role.TAG and NUMBERED.match(self.title or ""):
            return not NUMBERED.match(label) and not (
                own and kind in GROUPED and kind is not self.kind
            )
        if self.role is not Role.SUB:
            return False
        if not own or kind is self.kind:
            return True
        listed = any(n.kind is NodeKind.LIST for n in self.nodes)
        return kind not in GROUPED and (value or (self.kind is PartKind.DONE and not listed))

    def is_field(self, label: str) -> bool:
        """Say whether a label describes something, and names no thing of its own."""
        return label.strip().casefold() in FIELD_LABELS or self.vocabulary.field(label) is not None

    def lead_in(self, node: Node, title: str) -> None:
        """Take a short line that ends in a colon for a label, where it says something new."""
        found = self.vocabulary.section(title)
        listed = any(n.kind is NodeKind.LIST for n in self.nodes)
        known = found is not None and found.kind in GROUPED
        if known or (listed and self.level == LABEL_LEVEL and self.role is Role.OWN):
            self.label(replace(node, kind=NodeKind.LABEL, label=title))
        else:
            self.add(node)

    def rule(self, node: Node) -> None:
        if not self.nodes and self.title is not None and not node.text:
            return
        self.stack.clear()
        self.group = None
        found = self.vocabulary.section(node.text) if node.text else None
        if found is not None:
            self.stack.append((0, found.kind))
            self.open(found.kind, Role.OWN, node.text, node.line, 1)
            return
        self.open(PartKind.OTHER, Role.FREE, None, node.line, 0)
        if node.text:
            self.add(node)

    def run(self, nodes: Iterable[Node]) -> tuple[Cut, ...]:
        for node in nodes:
            match node.kind:
                case NodeKind.HEADING:
                    self.heading(node)
                case NodeKind.LABEL:
                    self.label(node)
                case NodeKind.RULE:
                    self.rule(node)
                case NodeKind.PARAGRAPH if lead := LEAD_IN.fullmatch(node.text):
                    self.lead_in(node, lead[1])
                case _:
                    self.add(node)
        self.close()
        return tuple(self.cuts)


LEAD_IN = re.compile(r"([^\n:：]{3,80})[:：]\s*")
"""A line that leads to what stands below it."""


def value_of(node: Node) -> tuple[str, int]:
    """Give what stands behind the label of a label line, with what continues it, and its line."""
    first, _, rest = node.text.partition("\n")
    label = find_label(first)
    value = label.value.strip() if label else ""
    if value or not rest:
        return (f"{value}\n{rest}" if rest else value), node.line
    return rest, node.line + 1


@dataclass(slots=True)
class _Kept:
    """What is gathered from the items of a session."""

    summary: list[Item] = field(default_factory=list)
    done: list[Item] = field(default_factory=list)
    next_steps: list[Item] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    blockers: list[Item] = field(default_factory=list)
    primer: list[Item] = field(default_factory=list)

    def take(self, kind: PartKind, statement: Statement) -> None:
        item = statement.item
        over = item.done is True or statement.closed
        match kind:
            case PartKind.NEXT_STEPS:
                if not over and not is_ticked(item.text.split("\n", 1)[0]):
                    self.next_steps.append(item)
            case PartKind.DONE:
                self.done.append(item)
            case PartKind.DECISIONS:
                self.decisions.append(read_decision(statement))
            case PartKind.BLOCKERS:
                if not over and not is_solved(item.text):
                    self.blockers.append(item)
            case PartKind.SUMMARY:
                self.summary.append(item)
            case PartKind.PRIMER:
                self.primer.append(item)
            case _:
                pass


ROUTED = frozenset(
    {PartKind.DONE, PartKind.OTHER, PartKind.SUMMARY, PartKind.STATUS, PartKind.METRICS}
)
"""Kinds in which an item's own label, box or sign may say that it is something else."""


def route(kind: PartKind, statement: Statement, vocabulary: Vocabulary) -> PartKind:
    """Tell what an item of a section of kind `kind` is: its own words may say something else."""
    item = statement.item
    if kind not in ROUTED and kind is not PartKind.LESSONS:
        return kind
    sign = starts_with_sign(item.text)
    if sign == "trouble" and kind is not PartKind.OTHER:
        return PartKind.BLOCKERS
    if kind is PartKind.LESSONS:
        return kind
    named = vocabulary_kind(item.text, vocabulary)
    if named and named[0] in (PartKind.NEXT_STEPS, PartKind.BLOCKERS):
        return named[0]
    if named and named[0] in WEAK and (named[1][:1].isdigit() or not named[1]):
        return named[0]
    if kind is PartKind.METRICS:
        return PartKind.BLOCKERS if sign == "open" else kind
    if sign == "done" and kind in (PartKind.SUMMARY, PartKind.STATUS) and is_told(item.text):
        return PartKind.DONE
    if item.done is not None:
        return PartKind.DONE if item.done else PartKind.NEXT_STEPS
    if sign == "open" and kind is PartKind.DONE:
        return PartKind.NEXT_STEPS
    if kind in (PartKind.DONE, PartKind.OTHER) and is_decided(item.text):
        return PartKind.DECISIONS
    return kind


def read_parts(
    nodes: tuple[Node, ...],
    path: str,  # noqa: ARG001  part of the contract
    vocabulary: Vocabulary,
) -> tuple[Part, ...]:
    """Cut the blocks of a session into parts, each with its kind and items; sub-headings inherit their kind."""
    return tuple(_part(cut, statements) for cut, statements in _read(nodes, vocabulary))


def _read(
    nodes: tuple[Node, ...], vocabulary: Vocabulary
) -> Iterator[tuple[Cut, tuple[Statement, ...]]]:
    for cut in _Cutter(vocabulary).run(nodes):
        if cut.kind is PartKind.OTHER and looks_done(cut):
            cut = replace(cut, kind=PartKind.DONE)
        group = cut.title if cut.role in (Role.SUB, Role.TAG) else None
        yield cut, tuple(with_group(s, group) for s in find_statements(cut, vocabulary))


def _part(cut: Cut, statements: tuple[Statement, ...]) -> Part:
    items = tuple(s.item for s in statements)
    return Part(cut.kind, cut.title, cut.line, cut.end_line, cut.nodes, items)


def _gather(parts: Iterable[tuple[Cut, tuple[Statement, ...]]], vocabulary: Vocabulary) -> _Kept:
    kept = _Kept()
    told: list[Item] = []
    stated = False
    for cut, statements in parts:
        kind = cut.kind
        stated = stated or (kind is PartKind.DONE and cut.role is Role.OWN)
        if cut.first and cut.role is Role.FREE and kind is PartKind.OTHER:
            kind = (
                PartKind.DONE
                if any(n.kind is NodeKind.LIST for n in cut.nodes)
                else PartKind.SUMMARY
            )
        for statement in statements:
            text = statement.item.text
            if is_nothing(text, loosely=kind in STRONG):
                continue
            here = route(kind, statement, vocabulary)
            if here is PartKind.OTHER and is_work(text):
                here = PartKind.DONE
            if here is PartKind.DONE and not is_work(text) and vocabulary.field(_label_of(text)):
                continue
            kept.take(here, statement)
            if here is PartKind.DONE and is_recorded(text):
                kept.take(PartKind.DECISIONS, statement)
            if here is PartKind.SUMMARY and is_work(text):
                told.append(statement.item)
    if not stated or not kept.done:
        kept.done.extend(told)
    return kept


def _label_of(text: str) -> str:
    label = find_label(text.split("\n", 1)[0])
    return label.name if label else ""


SCRIPTS = word_set(
    """
        bash sh shell zsh powershell ps1 console python py js javascript ts typescript tsx jsx go rust
        java kotlin c cpp csharp sql yaml yml toml json html css xml diff dockerfile makefile ruby php
        swift r lua
    """
)
"""Languages of code fences: figures in code and its comments are none of the session."""


@dataclass(slots=True)
class _Found:
    """What is read from every line, whatever its section: figures and names."""

    vocabulary: Vocabulary
    metrics: list[Metric] = field(default_factory=list)
    commits: dict[str, Commit] = field(default_factory=dict)
    refs: dict[tuple[str, str], Reference] = field(default_factory=dict)
    files: dict[str, FileChange] = field(default_factory=dict)

    def read(self, text: str, line: int, title: str = "", *, figures: bool = True) -> None:
        if figures:
            self.metrics.extend(find_metrics(text, line, self.vocabulary.metrics, title))
        for commit in find_commits(text, line):
            self.commits.setdefault(commit.sha, commit)
        for ref in find_references(text, line, self.vocabulary.references):
            self.refs.setdefault((ref.kind, ref.id), ref)
        for file in find_files(text, line):
            self.files.setdefault(file.path, file)

    def report(self, text: str, line: int) -> None:
        """Read a coverage report; what its lines say otherwise was read before."""
        told = {(m.line, m.value) for m in self.metrics[-64:]}
        self.metrics.extend(m for m in find_coverage(text, line) if (m.line, m.value) not in told)

    def walk(self, nodes: Iterable[Node], title: str = "", *, figures: bool = True) -> None:
        for node in nodes:
            if node.kind is NodeKind.HEADING:
                title = node.text
            if node.text:
                script = node.kind is NodeKind.CODE and node.info.casefold() in SCRIPTS
                line = first_line(node)
                self.read(node.text, line, title, figures=figures and not script)
                if node.kind is NodeKind.CODE and figures:
                    self.report(node.text, line)
            if node.kind is NodeKind.TABLE:
                self.metrics.extend(find_table_metrics(node, title, self.vocabulary.metrics))
                self.walk(node.children, figures=False)
            elif node.children:
                self.walk(node.children, title, figures=figures)


def _settle(metrics: Iterable[Metric], parts: Iterable[tuple[Cut, object]]) -> tuple[Metric, ...]:
    """Leave out figures of plans, and pair those of sections that say before and after."""
    plans: set[int] = set()
    before: set[int] = set()
    after: set[int] = set()
    for cut, _ in parts:
        lines = range(cut.line, cut.end_line + 1)
        if cut.kind is PartKind.NEXT_STEPS:
            plans.update(lines)
        elif cut.title and len(cut.title) < 40:
            words = set(cut.title.casefold().replace("*", "").replace(":", "").split())
            if words & BEFORE_WORDS:
                before.update(lines)
            elif words & AFTER_WORDS:
                after.update(lines)
    kept = [m for m in metrics if m.line not in plans]
    if not before or not after:
        return tuple(kept)
    paired = iter(
        pair_metrics([m for m in kept if m.line in before], [m for m in kept if m.line in after])
    )
    return tuple(next(paired) if m.line in after else m for m in kept)


def _is_own(session: Session, ref: Reference) -> bool:
    """Say whether a reference in the heading of a session is the session's own number: `Sprint 7`."""
    return (
        ref.line == session.source.line
        and ref.kind in ("sprint", "wave")
        and session.number is not None
        and ref.id.endswith(f" {session.number}")
    )


def fill(session: Session, vocabulary: Vocabulary) -> Session:
    """Fill the parts of a session and all that is read from them; what its heading says stays."""
    parts = tuple(_read(session.body, vocabulary))
    kept = _gather(parts, vocabulary)
    found = _Found(vocabulary)
    found.read(session.heading, session.source.line)
    found.walk(session.body)
    own = {k for k, r in found.refs.items() if _is_own(session, r)}
    fields: Fields = read_fields(session, vocabulary)
    return replace(
        session,
        parts=tuple(_part(cut, statements) for cut, statements in parts),
        summary=tuple(kept.summary),
        done=tuple(kept.done),
        next_steps=tuple(kept.next_steps),
        decisions=tuple(kept.decisions),
        blockers=tuple(kept.blockers),
        metrics=_settle(found.metrics, parts),
        commits=tuple(found.commits.values()),
        refs=tuple(r for k, r in found.refs.items() if k not in own),
        files=tuple(found.files.values()),
        status=fields.status,
        status_text=fields.status_text,
        branch=fields.branch,
        duration_minutes=fields.duration_minutes,
    )


def read_standing(
    nodes: tuple[Node, ...],
    path: str,  # noqa: ARG001  part of the contract
    vocabulary: Vocabulary,
    sessions: tuple[Session, ...] = (),
) -> Standing:
    """Read the blocks that belong to no session: what is to be done, how to go on, the state of things.

    Steps float above or below all `sessions`, on the side of the newest where the dates tell one;
    a block between them counts where there is no other and its whole title says so. Registers of
    what may come some day (a backlog, a table) are no steps. A file that is one session may hold
    its primer inside of it.
    """
    found = tuple(_read(nodes, vocabulary))
    parts = tuple(_part(cut, statements) for cut, statements in found)
    told = (*parts, *(sessions[0].parts if len(sessions) == 1 else ()))
    status = next((p for p in parts if p.kind is PartKind.STATUS and p.items), None)
    return Standing(
        next_steps=_floating(found, sessions, vocabulary),
        primer=tuple(_primers(told)),
        status=status.items[0].text if status else None,
        parts=parts,
    )


REGISTER = re.compile(
    r"\b(?:backlog|ice\s?box|wish\s?list|parking lot|someday|future ideas|ideas|ideen|idées|idee|ideias|nápady|идеи)\b|灵感|アイデア|아이디어",
    re.I,
)
"""A title of a register of what may come some day."""


def _floating(
    found: Iterable[tuple[Cut, tuple[Statement, ...]]],
    sessions: tuple[Session, ...],
    vocabulary: Vocabulary,
) -> tuple[Item, ...]:
    """Give the steps of the blocks that stand outside of `sessions`."""
    first = min((s.source.line for s in sessions), default=0)
    last = max((s.source.line for s in sessions), default=0)
    dates = [s.date for s in sessions if s.date and not s.planned]
    turns = [(a > b) - (a < b) for a, b in pairwise(dates)]
    newest_first = sum(turns) > 0
    outside, between = _Kept(), _Kept()
    register = exact = fresh = False
    blocks = 0
    for cut, statements in found:
        if cut.role is Role.OWN:
            register = REGISTER.search(cut.title or "") is not None
            section = vocabulary.section(cut.title or "")
            exact = section is not None and section.exact
            fresh = True
        if cut.kind is not PartKind.NEXT_STEPS or register:
            continue
        above = cut.line < first
        below = cut.line > last
        kept = outside if above or (below and not newest_first) else between
        if kept is between and sessions and not exact:
            continue
        for statement in statements:
            if statement.header or is_nothing(statement.item.text, loosely=True):
                continue
            kept.take(cut.kind, statement)
            blocks += fresh and kept is between
            fresh = False
    return tuple(outside.next_steps or (between.next_steps if blocks <= 1 else ()))


def _primers(parts: Iterable[Part]) -> Iterator[Item]:
    """Give each primer: the entries of its list where it is one, else all that it holds as one item."""
    run: list[Part] = []
    for part in (*parts, None):
        if part is not None and part.kind is PartKind.PRIMER:
            run.append(part)
            continue
        if run:
            yield from _primer(run)
        run = []


def _primer(run: list[Part]) -> Iterator[Item]:
    nodes = [n for part in run for n in part.nodes]
    if not nodes:
        return
    if len(run) == 1 and len(nodes) == 1 and nodes[0].kind is NodeKind.LIST:
        yield from run[0].items
        return
    first = nodes[0]
    if (
        len(nodes) > 1
        and first.kind is NodeKind.PARAGRAPH
        and first.text.rstrip().endswith((":", "："))
        and nodes[1].kind is NodeKind.CODE
    ):
        nodes = nodes[1:]
    line = first_line(nodes[0])
    if not run[0].nodes and len(run) > 1:
        line = run[1].line
    text = "\n\n".join(t for node in nodes if (t := _words(node)))
    if not is_nothing(text):
        yield Item(text, line, nodes[-1].end_line)


def _words(node: Node) -> str:
    """Give the texts of a node and of what nests in it, a line each."""
    return "\n".join((*([node.text] if node.text else []), *map(_words, node.children))).strip()

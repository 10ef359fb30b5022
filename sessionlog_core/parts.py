"""The blocks of a session in, its parts by section and what they say out: steps, decisions, figures, names, fields."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from sessionlog_core.decisions import read_decision
from sessionlog_core.fields import Fields, read_fields
from sessionlog_core.items import (
    FIELD_LABELS,
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
from sessionlog_core.vocabulary import Section, Vocabulary
from sessionlog_core.wording import (
    is_decided,
    is_nothing,
    is_recorded,
    is_solved,
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
                leads=self.leads,
            )
            self.cuts.append(cut)
        self.started = True
        self.leads = False

    def open(self, kind: PartKind, role: Role, title: str | None, line: int, level: int) -> None:
        self.close()
        self.kind, self.role, self.title, self.line = kind, role, title, line
        self.level, self.nodes = level, []

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
        if (
            self.role is Role.SUB
            and self.kind in GROUPED
            and (not own or kind is self.kind or (value and kind not in GROUPED))
        ):
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
        if value:
            self.nodes.append(Node(NodeKind.PARAGRAPH, line, node.end_line, value))

    def is_field(self, label: str) -> bool:
        """Say whether a label describes something, and names no thing of its own."""
        return label.strip().casefold() in FIELD_LABELS or self.vocabulary.field(label) is not None

    def rule(self, node: Node) -> None:
        if not self.nodes and self.title is not None:
            return
        self.stack.clear()
        self.group = None
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
                case _:
                    self.add(node)
        self.close()
        return tuple(self.cuts)


def value_of(node: Node) -> tuple[str, int]:
    """Give what stands behind the label of a label line, with what continues it, and its line."""
    first, _, rest = node.text.partition("\n")
    label = find_label(first)
    value = label.value.strip() if label else first
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
        match kind:
            case PartKind.NEXT_STEPS:
                if item.done is not True:
                    self.next_steps.append(item)
            case PartKind.DONE:
                self.done.append(item)
            case PartKind.DECISIONS:
                self.decisions.append(read_decision(statement))
            case PartKind.BLOCKERS:
                if item.done is not True and not is_solved(item.text):
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
    if kind is PartKind.METRICS:
        return PartKind.BLOCKERS if sign == "open" else kind
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
    for cut, statements in parts:
        kind = cut.kind
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
            if here is PartKind.DONE and vocabulary.field(_label_of(text)):
                continue
            kept.take(here, statement)
            if here is PartKind.DONE and is_recorded(text):
                kept.take(PartKind.DECISIONS, statement)
            if here is PartKind.SUMMARY and is_work(text):
                told.append(statement.item)
    if not kept.done:
        kept.done.extend(told)
    return kept


def _label_of(text: str) -> str:
    label = find_label(text.split("\n", 1)[0])
    return label.name if label else ""


@dataclass(slots=True)
class _Found:
    """What is read from every line, whatever its section: figures and names."""

    vocabulary: Vocabulary
    metrics: list[Metric] = field(default_factory=list)
    commits: dict[str, Commit] = field(default_factory=dict)
    refs: dict[tuple[str, str], Reference] = field(default_factory=dict)
    files: dict[str, FileChange] = field(default_factory=dict)

    def read(self, text: str, line: int, *, figures: bool = True) -> None:
        if figures:
            self.metrics.extend(find_metrics(text, line, self.vocabulary.metrics))
        for commit in find_commits(text, line):
            self.commits.setdefault(commit.sha, commit)
        for ref in find_references(text, line, self.vocabulary.references):
            self.refs.setdefault((ref.kind, ref.id), ref)
        for file in find_files(text, line):
            self.files.setdefault(file.path, file)

    def walk(self, nodes: Iterable[Node], title: str = "", *, figures: bool = True) -> None:
        for node in nodes:
            if node.kind is NodeKind.HEADING:
                title = node.text
            if node.text:
                self.read(node.text, first_line(node), figures=figures)
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


def fill(session: Session, vocabulary: Vocabulary) -> Session:
    """Fill the parts of a session and all that is read from them; what its heading says stays."""
    parts = tuple(_read(session.body, vocabulary))
    kept = _gather(parts, vocabulary)
    found = _Found(vocabulary)
    found.read(session.heading, session.source.line)
    found.walk(session.body)
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
        refs=tuple(found.refs.values()),
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
) -> Standing:
    """Read the blocks that belong to no session: what is to be done, how to go on, the state of things."""
    parts = tuple(_read(nodes, vocabulary))
    kept = _Kept()
    for cut, statements in parts:
        for statement in statements:
            if not is_nothing(statement.item.text, loosely=True) and cut.kind in (
                PartKind.NEXT_STEPS,
                PartKind.PRIMER,
            ):
                kept.take(cut.kind, statement)
    status = next((s for cut, s in parts if cut.kind is PartKind.STATUS and s), ())
    return Standing(
        next_steps=tuple(kept.next_steps),
        primer=tuple(kept.primer),
        status=status[0].item.text if status else None,
        parts=tuple(_part(cut, statements) for cut, statements in parts),
    )

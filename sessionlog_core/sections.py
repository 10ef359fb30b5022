"""The blocks of a session in, cuts out: runs of blocks under one title, and what that is about.

Titles are headings, label lines, bold lines, wordy rulers and short lines that end in a colon. A
sub-heading has the kind of its section unless its own words say something else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sessionlog_core.aspects import is_aspect
from sessionlog_core.fields import has_no_value
from sessionlog_core.items import NUMBERED, Cut, Role, TitleRole, section_of
from sessionlog_core.labels import find_label
from sessionlog_core.model import About, PartKind
from sessionlog_core.outline import Kind, Node
from sessionlog_core.patterns import later
from sessionlog_core.vocabulary import Section, Vocabulary, word_set

__all__ = ["STRONG", "WEAK", "cut_sections"]

LABEL_LEVEL = 7
"""A label is below every heading."""

STRONG = frozenset({About.NEXT_STEPS, About.DECISIONS, About.BLOCKERS, About.PRIMER})
"""Kinds whose sub-headings keep them unless their whole title says something else."""

WEAK = frozenset({About.METRICS, About.FILES, About.COMMITS})
"""Kinds whose words are also topics of steps or of work: `### Tests` under `## Next Steps`."""

GROUPED = frozenset({About.NEXT_STEPS, About.DECISIONS, About.BLOCKERS, About.DONE})
"""Kinds whose sub-headings take labelled lines for descriptions of what they name."""


def decide(above: PartKind | None, own: Section | None) -> tuple[PartKind, bool]:
    """Give the kind of a title below a section of kind `above`, and whether it says so itself."""
    if own is None or (own.kind is About.OTHER and above is None):
        return above or About.OTHER, False
    if above is None or own.kind is above:
        return own.kind, own.kind is not above or own.exact
    if above in STRONG and (not own.exact or own.kind in WEAK):
        return above, False
    if above is About.DONE and own.kind in WEAK and not own.exact:
        return above, False
    return own.kind, True


class _Cutter:
    """One pass over the blocks of a session, which it cuts at headings, labels and rulers."""

    def __init__(self, vocabulary: Vocabulary, unsolved: frozenset[int]) -> None:
        self.vocabulary = vocabulary
        self.unsolved = unsolved
        self.cuts: list[Cut] = []
        self.stack: list[tuple[int, PartKind]] = []
        self.group: PartKind | None = None
        self.kind = About.OTHER
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

    def open(
        self, kind: PartKind, role: TitleRole, title: str | None, line: int, level: int
    ) -> None:
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
        value, line = value_of(node)
        found = section_of(node.label, value, self.vocabulary)
        if found is None and node.line in self.unsolved:
            found = Section(About.BLOCKERS, exact=True)
        above = self.group or self.base
        kind, own = decide(self.base, found)
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
            self.open(above or About.OTHER, Role.TAG, node.label, node.line, LABEL_LEVEL)
            self.text = node.text if value else ""
        if value:
            self.nodes.append(Node(Kind.PARAGRAPH, line, node.end_line, value))

    def is_part(self, label: str, kind: PartKind, *, own: bool, value: bool) -> bool:
        """Say whether a label belongs to what the sub-heading, or numbered line, above it names."""
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
        listed = any(n.kind is Kind.LIST for n in self.nodes)
        return kind not in GROUPED and (value or (self.kind is About.DONE and not listed))

    def is_field(self, label: str) -> bool:
        """Say whether a label describes something, and names no thing of its own."""
        return is_aspect(label) or self.vocabulary.field(label) is not None

    def lead_in(self, node: Node, title: str) -> None:
        """Take a short line that ends in a colon for a label, where it says something new."""
        found = self.vocabulary.section(title)
        listed = any(n.kind is Kind.LIST for n in self.nodes)
        known = found is not None and found.kind in GROUPED
        if known or (listed and self.level == LABEL_LEVEL and self.role is Role.OWN):
            self.label(replace(node, kind=Kind.LABEL, label=title))
        else:
            self.add(node)

    def is_shouted(self, text: str) -> bool:
        """Say whether a line is a title in capitals without a colon: `NEXT STEPS`."""
        if not text.isupper() or len(text) > SHOUTED_AT_MOST or "\n" in text:
            return False
        found = self.vocabulary.section(text)
        return found is not None and found.exact

    def is_apart(self, node: Node) -> bool:
        """Say whether a list stands below a state that is told on one line: `Status: done`."""
        return (
            self.kind is About.STATUS
            and self.level == LABEL_LEVEL
            and self.base is not About.STATUS
            and len(self.nodes) == 1
            and self.nodes[0].kind is Kind.PARAGRAPH
            and self.nodes[0].line == self.line
            and self.nodes[0].end_line + 1 < node.line
        )

    def unglue(self, node: Node) -> Iterator[Node]:
        """Part a list where a title stands right below one of its entries, with no blank line."""
        start = 0
        for index, entry in enumerate(node.children[:-1]):
            last = entry.children[-1] if entry.children else entry
            head, newline, title = last.text.rpartition("\n")
            if not newline or last.kind is not Kind.PARAGRAPH or not self.is_glued(title):
                continue
            line = last.end_line
            kept = replace(last, text=head, end_line=line - 1)
            entry = replace(entry, children=(*entry.children[:-1], kept), end_line=line - 1)
            above = (*node.children[start:index], entry)
            yield replace(node, line=above[0].line, end_line=line - 1, children=above)
            name = title.strip().rstrip(":：")
            yield Node(Kind.LABEL, line, line, title.strip(), label=name)
            start = index + 1
        below = node.children[start:]
        yield replace(node, line=below[0].line, children=below) if start else node

    def is_glued(self, title: str) -> bool:
        """Say whether the last line of an entry is the title of the entries below it."""
        lead = LEAD_IN.fullmatch(title.strip())
        if lead is None:
            return self.is_shouted(title.strip())
        found = self.vocabulary.section(lead[1])
        return found is not None and found.exact and found.kind in GROUPED

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
        self.open(About.OTHER, Role.FREE, None, node.line, 0)
        if node.text:
            self.add(node)

    def run(self, nodes: Iterable[Node]) -> tuple[Cut, ...]:
        for node in nodes:
            if node.kind is Kind.LIST and _may_be_glued(node):
                for piece in self.unglue(node):
                    self.block(piece)
            else:
                self.block(node)
        self.close()
        return tuple(self.cuts)

    def block(self, node: Node) -> None:
        """Take a block, which opens a cut or belongs to the one that is open."""
        match node.kind:
            case Kind.HEADING:
                self.heading(node)
            case Kind.LABEL:
                self.label(node)
            case Kind.PARAGRAPH if lead := _lead_in(node.text):
                self.lead_in(node, lead)
            case Kind.PARAGRAPH if self.is_shouted(node.text):
                self.label(replace(node, kind=Kind.LABEL, label=node.text.strip()))
            case Kind.LIST if self.is_apart(node):
                self.open(self.base or About.OTHER, Role.FREE, None, node.line, 0)
                # What stands atop a session is its work, be its state told above it or not.
                self.started = not all(c.kind is About.STATUS for c in self.cuts)
                self.add(node)
            case Kind.RULE:
                self.rule(node)
            case _:
                self.add(node)


SHOUTED_AT_MOST = 40
"""Characters of a title in capitals."""

LEAD_IN = later(r"([^\n:：]{3,80})[:：]\s{0,8}")
"""A line that leads to what stands below it."""


def _lead_in(text: str) -> str | None:
    """Give the words of a line that leads to what stands below it."""
    if ":" not in text and "：" not in text:
        return None
    lead = LEAD_IN.fullmatch(text)
    return lead[1] if lead else None


def _may_be_glued(node: Node) -> bool:
    """Say at a glance whether a title may stand right below an entry of a list."""
    last = [entry.children[-1].text for entry in node.children[:-1] if entry.children]
    return "\n" in "".join(last)


def value_of(node: Node) -> tuple[str, int]:
    """Give what stands behind the label of a label line, with what continues it, and its line."""
    first, _, rest = node.text.partition("\n")
    label = None if has_no_value(first) else find_label(first)
    value = label.value.strip() if label else ""
    if value or not rest:
        return (f"{value}\n{rest}" if rest else value), node.line
    return rest, node.line + 1


def cut_sections(nodes: Iterable[Node], vocabulary: Vocabulary) -> tuple[Cut, ...]:
    """Cut blocks into sections."""
    nodes = tuple(nodes)
    return _Cutter(vocabulary, _unsolved(nodes)).run(nodes)


def _unsolved(nodes: Iterable[Node]) -> frozenset[int]:
    """Give the lines of labels of one problem below which no label tells its answer."""
    found: set[int] = set()
    last = 0
    for node in nodes:
        if node.kind is Kind.HEADING:
            last = 0
        elif node.kind is Kind.LABEL:
            name = node.label.casefold()
            if name in PROBLEM_WORDS:
                last = node.line
                found.add(last)
            elif last and not ANSWER_WORDS.isdisjoint(name.split()):
                found.discard(last)
                last = 0
    return frozenset(found)


PROBLEM_WORDS = word_set("problem trouble problema problème problém проблема 问题 問題 문제")
"""Labels of one problem: open, unless a label below it says how it was solved."""
ANSWER_WORDS = word_set(
    """
    solution fix fixes fixed resolution resolved answer cause workaround outcome lösung ursache
    behoben solución causa arreglo solução correção soluzione correzione cause correction řešení
    příčina oprava решение причина исправление 解决 解决方案 原因 解決 対応 해결 원인
    """
)
"""Words in the label of an answer to a problem."""

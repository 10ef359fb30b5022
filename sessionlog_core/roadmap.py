"""Text of a roadmap in, its milestones and items with their states and ids out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sessionlog_core.model import Milestone, RoadmapItem, Span
from sessionlog_core.outline import Node, NodeKind, read_outline
from sessionlog_core.problems import Problem


@dataclass(frozen=True, slots=True)
class Roadmap:
    """One roadmap, or several joined."""

    milestones: tuple[Milestone, ...] = ()
    items: tuple[RoadmapItem, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_roadmap(text: str, path: str) -> Roadmap:
    """Read a roadmap. What cannot be read is a problem."""
    outline, problems = read_outline(text, path)
    items: list[RoadmapItem] = []
    milestones: list[Milestone] = []
    title, key = None, None
    for node in outline.nodes:
        if node.kind is NodeKind.HEADING:
            title, key = node.text, f"m{len(milestones) + 1}"
            milestones.append(Milestone(key, node.text, Span(path, node.line, node.end_line)))
        for item in _items(node):
            if item.done is None:
                continue
            words = item.children[0].text if item.children else ""
            items.append(
                RoadmapItem(
                    f"i{len(items) + 1}",
                    words,
                    "done" if item.done else "open",
                    title,
                    (),
                    Span(path, item.line, item.end_line),
                    key,
                )
            )
    return Roadmap(tuple(milestones), tuple(items), tuple(problems))


def _items(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.kind is NodeKind.ITEM:
            yield child
        yield from _items(child)


def join_roadmaps(roadmaps: Sequence[Roadmap]) -> Roadmap:
    """Join several roadmaps of a project to one."""
    return Roadmap(
        tuple(m for r in roadmaps for m in r.milestones),
        tuple(i for r in roadmaps for i in r.items),
        tuple(p for r in roadmaps for p in r.problems),
    )

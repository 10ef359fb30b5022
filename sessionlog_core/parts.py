"""The blocks of a session in, its parts by section and what they say out: steps, decisions, figures, names, fields."""

import re
from collections.abc import Iterator
from dataclasses import replace

from sessionlog_core.metrics import find_metrics
from sessionlog_core.model import (
    Decision,
    FileChange,
    Item,
    Metric,
    Part,
    PartKind,
    Session,
    Standing,
    Status,
)
from sessionlog_core.outline import Node, NodeKind
from sessionlog_core.references import find_commits, find_files, find_references
from sessionlog_core.vocabulary import Vocabulary

LABEL_VALUE = re.compile(
    r"^\s*(?:[*_]{2,3})?[^:：\n]{0,80}?(?:[*_]{2,3}\s?[:：]|[:：]\s?[*_]{2,3}|[:：])\s*"
)
HOURS = re.compile(
    r"(\d+(?:[.,]\d+)?)\s?(?:h\b|hrs?\b|hours?|horas?|stunden?|std|heures?|ore\b|hodin|час|小时|時間|시간)",
    re.I,
)
MINUTES = re.compile(r"(\d+)\s?(?:m\b|min|minut|分|분|мин)", re.I)
BRANCH = re.compile(r"`([^`\s]{1,120})`|([\w./-]{1,120})")


def read_parts(nodes: tuple[Node, ...], path: str, vocabulary: Vocabulary) -> tuple[Part, ...]:
    """Cut the blocks of a session into parts, each with its kind and items; sub-headings inherit their kind."""
    parts: list[Part] = []
    above: list[tuple[int, PartKind]] = []
    title: str | None = None
    kind = PartKind.OTHER
    start = nodes[0].line if nodes else 1
    body: list[Node] = []

    def close(next_title: str | None, next_kind: PartKind, line: int) -> None:
        nonlocal title, kind, start, body
        if body or title is not None:
            end = body[-1].end_line if body else start
            parts.append(Part(kind, title, start, end, tuple(body), _items(body, kind)))
        title, kind, start, body = next_title, next_kind, line, []

    for node in nodes:
        if node.kind is NodeKind.HEADING:
            above = [(level, k) for level, k in above if level < node.level]
            own = vocabulary.section(node.text)
            inherited = above[-1][1] if above else PartKind.OTHER
            here = own or inherited
            above.append((node.level, here))
            close(node.text, here, node.line)
        elif node.kind is NodeKind.LABEL:
            own = vocabulary.section(node.label)
            inherited = above[-1][1] if above else PartKind.OTHER
            close(node.label, own or inherited, node.line)
            if value_of(node):
                body.append(replace(node, kind=NodeKind.PARAGRAPH, text=value_of(node)))
        elif node.kind is NodeKind.RULE and title is not None:
            inherited = above[-1][1] if above else PartKind.OTHER
            close(None, inherited, node.line)
        else:
            body.append(node)
    close(None, PartKind.OTHER, 0)
    return tuple(parts)


def value_of(node: Node) -> str:
    """Give what stands behind the label of a label line."""
    return LABEL_VALUE.sub("", node.text, count=1).strip()


def _items(body: list[Node], kind: PartKind) -> tuple[Item, ...]:
    found: list[Item] = []
    for node in body:
        if node.kind is NodeKind.LIST:
            found.extend(_item(child) for child in node.children)
    if not found:
        found = [
            Item(node.text, node.line, node.end_line)
            for node in body
            if node.kind in (NodeKind.PARAGRAPH, NodeKind.QUOTE) and node.text
        ]
    return tuple(found)


def _item(node: Node) -> Item:
    text = next((child.text for child in node.children if child.text), "")
    nested = [
        _item(i) for child in node.children if child.kind is NodeKind.LIST for i in child.children
    ]
    return Item(text, node.line, node.end_line, node.done, tuple(nested))


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Give every node with text, in order."""
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def fill(session: Session, vocabulary: Vocabulary) -> Session:
    """Fill the parts of a session and all that is read from them; what its heading says stays."""
    parts = read_parts(session.body, session.source.path, vocabulary)
    metrics: list[Metric] = []
    commits = list(find_commits(session.heading, session.source.line))
    refs = list(find_references(session.heading, session.source.line))
    files: list[FileChange] = []
    fields: dict[str, str] = {}
    for node in walk(session.body):
        if node.kind is NodeKind.LABEL:
            name = vocabulary.field(node.label)
            if name and name not in fields and value_of(node):
                fields[name] = value_of(node)
        if node.text:
            line = node.line + (node.kind is NodeKind.CODE)
            metrics.extend(find_metrics(node.text, line))
            commits.extend(find_commits(node.text, line))
            refs.extend(find_references(node.text, line))
            files.extend(find_files(node.text, line))
    status, status_text = session.status, session.status_text
    if status is None and "status" in fields:
        status_text = fields["status"]
        state = vocabulary.state(status_text)
        status = Status(state) if state in ("open", "closed") else None
    branch = session.branch
    if branch is None and "branch" in fields and (match := BRANCH.search(fields["branch"])):
        branch = match[1] or match[2]

    def of(kind: PartKind) -> tuple[Item, ...]:
        return tuple(item for part in parts if part.kind is kind for item in part.items)

    return replace(
        session,
        parts=parts,
        summary=of(PartKind.SUMMARY),
        done=of(PartKind.DONE),
        next_steps=of(PartKind.NEXT_STEPS),
        decisions=tuple(Decision(item.text, item) for item in of(PartKind.DECISIONS)),
        blockers=of(PartKind.BLOCKERS),
        metrics=tuple(metrics),
        commits=tuple({c.sha: c for c in reversed(commits)}.values())[::-1],
        refs=tuple({(r.kind, r.id): r for r in reversed(refs)}.values())[::-1],
        files=tuple({f.path: f for f in reversed(files)}.values())[::-1],
        status=status,
        status_text=status_text,
        branch=branch,
        duration_minutes=session.duration_minutes or read_duration(fields.get("duration", "")),
    )


def read_duration(text: str) -> int | None:
    """Read a duration in minutes, or None."""
    hours, minutes = HOURS.search(text), MINUTES.search(text)
    if hours is None and minutes is None:
        return None
    total = float(hours[1].replace(",", ".")) * 60 if hours else 0.0
    return round(total + (int(minutes[1]) if minutes else 0))


def read_standing(nodes: tuple[Node, ...], path: str, vocabulary: Vocabulary) -> Standing:
    """Read the blocks that belong to no session: what is to be done, how to go on, the state of things."""
    parts = read_parts(nodes, path, vocabulary)
    status = next((p for p in parts if p.kind is PartKind.STATUS), None)
    return Standing(
        next_steps=tuple(i for p in parts if p.kind is PartKind.NEXT_STEPS for i in p.items),
        primer=tuple(i for p in parts if p.kind is PartKind.PRIMER for i in p.items),
        status=status.items[0].text if status and status.items else None,
        parts=parts,
    )

"""The outline of a file in, where its sessions start out, with the name of the layout and the evidence for it.

No layout is chosen by file name alone. Lines that may start an entry are grouped by level and shape;
the group that repeats and is dated or numbered is taken, others of the same kind join it.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from sessionlog_core.dates import Order, find_dates, find_order, find_time
from sessionlog_core.labels import find_labels, strip_markup
from sessionlog_core.outline import Node, NodeKind, Outline
from sessionlog_core.titles import Title, read_title
from sessionlog_core.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a session starts: its line and what that line says; `nodes` are the blocks below it."""

    line: int
    end_line: int
    heading: str
    title: Title
    date: str | None
    date_end: str | None
    time: str | None
    date_from: str | None
    nodes: tuple[Node, ...]
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out. `entries` are its sessions in document order, `standing` the blocks outside of them."""

    name: str
    why: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    standing: tuple[Node, ...] = ()
    title: str | None = None


LOG_NAME = re.compile(
    r"session|progress|dev-?_?log|work-?_?log|journal|diary|bitacora|bitácora|hand-?off|continue|iteration|activit|sess[aã]o|scrum|tageb|作業ログ",
    re.I,
)
NOT_LOG_NAME = re.compile(r"change-?log|readme|license|contributing|template|policy|api|history|releases?\b", re.I)


def find_entries(outline: Outline, path: str, vocabulary: Vocabulary, named: bool) -> Layout:  # noqa: FBT001
    """Find where sessions start."""
    nodes = outline.nodes
    order = find_order(n.text for n in nodes)
    heads = [
        (i, n, read_title(n.text, vocabulary, order))
        for i, n in enumerate(nodes)
        if n.kind is NodeKind.HEADING
    ]
    groups: dict[tuple[int, tuple[str, bool, bool]], list[int]] = defaultdict(list)
    for k, (_, node, title) in enumerate(heads):
        if (title.unit and (title.number or (title.date and title.unit == "session"))) or title.first == "date":
            groups[(node.level, title.shape)].append(k)
    name = path.rsplit("/", 1)[-1]
    levels = Counter(heads[k][1].level for ks in groups.values() for k in ks)
    starts: list[int] = []
    if levels and not NOT_LOG_NAME.search(name):
        level = max(levels, key=lambda x: (levels[x], -x))
        starts = sorted(k for (lv, _), ks in groups.items() if lv == level for k in ks)
        if level == 1 and len(starts) == 1:
            starts = []
    if starts:
        entries = []
        for n, k in enumerate(starts):
            i, node, title = heads[k]
            stop = heads[starts[n + 1]][0] if n + 1 < len(starts) else len(nodes)
            for j, other, _ in heads[k + 1 :]:
                if j < stop and other.level <= node.level:
                    stop = j
                    break
            entries.append(_entry(nodes, i, stop, title, order))
        used = {id(x) for e in entries for x in e.nodes} | {id(nodes[heads[k][0]]) for k in starts}
        standing = tuple(x for x in nodes if id(x) not in used)
        return Layout(f"h{nodes[heads[starts[0]][0]].level} entries", (), tuple(entries), standing)
    if LOG_NAME.search(path) and not NOT_LOG_NAME.search(name) and heads:
        i, node, title = heads[0]
        entry = _entry(nodes, i, len(nodes), title, order, nodes[:i])
        return Layout("one session", (), (entry,), ())
    return Layout("none", ("no line that starts a session",), (), nodes)


def _entry(
    nodes: tuple[Node, ...], i: int, stop: int, title: Title, order: Order, before: tuple[Node, ...] = ()
) -> Entry:
    body = (*before, *nodes[i + 1 : stop])
    date, date_end, time, date_from = title.date, title.date_end, title.time, "heading"
    if date is None:
        date_from = None
        for node in body[:12]:
            if node.kind is not NodeKind.LABEL:
                continue
            found = [f for f in find_dates(node.text, order) if f.date]
            if found:
                date, date_end, time, date_from = found[0].date, found[0].date_end, found[0].time, "label"
                break
    end = body[-1].end_line if body else nodes[i].end_line
    return Entry(nodes[i].line, max(end, nodes[i].end_line), nodes[i].text, title, date, date_end, time, date_from, body)

"""A file in, how it was read out: layout, evidence, and what each line was taken for and why.

This is the tool with which a user finds out why a line was misread, and with which the reader is
worked on. Text is masked before it is shown, as everywhere.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from sessionlog_core.fields import fields_of
from sessionlog_core.layout import find_entries
from sessionlog_core.masking import mask
from sessionlog_core.model import Item, Log, Part, PartKind, Session
from sessionlog_core.options import Options
from sessionlog_core.outline import Node, NodeKind, read_outline, walk
from sessionlog_core.problems import Problem, visible
from sessionlog_core.reader import read_log
from sessionlog_core.records import record
from sessionlog_core.rows import make_vocabulary
from sessionlog_core.source import read_sources
from sessionlog_core.vocabulary import DEFAULT, Vocabulary

__all__ = ["Explanation", "Line", "explain", "explain_file"]

WIDTH = 100
"""Letters of a line that are shown to a person."""

ITEMS = ("summary", "done", "next_steps", "blockers")
"""Fields of a session that hold items."""


@record(frozen=True, slots=True)
class Line:
    """A line of a file: what it is as Markdown, what it was taken for, and why it was left out."""

    number: int
    text: str
    block: str
    taken: tuple[str, ...] = ()
    why: str = ""


@record(frozen=True, slots=True)
class Explanation:
    """How a file was read."""

    log: Log
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...] = field(default=())


def explain_file(
    path: Path, options: Options, *, as_json: bool = False
) -> tuple[str, tuple[Problem, ...]]:
    """Explain the file at `path`, for a person or as JSON."""
    here = Path.cwd().resolve()
    whole_path = path.resolve()
    name = whole_path.relative_to(here) if whole_path.is_relative_to(here) else path
    sources, problems = read_sources(path, name.as_posix(), max_size=options.max_size)
    found = list(problems)
    explained: list[Explanation] = []
    for source in sources:
        text, said = mask(
            source.text, source.path, mode=options.secrets, allowed=options.secrets_allow
        )
        explanation = explain(text, source.path, vocabulary=make_vocabulary(options))
        found += [*said, *explanation.log.problems]
        explained.append(explanation)
    if as_json:
        whole = {"files": [_record(e) for e in explained]}
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n", tuple(found)
    return "\n".join(_write(e) for e in explained), tuple(found)


def explain(
    text: str, path: str, *, named: bool = False, vocabulary: Vocabulary = DEFAULT
) -> Explanation:
    """Explain the masked text of one file."""
    log = read_log(text, path, named=named, vocabulary=vocabulary)
    outline, _ = read_outline(text, path)
    notes = dict(find_entries(outline, path, vocabulary, named).notes)
    blocks = _blocks(outline.nodes)
    taken = _taken(log)
    places = _places(log, vocabulary)
    said: dict[int, list[str]] = defaultdict(list)
    for problem in log.problems:
        if problem.line is not None:
            said[problem.line].append(problem.message)
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        block = blocks.get(number) or ("" if not line.strip() else "ignored")
        if outline.front_matter and not blocks.get(number) and number < min(blocks, default=1):
            block = "front matter" if line.strip() else ""
        why = "; ".join(filter(None, (notes.get(number, ""), *said[number])))
        told = tuple(dict.fromkeys((*taken.get(number, ()), *_fields(line, block, vocabulary))))
        if block and not told and not why:
            why = NOTHING.get(block) or places.get(number) or _outside(log)
        lines.append(Line(number, line, block, told, why))
    return Explanation(log, tuple(lines), log.problems)


NAMES: Mapping[NodeKind, str] = {
    NodeKind.HEADING: "heading",
    NodeKind.LABEL: "label",
    NodeKind.PARAGRAPH: "text",
    NodeKind.ITEM: "item",
    NodeKind.CODE: "code",
    NodeKind.ROW: "row",
    NodeKind.QUOTE: "quote",
    NodeKind.RULE: "ruler",
}
"""What the lines of a block are called."""


def _blocks(nodes: Iterable[Node]) -> dict[int, str]:
    """Say in which block each line stands; the innermost counts, an item on its first line."""
    found: dict[int, str] = {}
    for node in nodes:
        name = NAMES.get(node.kind)
        if node.kind is NodeKind.TABLE:
            name = "table"
        if name:
            if node.kind is NodeKind.HEADING:
                name = f"heading {node.level}"
            for line in range(node.line, node.end_line + 1):
                found[line] = name
        inner = _blocks(node.children)
        if node.kind is NodeKind.ITEM:
            box = "" if node.done is None else " [x]" if node.done else " [ ]"
            inner[node.line] = f"item{box}"
        if node.kind is not NodeKind.ROW:
            found.update(inner)
    return found


def _taken(log: Log) -> dict[int, list[str]]:
    """Say of each line what it was taken for."""
    taken: dict[int, list[str]] = defaultdict(list)
    for index, session in enumerate(log.sessions, 1):
        taken[session.source.line].append(_start(session, index, len(log.sessions)))
        _parts(session.parts, taken)
        for name in ITEMS:
            _items(getattr(session, name), name.replace("_", " ").removesuffix("s"), taken)
        for decision in session.decisions:
            taken[decision.item.line].append("decision")
        for metric in session.metrics:
            total = f"/{metric.total:g}" if metric.total is not None else ""
            before = f" from {metric.before:g}" if metric.before is not None else ""
            taken[metric.line].append(
                f"metric {metric.name} {metric.value:g}{total}{metric.unit or ''}{before}"
            )
        for commit in session.commits:
            taken[commit.line].append(f"commit {commit.sha}")
        for reference in session.refs:
            taken[reference.line].append(f"{reference.kind} {reference.id}")
        for file in session.files:
            taken[file.line].append(
                f"file {file.path}" + (f" {file.change}" if file.change else "")
            )
    _parts(log.standing.parts, taken, "standing ")
    _items(log.standing.next_steps, "standing next step", taken)
    _items(log.standing.primer, "standing primer", taken)
    return taken


def _start(session: Session, index: int, count: int) -> str:
    said = [f"session {index} of {count}"]
    if session.number is not None:
        said.append(f"number {session.number}")
    if session.date:
        until = f" to {session.date_end}" if session.date_end else ""
        said.append(f"date {session.date}{until} from its {session.date_from}")
    if session.time:
        said.append(f"time {session.time}")
    if session.title:
        said.append(f"title {session.title!r}")
    if session.status:
        said.append(
            f"{session.status} by {session.status_text!r}"
            if session.status_text
            else str(session.status)
        )
    for name in ("branch", "duration_minutes"):
        value = getattr(session, name)
        if value is not None:
            said.append(f"{name.partition('_')[0]} {value}")
    if session.planned:
        said.append("planned")
    return ", ".join(said)


NOTHING = {
    "ignored": "a comment, or a mark of Markdown that says nothing",
    "ruler": "parts what stands above it from what stands below",
    "table": "the ruler of a table",
    "front matter": "front matter is read for a date, a number, a title and a state",
}
"""Why a line of such a block is taken for nothing."""


def _outside(log: Log) -> str:
    if log.sessions:
        return "stands outside of the sessions"
    return "no session and no state of the work was found in this file"


def _fields(line: str, block: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Give the fields that a line states; a heading and code state none."""
    if block.startswith(("label", "item", "text", "row", "quote")):
        for _, name, value in fields_of(line, vocabulary):
            if name in FIELDS:
                yield f"{name} {value[:60]!r}"


FIELDS = frozenset({"branch", "commit", "date", "duration", "status"})
"""Fields of a session that a label states."""


def _places(log: Log, vocabulary: Vocabulary) -> dict[int, str]:
    """Say of each line where it stands, and why it is nothing more than text there."""
    found: dict[int, str] = {}
    for index, session in enumerate(log.sessions, 1):
        _place(session.parts, f"text of session {index}", found, vocabulary)
        for name in ITEMS:
            _goes_on(getattr(session, name), found)
    _place(log.standing.parts, "stands outside of the sessions", found, vocabulary)
    _goes_on((*log.standing.next_steps, *log.standing.primer), found)
    return found


def _place(
    parts: Iterable[Part], where: str, found: dict[int, str], vocabulary: Vocabulary
) -> None:
    for part in parts:
        title = part.title or ""
        if part.kind is not PartKind.OTHER:
            why = f"{where}, in {part.kind.value.replace('_', ' ')}, but none of its entries"
        elif not title:
            why = f"{where}: no title above it says what it is"
        elif vocabulary.field(title):
            why = f"{where}, below {title[:40]!r}"
        else:
            why = f"{where}: {title[:40]!r} above it has no word of a section"
        found.update(dict.fromkeys(range(part.line, part.end_line + 1), why))
        for node in walk(part.nodes):
            if node.kind is NodeKind.ITEM and node.done is not None and part.kind in PLANS:
                state = "ticked: nothing is left to do" if node.done else "its box says: dropped"
                found[node.line] = f"{where}, {state}"


PLANS = frozenset({PartKind.NEXT_STEPS, PartKind.BLOCKERS})
"""Sections in which a ticked entry is no entry any more."""


def _goes_on(items: Iterable[Item], found: dict[int, str]) -> None:
    for item in items:
        for line in range(item.line + 1, item.end_line + 1):
            found[line] = f"goes on from line {item.line}"
        _goes_on(item.items, found)


def _parts(parts: Sequence[Part], taken: dict[int, list[str]], before: str = "") -> None:
    for part in parts:
        if part.title is not None:
            taken[part.line].append(f"{before}section {part.kind.value.replace('_', ' ')}")


def _items(items: Iterable[Item], name: str, taken: dict[int, list[str]]) -> None:
    for item in items:
        state = "" if item.done is None else ", ticked" if item.done else ", open"
        taken[item.line].append(f"{name}{state}")
        _items(item.items, f"{name}, below another", taken)


# For people and for machines


def _write(explanation: Explanation) -> str:
    log = explanation.log
    out = [f"{visible(log.path)}: {log.layout} ({log.markup})"]
    out += [f"  because {why}" for why in log.why]
    out += [f"  {len(log.sessions)} sessions" if len(log.sessions) != 1 else "  1 session", ""]
    width = len(str(len(explanation.lines)))
    above = ""
    for line in explanation.lines:
        if line.text.strip():
            # Why nothing was found in a passage is said once.
            again = not line.taken and line.why == above
            out.append(_line(replace(line, why="") if again else line, width))
            above = "" if line.taken else line.why
    return "\n".join(out) + "\n"


def _line(line: Line, width: int) -> str:
    text = line.text.strip()
    text = text if len(text) <= WIDTH else f"{text[:WIDTH]}…"
    said = [*line.taken, *([line.why] if line.why else [])]
    arrow = f"\n{'':{width}} {'':12} → {'; '.join(said)}" if said else ""
    return f"{line.number:{width}} {line.block:12} {text}{arrow}"


def _record(explanation: Explanation) -> dict[str, Any]:
    log = explanation.log
    return {
        "path": log.path,
        "layout": log.layout,
        "markup": log.markup,
        "why": list(log.why),
        "sessions": [
            {
                "line": s.source.line,
                "end_line": s.source.end_line,
                "number": s.number,
                "date": s.date,
            }
            for s in log.sessions
        ],
        "lines": list(_lines(explanation)),
        "problems": [
            {"code": str(p.code), "message": p.message, "line": p.line}
            for p in explanation.problems
        ],
    }


def _lines(explanation: Explanation) -> Iterator[dict[str, Any]]:
    for line in explanation.lines:
        if line.text.strip():
            yield {
                "line": line.number,
                "text": line.text,
                "block": line.block,
                "taken_for": list(line.taken),
                "why": line.why or None,
            }

"""Text of a roadmap in, its milestones and items with their states and ids out.

An item is what a roadmap ticks off: a check box, a bullet with a sign of its state, a row of a
table that has a column for states, a bullet below a heading that gathers nothing else, or a heading
of its own that names a piece of work and has only prose below it. The nearest heading above is its
milestone.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sessionlog_core.model import Milestone, RoadmapItem, Span
from sessionlog_core.outline import Node, NodeKind, read_outline
from sessionlog_core.problems import Code, Problem
from sessionlog_core.slugs import slug, unique
from sessionlog_core.terms import find_ids, fold_words

__all__ = ["Roadmap", "join_roadmaps", "name_of", "read_roadmap", "state_of"]


@dataclass(frozen=True, slots=True)
class Roadmap:
    """One roadmap, or several joined."""

    milestones: tuple[Milestone, ...] = ()
    items: tuple[RoadmapItem, ...] = ()
    problems: tuple[Problem, ...] = ()


SIGNS: Mapping[str, str] = {
    "✅": "done", "☑": "done", "✔": "done", "✓": "done", "🎉": "done", "🏁": "done",
    "🔄": "in-progress", "🚧": "in-progress", "🟡": "in-progress", "▶": "in-progress",
    "⏸": "in-progress", "⏳": "open", "📋": "open", "🔜": "open", "⬜": "open", "☐": "open",
    "📅": "open", "🔴": "open", "🔵": "open", "❌": "open", "🟠": "open", "⚪": "open",
    "🟢": "open",
}  # fmt: skip
"""Signs at the start of an item or in a cell, and the state that they stand for."""

CLEAR = frozenset("✅☑✔✓🎉🏁🔄🚧⏳🔜⬜☐📋")
"""Signs that say a state wherever they stand; the colours tell as often how urgent a thing is."""

MARKS: Mapping[str, str] = {
    "-": "in-progress", "~": "in-progress", "/": "in-progress", "🔄": "in-progress",
    "🚧": "in-progress", ">": "in-progress", ".": "in-progress",
}  # fmt: skip
"""Marks in the brackets of a check box that are neither ticked nor empty."""

WORDS: tuple[tuple[str, str], ...] = (
    (
        "open",
        (
            r"not[ -]?started|not[ -]?done|to[ -]?do|planned|pending|upcoming|backlog|scheduled|"
            r"open|tbd|future|queued|blocked|proposed|incomplete|geplant|offen|ausstehend|à faire|"
            r"prévue?|en attente|pendiente|pendente|a fazer|planejad[oa]|planificad[oa]|da fare|"
            r"plánováno|запланировано|не начато|未开始|待办|计划中|予定|未着手|예정|계획"
        ),
    ),
    (
        "in-progress",
        (
            r"in[ -]?progress|wip|ongoing|partial(?:ly)?|started|active|underway|basic|in review|"
            r"in arbeit|teilweise|en cours|en curso|en progreso|em andamento|em progresso|parcial|"
            r"in corso|probíhá|в работе|в процессе|进行中|部分完成|進行中|作業中|진행 ?중"
        ),
    ),
    (
        "done",
        (
            r"done|completed?|finished|shipped|released|delivered|merged|closed|fixed|implemented|"
            r"resolved|erledigt|fertig|abgeschlossen|terminée?|fini|completad[oa]|complet[oa]|"
            r"hecho|concluíd[oa]|concluid[oa]|feito|fatto|completato|hotovo|dokončeno|завершено|"
            r"готово|сделано|已完成|完成|完了|완료"
        ),
    ),
)
"""Words of a state, the first row that is found decides: `not started` before `started`."""

_WORDS = tuple(
    (state, re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE))
    for state, words in WORDS
)

PERCENT = re.compile(r"(?<![\d.])(\d{1,3})\s?%")

TITLE_STATE = re.compile(r"[(\[{—–:-]\s*([^()\[\]{}—–]{2,40}?)\s*[)\]}]?\s*$")
"""The tail of a heading in which a state may stand: `Phase 6: Fixes (COMPLETE)`, `M3 — done`."""

STATE_COLUMN = re.compile(
    r"status|state|done\??|progress|complete[d]?|zustand|stand|statut|état|estado|stato|stav|"
    r"статус|状态|狀態|状態|상태",
    re.IGNORECASE,
)
"""Titles of the column that holds the states of a table."""

ID_COLUMN = re.compile(
    r"#|№|no\.?|nr\.?|num(?:ber)?|id|key|ticket|ref|task id|issue|編號|编号|番号|번호",
    re.IGNORECASE,
)
"""Titles of the column that holds names or numbers."""

TEXT_COLUMNS: tuple[str, ...] = (
    r"task|tarefa|tarea|aufgabe|tâche|úkol|задача|任务|タスク|작업",
    (
        r"item|feature|deliverable|story|slice|epic|funktion|funcionalidade|funcionalidad|"
        r"fonctionnalité|funzionalità|功能|機能"
    ),
    r"milestone|phase|sprint|goal|meilenstein|fase|étape|etapa|marco|阶段",
    r"title|name|titel|título|titre|titolo|名称",
    (
        r"description|what|scope|beschreibung|descrição|descripción|descrizione|описание|描述|"
        r"説明|내용"
    ),
)
"""Titles of the column that says what is to be done, the surest first."""

_TEXT_COLUMNS = tuple(re.compile(words, re.IGNORECASE) for words in TEXT_COLUMNS)

NO_ITEMS = re.compile(
    r"purpose|goals?|objectives?|overview|summary|introduction|intro|about|background|context|"
    r"legend|key|notes?|sources?|references?|links?|resources?|see also|related|risks?|"
    r"assumptions?|constraints?|dependenc\w+|blockers?|principles?|vision|mission|philosophy|"
    r"rationale|metrics?|success criteria|success metrics|statistics|stats|non[- ]goals?|"
    r"out of scope|how to|usage|contribut\w+|changelog|history|format|conventions?|stakeholders?|"
    r"team|contacts?|questions?|decisions?|lessons?|table of contents|contents|toc|"
    r"definition of done|acceptance criteria|zweck|überblick|einleitung|quellen|risiken|annahmen|"
    r"hinweise|legende|objectif|aperçu|sources|risques|remarques|légende|propósito|resumen|"
    r"introducción|riesgos|notas|leyenda|objetivo|visão geral|resumo|riscos|legenda|observações|"
    r"scopo|panoramica|rischi|note|fonti|цель|обзор|риски|примечания|目的|概要|风险|备注|背景|"
    r"说明|リスク|備考|개요|위험",
    re.IGNORECASE,
)
"""Headings whose bullets are no items."""

UNITS = (
    "phase", "milestone", "sprint", "slice", "stage", "step", "iteration", "epic", "story", "task",
    "issue", "alpha", "beta", "wave", "release", "version", "week", "quarter", "feature", "part",
    "increment", "track", "fase", "etapa", "marco", "meilenstein", "étape", "jalon", "fáze", "фаза",
    "этап", "阶段", "里程碑", "フェーズ", "단계",
)  # fmt: skip
"""Words that count pieces of a plan."""

UNIT = re.compile(
    rf"(?<![^\W_])({'|'.join(UNITS)})\s{{0,2}}#?(\d{{1,3}}(?:\.\d{{1,3}}){{0,2}})(?!\w|\.\w)",
    re.IGNORECASE,
)
"""A piece of a plan by its number: `Phase 5`, `Slice 1`, `Alpha3`."""

VERSION = re.compile(r"v?\d{1,3}\.\d{1,3}(?:\.\d{1,4})?\b", re.IGNORECASE)
"""A version that heads its items: `v1.0`."""

BOLD = re.compile(r"(\*\*|__)[^*_]{1,80}\1[\s:]*")
"""A bullet in bold that heads those below it."""

LABEL, GROUP = 7, 8
"""Levels of bold lines and of bullets that stand for headings: below all headings."""

STATE = 3
"""Words of a state at most."""

LEADING = re.compile(r"^[^\w#\[`]*")
"""Signs and marks before the words of an item."""

ESTIMATE = re.compile(
    r"\((?:~|≈|about |ca\. ?)?\d+(?:[.,]\d+)?(?:\s?[-–]\s?\d+(?:[.,]\d+)?)?\s?(?:min(?:utes?|"
    r"utos?)?|h(?:ours?|oras?|rs?)?|d(?:ays?|ias?)?|w(?:eeks?)?|pts?|points?|lines?|linhas|"
    r"tests?)\)"
)
"""An estimate in parentheses at the end of an item, which says nothing of its subject."""

ONLY_LINK = re.compile(r"\W*\[[^\[\]]*\]\([^()\s]*\)(?:\s*[-–—:(].*)?")
"""A bullet that only points to a document."""

DATED = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
"""A date in a heading of a roadmap: below it stands a log, not a plan."""

PROSE_ITEM = re.compile(
    r"no\b|none\b|n/?a\b|nothing\b|keine?\b|aucun|ningun|nenhum|nessun|žádn|нет\b|无|なし|없음",
    re.IGNORECASE,
)
"""How a bullet begins that says that there is nothing to do."""


def read_roadmap(text: str, path: str) -> Roadmap:
    """Read a roadmap. What cannot be read is a problem, never an exception of a log's text."""
    outline, problems = read_outline(text, path)
    sections = _sections(outline.nodes)
    drafts = [(section, draft) for section in sections for draft in _drafts(section)]
    used = {id(section.above if draft.heading else section) for section, draft in drafts}
    milestones: list[Milestone] = []
    keys: dict[int, str] = {}
    taken: dict[str, int] = {}
    for section in sections:
        heading = section.heading
        if heading is None or heading.level == 0:
            continue
        unit = UNIT.search(heading.text)
        state = state_of(heading.text, title=True)
        if id(section) not in used and (section.item or (unit is None and state is None)):
            continue
        title = heading.text
        key = unique(slug(_bare(title)) or _hash(title), taken)
        keys[id(section)] = key
        span = Span(path, heading.line, max(heading.end_line, section.end_line))
        milestones.append(Milestone(key, title, span, state))
    items: list[RoadmapItem] = []
    for section, draft in drafts:
        owner = section.above if draft.heading else section
        while owner is not None and id(owner) not in keys:
            owner = owner.above
        above = owner.heading.text if owner is not None and owner.heading is not None else None
        ids = _ids(draft)
        state = draft.state or _stated_above(section.above if draft.heading else section)
        name = name_of(draft.text, draft.name)
        key = unique(slug(name) if name else slug(_bare(draft.text)) or _hash(draft.text), taken)
        items.append(
            RoadmapItem(
                key,
                draft.text,
                state,
                above,
                ids,
                Span(path, draft.line, draft.end_line),
                keys[id(owner)] if owner is not None else None,
                _date(section),
            )
        )
    items.sort(key=lambda item: item.source.line)
    states: dict[str | None, list[str | None]] = defaultdict(list)
    for item in items:
        states[item.milestone_key].append(item.state)
    milestones = [replace(m, state=m.state or _sum(states[m.key])) for m in milestones]
    if not items and not problems:
        problems = (
            Problem(
                Code.ROADMAP,
                "no items found, expected check boxes, bullets, headings or a table with a status "
                "column",
                path,
                grave=False,
            ),
        )
    return Roadmap(tuple(milestones), tuple(items), tuple(problems))


def join_roadmaps(roadmaps: Sequence[Roadmap]) -> Roadmap:
    """Join several roadmaps of a project to one; a key that stands twice gets a number."""
    taken: dict[str, int] = {}
    milestones: list[Milestone] = []
    items: list[RoadmapItem] = []
    for roadmap in roadmaps:
        names: dict[str, str] = {}
        for milestone in roadmap.milestones:
            names[milestone.key] = unique(milestone.key, taken)
            milestones.append(replace(milestone, key=names[milestone.key]))
        for item in roadmap.items:
            above = names.get(item.milestone_key or "")
            items.append(replace(item, key=unique(item.key, taken), milestone_key=above))
    problems = tuple(problem for roadmap in roadmaps for problem in roadmap.problems)
    return Roadmap(tuple(milestones), tuple(items), problems)


def state_of(text: str, *, title: bool = False) -> str | None:
    """Tell the state that `text` names: done, in-progress, open, or None.

    With `title` only what stands apart counts: a sign, or words in parentheses or behind a dash at
    the end.
    """
    if title:
        for char in text:
            if char in CLEAR:
                return SIGNS[char]
        match = TITLE_STATE.search(" ".join(text[-80:].split()))
        text = match[1] if match else ""
        if len(text.split()) > 4:
            return None
    else:
        lead = text.strip()[:1]
        if lead in SIGNS:
            return SIGNS[lead]
    for state, words in _WORDS:
        if words.search(text):
            return state
    for char in text:
        if char in SIGNS:
            return SIGNS[char]
    percent = PERCENT.search(text)
    if percent:
        value = int(percent[1])
        return "done" if value == 100 else "in-progress" if value else "open"
    return None


def name_of(text: str, name: str | None = None) -> str | None:
    """Give the id that names an item: it stands first (`T001: ...`), or in a column of its own."""
    if name:
        return name
    head = LEADING.sub("", text)
    for found, ranged in find_ids(head[:60]):
        if not ranged and head.startswith(found):
            rest = head[len(found) :]
            return found if not rest or not (rest[0].isalnum() or rest[0] == "/") else None
    unit = UNIT.match(head)
    return f"{unit[1].capitalize()} {unit[2]}" if unit else None


def _stated_above(section: "_Section | None") -> str | None:
    """Give the state that headings above an item state for all below: `Completed Slices`."""
    while section is not None and section.heading is not None:
        title = section.heading.text
        state = state_of(title, title=True)
        if state is None:
            match = next(
                (s for s, words in _WORDS if (m := words.match(_bare(title))) and m[0]), None
            )
            state = match
        if state is not None:
            return state
        section = section.above
    return None


@dataclass(slots=True)
class _Section:
    """A heading and the blocks right below it."""

    heading: Node | None
    above: "_Section | None"
    nodes: list[Node]
    end_line: int = 0
    children: int = 0
    item: bool = False


@dataclass(frozen=True, slots=True)
class _Draft:
    """An item that is not yet named."""

    text: str
    state: str | None
    line: int
    end_line: int
    name: str | None = None
    heading: bool = False


def _sections(nodes: Iterable[Node]) -> list[_Section]:
    """Cut the blocks at the headings; a bold line that stands for one is below all others."""
    sections = [_Section(None, None, [])]
    for node in _ungrouped(nodes):
        title = _title(node)
        if title is None:
            sections[-1].nodes.append(node)
            sections[-1].end_line = node.end_line
            continue
        above: _Section | None = sections[-1]
        while (
            above is not None and above.heading is not None and above.heading.level >= title.level
        ):
            above = above.above
        if above is not None:
            above.children += 1
        sections.append(
            _Section(title, above if above and above.heading else None, [], node.end_line)
        )
    return sections


def _ungrouped(nodes: Iterable[Node]) -> Iterator[Node]:
    """Turn a list of milestones with their items below (`- v1.0` over `- [ ] a`) to headings."""
    for node in nodes:
        if node.kind is not NodeKind.LIST or not all(_is_group(item) for item in node.children):
            yield node
            continue
        for item in node.children:
            own, *below = item.children
            text = " ".join(own.text.split())
            yield Node(NodeKind.HEADING, own.line, own.end_line, text, level=GROUP)
            yield from below


def _is_group(item: Node) -> bool:
    text = _own(item)
    named = UNIT.match(_bare(text)) or VERSION.match(_bare(text)) or BOLD.fullmatch(text)
    below = any(child.kind is NodeKind.LIST for child in item.children[1:])
    return item.done is None and below and named is not None


def _title(node: Node) -> Node | None:
    if node.kind is NodeKind.HEADING:
        return node
    if node.kind is NodeKind.LABEL and node.label and UNIT.search(node.label):
        rest = re.sub(r"\W+", "", node.text.replace(node.label, "", 1))
        if not rest and "\n" not in node.text:
            return replace(node, level=LABEL, text=node.label)
    return None


def _drafts(section: _Section) -> list[_Draft]:
    """Find the items of a section: the surest sort that stands in it, and no other."""
    boxes = [d for node in section.nodes for d in _boxes(node)]
    tables = [d for node in section.nodes for table in _tables(node) for d in _rows(table)]
    heading = section.heading
    title = _bare(heading.text) if heading is not None else ""
    prose = NO_ITEMS.fullmatch(title) or NO_ITEMS.fullmatch(title.split(":")[0])
    signs = [] if prose else [d for node in section.nodes for d in _signed(node)]
    terms = [] if prose else [d for node in section.nodes for d in _defined(node)]
    if boxes or tables or signs or terms:
        return boxes + tables + signs + terms
    if heading is None or prose:
        return []
    bullets = (
        []
        if _date(section)
        else [
            d
            for before, node in zip([None, *section.nodes], section.nodes, strict=False)
            if node.kind is NodeKind.LIST and not _gathers_none(before)
            for d in _bullets(node)
        ]
    )
    named = name_of(heading.text) is not None and UNIT.match(title) is None
    numbered = re.match(r"\d{1,3}(?:\.\d{1,3})*[.)]?\s", title) is not None
    if heading.level > 1 and not section.children and (named or (numbered and not bullets)):
        section.item = True
        return [_headed(section, heading)]
    return bullets


def _date(section: _Section | None) -> str | None:
    """Give the date of the nearest dated heading: what stands below it belongs to that day."""
    while section is not None and section.heading is not None:
        match = DATED.search(section.heading.text)
        if match:
            return match[0]
        section = section.above
    return None


def _headed(section: _Section, heading: Node) -> _Draft:
    end = max(heading.end_line, section.end_line)
    return _Draft(heading.text, state_of(heading.text, title=True), heading.line, end, heading=True)


def _gathers_none(before: Node | None) -> bool:
    """Say whether a list stands right below a label that gathers no items (`**Risks:**`)."""
    if before is None or before.kind is not NodeKind.LABEL:
        return False
    return NO_ITEMS.fullmatch(_bare(before.label)) is not None


def _list_items(node: Node) -> Iterator[Node]:
    """Give the entries of lists in and below `node`; those below one with an id are its steps."""
    stack = [node]
    while stack:
        at = stack.pop()
        if at.kind is NodeKind.ITEM:
            yield at
            if name_of(_own(at)) is not None:
                continue
        stack.extend(reversed(at.children))


def _own(item: Node) -> str:
    """Give the words of a list entry itself, without those of entries below it."""
    first = next((c for c in item.children if c.kind in (NodeKind.PARAGRAPH, NodeKind.LABEL)), None)
    return " ".join(first.text.split()) if first is not None else ""


def _own_end(item: Node) -> int:
    first = next((c for c in item.children if c.kind in (NodeKind.PARAGRAPH, NodeKind.LABEL)), None)
    return first.end_line if first is not None else item.line


def _boxes(node: Node) -> Iterator[_Draft]:
    for item in _list_items(node):
        text = _own(item)
        if item.done is None or not text:
            continue
        state = "done" if item.done else MARKS.get(item.info.strip(), "open")
        yield _Draft(text, state, item.line, _own_end(item))


def _signed(node: Node) -> Iterator[_Draft]:
    if node.kind is not NodeKind.LIST:
        return
    for item in node.children:
        text = _own(item)
        if item.done is None and text[:1] in SIGNS and not _is_state(text):
            clear = SIGNS[text[0]] if text[0] in CLEAR else None
            state = clear or state_of(text, title=True) or "open"
            yield _Draft(text, state, item.line, _own_end(item))


def _defined(node: Node) -> Iterator[_Draft]:
    """Give the terms of a definition list; a state stands with one, or begins what it says."""
    if node.kind is NodeKind.PARAGRAPH and "\n: " in node.text:
        term, *rest = node.text.split("\n")
        if all(line.startswith(": ") for line in rest):
            yield _term(term, rest[0][2:], node.line, node.end_line)
    for item in node.children if node.kind is NodeKind.LIST else ():
        kinds = [child.kind for child in item.children]
        if kinds[:2] == [NodeKind.PARAGRAPH, NodeKind.QUOTE] and item.done is None:
            says = next((n.text for n in item.children[1].children if n.text), "")
            yield _term(item.children[0].text, says, item.line, item.children[0].end_line)


def _term(term: str, says: str, line: int, end_line: int) -> _Draft:
    head = re.split(r"[.,;:!]|\s[-–—]\s", says.split("\n")[0])[0]
    state = state_of(term, title=True) or (state_of(head) if len(head.split()) <= STATE else None)
    return _Draft(" ".join(term.split()), state, line, end_line)


def _tables(node: Node) -> Iterator[Node]:
    """Give tables, also those that reStructuredText writes as lists (`list-table`)."""
    if node.kind is NodeKind.TABLE:
        yield node
    elif node.kind is NodeKind.QUOTE:
        for child in node.children:
            rows = [_listed(item) for item in child.children if child.kind is NodeKind.LIST]
            if len(rows) > 1 and all(rows):
                found = tuple(row for row in rows if row is not None)
                yield Node(NodeKind.TABLE, child.line, child.end_line, children=found)


def _listed(item: Node) -> Node | None:
    """Give an entry that holds a list and nothing else as a row of a table."""
    if len(item.children) != 1 or item.children[0].kind is not NodeKind.LIST:
        return None
    cells = (
        Node(NodeKind.CELL, cell.line, cell.end_line, _own(cell))
        for cell in item.children[0].children
    )
    return Node(NodeKind.ROW, item.line, item.end_line, children=tuple(cells))


def _is_state(text: str) -> bool:
    """Say whether `text` is a line of a legend: a sign, and the name of its state."""
    words = _bare(text)
    return not words or any(pattern.fullmatch(words) for _, pattern in _WORDS)


def _bullets(node: Node) -> Iterator[_Draft]:
    for item in node.children:
        text = _own(item)
        if not text or PROSE_ITEM.match(text) or ONLY_LINK.fullmatch(text):
            continue
        yield _Draft(text, state_of(text, title=True), item.line, _own_end(item))


def _rows(table: Node) -> Iterator[_Draft]:
    """Give the rows of a table that has a column for states."""
    if not table.children:
        return
    header = [_bare(cell.text) for cell in table.children[0].children]
    states = [i for i, title in enumerate(header) if STATE_COLUMN.fullmatch(title)]
    if not states:
        return
    ids = [i for i, title in enumerate(header) if ID_COLUMN.fullmatch(title)]
    words = next(
        (
            i
            for pattern in _TEXT_COLUMNS
            for i, title in enumerate(header)
            if i not in (states[0], *ids) and pattern.fullmatch(title)
        ),
        next((i for i in range(len(header)) if i not in (states[0], *ids)), None),
    )
    if words is None:
        return
    for row in table.children[1:]:
        cells = [cell.text.strip() for cell in row.children]
        if len(cells) <= max(words, states[0]) or not cells[words]:
            continue
        name = None
        if ids and ids[0] < len(cells) and cells[ids[0]]:
            unit = header[words] if cells[ids[0]].isdigit() else ""
            name = f"{unit} {_bare(cells[ids[0]])}".strip()
        yield _Draft(cells[words], state_of(cells[states[0]]), row.line, row.line, name)


def _ids(draft: _Draft) -> tuple[str, ...]:
    found = [name for name, _ in find_ids(draft.text)]
    name = name_of(draft.text, draft.name)
    return tuple(dict.fromkeys([*([name] if name else []), *found]))


def _sum(states: Sequence[str | None]) -> str | None:
    """Sum up the state of a milestone from those of its items."""
    if not states or None in states:
        return None
    if set(states) == {"done"}:
        return "done"
    return "open" if set(states) == {"open"} else "in-progress"


def _bare(text: str) -> str:
    """Give a title without markup, signs and numbers of estimates around it."""
    text = re.sub(r"[*`_]{1,3}", "", " ".join(text.split()))
    return ESTIMATE.sub("", LEADING.sub("", text)).strip(" :")


def _hash(text: str) -> str:
    """Give a short key for words that no small letters can be made of."""
    return f"{zlib.crc32(fold_words(text).encode('utf-8')):08x}"

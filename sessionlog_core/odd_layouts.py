"""A file without headings that start sessions in, the layout out that it has all the same, if any.

Tables with a session in each row, lists with one in each item, headings that only their labels
date, topics below one date, and parts between rulers.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from sessionlog_core.cuts import lay_out
from sessionlog_core.dates import HINT, Found, find_dates, may_be_dated
from sessionlog_core.entries import (
    WHOLE,
    Entry,
    File,
    Layout,
    find_label_date,
    head_of,
    make_entry,
    place_of,
)
from sessionlog_core.log_words import LOG_WORDS, STATE_WORDS, Phrases
from sessionlog_core.marks import BOLD, Grades, Mark, says
from sessionlog_core.model import PartKind
from sessionlog_core.outline import Kind, Node
from sessionlog_core.patterns import later
from sessionlog_core.titles import LINK, WORK_UNITS, Title, read_title
from sessionlog_core.vocabulary import fold, has_digit

__all__ = ["ODD_LAYOUTS"]


def _table(file: File) -> Layout | None:
    """Read a table that has a session in each row."""
    for node in file.nodes:
        if node.kind is not Kind.TABLE or len(node.children) < 2:
            continue
        entries = _rows(file, node)
        if entries:
            why = (f"a table with a session in each of {len(entries)} rows",)
            taken = {e.line for e in entries}
            header, *rows = node.children
            others = tuple(row for row in rows if row.line not in taken)
            # Rows that are no sessions stay, below the names of their columns.
            left = (replace(node, children=(header, *others)),) if others else ()
            standing = tuple(x for n in file.nodes for x in (left if n is node else (n,)))
            return Layout("table of sessions", why, tuple(entries), standing)
    return None


TITLE_COLUMNS = Phrases((
    "title",
    "summary",
    "topic",
    "focus",
    "focus area",
    "description",
    "subject",
    "goal",
    "work",
    "what",
    "prompt",
))  # fmt: skip
"""Names of the column that says what a session was about."""


LISTED_IN = Phrases(("session", "sessions", "log", "history"))
"""Words above a table of sessions."""

LINKED = later(r"\s*\[[^\]]+\]\(")


NUMBER_CELL = later(r"\W*(?:[Ss]ession\s*)?#?(\d{1,4}(?:\.\d+)?)\W*$")


def _rows(file: File, table: Node) -> list[Entry]:
    rows = table.children[1:]
    if not any(may_be_dated(c.text) and HINT.search(c.text) for c in rows[0].children):
        return []
    header = [fold(c.text) for c in table.children[0].children]
    above = bisect_left(file.marks, table.line, key=lambda m: m.line)
    title = " ".join([*header, file.marks[above - 1].text if above else ""])
    titles = read_title(title, file.vocabulary)
    if titles.unit != "session" and not says(title, LISTED_IN):
        return []
    if file.facts.against and sum(e.points for e in file.facts.against) <= -3:
        return []
    columns = range(len(header))
    dates = [[_cell_date(file, row, k) for row in rows] for k in columns]
    dated = [k for k in columns if sum(d is not None for d in dates[k]) >= 0.8 * len(rows)]
    if not dated:
        return []
    at = next((k for k in dated if file.vocabulary.field(header[k]) == "date"), dated[0])
    # A list of files links each of them; a row without a link is a remark.
    linked = [any(LINKED.match(c.text) for c in row.children) for row in rows]
    index = sum(linked) >= 0.9 * len(rows)
    lengths = {
        k: sum(len(r.children[k].text) for r in rows if k < len(r.children))
        for k in columns
        if k != at
    }
    if not lengths:
        return []
    telling = [k for k in lengths if says(header[k], TITLE_COLUMNS)]
    words_at = telling[0] if telling else max(lengths, key=lambda k: lengths[k])
    out = []
    for n, row in enumerate(rows):
        found = dates[at][n]
        if found is None or (index and not linked[n]):
            continue
        cells = [c.text for c in row.children]
        number = next(
            (m[1] for k, c in enumerate(cells) if k != at and (m := NUMBER_CELL.match(c))), None
        )
        text = cells[words_at] if words_at < len(cells) else ""
        heading = read_title(text, file.vocabulary)
        body = tuple(
            Node(Kind.PARAGRAPH, row.line, row.line, c)
            for k, c in enumerate(cells)
            if k != at and c and not NUMBER_CELL.match(c)
        )
        plain = replace(heading, words=LINK.sub(r"\1", text))
        out.append(
            Entry(
                row.line,
                row.line,
                text,
                plain,
                body,
                found.date,
                found.date_end,
                found.time,
                "label",
                number,
            )
        )
    return out


def _cell_date(file: File, row: Node, k: int) -> Found | None:
    if k >= len(row.children):
        return None
    text = row.children[k].text.strip()
    found = [f for f in find_dates(text, file.order) if f.date]
    return found[0] if found and found[0].start <= 3 else None


def _listed(file: File) -> Layout | None:
    """Read lists in which each item is a session: `- **2026-08-22 (session 15): topic**`."""
    entries: list[Entry] = []
    taken: list[Node] = []
    gathered = False
    for node in file.nodes:
        if node.kind is not Kind.LIST or not node.children:
            continue
        if not any(_item_title(file, item) for item in node.children[:2]):
            continue
        titles = [_item_title(file, item) for item in node.children]
        good = [t for t in titles if t is not None]
        said = says(_heading_above(file, node.line), LOG_WORDS)
        if len(good) < 0.8 * len(titles) or (len(good) < 2 and not said):
            continue
        section = file.vocabulary.section(_heading_above(file, node.line))
        state = file.facts.kinds[PartKind.STATUS] or says(file.facts.name, STATE_WORDS)
        if section is not None and section.exact and not said and state:
            # What changed of late, in a file that tells how things stand.
            continue
        gathered = gathered or said
        taken.append(node)
        for item, found in zip(node.children, titles, strict=True):
            if found is not None:
                entries.append(_item_entry(file, item, *found))
    head = head_of(file)
    lines = sum(e.end_line - e.line + 1 for e in entries)
    within = head is not None and head.title.date is not None and lines < WHOLE * file.lines
    if not entries or within or file.facts.points + 3 * gathered < 3:
        return None
    why = (f"{len(entries)} items of a list that begin with a date or a session's number",)
    lists = {id(n) for n in taken}
    standing = tuple(n for n in file.nodes if id(n) not in lists)
    return Layout(
        "list of sessions", (*why, *(e.why for e in file.facts.evidence)), tuple(entries), standing
    )


def _heading_above(file: File, line: int) -> str:
    """Give the heading below which a line stands."""
    i = bisect_left(file.heads, line, key=lambda m: m.line)
    return file.heads[i - 1].text if i else ""


NUMBERED = later(r"\d")


BOLD_START = later(r"\*\*([^*\n]{4,300})\*\*[\s:.—–-]*")


def _item_title(file: File, item: Node) -> tuple[Title, str, int] | None:
    """Give the title of an item that is a session, its words, and where its text goes on."""
    if not item.children or item.children[0].kind is not Kind.PARAGRAPH or item.done is not None:
        return None
    text = item.children[0].text
    if not has_digit(text[:42]):  # two of them may set it in bold
        return None
    bold = BOLD_START.match(text)
    words = bold[1] if bold else text.partition("\n")[0]
    if not NUMBERED.search(words[:40]):
        return None
    title = read_title(words, file.vocabulary, file.order)
    dated = title.first == "date" and title.date is not None and len(title.date) == 10
    numbered = title.first == "unit" and title.unit == "session" and title.number is not None
    if not (dated or numbered):
        return None
    return title, words, bold.end() if bold else 0


def _item_entry(file: File, item: Node, title: Title, words: str, goes_on: int) -> Entry:
    first = item.children[0]
    rest = first.text[goes_on:]
    line = first.line + first.text.count("\n", 0, goes_on)
    body = item.children[1:]
    if rest.strip() and (goes_on or "\n" in rest):
        body = (Node(Kind.PARAGRAPH, line, first.end_line, rest), *body)
    if not goes_on and len(title.words) > SENTENCE:
        title = replace(title, words=_sentence(title.words))
    if goes_on and not title.words:
        # A date in bold letters, the title behind it.
        title = replace(title, words=_sentence(rest.partition("\n")[0].strip()))
    mark = Mark(-1, item.line, BOLD, words, title, Grades.NONE)
    return replace(make_entry(file, mark, body, single=False), end_line=item.end_line)


SENTENCE = 120
"""Letters of a title that was cut from running text."""


def _sentence(words: str) -> str:
    for sign in (". ", "; ", " (", ": ", ", "):
        head = words.partition(sign)[0]
        if 10 <= len(head) <= SENTENCE:
            return head
    return words[:SENTENCE].rsplit(" ", 1)[0]


def _labelled(file: File) -> Layout | None:
    """Read headings without date or number that the labels below them date, or give a state."""
    head = head_of(file)
    if head is not None and (head.title.date or head.title.unit == "session"):
        return None
    for level in LEVELS:
        peers = [i for i, m in enumerate(file.marks) if m.level == level and not m.template]
        if len(peers) < 2:
            continue
        told = [i for i in peers if _is_labelled(file, i)]
        if len(told) < 2 or len(told) < LABELLED * len(peers):
            continue
        worth = file.facts.points + (1 if len(told) > 2 else 0)
        if worth < LOG_AT_LEAST:
            return None
        why = f"{len(told)} headings of level {level}, each with a date or a state in a label below"
        return lay_out(file, told, level, (why, *(e.why for e in file.facts.evidence)))
    return None


LEVELS = (2, 3, 1)
"""Levels of headings that entries without date and number have, the commonest first."""
LABELLED = 0.6
"""Share of the headings of a level that their labels date."""
LOG_AT_LEAST = 3
"""Points of evidence for a file whose headings say nothing of sessions."""


def _is_labelled(file: File, i: int) -> bool:
    """Say whether a heading names a piece of work, and a label right below it says when."""
    mark = file.marks[i]
    if file.vocabulary.section(mark.text) is not None:
        return False
    body = file.nodes[mark.index + 1 : mark.index + 5]
    stop = next((k for k, n in enumerate(body) if n.kind is Kind.HEADING), len(body))
    if find_label_date(file, body[:stop], single=False)[0] is not None:
        return True
    unit = mark.title.unit in WORK_UNITS and mark.title.first == "unit"
    return unit and any(
        file.vocabulary.field(n.label) == "status" for n in body[:stop] if n.kind is Kind.LABEL
    )


def _topics(file: File) -> Layout | None:
    """Read a file with a date at its top and a session with next steps in each topic."""
    head = head_of(file)
    if head is None or not (head.title.date and head.title.unit == "session"):
        return None
    level = head.level + 1
    position = place_of(file, head)
    topics = [
        i for i, m in enumerate(file.marks) if m.level == level and i > position and not m.template
    ]
    kinds = {i: _kinds_below(file, i) for i in topics}
    telling = [i for i in topics if PartKind.NEXT_STEPS in kinds[i] and len(kinds[i]) >= 2]
    if len(telling) < 2 or len(telling) < 0.8 * len(topics):
        return None
    return lay_out(
        file,
        telling,
        level,
        ("a topic in each heading below a date, each with next steps of its own",),
    )


def _kinds_below(file: File, i: int) -> set[PartKind]:
    kinds: set[PartKind] = set()
    if file.vocabulary.section(file.marks[i].text) is not None:
        return kinds
    for mark in file.marks[i + 1 :]:
        if mark.level <= file.marks[i].level:
            break
        section = file.vocabulary.section(mark.text)
        if section is not None:
            kinds.add(section.kind)
    return kinds


def _ruled(file: File) -> Layout | None:
    """Read a file without headings in which rulers part sessions that begin with their title."""
    nodes = file.nodes
    if any(n.kind is Kind.HEADING or (n.text and n.kind is Kind.RULE) for n in nodes):
        return None
    rules = [-1, *(k for k, n in enumerate(nodes) if n.kind is Kind.RULE)]
    firsts = [k + 1 for k in rules if k + 1 < len(nodes) and nodes[k + 1].kind is not Kind.RULE]
    good = [
        k
        for k in firsts
        if nodes[k].kind in (Kind.PARAGRAPH, Kind.LABEL)
        and "\n" not in nodes[k].text
        and len(nodes[k].text) <= RULED_AT_MOST
        and k + 1 < len(nodes)
        and nodes[k + 1].kind is not Kind.RULE
    ]
    if len(good) < 3 or len(good) < 0.8 * len(firsts) or file.facts.points < 2:
        return None
    entries = []
    for n, k in enumerate(good):
        stop = good[n + 1] - 1 if n + 1 < len(good) else len(nodes)
        text = nodes[k].text.strip()
        title = read_title(text, file.vocabulary, file.order)
        mark = Mark(k, nodes[k].line, BOLD, text, title, Grades.NONE)
        entries.append(make_entry(file, mark, nodes[k + 1 : stop], single=False))
    why = (
        f"{len(good)} parts between rulers, each with a line as its title",
        *(e.why for e in file.facts.evidence),
    )
    standing = tuple(nodes[: good[0]])
    return Layout("parts between rulers", why, tuple(entries), standing)


RULED_AT_MOST = 120
"""Letters of a line that may be the title of a part between rulers."""


ODD_LAYOUTS: tuple[Callable[[File], Layout | None], ...] = (
    _table, _listed, _labelled, _topics, _ruled
)  # fmt: skip
"""What is tried, in this order, where no headings start sessions."""

"""The outline of a file and its name in, points for and against its being a session log out.

A changelog, an API page, a transcript or a template has dates and headings too: what speaks for a
log is what people write about work (next steps, what was done, commits, states), and what the file
calls itself.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from sessionlog_core.labels import find_label
from sessionlog_core.log_words import (
    LOG_WORDS,
    OTHER_FOLDERS,
    OTHER_LABELS,
    OTHER_WORDS,
    PLAY_WORDS,
    RECORD_WORDS,
    RELEASE_WORDS,
    ROLE_WORDS,
    SESSION_FIELDS,
    TEMPLATE_WORDS,
)
from sessionlog_core.marks import STAMP, Mark, last_of, says
from sessionlog_core.model import PartKind
from sessionlog_core.outline import Node, NodeKind, Outline, walk
from sessionlog_core.vocabulary import WORD, Vocabulary, fold

__all__ = ["TELLING", "Evidence", "Facts", "find_facts"]

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[_\W\d]+")
VERSION = re.compile(r"\W*(?:v\d+\.\d+|\d+\.\d+\.\d+|\[\d+\.\d+|version \d)", re.I)
TELLING = frozenset(
    {
        PartKind.NEXT_STEPS, PartKind.DONE, PartKind.DECISIONS, PartKind.BLOCKERS, PartKind.FILES,
        PartKind.COMMITS, PartKind.LESSONS, PartKind.PRIMER,
    }
)  # fmt: skip
"""Sections that people write about work."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Points for (above 0) or against a log, and why."""

    points: float
    why: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of itself: evidence, the kinds of its sections, the fields of its labels."""

    name: str
    evidence: tuple[Evidence, ...]
    kinds: Counter[PartKind]
    fields: Counter[str]
    against: tuple[Evidence, ...]

    @property
    def points(self) -> float:
        """Give the sum of all evidence."""
        return sum(e.points for e in (*self.evidence, *self.against))


def find_facts(
    outline: Outline, path: str, marks: Sequence[Mark], vocabulary: Vocabulary, *, named: bool
) -> Facts:
    """Weigh a file."""
    kinds, fields = _sections(outline.nodes, vocabulary)
    name = _words(path)
    title = next((m.text for m in marks if 0 <= m.level <= 2), "")
    said: list[Evidence] = []
    if named:
        said.append(Evidence(4, "it is named as a log in the configuration"))
    for where, text in (("name", name), ("title", title), ("purpose", _purpose(outline))):
        if _is_log(text):
            said.append(Evidence(1, f"its {where} says that it is a log: {text.strip()[:60]}"))
    if kinds[PartKind.NEXT_STEPS]:
        said.append(Evidence(1, "it has next steps"))
    starts = [
        m for m in marks if not m.template and (m.title.date or m.title.number or m.title.partial)
    ]
    if len(starts) >= 2 and kinds[PartKind.NEXT_STEPS] + kinds[PartKind.DONE] >= len(starts):
        said.append(Evidence(1, "it tells again and again what was done or what is next"))
    days = [m for m in starts if m.level and m.title.first == "date"]
    if len(days) >= 3 and len({m.title.date or m.title.partial for m in days}) >= 3:
        said.append(Evidence(0.5, f"{len(days)} of its lines begin with a date"))
    if kinds[PartKind.DONE]:
        said.append(Evidence(1, "it tells what was done"))
    other = [str(k) for k in TELLING if kinds[k] and k not in (PartKind.NEXT_STEPS, PartKind.DONE)]
    if other:
        said.append(Evidence(1, f"it has sections of a log: {', '.join(sorted(other))}"))
    told = sorted(SESSION_FIELDS.intersection(fields))
    if told:
        said.append(Evidence(1, f"it states {', '.join(told)}"))
    against = () if named else tuple(_against(outline, name, title, path, marks))
    return Facts(name, tuple(said), kinds, fields, against)


def _is_log(text: str) -> bool:
    """Say whether words name a log; of a `change log` the last word alone would."""
    last = last_of(text, LOG_WORDS)
    return says(text, LOG_WORDS) and not 0 <= last <= last_of(text, OTHER_WORDS)


def _words(path: str) -> str:
    """Give the words of a path: the file's name and its last folders."""
    parts = path.replace("\\", "/").split("/")[-3:]
    parts[-1] = parts[-1].rsplit(".", 1)[0]
    return " ".join(CAMEL.sub(" ", p) for p in parts)


def _purpose(outline: Outline) -> str:
    return " ".join(
        v for k, v in outline.front_matter if k in ("purpose", "title", "description", "type")
    )


def _sections(
    nodes: Iterable[Node], vocabulary: Vocabulary
) -> tuple[Counter[PartKind], Counter[str]]:
    titles: Counter[str] = Counter()
    names: Counter[str] = Counter()
    spoken: Counter[str] = Counter()
    lists = lines = 0
    for node in nodes:
        if node.kind is NodeKind.HEADING:
            titles[node.text] += 1
        elif node.kind is NodeKind.LABEL:
            titles[node.label] += 1
            names[node.label] += 1
        elif node.kind in (NodeKind.LIST, NodeKind.QUOTE, NodeKind.TABLE) and lists < LISTS:
            lists += 1
            listed = tuple(_listed(node))
            names.update(listed)
            spoken.update(listed)
        elif node.kind is NodeKind.PARAGRAPH and lines < LINES:
            for line in node.text.split("\n")[:12]:
                lines += 1
                lead = LEAD.match(line)
                if lead:
                    spoken[lead[1]] += 1
    kinds: Counter[PartKind] = Counter()
    for title, count in islice(titles.items(), TITLES):
        section = vocabulary.section(title)
        if section is not None:
            kinds[section.kind] += count
    for title, count in islice(spoken.items(), TITLES):
        section = vocabulary.section(title)
        if section is not None and section.exact:
            kinds[section.kind] += count
    fields: Counter[str] = Counter()
    for name, count in names.items():
        field = vocabulary.field(name)
        if field is not None:
            fields[field] += count
    return kinds, fields


LEAD = re.compile(r"[\s>*+-]{0,8}([^\W\d_][^:.\n*]{1,23})(?::\s|\.\*\*|\*\*)")
"""A word with which a line leads: `Next: `, `**Next.**`."""

LINES = 400
"""Lines of paragraphs that are looked through for words with which they lead."""

TITLES = 120
"""Titles that are looked up: what a log is about shows in its first sessions."""

LISTS = 30
"""Lists and tables that are looked through for labels."""


def _listed(node: Node) -> Iterable[str]:
    """Give the labels of a short list or table of them: `- **Branch**: main`."""
    for child in node.children[:8]:
        if child.kind is NodeKind.ITEM and child.children:
            label = find_label(child.children[0].text.partition("\n")[0])
            name = label.name if label else ""
        elif child.kind is NodeKind.LABEL:
            name = child.label
        elif child.kind is NodeKind.ROW and len(child.children) == 2:
            name = child.children[0].text.strip("* ")
        else:
            continue
        if name:
            yield name


def _against(
    outline: Outline, name: str, title: str, path: str, marks: Sequence[Mark]
) -> Iterable[Evidence]:
    file_name = name if "/" not in path else _words(path.rsplit("/", 1)[-1])
    for where, text in (("name", file_name), ("title", title)):
        # The last word names the thing: a `roadmap progress log` is a log.
        if last_of(text, OTHER_WORDS) > last_of(text, LOG_WORDS):
            yield Evidence(-2, f"its {where} says that it is something else: {text.strip()[:60]}")
    folders = WORD.findall(fold(path.rpartition("/")[0]))
    if not PLAY_WORDS.isdisjoint(folders) or not OTHER_FOLDERS.isdisjoint(folders[-1:]):
        yield Evidence(-2, f"its folder is about something else: {' '.join(folders[-3:])}")
    # A folder of examples holds real logs as well; a file that is called one is a template.
    if says(EXAMPLES.sub(" ", name), TEMPLATE_WORDS) or says(file_name, TEMPLATE_WORDS):
        yield Evidence(-3, "its name says that it is a template")
    heads = [m for m in marks if 1 <= m.level <= 3]
    releases = sum(
        1
        for m in heads
        if len(m.text.split()) <= 2 and not RELEASE_WORDS.isdisjoint(WORD.findall(fold(m.text)))
    )
    versions = sum(1 for m in heads if VERSION.match(m.text) and m.title.first != "date")
    if versions >= 2 and versions + releases >= len(heads) / 2:
        yield Evidence(-6, f"it is a list of releases: {versions} headings are versions")
    machine = _machine_lines(outline.nodes)
    if machine:
        yield Evidence(-6, f"a machine wrote it: {machine} lines have a time and a level")
    speakers = _speakers(outline.nodes, marks)
    if speakers:
        yield Evidence(-6, f"it is a transcript: {speakers} lines say who speaks")
    dated = any(m.title.date for m in marks)
    known = any(m.title.date or m.title.number for m in marks if not m.template)
    gaps = sum(1 for m in marks if m.title.placeholder)
    gaps += 0 if dated and known else _gaps(outline.nodes)
    if gaps >= 3 and not known:
        yield Evidence(-5, f"it is a template: {gaps} gaps are to be filled in")
    elif gaps and not dated:
        yield Evidence(-3, f"it has gaps to be filled in: {gaps}")
    rules = [m.text for m in marks if m.template and m.level <= 3]
    if rules and not any(m.title.date or m.title.number for m in marks):
        yield Evidence(-2, f"it tells how to write logs: {rules[0][:40]}")
    if RECORD_WORDS.issubset(WORD.findall(fold("\n".join(m.text for m in heads)))):
        yield Evidence(-4, "it is the record of one decision")
    other = sorted(OTHER_LABELS.intersection(_names(outline.nodes)))
    if other:
        yield Evidence(-1.5 * len(other), f"it speaks of something else: {', '.join(other[:6])}")
    play = _play(_sample(outline.nodes))
    if len(play) >= PLAYFUL:
        yield Evidence(-3, f"it tells of another kind of sessions: {', '.join(play[:6])}")


PLAYFUL = 4
"""Words of other kinds of sessions that make a file one of theirs."""


def _play(sample: str) -> list[str]:
    """Give the words of other kinds of sessions in a text.

    To part a long text into its words takes long, and few texts hold these anywhere.
    """
    if sum(word in sample for word in PLAY_WORDS) < PLAYFUL:
        return []
    return sorted(PLAY_WORDS.intersection(WORD.findall(sample)))


EXAMPLES = re.compile(r"\bexamples?\b", re.I)
"""Words for an example in the path of a file."""

MACHINE = re.compile(
    r"^[\[(]?(?:20\d\d-\d\d-\d\d[T ])?\d\d:\d\d:\d\d[^\n]{0,24}?\b"
    r"(?:INFO|ERROR|WARN|WARNING|DEBUG|TRACE|FATAL|NOTICE|CRITICAL)\b",
    re.M,
)
"""A line that a program wrote: a time to the second, and a level."""


def _machine_lines(nodes: Iterable[Node]) -> int:
    """Count the lines that a program wrote; a log of work that quotes a few is one all the same."""
    lines = found = 0
    for seen, node in enumerate(nodes):
        if seen > NODES:
            break
        lines += node.end_line - node.line + 1
        if node.kind is NodeKind.PARAGRAPH:
            found += len(MACHINE.findall(node.text[:20_000]))
    return found if found >= 2 and 2 * found >= lines else 0


def _names(nodes: Iterable[Node]) -> Iterable[str]:
    """Give the words of a single word that stand as headings, labels and columns."""
    lists = 0
    for node in nodes:
        if node.kind is NodeKind.HEADING:
            yield fold(node.text).strip(" :*")
        elif node.kind is NodeKind.LABEL:
            yield fold(node.label).strip(" :*")
        elif node.kind is NodeKind.PARAGRAPH and len(node.text) < NAMES_AT_MOST:
            lead = LEAD.match(node.text)
            if lead:
                yield fold(lead[1])
        elif node.kind in (NodeKind.LIST, NodeKind.TABLE) and lists < LISTS:
            lists += 1
            yield from map(fold, _listed(node))
            if node.kind is NodeKind.TABLE and node.children:
                yield from (fold(c.text).strip(" :*") for c in node.children[0].children)


NAMES_AT_MOST = 300
"""Letters of a paragraph whose first word may say what a file is about."""

GAP = re.compile(r"\[[^\[\]]{3,60}\]$|.{0,40}\b(?:YYYY-MM-DD|HH:MM)\b|.{0,40}\{\{")
"""A text that is a gap to be filled in: `[What was completed]`."""


SIGNS_OF_GAPS = ("[", "YYYY-MM-DD", "HH:MM", "{{")


def _gaps(nodes: Iterable[Node]) -> int:
    """Count the texts that are gaps, among the first of a file."""
    count = 0
    for seen, node in enumerate(walk(nodes)):
        if seen > NODES:
            break
        # A gap is a bracket, or holds one of these: most texts need no closer look.
        if node.kind in (NodeKind.PARAGRAPH, NodeKind.LABEL) and any(
            sign in node.text for sign in SIGNS_OF_GAPS
        ):
            text = node.text.partition("\n")[0].rpartition("**")[2].strip(" :*_")
            count += GAP.match(text) is not None
    return count


NODES = 300
"""Nodes that are looked through for gaps."""


def _speakers(nodes: Iterable[Node], marks: Sequence[Mark]) -> int:
    names = [m.title.words for m in marks if m.title.words]
    names += [n.label for n in nodes if n.kind is NodeKind.LABEL and len(n.label.split()) <= 2]
    roles = Counter(n for n in map(fold, names) if ROLE_WORDS.issuperset(WORD.findall(n)))
    spoken = max(sum(roles.values()), _turns(marks))
    return spoken if spoken >= 3 and spoken >= 0.3 * len(names) else 0


def _turns(marks: Sequence[Mark]) -> int:
    """Count the stamped lines in which a few take turns to speak, each in a line of its own."""
    said = [m for m, below in pairwise(marks) if m.level == STAMP and below.line == m.line + 1]
    who = Counter(name[1] for m in said if (name := SPEAKER.match(m.title.words)))
    turns = sum(n for n in who.values() if n > 1)
    return turns if len(who) > 1 and 2 * turns > len(said) else 0


SPEAKER = re.compile(r"<?([^\W\d_][\w.-]{0,24})>?:\s")
"""Who speaks in a line: `lena: morning`."""


def _sample(nodes: Iterable[Node]) -> str:
    """Give the first words of a file, which tell what it is about."""
    out: list[str] = []
    size = 0
    for node in walk(nodes):
        if node.text and node.kind is not NodeKind.CODE:
            out.append(node.text[:400])
            size += len(out[-1])
            if size > SAMPLE:
                break
    return fold(" ".join(out))


SAMPLE = 8_000
"""Letters that are enough to know a file by its words."""

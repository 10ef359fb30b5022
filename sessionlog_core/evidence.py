"""The outline of a file and its name in, points for and against its being a session log out.

A changelog, an API page, a transcript or a template has dates and headings too: what speaks for a
log is what people write about work (next steps, what was done, commits, states), and what the file
calls itself.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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
from sessionlog_core.outline import Kind, Node, Outline
from sessionlog_core.patterns import later
from sessionlog_core.records import record
from sessionlog_core.vocabulary import WORD, Vocabulary, fold, latin_words

__all__ = ["TELLING", "Evidence", "Facts", "find_facts"]

CAMEL = later(r"(?<=[a-z])(?=[A-Z])|[_\W\d]+")
VERSION = later(r"\W*(?:v\d+\.\d+|\d+\.\d+\.\d+|\[\d+\.\d+|version \d)", re.I)
NEXT_STEPS, DONE = PartKind.NEXT_STEPS, PartKind.DONE
TELLING = frozenset(
    {
        PartKind.NEXT_STEPS, PartKind.DONE, PartKind.DECISIONS, PartKind.BLOCKERS, PartKind.FILES,
        PartKind.COMMITS, PartKind.LESSONS, PartKind.PRIMER,
    }
)  # fmt: skip
"""Sections that people write about work."""


@record(frozen=True, slots=True)
class Evidence:
    """Points for (above 0) or against a log, and why."""

    points: float
    why: str


@record(frozen=True, slots=True)
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
    seen = _look(outline.nodes)
    kinds, fields = _sections(seen, vocabulary)
    name = _words(path)
    title = next((m.text for m in marks if 0 <= m.level <= 2), "")
    said: list[Evidence] = []
    if named:
        said.append(Evidence(4, "it is named as a log in the configuration"))
    purpose = _purpose(outline) if outline.front_matter else ""
    for where, text in (("name", name), ("title", title), ("purpose", purpose)):
        if text and _is_log(text):
            said.append(Evidence(1, f"its {where} says that it is a log: {text.strip()[:60]}"))
    next_steps, done = kinds[NEXT_STEPS], kinds[DONE]
    if next_steps:
        said.append(Evidence(1, "it has next steps"))
    starts = [
        m for m in marks if not m.template and (m.title.date or m.title.number or m.title.partial)
    ]
    if len(starts) >= 2 and next_steps + done >= len(starts):
        said.append(Evidence(1, "it tells again and again what was done or what is next"))
    days = [m for m in starts if m.level and m.title.first == "date"]
    if len(days) >= 3 and len({m.title.date or m.title.partial for m in days}) >= 3:
        said.append(Evidence(0.5, f"{len(days)} of its lines begin with a date"))
    if done:
        said.append(Evidence(1, "it tells what was done"))
    other = sorted(k for k in kinds if k in TELLING and k is not NEXT_STEPS and k is not DONE)
    if other:
        said.append(Evidence(1, f"it has sections of a log: {', '.join(other)}"))
    told = sorted(SESSION_FIELDS.intersection(fields))
    if told:
        said.append(Evidence(1, f"it states {', '.join(told)}"))
    against = () if named else tuple(_against(outline, seen, name, title, path, marks))
    return Facts(name, tuple(said), kinds, fields, against)


def _releases(heads: Iterable[Mark]) -> int:
    """Count the headings of a release: `Added`."""
    return sum(
        1
        for m in heads
        if len(m.text.split()) <= 2 and not RELEASE_WORDS.isdisjoint(WORD.findall(fold(m.text)))
    )


def _is_log(text: str) -> bool:
    """Say whether words name a log; of a `change log` the last word alone would."""
    if not says(text, LOG_WORDS):
        return False
    words = WORD.findall(fold(text))
    return not 0 <= last_of(words, LOG_WORDS) <= last_of(words, OTHER_WORDS)


def _words(path: str) -> str:
    """Give the words of a path: the file's name and its last folders."""
    parts = path.replace("\\", "/").split("/")[-3:]
    parts[-1] = parts[-1].rsplit(".", 1)[0]
    return " ".join(CAMEL.sub(" ", p) for p in parts)


def _purpose(outline: Outline) -> str:
    return " ".join(
        v for k, v in outline.front_matter if k in ("purpose", "title", "description", "type")
    )


@dataclass(slots=True)
class _Seen:
    """What one pass over the blocks of a file finds, each as often as it stands there.

    `titles` are headings and labels, `labels` those of label lines, lists and tables, `spoken`
    the words with which lines of text, items and rows lead, `columns` the words above tables.
    """

    titles: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    machine: int = 0


def _look(nodes: Sequence[Node]) -> _Seen:
    """Look over the blocks of a file once."""
    seen = _Seen()
    lists = lines = read = 0
    for index, node in enumerate(nodes):
        kind, text = node.kind, node.text
        if index <= NODES:
            read += node.end_line - node.line + 1
        if kind is Kind.HEADING:
            seen.titles.append(text)
        elif kind is Kind.LABEL:
            seen.titles.append(node.label)
            seen.labels.append(node.label)
        elif kind is Kind.PARAGRAPH:
            # A word leads with a colon or in bold, and a time of a machine has colons.
            if ":" in text or "**" in text:
                if index <= NODES and text.count(":") > 1:
                    seen.machine += len(MACHINE.findall(text[:20_000]))
                leads = map(LEAD.match, text.split("\n", LEADS)[:LEADS] if lines < LINES else ())
                said = [lead[1] for lead in leads if lead]
                seen.spoken += said
                if len(text) < NAMES_AT_MOST and (lead := LEAD.match(text)):
                    seen.columns.append(lead[1])
            lines += min(text.count("\n") + 1, LEADS)
        elif lists < LISTS and kind in LISTED:
            lists += 1
            listed = _listed(node)
            seen.labels += listed
            seen.spoken += listed
            if kind is Kind.TABLE and node.children:
                seen.columns += [c.text for c in node.children[0].children]
    if seen.machine < 2 or 2 * seen.machine < read:
        seen.machine = 0
    return seen


def _sections(seen: _Seen, vocabulary: Vocabulary) -> tuple[Counter[PartKind], Counter[str]]:
    """Count the kinds of the sections of a file, and the fields of its labels."""
    kinds: Counter[PartKind] = Counter()
    for title, count in islice(_count(seen.titles).items(), TITLES):
        section = vocabulary.section(title)
        if section is not None:
            kinds[section.kind] += count
    for title, count in islice(_count(seen.spoken).items(), TITLES):
        kind = vocabulary.sections.exact(title)
        if kind is not None:
            kinds[kind] += count
    fields: Counter[str] = Counter()
    for name, count in _count(seen.labels).items():
        found = vocabulary.field(name)
        if found is not None:
            fields[found] += count
    return kinds, fields


def _count(words: Iterable[str]) -> dict[str, int]:
    """Count words, the first first; a `Counter` of a few takes longer to make than to fill."""
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


LEAD = later(r"[\s>*+-]{0,8}([^\W\d_][^:.\n*]{1,23})(?::\s|\.\*\*|\*\*)")
"""A word with which a line leads: `Next: `, `**Next.**`."""

LEADS = 12
"""Lines of a paragraph that are looked through for them."""

LINES = 400
"""Lines of paragraphs that are looked through for words with which they lead."""

TITLES = 120
"""Titles that are looked up: what a log is about shows in its first sessions."""

LISTS = 30
"""Lists, quotes and tables that are looked through for labels."""

LISTED = frozenset({Kind.LIST, Kind.QUOTE, Kind.TABLE})


def _listed(node: Node) -> list[str]:
    """Give the labels of a short list or table of them: `- **Branch**: main`."""
    found: list[str] = []
    for child in node.children[:8]:
        if child.kind is Kind.ITEM and child.children:
            label = find_label(child.children[0].text.partition("\n")[0])
            name = label.name if label else ""
        elif child.kind is Kind.LABEL:
            name = child.label
        elif child.kind is Kind.ROW and len(child.children) == 2:
            name = child.children[0].text.strip("* ")
        else:
            continue
        if name:
            found.append(name)
    return found


def _against(
    outline: Outline, seen: _Seen, name: str, title: str, path: str, marks: Sequence[Mark]
) -> Iterable[Evidence]:
    file_name = name if "/" not in path else _words(path.rsplit("/", 1)[-1])
    for where, text in (("name", file_name), ("title", title)):
        # The last word names the thing: a `roadmap progress log` is a log.
        words = WORD.findall(fold(text))
        if last_of(words, OTHER_WORDS) > last_of(words, LOG_WORDS):
            yield Evidence(-2, f"its {where} says that it is something else: {text.strip()[:60]}")
    folders = WORD.findall(fold(path.rpartition("/")[0]))
    if not PLAY_WORDS.isdisjoint(folders) or not OTHER_FOLDERS.isdisjoint(folders[-1:]):
        yield Evidence(-2, f"its folder is about something else: {' '.join(folders[-3:])}")
    # A folder of examples holds real logs as well; a file that is called one is a template.
    example = "example" in name.lower()
    told = EXAMPLES.sub(" ", name) if example else name  # it ends in the file's name
    if says(told, TEMPLATE_WORDS) or (example and says(file_name, TEMPLATE_WORDS)):
        yield Evidence(-3, "its name says that it is a template")
    heads = [m for m in marks if 1 <= m.level <= 3]
    versions = sum(1 for m in heads if VERSION.match(m.text) and m.title.first != "date")
    if versions >= 2 and versions + _releases(heads) >= len(heads) / 2:
        yield Evidence(-6, f"it is a list of releases: {versions} headings are versions")
    if seen.machine:
        yield Evidence(-6, f"a machine wrote it: {seen.machine} lines have a time and a level")
    speakers = _speakers(outline.nodes, marks)
    if speakers:
        yield Evidence(-6, f"it is a transcript: {speakers} lines say who speaks")
    titles = [m.title for m in marks]
    dated = any(t.date for t in titles)
    known = any(m.title.date or m.title.number for m in marks if not m.template)
    within, sample = _glance(outline.nodes)
    gaps = sum([t.placeholder for t in titles])
    gaps += 0 if dated and known else within
    if gaps >= 3 and not known:
        yield Evidence(-5, f"it is a template: {gaps} gaps are to be filled in")
    elif gaps and not dated:
        yield Evidence(-3, f"it has gaps to be filled in: {gaps}")
    rules = [m.text for m in marks if m.template and m.level <= 3]
    if rules and not any(t.date or t.number for t in titles):
        yield Evidence(-2, f"it tells how to write logs: {rules[0][:40]}")
    names = fold("\n".join([m.text for m in heads]))
    # A word that does not stand in a text is none of its words.
    if all(word in names for word in RECORD_WORDS) and RECORD_WORDS.issubset(WORD.findall(names)):
        yield Evidence(-4, "it is the record of one decision")
    said = {*seen.titles, *seen.labels, *seen.columns}
    other = sorted(OTHER_LABELS.intersection([fold(x).strip(" :*") for x in said]))
    if other:
        yield Evidence(-1.5 * len(other), f"it speaks of something else: {', '.join(other[:6])}")
    play = _play(sample)
    if len(play) >= PLAYFUL:
        yield Evidence(-3, f"it tells of another kind of sessions: {', '.join(play[:6])}")


PLAYFUL = 4
"""Words of other kinds of sessions that make a file one of theirs."""


def _play(sample: str) -> list[str]:
    """Give the words of other kinds of sessions in a text.

    To part a text into words of all letters takes long; all of these are words of Latin letters.
    """
    if len(PLAY_WORDS.intersection(latin_words(sample))) < PLAYFUL:
        return []
    return sorted(PLAY_WORDS.intersection(WORD.findall(sample)))


EXAMPLES = later(r"\bexamples?\b", re.I)
"""Words for an example in the path of a file."""

MACHINE = later(
    r"^[\[(]?(?:20\d\d-\d\d-\d\d[T ])?\d\d:\d\d:\d\d[^\n]{0,24}?\b"
    r"(?:INFO|ERROR|WARN|WARNING|DEBUG|TRACE|FATAL|NOTICE|CRITICAL)\b",
    re.M,
)
"""A line that a program wrote: a time to the second, and a level."""


NAMES_AT_MOST = 300
"""Letters of a paragraph whose first word may say what a file is about."""

GAP = later(r"\[[^\[\]]{3,60}\]$|.{0,40}\b(?:YYYY-MM-DD|HH:MM)\b|.{0,40}\{\{")
"""A text that is a gap to be filled in: `[What was completed]`."""


GAPPED = frozenset({Kind.PARAGRAPH, Kind.LABEL})


def may_be_gap(text: str) -> bool:
    """Say at a glance whether a text may be a gap: it is a bracket, or holds one of these."""
    return "[" in text or "{{" in text or "YYYY-MM-DD" in text or "HH:MM" in text


def _glance(nodes: Sequence[Node]) -> tuple[int, str]:
    """Count the texts that are gaps, and give the first words, which tell what a file is about."""
    gaps = size = 0
    words: list[str] = []
    index = -1
    ahead = [*nodes][::-1]
    while ahead:
        node = ahead.pop()
        index += 1
        if size > SAMPLE and index > NODES:
            break
        if node.children:
            ahead += node.children[::-1]
        text = node.text
        if not text:
            continue
        if index <= NODES and may_be_gap(text) and node.kind in GAPPED:
            first = text.partition("\n")[0].rpartition("**")[2].strip(" :*_")
            gaps += GAP.match(first) is not None
        if size <= SAMPLE and node.kind is not Kind.CODE:
            words.append(text[:400])
            size += len(words[-1])
    return gaps, fold(" ".join(words))


NODES = 300
"""Nodes that are looked through for gaps."""


def _speakers(nodes: Iterable[Node], marks: Sequence[Mark]) -> int:
    names = [m.title.words for m in marks if m.title.words]
    names += [n.label for n in nodes if n.kind is Kind.LABEL and len(n.label.split()) <= 2]
    roles = 0
    for name, count in _count(map(fold, names)).items():
        first = WORD.search(name)
        if first is None or first[0] in ROLE_WORDS:
            roles += count if ROLE_WORDS.issuperset(WORD.findall(name)) else 0
    spoken = max(roles, _turns(marks))
    return spoken if spoken >= 3 and spoken >= 0.3 * len(names) else 0


def _turns(marks: Sequence[Mark]) -> int:
    """Count the stamped lines in which a few take turns to speak, each in a line of its own."""
    said = [m for m, below in pairwise(marks) if m.level == STAMP and below.line == m.line + 1]
    if not said:
        return 0
    who = Counter(name[1] for m in said if (name := SPEAKER.match(m.title.words)))
    turns = sum(n for n in who.values() if n > 1)
    return turns if len(who) > 1 and 2 * turns > len(said) else 0


SPEAKER = later(r"<?([^\W\d_][\w.-]{0,24})>?:\s")
"""Who speaks in a line: `lena: morning`."""


SAMPLE = 8_000
"""Letters that are enough to know a file by its words."""

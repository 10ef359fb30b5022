"""Blocks in, the same blocks out, in which names of known things are links to them.

Known are the sessions, roadmap items and decisions of the journal, its commits and issues where the
project says where its repository is, and whatever the `links` of the options name. What is not
known stays as written: nothing is guessed, and nothing is asked of the network.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from operator import is_
from typing import Any, ClassVar, TypeVar
from urllib.parse import quote, urlsplit

from sessionlog_core.blocks import (
    Block,
    Code,
    Emphasis,
    Fold,
    Inline,
    Link,
    List,
    ListItem,
    Note,
    Paragraph,
    Quote,
    Ref,
    RefKind,
    Row,
    Section,
    Strike,
    Strong,
    Table,
    Text,
)
from sessionlog_core.model import Journal
from sessionlog_core.options import Options
from sessionlog_core.patterns import later
from sessionlog_core.records import record
from sessionlog_core.views.decisions import decision_keys

__all__ = ["Linker", "make_linker"]

T = TypeVar("T")
H = TypeVar("H", Section, Fold, Quote, Note, ListItem)
P = TypeVar("P", Section, Fold, ListItem)

TOKEN = later(
    r"\b(?<!-)(?:"
    r"(?P<sha>[0-9a-f]{7,40}+(?![\w-]))"
    r"|(?P<name>[A-Za-z][A-Za-z-]{0,20}+[-\s]?#?\d{1,6}+(?:[.-]\d{1,4}){0,3}[a-z]?(?!\w))"
    r")"
    r"|(?P<number>#(?<![\w&#/-]#)\d{1,7}\b)"
)
"""What may be a commit, an issue, or a name with a number: `ae9a2c9`, `#26`, `ADR-014`, `T5`.

What repeats gives nothing back: each word would be tried again for each of its letters.
"""

MAY_NAME = later(r"[^\x00-/:-\x7f]")
"""A name has one of them: a digit, which may be that of another script."""

EMPHASES = frozenset({Strong, Emphasis, Strike})
"""Inlines in which names are linked; what is a link already stays one."""

BETWEEN = later(r"[\s#-]+")

LEADING_NAME = later(r"\W{0,4}([A-Za-z][A-Za-z-]{0,20}[-\s]?#?\d{1,6})(?!\w)")
"""A name at the start of a decision: `ADR-003: plain text`."""

FORGES: tuple[tuple[str, str, str, str], ...] = (
    ("gitlab", "/-/commit/{}", "/-/issues/{}", "/-/merge_requests/{}"),
    ("bitbucket", "/commits/{}", "/issues/{}", "/pull-requests/{}"),
    ("codeberg", "/commit/{}", "/issues/{}", "/pulls/{}"),
    ("gitea", "/commit/{}", "/issues/{}", "/pulls/{}"),
    ("forgejo", "/commit/{}", "/issues/{}", "/pulls/{}"),
    ("", "/commit/{}", "/issues/{}", "/pull/{}"),
)
"""A part of the host's name; where it shows a commit, an issue, a pull request. Last is GitHub."""

Make = Callable[[tuple[Inline, ...]], Inline]
"""Makes the link around words."""


@record(frozen=True, slots=True)
class Target:
    """Where a name leads, and the anchors of the record itself, where it is no link."""

    make: Make
    own: frozenset[str] = frozenset()


def make_linker(journal: Journal, options: Options) -> "Linker":
    """Make the linker of a project."""
    return Linker(_names(journal), _repository(journal, options.repository_url), _rules(options))


class Linker:
    """Links what it knows."""

    def __init__(
        self,
        names: Mapping[str, Target],
        repository: Mapping[str, Target],
        rules: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Make]], ...],
    ) -> None:
        self._names = names
        self._repository = repository
        self._rules = rules
        self._may_name: Callable[[str], object] = bool if rules else MAY_NAME.search
        self._seen: dict[str, tuple[tuple[tuple[int, int, Target], ...], tuple[str, ...]]] = {}
        self._asked: set[str] = set()

    def link(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Give `blocks` with links; what holds none is the very same object."""
        return self._blocks(blocks, frozenset())

    def link_and_name(self, blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], frozenset[str]]:
        """Give `blocks` with links, and all names that may be one day: see `meaning`."""
        self._asked = set()
        return self.link(blocks), frozenset(self._asked)

    def meaning(self, names: Iterable[str]) -> list[tuple[str, Inline]]:
        """Say where names lead: as long as it is the same, links in the same blocks are."""
        return [
            (name, target.make(()))
            for name in sorted(names)
            for target in (self._repository.get(name), self._names.get(name))
            if target
        ]

    def _blocks(self, blocks: tuple[Block, ...], own: frozenset[str]) -> tuple[Block, ...]:
        ways = self._WAYS
        new = [way(self, x, own) if (way := ways.get(type(x))) else x for x in blocks]
        return _same(blocks, new)

    def _holder(self, block: H, own: frozenset[str]) -> H:
        """Link in blocks that are in a block."""
        inner = self._blocks(block.blocks, own)
        return block if inner is block.blocks else replace(block, blocks=inner)

    def _place(self, block: P, own: frozenset[str]) -> P:
        """Link in blocks that stand at an anchor."""
        return self._holder(block, own | {block.anchor} if block.anchor else own)

    def _paragraph(self, block: Paragraph, own: frozenset[str]) -> Paragraph:
        children = self._inlines(block.children, own)
        return block if children is block.children else replace(block, children=children)

    def _list(self, block: List, own: frozenset[str]) -> List:
        items = _same(block.items, [self._place(x, own) for x in block.items])
        return block if items is block.items else replace(block, items=items)

    def _table(self, block: Table, own: frozenset[str]) -> Table:
        rows = _same(block.rows, [self._row(x, own) for x in block.rows])
        return block if rows is block.rows else replace(block, rows=rows)

    def _row(self, row: Row, own: frozenset[str]) -> Row:
        own = own | {row.anchor} if row.anchor else own
        cells = _same(row.cells, [self._inlines(x, own) for x in row.cells])
        return row if cells is row.cells else replace(row, cells=cells)

    def _inlines(self, children: tuple[Inline, ...], own: frozenset[str]) -> tuple[Inline, ...]:
        made: dict[int, tuple[Inline, ...]] = {}
        child: Any
        for at, child in enumerate(children):
            kind = type(child)
            if kind is Text or kind is Code:
                # Most words hold no name: they take no further call.
                if self._may_name(child.text) and (new := self._words(child, own)):
                    made[at] = new
            elif kind in EMPHASES:
                inner = self._inlines(child.children, own)
                if inner is not child.children:
                    made[at] = (replace(child, children=inner),)
        if not made:
            return children
        return tuple([x for at, child in enumerate(children) for x in made.get(at, (child,))])

    def _words(self, child: Text | Code, own: frozenset[str]) -> tuple[Inline, ...]:
        """Give what stands in the place of words; nothing where they stay."""
        text = child.text
        if isinstance(child, Text):
            found = self._find(text)
            return tuple(_split(text, found, own)) if found else ()
        if not self._rules and TOKEN.fullmatch(text) is None:  # such as a place in a log
            return ()
        return tuple(
            target.make((child,))
            for start, end, target in self._find(text)
            if (start, end) == (0, len(text)) and target.own.isdisjoint(own)
        )

    def _find(self, text: str) -> tuple[tuple[int, int, Target], ...]:
        """Give start, end and target of each name in `text`, in order."""
        if text not in self._seen:
            asked: set[str] = set()
            self._seen[text] = tuple(self._search(text, asked)), tuple(asked)
        found, names = self._seen[text]
        self._asked.update(names)
        return found

    def _search(self, text: str, asked: set[str]) -> Iterator[tuple[int, int, Target]]:
        hits: list[tuple[int, int, Target]] = []
        found: Target | None
        for pattern, make in self._rules:
            hits += [(m.start(), m.end(), Target(make(m))) for m in pattern.finditer(text) if m[0]]
        if MAY_NAME.search(text):
            for match in TOKEN.finditer(text):
                start, found = match.start(), self._target(match, asked)
                if found is None and match["name"] and "#" in match[0]:  # `issue #26`
                    start = text.index("#", start)
                    asked.add(text[start : match.end()])
                    found = self._repository.get(text[start : match.end()])
                if found is not None:
                    hits.append((start, match.end(), found))
        at = 0
        for start, end, target in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            if start >= at:
                yield start, end, target
                at = end

    def _target(self, match: re.Match[str], asked: set[str]) -> Target | None:
        if match.lastgroup == "name":
            name, table = _name(match[0]), self._names
        else:
            name, table = match[0], self._repository
        asked.add(name)
        return table.get(name)

    # Of the class: methods of its own would keep a linker, and all it names, from being let go.
    _WAYS: ClassVar[Mapping[type, Callable[["Linker", Any, frozenset[str]], Block]]] = {
        Section: _place,
        Paragraph: _paragraph,
        List: _list,
        Table: _table,
        Quote: _holder,
        Fold: _place,
        Note: _holder,
    }
    """All other kinds stay as they are."""


def _split(
    text: str, found: tuple[tuple[int, int, Target], ...], own: frozenset[str]
) -> Iterator[Inline]:
    """Give a text with links to what it names, less those to the record in which it stands."""
    at = 0
    for start, end, target in found:
        if target.own.isdisjoint(own):
            if start > at:
                yield Text(text[at:start])
            yield target.make((Text(text[start:end]),))
            at = end
    if 0 < at < len(text):
        yield Text(text[at:])


def _name(words: str) -> str:
    return BETWEEN.sub("-", words.casefold())


def _names(journal: Journal) -> dict[str, Target]:
    """Give name -> target of what has a name that nothing else has."""
    found: dict[str, list[tuple[RefKind, str, frozenset[str]]]] = {}

    def note(name: str, kind: RefKind, key: str, *anchors: str) -> None:
        found.setdefault(_name(name), []).append((kind, key, frozenset(anchors)))

    for item in journal.roadmap:
        for name in dict.fromkeys(_name(x) for x in item.ids):
            note(name, RefKind.ITEM, item.key, f"item-{item.key}")
    for session in journal.sessions:
        anchors = f"session-{session.key}", f"timeline-{session.key}"
        for words in (session.number, session.date):
            if words:
                note(f"session {words}", RefKind.SESSION, session.key, *anchors)
        for key, decision in decision_keys(session):
            if match := LEADING_NAME.match(decision.title):
                note(match[1], RefKind.DECISION, key, f"decision-{key}", *anchors)
    out: dict[str, Target] = {}
    for name, records in found.items():
        kind, key, anchors_of = records[0]
        if len(records) == 1:
            out[name] = Target(_referring(kind, key), anchors_of)
    return out


def _referring(kind: RefKind, key: str) -> Make:
    return lambda words: Ref(kind, key, words)


def _repository(journal: Journal, url: str) -> dict[str, Target]:
    """Give commit or `#26` -> target, for what the logs name as a commit, an issue, a PR."""
    if not url:
        return {}
    url = url.rstrip("/")
    host = urlsplit(url).hostname or ""
    _, commit, issue, pull = next(row for row in FORGES if row[0] in host)
    out: dict[str, Target] = {}
    for session in journal.sessions:
        for found in session.commits:
            out[found.sha] = _to(url + commit.format(quote(found.sha)))
        for ref in session.refs:
            number = ref.id.rpartition("#")[2]
            if ref.kind in ("issue", "pr") and number.isdigit():
                path = pull if ref.kind == "pr" else issue
                out.setdefault(f"#{number}", _to(url + path.format(number)))
    return out


def _to(href: str) -> Target:
    return Target(lambda words: Link(href, words))


def _rules(
    options: Options,
) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Make]], ...]:
    return tuple((re.compile(pattern), _rule(target)) for pattern, target in options.links)


def _rule(target: str) -> Callable[[re.Match[str]], Make]:
    """Make the function that sets the groups of a match into the address or path of `links`."""
    is_url = bool(urlsplit(target).scheme)

    def make(match: re.Match[str]) -> Make:
        def group(number: re.Match[str]) -> str:
            words = match[int(number[1])] or ""
            return quote(words, safe="") if is_url else words

        path = re.sub(r"\{(\d)\}", group, target)
        if is_url:
            return lambda words: Link(path, words)
        return lambda words: Ref(RefKind.DOC, path, words)

    return make


def _same(old: tuple[T, ...], new: list[T]) -> tuple[T, ...]:
    """Give the new values; if each is the very object that the old one is, the very old tuple."""
    return old if all(map(is_, old, new)) else tuple(new)

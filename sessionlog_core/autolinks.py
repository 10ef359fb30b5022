"""Blocks in, the same blocks out, in which names of known things are links to them.

Known are the sessions, roadmap items and decisions of the journal, its commits and issues where the
project says where its repository is, and whatever the `links` of the options name. What is not
known stays as written: nothing is guessed, and nothing is asked of the network.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import is_
from typing import Any, TypeVar, cast
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
from sessionlog_core.views.decisions import decision_keys

__all__ = ["Linker", "make_linker"]

T = TypeVar("T")

TOKEN = re.compile(
    r"(?P<sha>(?<![\w-])[0-9a-f]{7,40}(?![\w-]))"
    r"|(?P<number>(?<![\w&#/-])#\d{1,7}\b)"
    r"|(?P<name>(?<![\w-])[A-Za-z][A-Za-z-]{0,20}[-\s]?#?\d{1,6}(?:[.-]\d{1,4}){0,3}[a-z]?"
    r"(?!\w))"
)
"""What may be a commit, an issue, or a name with a number: `ae9a2c9`, `#26`, `ADR-014`, `T5`."""

MAY_NAME = re.compile(r"[0-9\x80-\U0010ffff]")
"""A name has one of them: a digit, which may be that of another script."""

BETWEEN = re.compile(r"[\s#-]+")

LEADING_NAME = re.compile(r"\W{0,4}([A-Za-z][A-Za-z-]{0,20}[-\s]?#?\d{1,6})(?!\w)")
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


@dataclass(frozen=True, slots=True)
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
        self._seen: dict[str, tuple[tuple[tuple[int, int, Target], ...], frozenset[str]]] = {}
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
        return _mapped(blocks, lambda block: self._block(block, own))

    def _block(self, block: Block, own: frozenset[str]) -> Block:
        match block:
            case Section(blocks=inner, anchor=anchor):
                return _with(block, "blocks", self._blocks(inner, own | {anchor}))
            case Paragraph(children=children):
                return _with(block, "children", self._inlines(children, own))
            case List(items=items):
                return _with(block, "items", _mapped(items, lambda item: self._item(item, own)))
            case Table(rows=rows):
                return _with(block, "rows", _mapped(rows, lambda row: self._row(row, own)))
            case Quote(blocks=inner) | Note(blocks=inner):
                return _with(block, "blocks", self._blocks(inner, own))
            case Fold(blocks=inner, anchor=anchor):
                return _with(block, "blocks", self._blocks(inner, own | {anchor or ""}))
            case _:
                return block

    def _item(self, item: ListItem, own: frozenset[str]) -> ListItem:
        own = own | {item.anchor} if item.anchor else own
        return _with(item, "blocks", self._blocks(item.blocks, own))

    def _row(self, row: Row, own: frozenset[str]) -> Row:
        own = own | {row.anchor} if row.anchor else own
        return _with(row, "cells", _mapped(row.cells, lambda cell: self._inlines(cell, own)))

    def _inlines(self, children: tuple[Inline, ...], own: frozenset[str]) -> tuple[Inline, ...]:
        # Nearly all inlines are words without a name: they take no further call.
        made = [
            ()
            if type(child) is Text and not self._may_name(child.text)
            else self._inline(child, own)
            for child in children
        ]
        if not any(made):
            return children
        return tuple(x for child, new in zip(children, made, strict=True) for x in new or (child,))

    def _inline(self, child: Inline, own: frozenset[str]) -> tuple[Inline, ...]:
        """Give what stands in the place of an inline; nothing where it stays."""
        match child:
            case Text(text=text):
                found = self._find(text)
                return tuple(_split(text, found, own)) if found else ()
            case Code(text=text):
                if not self._rules and TOKEN.fullmatch(text) is None:  # such as a place in a log
                    return ()
                return tuple(
                    target.make((child,))
                    for start, end, target in self._find(text)
                    if (start, end) == (0, len(text)) and target.own.isdisjoint(own)
                )
            case Strong(children=inner) | Emphasis(children=inner) | Strike(children=inner):
                new = self._inlines(inner, own)
                return () if new is inner else (_with(child, "children", new),)
            case _:
                return ()

    def _find(self, text: str) -> tuple[tuple[int, int, Target], ...]:
        """Give start, end and target of each name in `text`, in order."""
        if not self._may_name(text):
            return ()
        if text not in self._seen:
            asked: set[str] = set()
            self._seen[text] = tuple(self._search(text, asked)), frozenset(asked)
        found, names = self._seen[text]
        self._asked |= names
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


def _mapped(values: tuple[T, ...], change: Callable[[T], T]) -> tuple[T, ...]:
    """Change each value; if none changed, give the very same tuple."""
    out = tuple([change(value) for value in values])
    return values if all(map(is_, out, values)) else out


def _with(piece: T, name: str, value: object) -> T:
    """Give a piece with another value; if it is the same object, the very same piece."""
    if getattr(piece, name) is value:
        return piece
    changed: Any = piece
    return cast("T", replace(changed, **{name: value}))

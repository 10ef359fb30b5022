"""The tree of a team's own roadmap page in, the same with anchors and "worked on in" lines out.

The page is the team's and goes through Python-Markdown as ever. Its elements have no line numbers,
so that an item is found by its words: by those with which it begins, and by its place among others
of the same words.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import ETX, STX

from mkdocs_sessionlog.edition import Edition
from mkdocs_sessionlog.place import Place
from sessionlog_core.backlinks import write_backlinks
from sessionlog_core.blocks import Inline, Paragraph, plain
from sessionlog_core.body import inlines
from sessionlog_core.model import Milestone, RoadmapItem
from sessionlog_core.paths import find_real
from sessionlog_core.patterns import later
from sessionlog_core.writers import html

__all__ = ["add_backlinks", "roadmaps_of"]

_Words: TypeAlias = tuple[str, ...]

_WORD = later(r"\w+")
_STASHED = later(f"{STX}[^{ETX}]*{ETX}")
_BEARERS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "td", "p"})
"""Elements that may be an item; a paragraph only where it is not the first of one of the others."""
_BLOCKS = frozenset({"ul", "ol", "dl", "p", "pre", "div", "table", "blockquote", "details"})

_KEY = 3
"""Where an element says more than the item, so many words at its start are looked up; all of the
item's must be the same then."""
_BEFORE = 2
"""So many words may stand in front of an item's own: a check box, a number."""

_INCLUDE = later(r"--8<--|\{[!%]|include", re.IGNORECASE)


def roadmaps_of(edition: Edition, place: Place) -> frozenset[str]:
    """Give the roadmaps of the project that a page is, or includes, by their paths."""
    sources = {item.source.path for item in edition.project.journal.roadmap}
    sources |= {milestone.source.path for milestone in edition.project.journal.milestones}
    if not sources or place.docs is None or not edition.project.options.backlinks:
        return frozenset()
    root = edition.project.root
    page = find_real(Path(place.docs, place.path))
    if own := frozenset(path for path in sources if page and find_real(root / path) == page):
        return own
    lines = [line for line in place.source().splitlines() if _INCLUDE.search(line)]
    names = {path: path.rpartition("/")[2] for path in sources}
    return frozenset(path for path in sources if any(names[path] in line for line in lines))


def add_backlinks(
    root: Element,
    md: Markdown,
    edition: Edition,
    resolve: html.Resolve,
    used: set[str],
    *,
    roadmaps: frozenset[str],
) -> list[str]:
    """Add anchors and lines to the elements of a page that are items; give the anchors.

    `roadmaps` are the files whose items the page shows.
    """
    journal = edition.project.journal
    lines = write_backlinks(journal)
    bearers = _Bearers(root)
    given: list[str] = []
    for record, anchor in _records(journal.milestones, journal.roadmap):
        if record.source.path not in roadmaps:
            continue
        text = record.title if isinstance(record, Milestone) else record.text
        element = bearers.take(plain(inlines(text, "markdown", record.source.path)))
        if element is None:
            continue
        if anchor not in used:
            used.add(anchor)
            given.append(anchor)
            _put_anchor(element, anchor)
        if line := lines.get(record.key):
            bearers.put_line(element, _stash(line, md, resolve))
    return given


def _records(
    milestones: Sequence[Milestone], items: Sequence[RoadmapItem]
) -> Iterator[tuple[Milestone | RoadmapItem, str]]:
    """Give all records with their anchors, in the order of the page."""
    records: list[tuple[Milestone | RoadmapItem, str]] = [
        *((m, f"milestone-{m.key}") for m in milestones),
        *((x, f"item-{x.key}") for x in items),
    ]
    return iter(sorted(records, key=lambda r: (r[0].source.path, r[0].source.line)))


class _Bearers:
    """The elements of a page that may be items, by the words with which they begin."""

    def __init__(self, root: Element) -> None:
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self._by_words: dict[_Words, deque[tuple[Element, _Words]]] = defaultdict(deque)
        self._by_start: dict[_Words, deque[tuple[Element, _Words]]] = defaultdict(deque)
        self._taken: set[Element] = set()
        for element in root.iter():
            if element.tag in _BEARERS and not self._is_first(element):
                words = _words("".join(_own(element)))
                for start in range(min(_BEFORE + 1, len(words))):
                    rest = words[start:]
                    self._by_words[rest].append((element, rest))
                    self._by_start[rest[:_KEY]].append((element, rest))

    def take(self, text: str) -> Element | None:
        """Give the first element of that text, else that begins with it, not given before."""
        if not (words := _words(text)):
            return None
        for found in (self._by_words.get(words), self._by_start.get(words[:_KEY])):
            while found and found[0][0] in self._taken:
                found.popleft()  # most pages have the items in their order
            for element, rest in found or ():
                if element not in self._taken and rest[: len(words)] == words:
                    self._taken.add(element)
                    return element
        return None

    def put_line(self, element: Element, line: Element) -> None:
        """Put a line below what an element says itself, before what stands in it."""
        match element.tag:
            case "li":
                blocks = [i for i, child in enumerate(element) if child.tag in _BLOCKS]
                first = blocks[0] if blocks else len(element)
                after_own = first + (bool(blocks) and element[first].tag == "p")
                element.insert(after_own, line)
            case "td":
                element.append(line)
            case _:
                parent = self._parents[element]
                parent.insert(list(parent).index(element) + 1, line)

    def _is_first(self, element: Element) -> bool:
        parent = self._parents.get(element)
        return element.tag == "p" and parent is not None and parent.tag in _BEARERS


def _own(element: Element) -> Iterator[str]:
    """Give the text of an element without that of lists and other blocks in it."""
    yield element.text or ""
    for index, child in enumerate(element):
        inner = child.tag not in _BLOCKS or (child.tag == "p" and index == 0)
        if inner:
            yield from child.itertext()
        yield child.tail or ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_STASHED.sub(" ", text).casefold()))


def _put_anchor(element: Element, anchor: str) -> None:
    """Put an anchor into an element, in front of its words. Headings keep the id of their own."""
    span = Element("span", {"id": anchor, "class": "sessionlog-anchor"})
    span.tail, element.text = element.text, None
    element.insert(0, span)


def _stash(line: tuple[Inline, ...], md: Markdown, resolve: html.Resolve) -> Element:
    element = Element("div", {"class": "sessionlog sessionlog-backlinks"})
    element.text = md.htmlStash.store(html.write((Paragraph(line, "meta"),), resolve))
    return element

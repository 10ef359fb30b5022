"""The team's own roadmap page in, the same with anchors and "worked on in" lines out.

The page is read by Sphinx as ever, nothing is changed in its source; what is added is added to the
doctree. An item is found by the words with which it begins: their lines are of no use in tables
and below `include`. A page that was translated still has its first words as raw source.
"""

from collections import defaultdict, deque
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sessionlog_core.blocks import Paragraph, RefKind, plain
from sessionlog_core.body import inlines
from sessionlog_core.paths import find_real
from sessionlog_core.patterns import later
from sphinx_sessionlog.content import Content
from sphinx_sessionlog.domain import BACKLINKS, domain_of
from sphinx_sessionlog.nodes import view_blocks
from sphinx_sessionlog.record import note_view

__all__ = ["add_backlinks", "find_unmarked"]

WORD = later(r"\w+")

START = 3
"""Where an element says more than the item, so many words at its start are looked up; all of the
item's must be the same then."""

BEFORE = 2
"""So many words may stand in front of an item's own: a check box, a number."""

LISTING = nodes.list_item | nodes.entry
"""What holds a paragraph that may be an item."""

Words = tuple[str, ...]
Bearer = nodes.title | nodes.term | nodes.paragraph


def add_backlinks(app: Sphinx, doctree: nodes.document) -> None:
    """Mark the items of a page that is a roadmap, or includes one."""
    env = app.env
    content = domain_of(env).content
    known = content.views.roadmaps if content.options.backlinks else frozenset()
    roadmaps = _roadmaps_of(doctree, known)
    if not roadmaps:
        return
    note_view(env, (BACKLINKS, ()))
    bearers = _Bearers(doctree)
    here = domain_of(env).objects.setdefault(env.docname, {})
    for kind, key, text, name, path in _records(content, roadmaps):
        markup = "rst" if path.endswith(".rst") else "markdown"
        bearer = bearers.take(plain(inlines(text, markup, path)), name)
        if bearer is None:
            continue
        anchor = f"{kind}-{key}"
        if anchor not in doctree.ids:
            doctree.ids[anchor] = _put_anchor(bearer, anchor)
            here.setdefault((kind, key), (anchor, text))
        if line := content.views.backlinks.get(key):
            _put_line(bearer, view_blocks((Paragraph(line, "meta"),), docname=env.docname))


def find_unmarked(env: BuildEnvironment) -> Iterator[str]:
    """Give the pages that were read when their file was no roadmap yet."""
    domain = domain_of(env)
    roadmaps = domain.content.views.roadmaps if domain.content.options.backlinks else frozenset()
    for docname in env.all_docs if roadmaps else ():
        if any(seen.shown[0] == BACKLINKS for seen in domain.shown.get(docname, ())):
            continue
        paths = [Path(env.doc2path(docname))]
        paths += (Path(env.srcdir, name) for name in env.dependencies.get(docname, ()))
        if any(find_real(path) in roadmaps for path in paths):
            yield docname


def _roadmaps_of(doctree: nodes.document, roadmaps: frozenset[Path]) -> frozenset[Path]:
    """Give the roadmaps that a page is or includes."""
    if not roadmaps:
        return roadmaps
    sources = {node.source for node in doctree.findall(nodes.TextElement) if node.source}
    return roadmaps & {find_real(Path(source)) for source in sources}


def _records(content: Content, roadmaps: frozenset[Path]) -> list[tuple[str, str, str, str, str]]:
    """Give kind, key, text, id and path of each milestone and item of `roadmaps`, in their order.

    The id is empty where there is none.
    """
    journal = content.views.project.journal
    found = [(str(RefKind.MILESTONE), m.key, m.title, "", m.source) for m in journal.milestones]
    found += [
        (str(RefKind.ITEM), x.key, x.text, next(iter(x.ids), ""), x.source) for x in journal.roadmap
    ]
    found.sort(key=lambda record: (record[4].path, record[4].line))
    paths = {source.path for *_, source in found}
    own = {path for path in paths if find_real(content.root / path) in roadmaps}
    return [
        (kind, key, text, name, source.path)
        for kind, key, text, name, source in found
        if source.path in own
    ]


class _Bearers:
    """The elements of a page that may be items, by their words; a table of contents is none."""

    def __init__(self, doctree: nodes.document) -> None:
        self._by_words: dict[Words, deque[tuple[Bearer, Words]]] = defaultdict(deque)
        self._by_start: dict[Words, deque[tuple[Bearer, Words]]] = defaultdict(deque)
        self._by_word: dict[str, deque[tuple[Bearer, Words]]] = defaultdict(deque)
        self._taken: set[nodes.Element] = set()
        contents = {
            node
            for topic in doctree.findall(nodes.topic)
            if "contents" in topic["classes"]
            for node in topic.findall(nodes.TextElement)
        }
        for node in doctree.findall(nodes.TextElement):
            if isinstance(node, Bearer) and node not in contents:
                for text in dict.fromkeys((_text(node), node.rawsource)):
                    words = _words(text)
                    for start in range(min(BEFORE + 1, len(words))):
                        rest = words[start:]
                        self._by_words[rest].append((node, rest))
                        self._by_start[rest[:START]].append((node, rest))
                        if isinstance(node.parent, LISTING) or not isinstance(
                            node, nodes.paragraph
                        ):
                            self._by_word[rest[0]].append((node, rest))

    def take(self, text: str, name: str = "") -> Bearer | None:
        """Give the first element of that text, else that begins with it, not given before.

        Where a role shows other words than it is written with, the item's own id will do, its
        `name`, if no other entry of a list or a table begins with it.
        """
        words, named = _words(text), _words(name)
        if not words:
            return None
        for found in (self._by_words.get(words), self._by_start.get(words[:START])):
            while found and found[0][0] in self._taken:
                found.popleft()  # most pages have the items in their order
            for node, rest in found or ():
                if node not in self._taken and rest[: len(words)] == words:
                    return self._give(node)
        if named and words[: len(named)] == named:
            found = self._by_word.get(named[0], deque())
            left = {node for node, rest in found if rest[: len(named)] == named} - self._taken
            if len(left) == 1:
                return self._give(left.pop())
        return None

    def _give(self, bearer: Bearer) -> Bearer:
        self._taken.add(bearer)
        return bearer


def _text(node: nodes.Element) -> str:
    """Give the words of an element without raw HTML, such as the check boxes of MyST."""
    texts = (x for x in node.findall(nodes.Text) if not isinstance(x.parent, nodes.raw))
    return "".join(x.astext() for x in texts)


def _words(text: str) -> Words:
    return tuple(WORD.findall(text.casefold()))


def _put_anchor(bearer: Bearer, anchor: str) -> nodes.Element:
    """Put an anchor beside the ids that the page has; ids of list items are lost in LaTeX."""
    if isinstance(bearer, nodes.title) and isinstance(bearer.parent, nodes.section):
        bearer.parent["ids"].append(anchor)
        return bearer.parent
    target = nodes.target("", "", ids=[anchor])
    bearer.insert(0, target)
    return target


def _put_line(bearer: Bearer, line: nodes.Element) -> None:
    """Put a line below what an item says itself, before what stands in it."""
    parent = bearer.parent
    if isinstance(bearer, nodes.term):
        definition = next((x for x in parent.children if isinstance(x, nodes.definition)), None)
        if definition is None:
            parent.append(nodes.definition("", line))
        else:
            definition.insert(0, line)
    else:
        parent.insert(parent.index(bearer) + 1, line)

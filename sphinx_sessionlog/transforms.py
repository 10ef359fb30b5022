"""Views that wait for a builder in; HTML of the core out, or docutils nodes for other formats."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from functools import partial
from itertools import count
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from sessionlog_core.blocks import Block, CodeBlock, Link, Ref
from sessionlog_core.faults import attempt
from sessionlog_core.garbage import collecting_later
from sessionlog_core.writers import html
from sphinx_sessionlog import problems
from sphinx_sessionlog.domain import domain_of
from sphinx_sessionlog.formats import NESTING, shallow, without_charts, without_tables
from sphinx_sessionlog.framing import renamed, take_inventory
from sphinx_sessionlog.letters import LEFT_OUT, speller
from sphinx_sessionlog.links import address_of, reference_to
from sphinx_sessionlog.nodes import Run, record_nodes, view_blocks, view_html
from sphinx_sessionlog.translation import speaker
from sphinx_sessionlog.writer import PLAIN, Connect, Writer, lexer_name

__all__ = ["SpellReferences", "WriteViews", "add_records"]

OWN_TITLES = frozenset({"sessionlog-section", "sessionlog-page"})
"""Classes of sections whose titles are ours or those of sessions."""

logger = logging.getLogger(__name__)


class WriteViews(SphinxPostTransform):
    """Replace each `view_blocks`, before references, images and code are looked at by Sphinx."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Write what waits on the page; the catalogue of messages needs none of it."""
        waiting = list(self.document.findall(view_blocks))
        if not waiting:
            return
        self.addresses: dict[str, dict[tuple[object, ...], str | None]] = defaultdict(dict)
        builder = domain_of(self.env).builder
        if builder.name == "gettext":
            return
        if builder.name == "singlehtml":
            give_own_ids(self.document, self.env)
        spell: Callable[[str], str] = str
        if builder.format == "latex" and self.config.latex_engine == "pdflatex":
            spell = self.speller()
            self.spell_titles(spell)
        with collecting_later():
            for node in waiting:
                made, faults = attempt(
                    partial(self.written, node, spell), None, "written", what="a view"
                )
                problems.say(faults, self.config)
                # It may be the writer itself that fails: what says so does not pass through it.
                words = [nodes.paragraph("", x.message, **PLAIN) for x in faults]
                node.replace_self(words if made is None else made)

    def written(
        self, node: view_blocks, spell: Callable[[str], str]
    ) -> nodes.Node | list[nodes.Node]:
        """Write one of what waits, in the format of the builder."""
        format_ = domain_of(self.env).builder.format
        if format_ == "html":
            return self.html(node)
        blocks = blocks_of(node, self.env)
        if sum(isinstance(x, nodes.table) for x in ancestors(node)) > NESTING.get(format_, 0):
            blocks = without_tables(blocks)
        if format_ == "latex":
            depth = sum(isinstance(x, nodes.list_item | nodes.block_quote) for x in ancestors(node))
            blocks = shallow(blocks, depth)
        return Writer(speaker(self.config.language), self.connector(node), spell).blocks(blocks)

    def speller(self) -> Callable[[str], str]:
        """Give what spells words for pdfLaTeX, and says once if it cannot."""
        spell = speller(str(self.config.latex_elements.get("fontenc", "")))
        lost: set[str] = set()

        def spell_and_say(text: str) -> str:
            made = spell(text)
            if not lost and LEFT_OUT in made and LEFT_OUT not in text:
                lost.add(text)
                logger.info("sessionlog: pdflatex lacks letters of the logs, xelatex has them")
            return made

        return spell_and_say

    def spell_titles(self, spell: Callable[[str], str]) -> None:
        """Change signs in the headings of our own, which stand in the tree since it was read."""
        for title in self.document.findall(nodes.title):
            if not OWN_TITLES.isdisjoint(title.parent.get("classes", ())):
                spell_words(title, spell)

    def html(self, node: view_blocks) -> nodes.Node:
        """Write a run of blocks as HTML."""
        builder, domain = domain_of(self.env).builder, domain_of(self.env)

        known: dict[tuple[object, ...], str | None] = self.addresses[node["docname"]]

        def address(link: Ref | Link) -> str | None:
            # Many lines lead to one session; its words make no other address.
            about = (
                (link.kind, link.key)
                if isinstance(link, Ref)
                else (link.href, link.path, link.image)
            )
            if about not in known:
                known[about] = address_of(link, node["docname"], builder, domain)
            return known[about]

        level = 1 + sum(isinstance(above, nodes.section) for above in ancestors(node))
        blocks = blocks_of(node, self.env)
        if builder.name == "epub":
            blocks = without_charts(blocks)
        say = speaker(self.config.language)
        text = html.write(blocks, address, level=level, say=say, color=self.color)
        made = view_html(text, searched=node["searched"])
        made += node.children
        return made

    def color(self, block: CodeBlock) -> str:
        """Write code as the builder writes its own, so that themes and copy buttons know it."""
        domain = domain_of(self.env)
        colored = domain.colored
        if block not in colored:
            language = lexer_name(block.language)
            builder: Any = domain.builder
            domain.highlighter = domain.highlighter or with_one_formatter(builder.highlighter)
            inner = domain.highlighter.highlight_block(block.text, language, force=True)
            colored[block] = f'<div class="highlight-{language} notranslate">{inner}</div>'
        return colored[block]

    def connector(self, node: view_blocks) -> Connect:
        """Give the function that turns links of a run into references."""
        builder, domain = domain_of(self.env).builder, domain_of(self.env)

        def connect(link: Ref | Link, inside: list[nodes.Node]) -> list[nodes.Node]:
            words = [nodes.inline("", "", *inside)]
            made = reference_to(link, node["docname"], builder, domain, words)
            if made is None:
                return inside
            if isinstance(link, Link) and (place := domain.content.views.places.find(link)):
                # For what tells of a link, as the builder does that follows them.
                made.source, made.line = place
            return [made]

        return connect


class SpellReferences(SphinxPostTransform):
    """Spell titles of records where a user's page names them, once Sphinx has put them in."""

    default_priority = 12
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Spell what leads to a generated page; what leads elsewhere is the user's own."""
        if self.config.latex_engine != "pdflatex":
            return
        spell = speller(str(self.config.latex_elements.get("fontenc", "")))
        ours = {f"%{name}" for name in domain_of(self.env).content.pages}
        for node in self.document.findall(nodes.reference):
            if str(node.get("refuri", "")).partition("#")[0] in ours:
                spell_words(node, spell)


def spell_words(node: nodes.Element, spell: Callable[[str], str]) -> None:
    """Change the signs of all words in a node."""
    for text in list(node.findall(nodes.Text)):
        text.parent.replace(text, nodes.Text(spell(text.astext())))


def with_one_formatter(highlighter: Any) -> Any:
    """Give a highlighter that makes its formatter once; each knows the style of every token."""
    own, formatter = copy(highlighter), highlighter.get_formatter()
    own.get_formatter = lambda **_options: formatter
    return own


def ancestors(node: nodes.Node) -> Iterator[nodes.Node]:
    """Give what a node stands in, from the inside."""
    while (above := node.parent) is not None:
        yield above
        node = above


def blocks_of(node: view_blocks, env: BuildEnvironment) -> tuple[Block, ...]:
    """Give the blocks of a node."""
    if isinstance(node.blocks, Run):
        return domain_of(env).content.views.run(node.blocks)
    return node.blocks


def add_records(app: Sphinx, doctree: nodes.document) -> None:
    """Put the records that each run shows into its node, where other extensions find them.

    That is done last: there are more of them than of all else, and transforms of docutils and of
    Sphinx, which look at every node, have nothing to do with them.
    """
    for node in list(doctree.findall(view_blocks)):
        node.extend(record_nodes(blocks_of(node, app.env)))


def give_own_ids(document: nodes.document, env: BuildEnvironment) -> None:
    """Give ids of our own that stand on several pages a number where all pages become one.

    The anchor is kept on the page on which the record with it stands, to which links lead.
    """
    places: dict[str, list[tuple[str, nodes.Element]]] = {}
    for node in document.findall(nodes.Element):
        if isinstance(node, view_blocks):
            node.blocks = blocks_of(node, env)
        for name in anchors_of(node):
            places.setdefault(name, []).append((page_of_node(node), node))
    taken = set(places)
    for name, found in places.items():
        page = domain_of(env).find_anchor(name)
        kept = next((i for i, (docname, _) in enumerate(found) if docname == page), 0)
        for number, (_, node) in enumerate(found):
            if number != kept:
                other = next(x for i in count(2) if (x := f"{name}-{i}") not in taken)
                taken.add(other)
                rename(node, name, other)


def anchors_of(node: nodes.Element) -> Iterable[str]:
    """Give the ids that a node brings to a page."""
    if isinstance(node, view_blocks):
        return () if isinstance(node.blocks, Run) else take_inventory(node.blocks).anchors
    return list(node["ids"])


def page_of_node(node: nodes.Node) -> str:
    """Give the page from which a node of a merged tree comes."""
    if isinstance(node, view_blocks):
        return str(node["docname"])
    for above in (node, *ancestors(node)):
        if isinstance(above, addnodes.start_of_file):
            return str(above["docname"])
    return ""


def rename(node: nodes.Element, old: str, new: str) -> None:
    """Change one id of a node."""
    if isinstance(node, view_blocks):
        node.blocks = renamed(node.blocks, {old: new})
    else:
        node["ids"] = [new if name == old else name for name in node["ids"]]

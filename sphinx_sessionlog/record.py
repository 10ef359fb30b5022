"""A view for the page that is being read in, its nodes out, and noted what the page shows."""

from docutils import nodes
from sphinx.environment import BuildEnvironment

from sessionlog_core.blocks import Block, Fold, Link, ListItem, Ref, Row, Section
from sphinx_sessionlog.domain import Key, SessionlogDomain, Shown, domain_of
from sphinx_sessionlog.framing import Frame, walk
from sphinx_sessionlog.links import page_of
from sphinx_sessionlog.translation import say

__all__ = ["put_blocks", "put_view"]


def put_view(
    env: BuildEnvironment,
    document: nodes.document,
    shown: Shown,
    *,
    sections: bool = True,
    searched: bool = True,
) -> list[nodes.Node]:
    """Show a view, or the content of a generated page, on the page that is being read."""
    domain = domain_of(env)
    blocks = domain.content.blocks(shown)
    domain.shown[env.docname] = (
        *domain.shown.get(env.docname, ()),
        (shown, domain.content.digest(shown)),
    )
    _note(domain, env, blocks)
    return Frame(env.docname, document, say, sections, searched).place(blocks)


def put_blocks(
    env: BuildEnvironment, document: nodes.document, blocks: tuple[Block, ...], *, sections: bool
) -> list[nodes.Node]:
    """Set blocks on the page that is being read."""
    return Frame(env.docname, document, say, sections).place(blocks)


def _note(domain: SessionlogDomain, env: BuildEnvironment, blocks: tuple[Block, ...]) -> None:
    records = domain.content.records
    here = domain.objects.setdefault(env.docname, {})
    uses: set[Key] = set(domain.uses.get(env.docname, ()))
    for piece in walk(blocks):
        match piece:
            case Ref(kind=kind, key=key):
                uses.add((str(kind), key))
            case Link():
                page = page_of(piece, domain.content.root, env)
                if page:
                    uses.add(("doc", page[0]))
            case Section() | Fold() | ListItem() | Row():
                anchor = piece.anchor or ""
                if anchor in records:
                    record, title = records[anchor]
                    here.setdefault(record, (anchor, title))
    domain.uses[env.docname] = frozenset(uses)

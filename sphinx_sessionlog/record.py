"""A view for the page that is being read in, its nodes out, and noted what the page shows."""

from docutils import nodes
from sphinx.environment import BuildEnvironment

from sessionlog_core.blocks import Block, RefKind
from sessionlog_core.faults import attempt, box
from sessionlog_core.images import image_of
from sphinx_sessionlog import problems
from sphinx_sessionlog.domain import FRAGMENT, IMAGE, Key, Seen, Shown, domain_of
from sphinx_sessionlog.framing import Frame, Inventory, take_inventory
from sphinx_sessionlog.links import page_of
from sphinx_sessionlog.nodes import view_blocks
from sphinx_sessionlog.translation import speaker

__all__ = ["note_view", "put_blocks", "put_view"]


def put_view(
    env: BuildEnvironment,
    document: nodes.document,
    shown: Shown,
    *,
    sections: bool = True,
    searched: bool = True,
) -> list[nodes.Node]:
    """Show a view, or the content of a generated page, on the page that is being read."""
    views = domain_of(env).content.views
    blocks, inventory = views.blocks(shown), views.inventory(shown)
    note_view(env, shown)
    say = speaker(env.config.language)
    frame = Frame(env.docname, document, say, sections, searched, shown)
    return _placed(env, frame, blocks, inventory)


def put_blocks(
    env: BuildEnvironment, document: nodes.document, blocks: tuple[Block, ...], *, sections: bool
) -> list[nodes.Node]:
    """Set blocks on the page that is being read."""
    say = speaker(env.config.language)
    frame = Frame(env.docname, document, say, sections)
    return _placed(env, frame, blocks, take_inventory(blocks))


def _placed(
    env: BuildEnvironment, frame: Frame, blocks: tuple[Block, ...], inventory: Inventory
) -> list[nodes.Node]:
    """Set blocks on a page, or a box that says why they could not be."""
    made, faults = attempt(lambda: frame.place(blocks, inventory), None, "shown", what="the view")
    if made is not None:
        return made
    problems.say(faults, env.config)
    return [view_blocks((box(faults),), docname=env.docname)]


def note_view(env: BuildEnvironment, shown: Shown) -> None:
    """Tell the domain what the page shows, which records stand on it, and what it refers to."""
    domain = domain_of(env)
    views = domain.content.views
    names = views.names(shown)
    seen = Seen(shown, views.digest(shown, names), names)
    domain.shown[env.docname] = (*domain.shown.get(env.docname, ()), seen)
    inventory = views.inventory(shown)
    records = views.records
    here = domain.objects.setdefault(env.docname, {})
    for anchor in inventory.anchors:
        if anchor in records:
            record, title = records[anchor]
            here.setdefault(record, (anchor, title))
    uses: set[Key] = {*domain.uses.get(env.docname, ())}
    uses.update((str(kind), key) for kind, key in inventory.refs)
    pages = [page_of(link, domain.content.root, env) for link in inventory.links]
    uses.update((str(RefKind.DOC), page[0]) for page in pages if page)
    uses.update((FRAGMENT, "#".join(page)) for page in pages if page and page[1])
    images = map(image_of, inventory.links)
    uses.update((IMAGE, path) for path in images if path)
    domain.uses[env.docname] = frozenset(uses)

"""The domain `sessionlog`: where records stand in the site, and the roles that lead there."""

import fnmatch
from collections.abc import Iterable, Iterator, Set
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeAlias, cast

from docutils import nodes
from docutils.nodes import Element, reference
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.errors import NoUri
from sphinx.locale import _
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from sessionlog_core.blocks import CodeBlock, RefKind
from sessionlog_core.images import is_published
from sessionlog_core.slugs import slug

if TYPE_CHECKING:
    from sphinx_sessionlog.content import Content

__all__ = [
    "BACKLINKS",
    "FRAGMENT",
    "IMAGE",
    "PAGE",
    "Key",
    "Seen",
    "SessionlogDomain",
    "Shown",
    "Stand",
    "domain_of",
    "refer",
]

Key: TypeAlias = tuple[str, str]
"""A record: its kind (a `RefKind`, or `doc` for a page of the user) and its key."""

Stand: TypeAlias = tuple[str, str, str]
"""Where a record stands: page, anchor, title."""

Shown: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]
"""What a page shows, as plain data: a view and its options, or `page` and a generated page."""

PAGE, BACKLINKS = "page", "backlinks"
"""What a page may show besides views: that it is a generated page; lines at items of a roadmap."""

IMAGE = "image"
"""The kind of a key that is an image of the project, by its path."""

FRAGMENT = "fragment"
"""The kind of a key that is a place on a page of the user's own: `guide/start#setup`."""


class Seen(NamedTuple):
    """What a page showed when it was read: its digest, and the names in its text."""

    shown: Shown
    digest: str
    names: frozenset[str]


KINDS = (RefKind.SESSION, RefKind.ITEM, RefKind.MILESTONE, RefKind.DECISION)


class SessionlogDomain(Domain):
    """What the pages say about records, kept by page, so that each can be forgotten and merged."""

    name = "sessionlog"
    label = "Session log"
    object_types: ClassVar = {str(kind): ObjType(str(kind), str(kind), "any") for kind in KINDS}
    roles: ClassVar = {
        str(kind): XRefRole(innernodeclass=nodes.inline, warn_dangling=True) for kind in KINDS
    }
    dangling_warnings: ClassVar = {
        "session": "no session with this key: %(target)s",
        "item": "no roadmap item with this key: %(target)s",
        "milestone": "no milestone with this key: %(target)s",
        "decision": "no decision with this key: %(target)s",
    }
    initial_data: ClassVar = {
        "objects": {},
        "shown": {},
        "uses": {},
        "ids": {},
        "resolved": {},
        "relinked": {},
        "headings": {},
        "known": None,
        "navigation": None,
        "pages": None,
        "replanned": 0,
    }
    data_version = 3

    content: "Content"
    """What this build shows; set when a build begins, never pickled."""

    builder: Builder
    """The builder of this build; an environment has it under another name in each Sphinx."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._stands: dict[Key, Stand] = {}
        self._pages: dict[str, Stand | None] = {}
        self.told: set[tuple[str, str]] = set()
        """Log and address of links that lead nowhere, of which this build has warned."""
        self.began = 0
        """When this build began, in nanoseconds."""
        self.has_read = False
        """Whether this build reads any page."""
        self.colored: dict[CodeBlock, str] = {}
        """Code as HTML; a passage stands on more than one page."""
        self.highlighter: Any = None
        """What colours code in this build."""

    @property
    def objects(self) -> dict[str, dict[Key, tuple[str, str]]]:
        """Give page -> record -> anchor and title."""
        return self._table("objects")

    @property
    def shown(self) -> dict[str, tuple[Seen, ...]]:
        """Give page -> what it shows, each as it was when the page was read."""
        return self._table("shown")

    @property
    def uses(self) -> dict[str, frozenset[Key]]:
        """Give page -> records and pages that it refers to."""
        return self._table("uses")

    @property
    def ids(self) -> dict[str, frozenset[str]]:
        """Give page of the user's own -> the ids on it."""
        return self._table("ids")

    @property
    def relinked(self) -> dict[str, int]:
        """Give page -> when something that it refers to moved last."""
        return self._table("relinked")

    @property
    def headings(self) -> dict[str, str]:
        """Give generated page with pages below it -> digest of its headings."""
        return self._table("headings")

    def _table(self, name: str) -> dict[str, Any]:
        return cast("dict[str, Any]", self.data[name])

    def clear_doc(self, docname: str) -> None:
        """Forget what a page said."""
        for table in (self.objects, self.shown, self.uses, self.ids):
            table.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take what pages said that another process read."""
        for name in ("objects", "shown", "uses", "ids"):
            theirs = otherdata[name]
            self.data[name].update((doc, theirs[doc]) for doc in theirs if doc in docnames)

    def process_doc(
        self,
        env: BuildEnvironment,  # noqa: ARG002
        docname: str,
        document: nodes.document,
    ) -> None:
        """Note the ids of a user's page, and what it refers to."""
        if self.content.page(docname) is None:
            self.ids[docname] = frozenset(document.ids)
        found: set[Key] = set()
        for node in document.findall(pending_xref):
            if node.get("refdomain") == self.name:
                found.add((node["reftype"], node["reftarget"]))
            elif node["reftype"] == "any":
                found.update((str(kind), node["reftarget"]) for kind in KINDS)
        if found:
            self.uses[docname] = self.uses.get(docname, frozenset()) | found

    def stands(self) -> dict[Key, Stand]:
        """Say where each record stands: on its generated page, else on the first page by name."""
        generated = self.content.pages
        found: dict[Key, Stand] = {}
        for docname in sorted(self.objects, key=lambda name: (name not in generated, name)):
            for key, (anchor, title) in self.objects[docname].items():
                found.setdefault(key, (docname, anchor, title))
        return found

    def find(self, key: Key) -> Stand | None:
        """Say where a record stands, or None."""
        if key[0] == RefKind.PAGE:
            docname = f"{self.content.options.folder}/{key[1]}"
            return (docname, "", "") if docname in self.env.found_docs else None
        if key[0] == RefKind.DOC:
            return self._find_page(key[1])
        if key[0] == IMAGE:
            return (key[1], "", "") if is_published(key[1], self.content.root) else None
        if key[0] == FRAGMENT:
            return self._find_fragment(key[1])
        stands = self._stands or self.settle()
        # A role may name an item as the roadmap does, or a milestone by its title.
        return stands.get(key) or stands.get((key[0], slug(key[1])))

    def find_anchor(self, anchor: str) -> str | None:
        """Give the page to which links to the record with this anchor lead, or None."""
        record = self.content.views.records.get(anchor)
        stand = self.find(record[0]) if record else None
        return stand[0] if stand else None

    def _find_fragment(self, path: str) -> Stand | None:
        """Give a place on a page, by an id or by the name that MyST gives a heading."""
        docname, _sign, name = path.partition("#")
        slugs = self.env.metadata.get(docname, {}).get("myst_slugs", {})
        anchor = slugs[name][1] if name in slugs else name
        anchors = (place for place, _title in self.objects.get(docname, {}).values())
        is_there = anchor in self.ids.get(docname, ()) or anchor in anchors
        return (docname, anchor, "") if is_there else None

    def _find_page(self, path: str) -> Stand | None:
        """Give the page of the user's own that a path or glob from the source folder means."""
        if path not in self._pages:
            docname = path.lstrip("/")
            for suffix in self.env.config.source_suffix:
                docname = docname.removesuffix(suffix)
            pages = self.env.found_docs
            if docname not in pages and any(c in docname for c in "*?["):
                docname = next(iter(sorted(fnmatch.filter(pages, docname))), docname)
            self._pages[path] = (docname, "", "") if docname in pages else None
        return self._pages[path]

    def settle(self) -> dict[Key, Stand]:
        """Take the places as they are once all pages are read; before, they still grow."""
        self._stands = self.stands()
        return self._stands

    def resolve_xref(
        self,
        env: BuildEnvironment,  # noqa: ARG002
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> reference | None:
        """Turn a role into a link; one without a text of its own gets the title of the record."""
        stand = self.find((typ, target))
        if stand is None:
            return None
        if not node["refexplicit"] and stand[2]:
            contnode = contnode.copy()
            contnode += nodes.Text(stand[2])
        return refer(builder, fromdocname, stand, [contnode])

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, reference]]:
        """Turn `:any:` into a link to the session of that key, else to an item, and so on.

        It takes keys alone: what else it names is for the other domains to know.
        """
        for kind in KINDS:
            if (kind, target) not in (self._stands or self.settle()):
                continue
            link = self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
            if link is not None:
                return [(f"sessionlog:{kind}", link)]
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Name all records, for `objects.inv` and the search."""
        hidden = -1 if self.content.options.search == "none" else 0
        for (kind, key), (docname, anchor, title) in sorted(self.stands().items()):
            if kind not in self.object_types:
                continue
            yield key, title or key, kind, docname, anchor, hidden or 1

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002, ARG002, FBT001, FBT002
        """Name a type of records in search results."""
        return _(type.lname)


def domain_of(env: BuildEnvironment) -> SessionlogDomain:
    """Give the domain of an environment."""
    return cast("SessionlogDomain", env.get_domain("sessionlog"))


def refer(
    builder: Builder, fromdocname: str, stand: Stand, children: Iterable[Any]
) -> reference | None:
    """Make a link to where a record stands; None where that page is no part of a book."""
    docname, anchor, _title = stand
    try:
        node = make_refnode(builder, fromdocname, docname, anchor or None, list(children))
    except NoUri:
        return None
    if (
        node.get("refuri", "").count("#") > 1
    ):  # singlehtml: `#document-page#id`; ids are unique in a project
        node["refuri"] = f"#{anchor}"
    return node

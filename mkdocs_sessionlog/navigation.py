"""The navigation of a site in, the same with generated pages where the user wants them out."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import dirname_to_title

__all__ = ["arrange", "with_pages"]

TITLE = "Session log"
"""The title of a section that the user has given none."""


def with_pages(
    nav: list[Any], entry: str, pages: Sequence[str], *, append: bool = True
) -> list[Any]:
    """Put `pages` where `nav` has `entry` (`sessionlog/`), or at its end where it names none."""
    named = set(_values(nav))
    if entry in named:
        return [_replaced(item, entry, list(pages)) for item in nav]
    return nav if named.intersection(pages) or not append else [*nav, {TITLE: list(pages)}]


def arrange(nav: Navigation, pages: Sequence[str]) -> None:
    """Give the section that MkDocs made of our folder its title, and its pages their order.

    Where the user writes no navigation MkDocs goes by the names of folders and files. What another
    plugin has named or ordered stays.
    """
    order = {path: place for place, path in enumerate(pages)}
    for section in _sections(nav.items):
        paths = [x.file.src_uri for x in section.children if isinstance(x, Page)]
        if order.keys() & set(paths) and _is_untouched(section, paths):
            section.title = TITLE
            section.children.sort(key=lambda x: _place(x, order))
    nav.pages[:] = _pages(nav.items)
    for before, after in pairwise([None, *nav.pages, None]):
        if before is not None:
            before.next_page = after
        if after is not None:
            after.previous_page = before


def _is_untouched(section: Section, paths: Sequence[str]) -> bool:
    """Say whether title and order of a section are those that MkDocs gives."""
    name = paths[0].split("/")[-2] if "/" in paths[0] else ""
    in_order = sorted(paths, key=lambda path: (not path.endswith("/index.md"), path))
    return section.title == dirname_to_title(name) and list(paths) == in_order


def _place(item: StructureItem, order: Mapping[str, int]) -> int:
    """Give the place of one of our pages; the user's own stand behind them."""
    return order.get(item.file.src_uri, len(order)) if isinstance(item, Page) else len(order)


def _sections(items: Sequence[StructureItem]) -> Iterator[Section]:
    for item in items:
        if isinstance(item, Section):
            yield item
            yield from _sections(item.children)


def _pages(items: Sequence[StructureItem]) -> Iterator[Page]:
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from _pages(item.children)


def _values(nav: Any) -> Iterator[str]:
    """Give every path that a navigation names."""
    match nav:
        case str():
            yield nav
        case Mapping():
            for value in nav.values():
                yield from _values(value)
        case list():
            for value in nav:
                yield from _values(value)


def _replaced(item: Any, entry: str, pages: list[str]) -> Any:
    """Replace a bare entry by a section of ours, a titled one by a section of that title."""
    match item:
        case str() if item == entry:
            return {TITLE: pages}
        case Mapping():
            return {
                name: pages if value == entry else _replaced(value, entry, pages)
                for name, value in item.items()
            }
        case list():
            return [_replaced(value, entry, pages) for value in item]
        case _:
            return item

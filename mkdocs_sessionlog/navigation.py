"""The navigation of a site in, the same with generated pages where the user wants them out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = ["with_pages"]

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

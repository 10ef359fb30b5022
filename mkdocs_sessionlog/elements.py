"""Blocks in, elements of a Python-Markdown tree out: real headings, exact HTML for all else.

Headings are elements, so that Python-Markdown's `toc` and the search of each host see them. All
else is written by `sessionlog_core.writers.html` and put aside in the stash, where no other
extension changes it: log text never passes through Python-Markdown.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import ETX, STX

from sessionlog_core.blocks import Block, Fold, List, Note, Quote, Section, Table
from sessionlog_core.landmarks import count_levels, is_landmark
from sessionlog_core.writers import html

__all__ = ["anchors", "elements", "with_own_anchors"]


def elements(
    blocks: Iterable[Block], md: Markdown, resolve: html.Resolve, *, level: int
) -> list[Element]:
    """Turn blocks into elements, the first headings at `level`."""
    blocks = tuple(blocks)
    return _Tree(md, resolve).elements(blocks, level, count_levels(blocks))


class _Tree:
    """The page that the elements are for."""

    def __init__(self, md: Markdown, resolve: html.Resolve) -> None:
        self._md = md
        self._resolve = resolve

    def elements(self, blocks: Iterable[Block], level: int, depth: int) -> list[Element]:
        """Make headings for `depth` levels of landmarks, and an element for each run between."""
        out: list[Element] = []
        run: list[Block] = []
        for block in blocks:
            if is_landmark(block) and depth:
                out += self._rest(run, level)
                run = []
                out.append(self._section(block, level, depth))
            else:
                run.append(block)
        return out + self._rest(run, level)

    def _section(self, section: Section, level: int, depth: int) -> Element:
        kind = f" sessionlog-{section.kind}" if section.kind else ""
        element = Element("section", {"class": f"sessionlog-section{kind}"})
        heading = Element(f"h{min(level, 6)}", {"id": section.anchor})
        heading.text = self._stash(html.write_inlines(section.title, self._resolve))
        element.append(heading)
        element.extend(self.elements(section.blocks, level + 1, depth - 1))
        return element

    def _rest(self, blocks: list[Block], level: int) -> list[Element]:
        if not blocks:
            return []
        element = Element("div", {"class": "sessionlog"})
        element.text = self._stash(html.write(blocks, self._resolve, level=level))
        return [element]

    def _stash(self, text: str) -> str:
        # These two begin and end a name in the stash; a log that holds them must not call for one.
        return self._md.htmlStash.store(text.replace(STX, "").replace(ETX, ""))


def anchors(blocks: Iterable[Block]) -> list[str]:
    """Give every id that the blocks put on a page, in order."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Section(anchor=anchor, blocks=inner):
                found += [anchor, *anchors(inner)]
            case List(items=items):
                for item in items:
                    found += [item.anchor] if item.anchor else []
                    found += anchors(item.blocks)
            case Table(rows=rows):
                found += [row.anchor for row in rows if row.anchor]
            case Fold(anchor=fold, blocks=inner):
                found += [fold] if fold else []
                found += anchors(inner)
            case Quote(blocks=inner) | Note(blocks=inner):
                found += anchors(inner)
    return found


def with_own_anchors(
    blocks: tuple[Block, ...], used: set[str]
) -> tuple[tuple[Block, ...], list[str]]:
    """Rename ids that a page has already, `-2` and so on, and add all to `used`; also give the ids.

    Two views on one page may show the same session; the first one keeps the name that links lead
    to.
    """
    found = anchors(blocks)
    if used.isdisjoint(found) and len(set(found)) == len(found):
        used.update(found)
        return blocks, found
    given: list[str] = []

    def name(anchor: str) -> str:
        number, new = 2, anchor
        while new in used:
            new, number = f"{anchor}-{number}", number + 1
        used.add(new)
        given.append(new)
        return new

    return _renamed(blocks, name), given


def _renamed(blocks: tuple[Block, ...], name: Callable[[str], str]) -> tuple[Block, ...]:
    return tuple(_rename(block, name) for block in blocks)


def _rename(block: Block, name: Callable[[str], str]) -> Block:
    match block:
        case Section():
            anchor = name(block.anchor)
            return replace(block, anchor=anchor, blocks=_renamed(block.blocks, name))
        case List():
            items = (
                replace(
                    item,
                    anchor=name(item.anchor) if item.anchor else None,
                    blocks=_renamed(item.blocks, name),
                )
                for item in block.items
            )
            return replace(block, items=tuple(items))
        case Table():
            rows = (replace(r, anchor=name(r.anchor) if r.anchor else None) for r in block.rows)
            return replace(block, rows=tuple(rows))
        case Fold():
            own = name(block.anchor) if block.anchor else None
            return replace(block, anchor=own, blocks=_renamed(block.blocks, name))
        case Quote() | Note():
            return replace(block, blocks=_renamed(block.blocks, name))
    return block

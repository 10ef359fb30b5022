"""The Python-Markdown extension: a page with sessionlog fences in, the same with views out.

The order in which Python-Markdown runs things decides where each of our three steps stands:

* fences become marks at 26: after snippets (32) have brought in text and control characters
  are gone (30), before superfences (25) would make them code;
* a mark becomes an element at 110, before mkdocstrings (75) and every block rule of
  Python-Markdown, in whatever list, tab or box it stands;
* elements become views at 6, after inline markup (20), attr_list (8) and abbr (7), which thus never
  see text of a log, and before toc (5) and MkDocs' own (5 and below), which see our headings.
"""

import logging
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Protocol
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from mkdocs_sessionlog.edition import Edition, load_edition, make_resolve, show
from mkdocs_sessionlog.elements import elements, with_own_anchors
from mkdocs_sessionlog.fences import MARK, Fence, find_fences, mark_fences
from mkdocs_sessionlog.place import Place, find_place
from sessionlog_core.discover import find_logs, find_roadmaps, find_root
from sessionlog_core.options import Options, read_options, set_options
from sessionlog_core.problems import Code, Problem
from sessionlog_core.project import describe

__all__ = ["SessionlogExtension", "tell"]

_ELEMENT = "sessionlog-view"
_HEADING = re.compile(r"h[1-6]")

Find = Callable[[Place], Sequence[Edition]]
"""Gives the editions of a site; a fence shows the first unless it names another by its folder."""


class Logger(Protocol):
    """A logger of the standard library, or what MkDocs gives to plugins."""

    def log(self, level: int, msg: str, *args: object) -> None:
        """Log a message."""
        ...


def tell(problems: Sequence[Problem], logger: Logger) -> None:
    """Log problems: grave ones as warnings, which strict builds count, others as information."""
    for problem in problems:
        logger.log(logging.WARNING if problem.grave else logging.INFO, "%s", problem)


class SessionlogExtension(Extension):
    """Render sessionlog fences.

    A host's plugin gives `editions`, which it has read itself. Without, the project is read when
    the first page with a fence is rendered; `options` are laid over those of `pyproject.toml` then.
    """

    def __init__(self, editions: Sequence[Edition] | None = None, **options: Any) -> None:
        super().__init__()
        self.editions = editions
        self.options = options

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Python-Markdown's name
        """Register our steps; see the module for why they stand where they do."""
        fences: list[Fence] = []
        md.preprocessors.register(_Marks(md, fences), "sessionlog", 26)
        md.parser.blockprocessors.register(_Elements(md.parser), "sessionlog", 110)
        md.treeprocessors.register(_Views(md, fences, self._find), "sessionlog", 6)
        md.postprocessors.register(_Leftovers(md, fences), "sessionlog", -10)

    def _find(self, place: Place) -> Sequence[Edition]:
        return self.editions if self.editions is not None else (_read(place, self.options),)


def _read(place: Place, values: dict[str, Any]) -> Edition:
    """Read the project around a page, or remember it where nothing changed meanwhile."""
    root = find_root(place.start)
    options, problems = read_options(root)
    options, wrong = set_options(options, values, "markdown_extensions")
    found = (*find_logs(root, options)[0], *find_roadmaps(root, options)[0])
    stamps = tuple((x.path, *_stamp(x.path)) for x in found)
    return _remembered(root, options, stamps, (*problems, *wrong), place.logger)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError:
        return 0, 0
    return state.st_mtime_ns, state.st_size


# Hosts make a new extension for every page, so what is read can only be remembered here.
@lru_cache(maxsize=2)
def _remembered(
    root: Path,
    options: Options,
    stamps: tuple[tuple[Path, int, int], ...],  # noqa: ARG001  part of the key
    problems: tuple[Problem, ...],
    logger: logging.Logger,
) -> Edition:
    edition = load_edition(root, options)
    logger.info("%s", describe(edition.project))
    tell((*problems, *edition.project.journal.problems), logger)
    return edition


class _Marks(Preprocessor):
    """Put marks in place of fences."""

    def __init__(self, md: Markdown, fences: list[Fence]) -> None:
        super().__init__(md)
        self._fences = fences

    def run(self, lines: list[str]) -> list[str]:
        marked, fences, unclosed = mark_fences(lines)
        self._fences[:] = fences
        if unclosed:
            place = find_place(self.md)
            message = "a sessionlog fence that is never closed"
            tell(
                [Problem(Code.FENCE, message, place.path or None, x) for x in unclosed],
                place.logger,
            )
        return marked


class _Elements(BlockProcessor):
    """Put elements in place of marks."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002  Python-Markdown's signature
        return MARK.fullmatch(block.strip("\n")) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        found = MARK.fullmatch(blocks.pop(0).strip("\n"))
        if found:
            SubElement(parent, _ELEMENT, {"number": found["number"]})


class _Views(Treeprocessor):
    """Put views in place of elements."""

    def __init__(self, md: Markdown, fences: list[Fence], find: Find) -> None:
        super().__init__(md)
        self._fences = fences
        self._find = find

    def run(self, root: Element) -> None:
        if not self._fences:
            return
        place = find_place(self.md)
        used = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
        parents = {child: parent for parent in root.iter() for child in parent}
        level = 1
        for element in list(root.iter()):
            if _HEADING.fullmatch(element.tag):
                level = int(element.tag[1])
            elif element.tag == _ELEMENT:
                number = int(element.attrib["number"])
                new = self._view(number, place, used, level + 1)
                _replace(parents[element], element, new)

    def _view(self, number: int, place: Place, used: set[str], level: int) -> list[Element]:
        fence = self._fences[number]
        edition = self._find(place)[0]
        blocks, problems = show(edition, fence, place.path, fence.line)
        if problems:
            tell([self._placed(x, number, place) for x in problems], place.logger)
        blocks, given = with_own_anchors(blocks, used)
        resolve = make_resolve(edition, place, frozenset(given))
        return elements(blocks, self.md, resolve, level=level)

    def _placed(self, problem: Problem, number: int, place: Place) -> Problem:
        """Give the problem its line in the page's file; Python-Markdown sees no front matter."""
        written = find_fences(place.source().splitlines())
        if len(written) != len(self._fences):
            return problem
        return Problem(problem.code, problem.message, place.path or None, written[number].line)


def _replace(parent: Element, old: Element, new: list[Element]) -> None:
    index = list(parent).index(old)
    parent[index : index + 1] = new


class _Leftovers(Postprocessor):
    """Put fences back as text where a mark stayed: in indented code, in HTML of the page."""

    def __init__(self, md: Markdown, fences: list[Fence]) -> None:
        super().__init__(md)
        self._fences = fences

    def run(self, text: str) -> str:
        if not self._fences:
            return text
        return MARK.sub(lambda found: escape(self._fences[int(found["number"])].text), text)

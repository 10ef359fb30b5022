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
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from mkdocs_sessionlog.backlinks import add_backlinks, roadmaps_of
from mkdocs_sessionlog.edition import Edition, make_resolve, show
from mkdocs_sessionlog.elements import elements, with_own_anchors
from mkdocs_sessionlog.fences import MARK, Fence, find_fences, mark_fences
from mkdocs_sessionlog.place import Place, find_place
from mkdocs_sessionlog.shelf import shelf_of
from sessionlog_core.discover import find_root
from sessionlog_core.escape import escape
from sessionlog_core.faults import attempt
from sessionlog_core.garbage import collecting_later
from sessionlog_core.options import read_options, set_options
from sessionlog_core.patterns import later
from sessionlog_core.problems import Code, Problem, make_fault
from sessionlog_core.project import describe

__all__ = ["SessionlogExtension", "tell"]

_ELEMENT = "sessionlog-view"
_HEADING = later(r"h[1-6]")

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
        views = _Views(md, fences, self._find, known=self.editions is not None)
        md.treeprocessors.register(views, "sessionlog", 6)
        md.postprocessors.register(_Leftovers(md, fences), "sessionlog", -10)

    def _find(self, place: Place) -> Sequence[Edition]:
        return self.editions if self.editions is not None else (_read(place, self.options),)


def _read(place: Place, values: dict[str, Any]) -> Edition:
    """Read the project around a page, or take what was read for the page before."""
    root = find_root(place.start)
    options, problems = read_options(root)
    options, wrong = set_options(options, values, "markdown_extensions")
    edition, fresh = shelf_of(root, options).edition(root, options, patience=2)
    if fresh:
        place.logger.info("%s", describe(edition.project))
        tell((*problems, *wrong, *edition.project.journal.problems), place.logger)
    return edition


class _Marks(Preprocessor):
    """Put marks in place of fences."""

    def __init__(self, md: Markdown, fences: list[Fence]) -> None:
        super().__init__(md)
        self._fences = fences

    def run(self, lines: list[str]) -> list[str]:
        as_it_is = (lines, tuple[Fence, ...](), tuple[int, ...]())
        (marked, fences, unclosed), faults = attempt(
            lambda: mark_fences(lines), as_it_is, "searched for fences", what="a page"
        )
        self._fences[:] = fences
        if faults:
            tell(faults, find_place(self.md).logger)
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

    def __init__(self, md: Markdown, fences: list[Fence], find: Find, *, known: bool) -> None:
        super().__init__(md)
        self._fences = fences
        self._find = find
        self._known = known

    def run(self, root: Element) -> None:
        place = find_place(self.md)
        if self._fences or self._may_be_roadmap(place):
            self._run(root, place)

    def _may_be_roadmap(self, place: Place) -> bool:
        """Tell whether to ask what the project has; where nobody gave it, asking means reading."""
        return self._known or "roadmap" in place.path.casefold()

    def _run(self, root: Element, place: Place) -> None:
        used = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
        self._link_back(root, place, used)
        parents = {child: parent for parent in root.iter() for child in parent}
        level = 1
        for element in list(root.iter()):
            if _HEADING.fullmatch(element.tag):
                level = int(element.tag[1])
            elif element.tag == _ELEMENT:
                number = int(element.attrib["number"])
                with collecting_later():
                    new = self._view(number, place, used, level + 1)
                _replace(parents[element], element, new)

    def _link_back(self, root: Element, place: Place, used: set[str]) -> None:
        """Add to a roadmap of the team's own where its items were worked on."""
        try:
            for edition in self._find(place):
                if roadmaps := roadmaps_of(edition, place):
                    resolve = make_resolve(edition, place, frozenset(), publish=self._known)
                    place.note_anchors(
                        add_backlinks(root, self.md, edition, resolve, used, roadmaps=roadmaps)
                    )
        except Exception as error:
            fault = make_fault(error, "added", place.path, what="links back to sessions")
            tell([fault], place.logger)

    def _view(self, number: int, place: Place, used: set[str], level: int) -> list[Element]:
        fence = self._fences[number]
        try:
            edition, blocks, problems = show(self._find(place), fence, place.path)
            blocks, given = with_own_anchors(blocks, used)
            resolve = make_resolve(edition, place, frozenset(given), publish=self._known)
            new = elements(blocks, self.md, resolve, level=level)
            place.note_anchors(given)
        except Exception as error:
            # A fault of ours must not end a build whose site is half written by now.
            problems = [make_fault(error, "shown", None, what="the view")]
            new = [_said(problem) for problem in problems]
        tell([self._placed(problem, number, place) for problem in problems], place.logger)
        return new

    def _placed(self, problem: Problem, number: int, place: Place) -> Problem:
        """Give the problem its line in the page's file; Python-Markdown sees no front matter."""
        written = find_fences(place.source().splitlines())
        known = len(written) == len(self._fences)
        line = (written if known else self._fences)[number].line
        return replace(problem, path=place.path or None, line=line)


def _said(problem: Problem) -> Element:
    """Say what is wrong without the writer: it may be the writer that fails."""
    said = Element("p", {"class": "sessionlog"})
    said.text = AtomicString(problem.message)
    return said


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

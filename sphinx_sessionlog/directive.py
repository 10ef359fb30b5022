"""The directive `sessionlog`: the name of a view and its options in, the view on the page out."""

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from sessionlog_core.blocks import Label, Note, Paragraph, Text
from sessionlog_core.checks import expected
from sessionlog_core.problems import Code, Problem
from sessionlog_core.query import QUERY_OPTIONS, read_query
from sphinx_sessionlog import problems
from sphinx_sessionlog.record import put_blocks, put_view

__all__ = ["SessionlogDirective"]


class AnyOption(dict[str, Any]):
    """Options that let every name pass: wrong ones are told by the core, alike in all hosts."""

    def __missing__(self, name: str) -> Any:
        return directives.unchanged


class SessionlogDirective(SphinxDirective):
    """Shows a view where it stands, in reStructuredText and in MyST."""

    required_arguments = 0
    optional_arguments = 1
    final_argument_whitespace = True
    has_content = False
    option_spec: ClassVar[dict[str, Any]] = AnyOption(
        dict.fromkeys(QUERY_OPTIONS, directives.unchanged)
    )

    def run(self) -> list[nodes.Node]:
        """Make the nodes of the view."""
        from sessionlog_core.views import VIEWS

        path, line = self.get_source_info()
        options = {name: str(value) for name, value in self.options.items()}
        _query, wrong = read_query(options, path, line)
        name = self.arguments[0].strip() if self.arguments else "timeline"
        if name not in VIEWS:
            message = f"unknown view: {name}, {expected(name, VIEWS)}"
            wrong.append(Problem(Code.VIEW, message, path, line))
        problems.say(wrong, self.config)
        boxes = tuple(_box(problem) for problem in wrong)
        document, sections = self.state.document, self._may_have_sections()
        made = put_blocks(self.env, document, boxes, sections=sections)
        if name in VIEWS:
            good = tuple(sorted((key, options[key]) for key in options if _is_good(key, options)))
            made += put_view(self.env, document, (name, good), sections=sections)
        return made

    def _may_have_sections(self) -> bool:
        """Say whether the directive stands where a heading may: not in a list, a note or a cell."""
        parent = getattr(self.state_machine, "node", None)
        return isinstance(parent, nodes.document | nodes.section)


def _is_good(name: str, options: dict[str, str]) -> bool:
    _query, wrong = read_query({name: options[name]}, "", 0)
    return not wrong


def _box(problem: Problem) -> Note:
    return Note("error", (Label("Session log"),), (Paragraph((Text(problem.message),)),))

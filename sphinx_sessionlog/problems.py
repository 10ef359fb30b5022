"""Problems of the core in, warnings of Sphinx `[sessionlog.<code>]` with `path:line` out."""

from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import Any, TypeVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.domains import Domain
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.logging import is_suppressed_warning

from sessionlog_core.faults import attempt
from sessionlog_core.problems import Problem

__all__ = ["QUIET", "say", "stay_quiet"]

TYPE = "sessionlog"

QUIET = "sessionlog_quiet"
"""The attribute of a reference that we made ourselves: it may lead nowhere."""

logger = logging.getLogger(__name__)

T = TypeVar("T")
S = TypeVar("S")


def say(problems: Iterable[Problem], config: Config) -> None:
    """Print each problem: a grave one as a warning, one of the text of a log as information.

    One that is fatal ends the build.
    """
    problems = tuple(problems)
    for problem in problems:
        if problem.grave:
            where = "" if problem.path is None or problem.line is not None else f"{problem.path}: "
            logger.warning(
                "%s%s",
                where,
                problem.message,
                location=problem.where if problem.line is not None else None,
                type=TYPE,
                subtype=str(problem.code),
            )
        elif not is_suppressed_warning(TYPE, str(problem.code), config.suppress_warnings):
            logger.info("%s", problem)
    if fatal := next((problem for problem in problems if problem.fatal), None):
        raise ExtensionError(str(fatal))


def guard(handler: Callable[..., T], instead: S, what: str) -> Callable[..., T | S]:
    """Give a handler of an event of Sphinx that does not end the build by a fault of ours.

    `what` is what could not be made then.
    """

    @wraps(handler)
    def run(app: Sphinx, *values: Any) -> T | S:
        made, faults = attempt(partial(handler, app, *values), instead, "made", what=what)
        say(faults, app.config)
        return made

    return run


def stay_quiet(app: Sphinx, domain: Domain, node: pending_xref) -> bool | None:  # noqa: ARG001
    """Keep `nitpicky` from warning of a reference that we made; what a user wrote still warns."""
    return True if node.get(QUIET) else None


def place(node: nodes.Element, docname: Any, line: int | None) -> None:
    """Say where `node` comes from, for the messages of Sphinx."""
    node.source, node.line = docname, line

"""A Sphinx build in, what it shows out: what is known of its logs, or the logs read once."""

import gc
import time
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from sessionlog_core.discover import find_root_of_either
from sessionlog_core.faults import attempt
from sessionlog_core.files import Look, fingerprint, look_at
from sessionlog_core.options import Options
from sessionlog_core.problems import Code, Problem
from sphinx_sessionlog import configuration, problems
from sphinx_sessionlog.content import Content, Known, program
from sphinx_sessionlog.domain import domain_of
from sphinx_sessionlog.pages import excluded

if TYPE_CHECKING:
    from sessionlog_core.model import Journal

__all__ = ["EVENT", "end", "load", "prepare"]

logger = logging.getLogger(__name__)

CACHE = "sessionlog-read"
"""A folder beside the doctrees, which holds the logs as they were read."""

EVENT = "sessionlog-journal-read"
"""The event `(app, journals)` when all logs are read and nothing is shown yet. `journals` holds the
journal, and a handler may put another in its place, as with Sphinx's own `source-read`."""

RARELY = 100_000
"""So many new objects more than gone ones, and Python searches for cycles of garbage; by itself it
does so at 700, and a tenth of a build with a long log goes into looking at what stays anyway."""


def load(app: Sphinx) -> None:
    """Find out what the logs say, or that they say the same as at the last build."""
    collect_rarely(app)
    root = find_root_of_either(Path(app.confdir), Path(app.srcdir))
    options, wrong = configuration.read(app.config, root, (Path(app.outdir), Path(app.doctreedir)))
    domain = domain_of(app.env)
    domain.began = time.time_ns()
    look = look_at(root, options)
    # What other extensions make of a journal is not known before they made it.
    mark, faults = ("", ()) if app.events.listeners.get(EVENT) else _mark(root, options, look)
    problems.say(faults, app.config)
    known: Known | None = domain.data["known"]
    if known is not None and (not mark or known.mark != mark):
        known = None
    if known is not None:
        look.forget()
    cache = Path(app.doctreedir) / CACHE

    def tell(found: Iterable[Problem]) -> None:
        found = tuple(found)
        problems.say(found, app.config)
        if found and (kept := domain.data["known"]) is not None:
            # The next build shall try again what failed in this one.
            domain.data["known"] = replace(kept, mark="")

    content = Content(
        root, options, look, known, lambda x: _changed(app, x), cache, tell, excluded(app.config)
    )
    domain.content, domain.builder = content, app.builder
    domain.data["known"] = known = content.known(mark)
    logger.info("sessionlog: %s", known.said)
    problems.say((*wrong, *known.problems), app.config)


def _changed(app: Sphinx, journal: "Journal") -> "Journal":
    """Let other extensions see the journal, and put another in its place."""
    if not app.events.listeners.get(EVENT):
        return journal  # Sphinx would write all of it as text for its log of events
    from sessionlog_core.journal import mend_journal

    journals = [journal]
    app.events.emit(EVENT, journals)
    return mend_journal(journals[0])


def prepare(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Read the logs before pages are read: processes that are forked for it inherit them."""
    if docnames:
        domain = domain_of(env)
        domain.has_read = True
        _ = domain.content.views.records
        problems.say(_shown_as_written(env, domain.content), app.config)


def _shown_as_written(env: BuildEnvironment, content: Content) -> Iterable[Problem]:
    """Name files with something to hide that are documents of the user's own all the same."""
    journal = content.views.project.journal
    paths = {problem.path for problem in journal.problems if problem.code is Code.SECRET}
    paths |= {one.source.path for one in journal.withheld}
    for path in sorted(path for path in paths if path):
        docname = env.path2doc(content.views.project.path_of(path))
        if docname in env.found_docs and docname not in content.documents:
            message = (
                "is a page of the site too, which shows what was masked or withheld, expected the "
                "log in a file of its own"
            )
            yield Problem(Code.SECRET, message, path)


def collect_rarely(app: Sphinx) -> None:
    """Let Python search for garbage less often until the build ends."""
    before = gc.get_threshold()
    if 0 < before[0] < RARELY:
        gc.set_threshold(RARELY, 50, before[2])
        app.connect("build-finished", lambda _app, _exception: gc.set_threshold(*before))
        # What was read stays until the build ends: while pages are written, nothing looks at it.
        app.connect("write-started", lambda _app, _builder: gc.freeze())


def end(app: Sphinx, _exception: Exception | None) -> None:
    """Let the records go: a process that ends looks three times at all that it still holds."""
    domain_of(app.env).content.let_go()
    gc.unfreeze()


def _mark(root: Path, options: Options, look: Look) -> tuple[str, tuple[Problem, ...]]:
    """Give a name for all that the pages are made from: the logs, the options, the program.

    There is none where a fault keeps it from being made: then the logs are read anew.
    """
    state, faults = attempt(lambda: fingerprint(look, options), "", "looked at", what="the logs")
    if faults:
        return "", faults
    parts: tuple[Any, ...] = (
        state,
        str(root),
        program(),
    )
    return sha256(repr(parts).encode()).hexdigest(), ()

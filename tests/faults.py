"""The stages of a build in, each with a fault of our own put into it, out.

A stage is named by the module that uses it and by the name under which it does: there the fault is
put in the place of what works.
"""

import importlib
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NoReturn

import pytest

from sessionlog_core.problems import REPORT
from sessionlog_core.views import VIEWS

GOOD = "# Log\n\n## Session 1 - 2026-01-02: Good\n\nTests: 12 passing\n\n- T001 GOODWORDS <b>\n"
BAD = "# Log\n\n## Session 2 - 2026-01-03: Bad (OPEN)\n\nTests: 13 passing\n\n- BADWORDS <b>\n"
LOGS = {"session-log.md": GOOD, "archive/session-log.md": BAD}
"""A log that is understood, and one that is not; the words of both have to be on the site."""

READING = (
    "sessionlog_core.source.decode",
    "sessionlog_core.source.repair",
    "sessionlog_core.source.clean",
    "sessionlog_core.source.unfold",
    "sessionlog_core.source.settle",
    "sessionlog_core.reader.read_outline",
    "sessionlog_core.layout.find_entries",
    "sessionlog_core.parts.fill",
)
"""Stages that read one log: a fault for one log leaves it as it is written, and the other alone."""

JOINING = (
    "sessionlog_core.accounts.make_vocabulary",
    "sessionlog_core.texts.tell_private",
    "sessionlog_core.texts.count_private",
    "sessionlog_core.project.read_roadmap",
    "sessionlog_core.project.make_journal",
    "sessionlog_core.journal.find_twins",
    "sessionlog_core.said.read_statements",
    "sessionlog_core.journal.follow_up",
    "sessionlog_core.journal.link",
    "sessionlog_core.journal.join_roadmaps",
    "sessionlog_core.files.find_roadmaps",
    "sessionlog_core.pages.lookup",
    "sessionlog_core.pages.group_anchors",
    "sessionlog_core.export.write_json",
    "sessionlog_core.export.sessions_csv",
    "sessionlog_core.export.metrics_csv",
    "sessionlog_core.export.continue_markdown",
    "sessionlog_core.export.atom",
    "sessionlog_core.export.json_feed",
    "sessionlog_core.writers.markdown.write",
    *(f"view {name}" for name in VIEWS),
)
"""Stages of all logs together, and of the pages: the words of both logs stand on some page."""

HIDING = (
    "sessionlog_core.texts.mask",
    "sessionlog_core.texts.withhold",
    "sessionlog_core.files.find_logs",
    "sessionlog_core.files.list_files",
    "sessionlog_core.writers.html.write",
)
"""Stages without which nothing is shown: what was not masked must not be, for one."""

SECRET = "words that stand in the log"


class FaultError(Exception):
    pass


def fail(*_: Any, **__: Any) -> NoReturn:
    raise FaultError(SECRET)


def put_fault(monkeypatch: pytest.MonkeyPatch, stage: str, *, only: str = "") -> None:
    """Let a stage raise: always, or where one of the values that it gets holds the words `only`."""
    if stage.startswith("view "):
        name = stage.removeprefix("view ")
        monkeypatch.setitem(VIEWS, name, replace(VIEWS[name], function=fail))  # type: ignore[misc]
        return
    module, _, name = stage.rpartition(".")
    owner = importlib.import_module(module)
    real = getattr(owner, name)

    def sometimes(*values: Any, **options: Any) -> Any:
        return fail() if only in repr((values, options)) else real(*values, **options)

    monkeypatch.setattr(owner, name, sometimes)


def assert_told(messages: Iterable[str], *, path: str = "") -> None:
    """Hold what a build says to what it should: the fault, to whom to tell it, no word of a log."""
    told = "\n".join(messages)
    assert SECRET not in told
    lines = [
        line for line in told.splitlines() if "a fault of Sessionlog itself (FaultError" in line
    ]
    assert lines
    assert all(re.search(rf"{re.escape(REPORT)}: \S+", line) for line in lines)
    assert not path or any(path in line for line in lines)

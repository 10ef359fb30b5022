"""Hostile and broken logs, as far as they can be tried without a host: read, joined and written."""

import re
import time
from pathlib import Path
from typing import Any

import pytest

from sessionlog_core.escape import escape
from sessionlog_core.options import Options
from sessionlog_core.pages import page_blocks, plan_site
from sessionlog_core.project import load_project
from sessionlog_core.writers import html, markdown
from tests.corpus import needs_threats
from tests.threats import bad_inputs, write_case

GOOD = "# Log\n\n## Session 1 - 2026-01-02: Good\n\n### Done\n- GOODLOG survives\n"
HOST = {"build-life"}
"""Groups of cases that are about the build of a host."""

PATIENCE = 3
"""So many times the seconds that a case allows for a build: here both writers write every page, and
processors differ. What is not linear takes minutes."""


@pytest.mark.slow
@needs_threats
@pytest.mark.parametrize("case", bad_inputs())
def test_a_bad_input_spoils_nothing(case: dict[str, Any], tmp_path: Path) -> None:
    if case["group"] in HOST and not case["files"]:
        pytest.skip("a case for the build of a host")
    (tmp_path / ".git").mkdir()
    (tmp_path / "good-session-log.md").write_text(GOOD)
    names = write_case(case, tmp_path)
    known = all(re.search("session|progress", name, re.IGNORECASE) for name in names)
    options = Options() if known else Options(logs=(*names, "good-session-log.md"))
    start = time.process_time()
    project = load_project(tmp_path, options)
    site = plan_site(project.journal, project.options)
    pages = []
    for page in site.pages:
        blocks = page_blocks(project.journal, page)
        pages += [html.write(blocks, lambda _: None), markdown.write(blocks, lambda _: None)]
    seconds = time.process_time() - start
    text = "\n".join(pages)
    expect = case["expect"]
    told = "\n".join(str(problem) for problem in project.journal.problems)
    assert "GOODLOG" in text
    assert "fault of Sessionlog" not in told
    if case.get("op") is None:
        for words in expect.get("contain", ()):
            assert escape(words) in text
        for words in expect.get("absent", ()):
            assert words not in text
    for pattern in expect.get("warn", ()) if not expect.get("as_user") else ():
        assert re.search(pattern, told), told
    assert seconds < PATIENCE * expect["max_s"]

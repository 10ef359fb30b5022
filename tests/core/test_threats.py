"""Hostile and broken logs, as far as they can be tried without a host: read, joined and written."""

import base64
import json
import os
import re
import time
from pathlib import Path
from typing import Any

import pytest

from sessionlog_core.options import Options
from sessionlog_core.pages import page_blocks, plan_site
from sessionlog_core.project import load_project
from sessionlog_core.writers import html, markdown
from tests.corpus import THREATS, needs_threats

GOOD = "# Log\n\n## Session 1 - 2026-01-02: Good\n\n### Done\n- GOODLOG survives\n"
HOST = {"build-life"}
"""Groups of cases that are about the build of a host."""


def cases() -> list[Any]:
    if not THREATS.is_dir():
        return []
    rows = map(json.loads, (THREATS / "bad_inputs.jsonl").read_text("utf-8").splitlines())
    return [pytest.param(row, id=f"{row['id']} {row['title']}") for row in rows]


@pytest.mark.slow
@needs_threats
@pytest.mark.parametrize("case", cases())
def test_a_bad_input_spoils_nothing(case: dict[str, Any], tmp_path: Path) -> None:
    if case["group"] in HOST and not case["files"]:
        pytest.skip("a case for the build of a host")
    (tmp_path / ".git").mkdir()
    (tmp_path / "good-session-log.md").write_text(GOOD)
    for file in case["files"]:
        data = base64.b64decode(file["b64"]) if "b64" in file else eval(file["gen"]).encode()
        (tmp_path / file["name"]).write_bytes(data)
    if "setup" in case:
        exec(case["setup"], {"os": os, "d": tmp_path})
    names = tuple(file["name"] for file in case["files"])
    known = all(re.search("session|progress", name, re.IGNORECASE) for name in names)
    options = Options() if known else Options(logs=(*names, "good-session-log.md"))
    start = time.monotonic()
    project = load_project(tmp_path, options)
    site = plan_site(project.journal, project.options)
    pages = []
    for page in site.pages:
        blocks = page_blocks(project.journal, page)
        pages += [html.write(blocks, lambda _: None), markdown.write(blocks, lambda _: None)]
    seconds = time.monotonic() - start
    text = "\n".join(pages)
    expect = case["expect"]
    told = "\n".join(str(problem) for problem in project.journal.problems)
    assert "GOODLOG" in text
    assert "fault of Sessionlog" not in told
    if case.get("op") is None:
        for words in expect.get("contain", ()):
            assert html.escape(words) in text if hasattr(html, "escape") else words in text
        for words in expect.get("absent", ()):
            assert words not in text
    for pattern in expect.get("warn", ()) if not expect.get("as_user") else ():
        assert re.search(pattern, told), told
    assert seconds < 3 * expect["max_s"]

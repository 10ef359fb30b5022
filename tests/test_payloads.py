"""The trap in which hostile logs are caught: what runs, or asks another host, is noticed."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser import served
from tests.payloads import HARMLESS, OWN, PROVOKE, RESULTS, provoked

pytestmark = pytest.mark.slow


def test_what_runs_is_noticed(browser: Any, tmp_path: Path) -> None:
    loud = 0
    elements = OWN[:21:3]
    for number, source in enumerate(elements):
        text = f"<!doctype html><title>x</title><article>{source.format(n=number)}</article>"
        (tmp_path / f"{number}.html").write_text(text, "utf-8")
    with served(tmp_path) as url, provoked(browser) as (page, fired):
        for number in range(len(elements)):
            fired.clear()
            page.goto(f"{url}/{number}.html", wait_until="domcontentloaded")
            page.wait_for_timeout(30)
            found = page.evaluate(PROVOKE)
            loud += bool(fired) or found != HARMLESS
    assert loud >= 5


def test_markup_among_results_is_noticed(browser: Any, tmp_path: Path) -> None:
    results = '<ul class="search"><li><a href="javascript:x()" onclick="x()">a</a><img></li></ul>'
    (tmp_path / "index.html").write_text(f"<!doctype html><title>x</title>{results}", "utf-8")
    with served(tmp_path) as url, provoked(browser) as (page, _):
        page.goto(url)
        assert page.evaluate(RESULTS % ".search") == ["<img>", "onclick", "javascript:"]

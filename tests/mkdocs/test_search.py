"""What the search of a site finds of generated pages, and what a reader of the page sees."""

import json
from pathlib import Path

import pytest

from mkdocs_sessionlog.search import light, without
from tests.mkdocs.conftest import Built, build, write_project

PAGE = """\
<h1 id="january">January</h1>
<section class="sessionlog-section"><h2 id="session-1">Fir<em>st</em> &lt;b&gt;<a>¶</a></h2>
<div class="sessionlog">
<section id="session-1-done">
<h3>Done</h3>
<ul>
<li>made <code>a&lt;b</code>, un<strong>seen</strong></li>
<li>left</li>
</ul>
</section>
</div>
</section>
<p class="sessionlog-nav"><a href="../february">February</a></p>
"""


def test_words_stand_below_the_headings_that_a_search_leads_to() -> None:
    assert light(PAGE) == (
        '<h1 id="january">January</h1>'
        '<h2 id="session-1">Fir<em>st</em> &lt;b&gt;<a>¶</a></h2>'
        "<p>Done made a&lt;b, unseen left</p>"
    )


def test_entries_of_a_page_are_taken_out_of_an_index() -> None:
    docs = [{"location": x, "text": ""} for x in ("", "a/", "a/#one", "a/b/#one")]
    left = json.loads(without(json.dumps({"config": {}, "docs": docs}), {"a/"}))
    assert [x["location"] for x in left["docs"]] == ["", "a/b/#one"]


def test_an_index_that_was_built_beforehand_keeps_its_entries() -> None:
    index = json.dumps({"docs": [{"location": "a/"}], "index": {}})
    assert without(index, {"a/"}) == index


def entries(built: Built) -> dict[str, dict[str, str]]:
    index = json.loads(built.read("search/search_index.json"))
    return {doc["location"]: doc for doc in index["docs"]}


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_a_session_is_found_by_all_that_it_says(tmp_path: Path, theme: str) -> None:
    built = build(write_project(tmp_path, theme={"name": theme}))
    text = entries(built)["sessionlog/2026-02/#session-2026-02-03-3"]["text"]
    assert "Drew the board with {{ harbour.name }}" in text
    assert "nested by three blanks" in text
    assert "<code>--8&lt;-- " in built.read("sessionlog/2026-02/index.html")


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
def test_what_the_options_leave_out_is_in_no_index(tmp_path: Path, theme: str) -> None:
    plugins = [{"sessionlog": {"search": "none"}}, "search"]
    found = entries(build(write_project(tmp_path, theme={"name": theme}, plugins=plugins)))
    assert {x for x in found if x.startswith(("sessionlog/2026", "sessionlog/metrics"))} == set()
    assert {"", "plan/", "sessionlog/"} <= found.keys()


def test_what_is_on_other_pages_too_is_found_once(tmp_path: Path) -> None:
    found = entries(build(write_project(tmp_path)))
    assert "sessionlog/sessions/" not in found
    assert "sessionlog/2026-01/#session-2026-01-20-2" in found

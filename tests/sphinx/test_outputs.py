"""What was written for pages and files that are no more is taken away; output may lie anywhere."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.sphinx.sites import Built, Site

DATA = {"sessionlog.json", "sessions.csv", "metrics.csv", "continue-here.md"}
WORDS = "The reader understands"
"""What stands in the first session alone."""

pytestmark = pytest.mark.slow


def files(built: Built) -> set[str]:
    """Give all that lies in the output folder."""
    return {x.relative_to(built.out).as_posix() for x in built.out.rglob("*") if x.is_file()}


def holding(built: Built, words: str) -> set[str]:
    """Give the files of the output in which some words stand."""
    return {x for x in files(built) if words.encode() in (built.out / x).read_bytes()}


def take_out_first_session(site: Site) -> None:
    log = site.root / "session-log.txt"
    head, _, rest = log.read_text("utf-8").partition("# 2026-01-10")
    log.write_text(head + "# 2026-02-03" + rest.partition("# 2026-02-03")[2], "utf-8")


@pytest.mark.parametrize("out", ["docs/_build/html", "docs/out", "_build/html"])
def test_output_may_lie_inside_of_the_source_folder(site: Site, out: str) -> None:
    # Sphinx keeps endings that another project of this process had, such as those of MyST.
    endings = {".rst": "restructuredtext"}
    command: dict[str, Any] = {"out": f"../{out}", "doctrees": f"../{out}/.doctrees"}
    command["source_suffix"] = endings
    assert site.build(**command).warnings == ""
    again = site.build(**command)
    assert (again.read, again.written, again.warnings) == ([], [], "")
    other = site.build(
        "text", out=f"../{out}-text", doctrees=f"../{out}-text/.doctrees", source_suffix=endings
    )
    assert other.warnings == ""
    assert not [name for name in other.app.env.found_docs if "build" in name or "out" in name]


def test_what_is_published_is_no_document_of_a_project_in_markdown(site: Site) -> None:
    pytest.importorskip("myst_parser")
    both = {"extensions": ["sphinx_sessionlog", "myst_parser"]}
    where = {"out": "../docs/_build/html", "doctrees": "../docs/_build/trees"}
    first = site.build(**where, **both)
    site.build("dirhtml", out="../docs/_build/dirhtml", doctrees="../docs/_build/trees", **both)
    again = site.build(**where, **both)
    assert "sessionlog/continue-here.md" in files(first)
    assert (again.read, again.written, again.warnings) == ([], [], "")


@pytest.mark.parametrize("builder", ["html", "dirhtml", "text"])
def test_nothing_of_a_session_that_was_taken_out_stays(site: Site, builder: str) -> None:
    assert holding(site.build(builder), WORDS)
    take_out_first_session(site)
    built = site.build(builder)
    assert holding(built, WORDS) == set()
    assert not {name for name in files(built) if "2026-01" in name}


def test_each_builder_of_shared_doctrees_learns_what_ceased(site: Site) -> None:
    site.build("html")
    site.build("text")
    take_out_first_session(site)
    assert not holding(site.build("text"), WORDS)
    built = site.build("html")
    assert built.read == []
    assert not holding(built, WORDS)


@pytest.mark.parametrize("other", ["dirhtml", "text", "dummy"])
def test_another_builder_with_the_same_output_folder_takes_nothing_away(
    site: Site, other: str
) -> None:
    before = files(site.build(out="html"))
    assert before <= files(site.build(other, out="html"))


def test_a_file_of_the_users_in_the_place_of_ours_is_left(site: Site) -> None:
    site.build()
    site.write("extra/sessionlog/metrics.html", "My own table")
    built = site.build(html_extra_path=["../extra"], exclude_patterns=["sessionlog/metrics"])
    assert built.text("sessionlog/metrics.html") == "My own table"
    assert "sessionlog/metrics.csv" in files(built)


def test_a_file_that_lay_over_ours_before_is_left_too(site: Site) -> None:
    extra = {"html_extra_path": ["../extra"]}
    site.build()
    site.write("extra/sessionlog/metrics.html", "My own table")
    site.build(**extra)
    site.build(**extra)
    built = site.build(**extra, exclude_patterns=["sessionlog/metrics"])
    assert built.text("sessionlog/metrics.html") == "My own table"


def test_what_ceased_is_taken_away_also_where_times_lost_their_fractions(site: Site) -> None:
    built = site.build()
    for path in (site.root / "_build").rglob("*"):
        whole = path.stat().st_mtime_ns // 10**9 * 10**9 - 10**9
        os.utime(path, ns=(whole, whole))
    take_out_first_session(site)
    assert not holding(site.build(), WORDS)
    assert not (built.out / "sessionlog/2026-01.html").exists()


def test_where_no_log_is_left_no_data_of_it_is(site: Site) -> None:
    first = site.build()
    assert {f"sessionlog/{name}" for name in DATA} <= files(first)
    site.edit("docs/conf.py", "project", "sessionlog_withhold = ['session-log.txt']\nproject")
    built = site.build()
    assert holding(built, WORDS) == set()
    (site.root / "session-log.txt").unlink()
    built = site.build()
    assert files(built).isdisjoint(f"sessionlog/{name}" for name in DATA)


def test_another_folder_leaves_nothing_in_the_one_before(site: Site) -> None:
    site.build()
    site.edit("docs/conf.py", "project", "sessionlog_folder = 'log'\nproject")
    site.write("docs/index.rst", "Tidebook\n========\n\n.. toctree::\n\n   log/index\n")
    built = site.build()
    assert {f"log/{name}" for name in DATA} <= files(built)
    assert not {name for name in files(built) if "sessionlog/" in name}


def test_a_file_beside_the_pages_that_is_gone_is_written_again(site: Site) -> None:
    built = site.build()
    (built.out / "sessionlog/sessions.csv").unlink()
    assert "sessionlog/sessions.csv" in files(site.build())


def test_feeds_follow_the_address_of_the_site(site: Site) -> None:
    feeds = {"sessionlog/feed.xml", "sessionlog/feed.json"}
    assert not files(site.build()) & feeds
    built = site.build(html_baseurl="https://one.example/")
    assert feeds <= files(built)
    built = site.build(html_baseurl="https://two.example/")
    assert "https://two.example/" in built.text("sessionlog/feed.xml")
    assert "https://one.example/" not in built.text("sessionlog/feed.xml")
    assert not files(site.build()) & feeds


def test_a_file_of_the_user_in_the_place_of_ours_stays(site: Site) -> None:
    site.build()
    own = site.write("docs/sessionlog/2026-01.rst", "Mine\n====\n\nMy own page.\n")
    before = time.time() - 1000
    os.utime(own, (before, before))
    site.build()
    take_out_first_session(site)
    built = site.build()
    assert "My own page" in built.text("sessionlog/2026-01.html")
    assert Path(built.out, "_sources/sessionlog/2026-01.rst.txt").is_file()
    assert not Path(built.out, "_sources/sessionlog/2026-01.sessionlog-page.txt").exists()


@pytest.mark.parametrize(
    ("compact", "catalogues"),
    [
        (False, {"index.pot", "sessionlog/mine.pot", "silent.pot"}),
        (True, {"index.pot", "sessionlog.pot", "silent.pot"}),
        ("all", {"all.pot"}),
    ],
)
def test_there_are_no_catalogues_of_messages_for_pages_of_ours_alone(
    site: Site, compact: bool | str, catalogues: set[str]
) -> None:
    """Those of the user's pages stay as Sphinx writes them, with words and without."""
    site.write("docs/sessionlog/mine.rst", ":orphan:\n\nMine\n====\n\nWords of mine.\n")
    site.write("docs/silent.rst", ":orphan:\n")
    built = site.build("gettext", gettext_compact=compact)
    assert built.warnings == ""
    assert {x.relative_to(built.out).as_posix() for x in built.out.rglob("*.pot")} == catalogues


def test_there_is_no_catalogue_for_a_folder_of_ours(site: Site) -> None:
    assert [x.name for x in site.build("gettext").out.rglob("*.pot")] == ["index.pot"]


def test_data_stay_where_the_continue_page_is_excluded(site: Site) -> None:
    site.build()
    built = site.build(exclude_patterns=["sessionlog/continue-here"])
    assert built.warnings == ""
    names = {f"sessionlog/{name}" for name in DATA}
    assert names & files(built) == names - {"sessionlog/continue-here.md"}
    assert not names & files(site.build(exclude_patterns=["sessionlog"]))
    assert names <= files(site.build())

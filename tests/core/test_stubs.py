"""Pages in Markdown: stubs with a fence for Python-Markdown, whole pages for any reader."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sessionlog_core.options import Options
from sessionlog_core.project import load_project
from sessionlog_core.stubs import make_plain, make_stubs

LOG = """\
# Session log

## 2026-02-03 - `{{ config }}` *and* <b> of board_page

- See [the guide](docs/guide.md#top) and [bad](javascript:alert)

## 2026-01-20 - Session 2

### Decisions

- Keep JSON, because nobody reads the XML
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "session-log.md").write_text(LOG, "utf-8")
    (tmp_path / "sessionlog.toml").write_text('pages = "session"\n', "utf-8")
    return tmp_path


def build(root: Path, *words: str) -> str:
    command = [sys.executable, "-m", "sessionlog_core", "build", "--out", "out", *words]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_stub_holds_no_text_of_a_log_but_its_title_and_that_without_markup(root: Path) -> None:
    stubs = make_stubs(load_project(root, Options()).journal, Options(pages="session"))
    text = stubs["session-2026-02-03.md"]
    assert "the guide" not in text
    heading = re.search(r"^# (.*)", text, re.M)[1]
    assert not set(heading) & set("`{}<>*_[]|\\")
    assert "board&#95;page" in heading
    assert text.endswith("```{sessionlog} session\n:session: 2026-02-03\n```\n")


def test_digest_changes_where_the_page_shows_something_else(root: Path) -> None:
    before = make_stubs(load_project(root, Options()).journal, Options(pages="session"))
    (root / "session-log.md").write_text(LOG.replace("Keep JSON", "Keep TOML"), "utf-8")
    after = make_stubs(load_project(root, Options()).journal, Options(pages="session"))
    changed = {name for name in before if before[name] != after[name] and name.endswith(".md")}
    assert "session-2026-01-20-2.md" in changed
    assert "session-2026-02-03.md" not in changed


def test_search_options(root: Path) -> None:
    journal = load_project(root, Options()).journal
    excluded = 'search: {"exclude": true}'
    once = make_stubs(journal, Options())
    assert excluded in once["sessions.md"]
    assert "search:" not in once["2026-01.md"]
    assert "search:" not in make_stubs(journal, Options(search="all"))["sessions.md"]
    assert 'search: {"boost": 0.5}' in make_stubs(journal, Options(search="less"))["2026-01.md"]
    assert excluded in make_stubs(journal, Options(search="none"))["2026-01.md"]


def test_plain_pages_hold_the_views_and_link_to_each_other(root: Path) -> None:
    journal = load_project(root, Options()).journal
    pages = make_plain(journal, Options(), lambda path, href: f"../{path}>{href}")
    assert "2026-01.md#session-2026-01-20-2" in pages["index.md"]
    assert '<a id="session-2026-01-20-2"></a>' in pages["2026-01.md"]
    assert "../session-log.md>docs/guide.md#top" in pages["2026-02.md"]
    assert r"bad\](javascript:" in pages["2026-02.md"]
    assert "sessions.csv" in pages["sessions.md"]
    assert set(pages) >= {"sessions.csv", "sessionlog.json"}


def test_page_to_continue_from_is_there_as_text_and_is_no_page(root: Path) -> None:
    stubs = make_stubs(load_project(root, Options()).journal, Options())
    assert "quoted from the session logs" in stubs["continue-here.md.txt"]
    assert stubs["continue-here.md"].endswith("```{sessionlog} continue\n```\n")


def test_command_writes_what_changed_and_removes_what_is_gone(root: Path) -> None:
    build(root)
    assert (root / "out/session-2026-02-03.md").exists()
    (root / "out/mine.md").write_text("# Mine\n", "utf-8")
    assert "0 files written" in build(root)
    (root / "sessionlog.toml").write_text('pages = "month"\n', "utf-8")
    build(root)
    assert not (root / "out/session-2026-02-03.md").exists()
    assert (root / "out/mine.md").exists()


@pytest.mark.parametrize("kind", ["md", "plain"])
def test_what_was_written_is_no_log(root: Path, kind: str) -> None:
    first = build(root, "--format", kind)
    second = build(root, "--format", kind)
    assert "2 sessions in 1 log" in first
    assert "2 sessions in 1 log" in second


def test_links_of_plain_pages_lead_to_files_as_seen_from_their_folder(root: Path) -> None:
    build(root, "--format", "plain")
    text = (root / "out/session-2026-02-03.md").read_text("utf-8")
    assert "../docs/guide.md#top" in text

"""A fault of our own in each stage of a build with MkDocs: it is told, and the build goes on."""

from pathlib import Path

import pytest

from tests.faults import HIDING, JOINING, LOGS, READING, assert_told, put_fault
from tests.mkdocs.conftest import Built, write_project
from tests.mkdocs.conftest import build as build_site

pytestmark = pytest.mark.slow

OWN = (
    "mkdocs_sessionlog.edition.make_linker",
    "mkdocs_sessionlog.plugin.write_downloads",
    "mkdocs_sessionlog.plugin.arrange",
    "mkdocs_sessionlog.plugin.mend_links",
    "mkdocs_sessionlog.plugin.logs_on",
    "mkdocs_sessionlog.extension.add_backlinks",
    "mkdocs_sessionlog.downloads.make_resolve",
)
HIDING_OWN = (
    "mkdocs_sessionlog.extension.elements",
    "mkdocs_sessionlog.extension.mark_fences",
    "mkdocs_sessionlog.extension.make_resolve",
    "mkdocs_sessionlog.edition.page_blocks",
)


def build(root: Path) -> Built:
    (root / ".git").mkdir()
    files = {**LOGS, "docs/roadmap.md": "# Roadmap\n\n- [ ] T001 more\n"}
    write_project(root, files, site_url="https://cargo.example/")
    built = build_site(root, strict=False)
    assert built.aborted == ""
    return built


def words(built: Built) -> str:
    return "".join(path.read_text("utf-8") for path in built.site.rglob("*.html"))


@pytest.mark.parametrize("stage", READING)
def test_a_log_that_fails_is_shown_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    put_fault(monkeypatch, stage, only="BADWORDS")
    built = build(tmp_path)
    assert_told(built.warnings(), path="archive/session-log.md")
    assert "GOODWORDS &lt;b" in words(built)
    assert "BADWORDS &lt;b" in words(built)
    assert 'id="session-2026-01-02-1"' in built.read("sessionlog/2026-01/index.html")


@pytest.mark.parametrize("stage", [*JOINING, *OWN])
def test_all_words_stand_somewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    put_fault(monkeypatch, stage)
    built = build(tmp_path)
    assert_told(built.warnings())
    assert "GOODWORDS" in words(built)
    assert "BADWORDS" in words(built)


@pytest.mark.parametrize("stage", [*HIDING, *HIDING_OWN])
def test_the_build_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    put_fault(monkeypatch, stage)
    built = build(tmp_path)
    assert_told(built.warnings())
    assert "Some words." in built.read("index.html")
    assert (built.site / "sessionlog/index.html").exists()

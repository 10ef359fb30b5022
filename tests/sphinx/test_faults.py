"""A fault of our own in each stage of a build with Sphinx: it is told, and the build goes on."""

import pytest

from tests.faults import HIDING, JOINING, LOGS, READING, assert_told, put_fault
from tests.sphinx.sites import Built, Site

pytestmark = pytest.mark.slow

OWN = (
    "sphinx_sessionlog.views.make_linker",
    "sphinx_sessionlog.views.decision_keys",
    "sphinx_sessionlog.project.fingerprint",
    "sphinx_sessionlog.views.write_backlinks",
    "sphinx_sessionlog.views.take_inventory",
    "sessionlog_core.export.published_files",
    "sphinx_sessionlog.downloads.address_of",
    "sphinx_sessionlog.roadmap_pages._records",
    "sphinx_sessionlog.incremental.find_unmarked",
    "sphinx_sessionlog.incremental._relinked",
    "sphinx_sessionlog.pages.is_generated",
)
HIDING_OWN = (
    "sphinx_sessionlog.framing.free",
    "sphinx_sessionlog.transforms.address_of",
    "sphinx_sessionlog.views.page_blocks",
)


def build(site: Site) -> Built:
    (site.root / "session-log.txt").unlink(missing_ok=True)
    for name, text in LOGS.items():
        site.write(name, text)
    (site.root / "ROADMAP.md").unlink(missing_ok=True)
    site.write("docs/roadmap.rst", "Roadmap\n=======\n\n- [ ] T001 more\n")
    site.write("docs/other.rst", "Other\n=====\n\n.. sessionlog:: timeline\n")
    return site.build(html_baseurl="https://cargo.example/")


def words(built: Built) -> str:
    return "".join(path.read_text("utf-8") for path in built.out.rglob("*.html"))


@pytest.mark.parametrize("stage", READING)
def test_a_log_that_fails_is_shown_as_it_is(
    site: Site, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    put_fault(monkeypatch, stage, only="BADWORDS")
    built = build(site)
    assert_told(built.warnings.splitlines(), path="archive/session-log.md")
    text = words(built)
    assert "GOODWORDS &lt;b" in text
    assert "BADWORDS &lt;b" in text
    assert '"#session-2026-01-02-1"' in built.text("sessionlog/2026-01.html")


@pytest.mark.parametrize("stage", [*JOINING, *OWN])
def test_all_words_stand_somewhere(site: Site, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    put_fault(monkeypatch, stage)
    built = build(site)
    assert_told(built.warnings.splitlines())
    assert "GOODWORDS" in words(built)
    assert "BADWORDS" in words(built)


@pytest.mark.parametrize("stage", [*HIDING, *HIDING_OWN])
def test_the_build_goes_on(site: Site, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    put_fault(monkeypatch, stage)
    built = build(site)
    assert_told(built.warnings.splitlines())
    assert "Welcome." in built.text("index.html")
    assert (built.out / "sessionlog/index.html").exists()


def test_the_next_build_is_right(site: Site) -> None:
    with pytest.MonkeyPatch.context() as patch:
        put_fault(patch, "view timeline")
        put_fault(patch, "sessionlog_core.parts.fill", only="BADWORDS")
        build(site)
    built = build(site)
    assert "fault" not in built.warnings
    assert "fault of Sessionlog" not in words(built)
    assert "GOODWORDS" in built.text("other.html")

"""The plugin beside other plugins."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.mkdocs.conftest import LITERAL, Built, build, write_project

pytestmark = pytest.mark.slow

MODULES = (
    "mkdocs_macros",
    "mkdocs_awesome_nav",
    "mkdocs_literate_nav",
    "mkdocs_rss_plugin",
    "mkdocs_git_revision_date_localized_plugin",
    "mkdocs_redirects",
    "mkdocs_minify_plugin",
    "mkdocs_autorefs",
)


def need(*modules: str) -> None:
    for module in modules:
        pytest.importorskip(module, reason=f"{module} is not installed")


def commit(root: Path) -> None:
    """Make a repository of the project, with all of it committed."""
    name = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q"], ["add", "."], [*name, "commit", "-q", "-m", "All"]):
        subprocess.run(["git", *command], cwd=root, check=True)


def dates() -> dict[str, Any]:
    return {"git-revision-date-localized": {"strict": True, "enable_creation_date": True}}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    need(*MODULES)
    root = tmp_path_factory.mktemp("beside")
    plugins: list[Any] = [
        "search",
        "macros",
        "tags",
        {"redirects": {"redirect_maps": {"old.md": "plan.md", "log.md": "sessionlog/index.md"}}},
        {"rss": {"use_git": False}},
        dates(),
        "sessionlog",
        "awesome-nav",
        {"minify": {"minify_html": True}},
    ]
    write_project(
        root,
        {
            "docs/index.md": "---\ntags: [one]\ndate: 2026-01-01\n---\n\n# Hi\n\n{{ 6 * 7 }}\n\n"
            "```{sessionlog} timeline\n```\n",
        },
        theme={"name": "material"},
        site_url="https://example.org/a/",
        repo_url="https://example.org/x/y",
        plugins=plugins,
    )
    commit(root)
    return build(root)


def test_strict_build_is_clean(built: Built) -> None:
    assert (built.aborted, built.warnings()) == ("", [])


@pytest.mark.parametrize("literal", LITERAL)
def test_log_text_comes_out_as_written(built: Built, literal: str) -> None:
    page = BeautifulSoup(built.read("sessionlog/2026-02/index.html"), "html.parser")
    assert literal in " ".join(page.text.split())


def test_macros_still_work_on_pages_of_the_user(built: Built) -> None:
    assert "42" in built.read("index.html")


def test_pages_are_in_the_navigation_and_archives_are_not(built: Built) -> None:
    page = BeautifulSoup(built.read("index.html"), "html.parser")
    paths = [a["href"] for a in page.select("nav.md-nav--primary a.md-nav__link")]
    assert "sessionlog/roadmap/" in paths
    assert "sessionlog/2026-01/" not in paths


@pytest.mark.parametrize("entry", ["- [Diary](sessionlog/)\n", ""])
def test_literate_nav(tmp_path: Path, entry: str) -> None:
    need("mkdocs_literate_nav")
    summary = f"- [Start](index.md)\n- [The plan](plan.md)\n{entry}"
    plugins = ["search", "literate-nav", "sessionlog"]
    built = build(write_project(tmp_path, {"docs/SUMMARY.md": summary}, plugins=plugins))
    assert (built.aborted, built.warnings()) == ("", [])
    assert ("sessionlog/roadmap/" in built.read("index.html")) is bool(entry)


@pytest.mark.parametrize("before", [True, False])
def test_awesome_nav_may_name_our_pages(tmp_path: Path, before: bool) -> None:
    need("mkdocs_awesome_nav")
    nav = "nav:\n  - index.md\n  - Diary: sessionlog\n  - plan.md\n"
    plugins = [
        "search",
        *(["awesome-nav", "sessionlog"] if before else ["sessionlog", "awesome-nav"]),
    ]
    built = build(write_project(tmp_path, {"docs/.nav.yml": nav}, plugins=plugins))
    assert (built.aborted, built.warnings()) == ("", [])
    page = built.read("index.html")
    assert "Diary" in page
    assert page.index("sessionlog/roadmap/") < page.index('"plan/"')


def test_tags_and_feed_of_the_site_are_undisturbed(tmp_path: Path) -> None:
    need("mkdocs_rss_plugin")
    plugins = ["search", "tags", {"rss": {"use_git": False}}, "sessionlog"]
    files = {
        "docs/index.md": "---\ntags: [one]\n---\n# Hi\n",
        "docs/tags.md": "# Tags\n\n<!-- material/tags -->\n",
    }
    root = write_project(
        tmp_path,
        files,
        theme={"name": "material"},
        site_url="https://example.org/",
        plugins=plugins,
    )
    built = build(root)
    assert (built.aborted, built.warnings()) == ("", [])
    tags = BeautifulSoup(built.read("tags/index.html"), "html.parser").select("article li a")
    assert [a.text.strip() for a in tags] == ["Hi"]
    assert "/sessionlog/" not in built.read("feed_rss_created.xml")


def test_autorefs_finds_sessions(tmp_path: Path) -> None:
    need("mkdocs_autorefs")
    key = "session-2026-01-20-2"
    page = f"# Hi\n\n[the second][{key}] and [plain](sessionlog/2026-01.md#{key})\n"
    plugins = ["search", "autorefs", "sessionlog"]
    built = build(write_project(tmp_path, {"docs/index.md": page}, plugins=plugins))
    assert (built.aborted, built.warnings()) == ("", [])
    links = BeautifulSoup(built.read("index.html"), "html.parser").select('[role="main"] p a')
    assert [a["href"] for a in links] == ["sessionlog/2026-01/#session-2026-01-20-2"] * 2

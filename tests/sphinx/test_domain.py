"""The domain: roles, `:any:`, the inventory for other projects, the search, and what warns."""

from pathlib import Path

import pytest

from tests.sphinx.sites import CONF, Site, make_site

ROLES = """\
Links
=====

:sessionlog:session:`2026-01-10`, :sessionlog:session:`the reader <2026-01-10>`,
:sessionlog:item:`t001`, :sessionlog:milestone:`alpha`, :any:`2026-02-03`.
"""


@pytest.mark.slow
def test_roles_lead_to_records(site: Site) -> None:
    site.write("docs/links.rst", ":orphan:\n\n" + ROLES)
    built = site.build()
    assert built.warnings == ""
    page = built.text("links.html")
    assert 'href="sessionlog/2026-01.html#session-2026-01-10"' in page
    assert "2026-01-10 Reader for station files" in page
    assert ">the reader<" in page
    assert 'href="sessionlog/2026-02.html#session-2026-02-03"' in page
    assert "T001 cache the forecasts" in page


@pytest.mark.slow
def test_a_role_takes_an_item_and_a_milestone_as_the_roadmap_writes_them(site: Site) -> None:
    roles = ":sessionlog:item:`T001`, :sessionlog:milestone:`Alpha`"
    site.write("docs/links.rst", f":orphan:\n\nLinks\n=====\n\n{roles}\n")
    built = site.build()
    assert built.warnings == ""
    page = built.text("links.html")
    assert 'href="sessionlog/roadmap.html#item-t001"' in page
    assert 'href="sessionlog/roadmap.html#milestone-alpha"' in page


@pytest.mark.slow
def test_any_takes_keys_alone(site: Site) -> None:
    text = (
        ":orphan:\n\nLinks\n=====\n\n.. _Alpha:\n\nFirst\n-----\n\n:any:`Alpha` and :any:`T001`\n"
    )
    site.write("docs/links.rst", text)
    built = site.build()
    assert 'href="#alpha"' in built.text("links.html")
    assert "more than one target" not in built.warnings
    assert "T001" in built.warnings


@pytest.mark.slow
def test_myst_leads_to_generated_pages(site: Site) -> None:
    pytest.importorskip("myst_parser")
    links = "[](../sessionlog/index.md), [all](/sessionlog/index.md#page-index)"
    links += ", [](/sessionlog/metrics.md)"
    site.write("docs/guide/links.md", f"---\norphan: true\n---\n# Links\n\n{links}\n")
    built = site.build(extensions=["sphinx_sessionlog", "myst_parser"])
    assert built.warnings == ""
    page = built.text("guide/links.html")
    title = built.app.env.titles["sessionlog/index"].astext()
    assert f'href="../sessionlog/index.html">{title}</a>' in page.replace("<span>", "").replace(
        "</span>", ""
    )
    assert 'href="../sessionlog/index.html#page-index"' in page
    assert 'href="../sessionlog/metrics.html"' in page


@pytest.mark.slow
def test_a_role_that_leads_nowhere_warns_with_its_place(site: Site) -> None:
    site.write("docs/links.rst", ":orphan:\n\nLinks\n=====\n\n:sessionlog:session:`1999-01-01`\n")
    warning = site.build().warnings
    assert "links.rst:6: WARNING: no session with this key: 1999-01-01" in warning
    assert "[ref.session]" in warning or "[sessionlog.session]" in warning


@pytest.mark.slow
def test_links_of_logs_stay_quiet(site: Site) -> None:
    built = site.build()
    assert built.warnings == ""
    assert "nowhere" in built.text("sessionlog/2026-01.html")


@pytest.mark.slow
def test_another_project_links_through_intersphinx(tmp_path: Path) -> None:
    first = make_site(tmp_path / "first")
    inventory = first.build().out / "objects.inv"
    conf = (
        'extensions = ["sphinx.ext.intersphinx", "sphinx_sessionlog"]\n'
        f"intersphinx_mapping = {{'logs': ('https://example.org/logs/', {str(inventory)!r})}}\n"
    )
    text = (
        "Other\n=====\n\n:external+logs:sessionlog:session:`2026-01-10` and "
        ":external+logs:sessionlog:session:`that day <2026-01-10>`.\n"
    )
    second = Site(tmp_path / "second")
    second.write("docs/conf.py", conf)
    second.write("docs/index.rst", text)
    built = second.build()
    assert built.warnings == ""
    page = built.text("index.html")
    assert 'href="https://example.org/logs/sessionlog/2026-01.html#session-2026-01-10"' in page


@pytest.mark.slow
def test_search_names_the_session(site: Site) -> None:
    objects = site.build().search_index()["objects"][""]
    names = {(anchor, name) for _page, _type, _priority, anchor, name in objects}
    assert ("-", "2026-01-10 Reader for station files") in names
    assert ("-", "Plain text") in names


@pytest.mark.slow
def test_a_session_that_went_is_no_link_any_more(site: Site) -> None:
    site.write("docs/links.rst", ":orphan:\n\nLinks\n=====\n\n:any:`x <index>`\n")
    site.write("docs/view.rst", ":orphan:\n\nView\n====\n\n.. sessionlog:: sessions\n")
    site.build()
    site.edit("session-log.txt", "# 2026-02-03 Forecast cache (OPEN)", "# 2026-02-04 Cache (OPEN)")
    built = site.build()
    assert "2026-02-03" not in built.text("view.html")
    assert not (built.out / "sessionlog/2026-02.html").read_text("utf-8").count("2026-02-03")


@pytest.mark.slow
def test_nobody_lists_the_pages(tmp_path: Path) -> None:
    site = make_site(tmp_path, index="Tidebook\n========\n\nWelcome.\n")
    built = site.build()
    assert built.warnings == ""
    assert 'href="sessionlog/index.html"' in built.text("index.html")
    site.write("docs/conf.py", CONF + "sessionlog_navigation = False\n")
    built = site.build()
    assert built.warnings == ""
    assert 'href="sessionlog/index.html"' not in built.text("index.html")

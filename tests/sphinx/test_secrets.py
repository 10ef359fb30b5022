"""Credentials planted in every place of a project: no file that Sphinx writes holds one."""

import re

import pytest
from sphinx.errors import ExtensionError

from tests.planted import VALUES, found_in, write_planted
from tests.sphinx.sites import Site

pytestmark = pytest.mark.slow


@pytest.fixture
def project(site: Site) -> Site:
    (site.root / "session-log.txt").unlink()
    write_planted(site.root)
    return site


def test_no_file_and_no_message_holds_one(project: Site) -> None:
    built = project.build(html_baseurl="https://cargo.example/")
    project.build("epub")
    assert found_in(project.root / "_build") == {}
    assert not [place for place, value in VALUES.items() if value in built.warnings + built.status]
    assert "GOODWORDS" in built.text("sessionlog/2026-01.html")
    assert "(masked:github-token)" in built.text("sessionlog/2026-01.html")
    assert re.search(r"session-log\.md:19: WARNING: masked as a credential: slack", built.warnings)
    assert "in the name of the file" in built.warnings


def test_what_is_waived_is_shown(project: Site) -> None:
    told = project.build().warnings
    [mark] = re.findall(r"secrets_allow takes (stripe-key:\w+)", told)
    project.edit("session-log.md", "| slack |", "| slack <!-- sessionlog: allow-secret --> |")
    built = project.build(sessionlog_secrets_allow=[mark])
    page = built.text("sessionlog/2026-01.html")
    shown = {place for place, value in VALUES.items() if value in page}
    assert shown == {"table", "fence"}


@pytest.mark.parametrize("mode", ["warn", "off"])
def test_modes_that_show(project: Site, mode: str) -> None:
    built = project.build(sessionlog_secrets=mode)
    assert VALUES["table"] in built.text("sessionlog/2026-01.html")
    assert ("[sessionlog.secret]" in built.warnings) == (mode == "warn")
    assert not [place for place, value in VALUES.items() if value in built.warnings]


def test_a_build_may_fail(project: Site) -> None:
    with pytest.raises(ExtensionError, match="masked as a credential") as error:
        project.build(sessionlog_secrets="fail")
    assert not [place for place, value in VALUES.items() if value in str(error.value)]
    assert found_in(project.root / "_build") == {}

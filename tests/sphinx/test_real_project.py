"""A project as many are: rtd theme, autosectionlabel, no MyST, the log outside of the source."""

from pathlib import Path

import pytest

from tests.sphinx.sites import LOG, Site

CONF = """\
project = "Tidebook"
version = release = "0.1"
copyright = "2026, nobody"
extensions = ["sphinx.ext.autosectionlabel", "sphinx.ext.todo", "sphinx_sessionlog"]
html_theme = "sphinx_rtd_theme"
"""

ROADMAP = """\
Roadmap
=======

Pre-alpha
---------

* [x] T001 cache the forecasts
* [ ] T002 a command line, per ADR-014

Alpha
-----

* [ ] T003 publish it
"""

WORK = "\n# 2026-03-01 Work on T001 (CLOSED)\n\n## Summary\n- Finished T001, it works\n"

INDEX = """\
Tidebook
========

.. toctree::
   :maxdepth: 2

   roadmap
   usage
"""


@pytest.fixture
def project(tmp_path: Path) -> Site:
    pytest.importorskip("sphinx_rtd_theme")
    site = Site(tmp_path, source="docs/source")
    site.write(".git/HEAD", "")
    site.write("session-log.txt", LOG + WORK)
    site.write("docs/roadmap.rst", ROADMAP)
    site.write("docs/adrs/ADR-003-plain-text.md", "# ADR-003 Plain text\n")
    site.write("docs/source/conf.py", CONF)
    site.write("docs/source/index.rst", INDEX)
    site.write("docs/source/roadmap.rst", ".. include:: ../roadmap.rst\n")
    site.write("docs/source/usage.rst", "Usage\n=====\n\nSummary\n-------\n\nWords.\n")
    return site


@pytest.mark.slow
def test_it_builds_without_a_warning_and_links_both_ways(project: Site) -> None:
    built = project.build()
    assert built.warnings == ""
    page = built.text("roadmap.html")
    assert "Worked on in" in page
    assert 'href="sessionlog/2026-03.html#session-2026-03-01"' in page
    assert "Decision" in built.text("sessionlog/decisions.html")
    assert "sessionlog/index.html" in built.text("index.html")

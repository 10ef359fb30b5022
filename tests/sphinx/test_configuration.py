"""Options in conf.py and TOML, wrong ones, unreadable input: told once, the build goes on."""

import os
import re
from pathlib import Path

import pytest
from sphinx.config import Config

from sessionlog_core.options import OPTIONS, Options
from sphinx_sessionlog import configuration
from tests.sphinx.sites import CONF, LOG, Site, make_site

DIRECTIVES = """\
Views
=====

.. sessionlog:: timelime

.. sessionlog:: timeline
   :since: yesterday
   :limits: 3

- in a list

  .. sessionlog:: decisions
"""


def test_every_option_of_the_core_is_a_value_with_help() -> None:
    assert [name for name, _, _ in configuration.VALUES] == [
        f"sessionlog_{o.name}" for o in OPTIONS
    ]
    assert all(help_text.endswith((".", "`.")) for _, _, help_text in configuration.VALUES)


@pytest.mark.slow
def test_wrong_options_warn_once_with_what_is_allowed(site: Site) -> None:
    site.write("docs/conf.py", CONF + "sessionlog_pages = 'week'\nsessionlog_budget = 0\n")
    warnings = site.build().warnings.splitlines()
    assert [line for line in warnings if "option pages" in line] == [
        (
            "WARNING: conf.py: option pages: unknown value: 'week', "
            "expected one of month, session, log, none [sessionlog.option]"
        )
    ]
    assert len([line for line in warnings if "option budget" in line]) == 1
    assert len(warnings) == 2


@pytest.mark.slow
def test_wrong_value_of_the_command_line_is_not_said_to_stand_in_conf_py(site: Site) -> None:
    site.write("docs/conf.py", CONF + "sessionlog_budget = 0\n")
    warnings = site.build(sessionlog_pages="week", sessionlog_navigation="2").warnings.splitlines()
    assert [line.partition(",")[0] for line in warnings] == [
        "WARNING: conf.py: option budget: not a whole number from 1: 0 [sessionlog.option]",
        "WARNING: the command line: option pages: unknown value: 'week'",
        "WARNING: the command line: option navigation: not true or false: '2'",
    ]


def read(folder: Path, conf: dict[str, object], called: dict[str, object]) -> Options:
    """Read options as Sphinx gives them, from `conf.py` and from its command line."""
    config = Config(conf, called)
    for name, default, _ in configuration.VALUES:
        config.add(name, default, "", ())
    options, problems = configuration.read(config, folder)
    assert problems == []
    return options


@pytest.mark.parametrize(
    ("called", "logs"),
    [("a.md,b.md", ("a.md", "b.md")), ("a.md, b.md,", ("a.md", "b.md")), ("a.md", ("a.md",))],
)
def test_list_of_the_command_line_is_parted_at_commas(
    tmp_path: Path, called: str, logs: tuple[str, ...]
) -> None:
    assert read(tmp_path, {}, {"sessionlog_logs": called}).logs == logs


def test_lists_are_set_from_the_command_line_as_sphinx_sets_its_own(tmp_path: Path) -> None:
    conf: dict[str, object] = {"sessionlog_logs": "notes, old.md", "sessionlog_exclude": ["x"]}
    options = read(tmp_path, conf, {"sessionlog_exclude": ""})
    assert (options.logs, options.exclude) == (("notes, old.md",), ())
    for called in ("paths hosts", "paths,hosts", "paths, hosts"):
        assert read(tmp_path, {}, {"sessionlog_privacy": called}).privacy == ("paths", "hosts")
    assert (
        read(tmp_path, {}, {"sessionlog_unit_words": "shift,trip"}).unit_words
        == read(tmp_path, {"sessionlog_unit_words": ["shift", "trip"]}, {}).unit_words
    )


@pytest.mark.slow
def test_unknown_option_in_conf_py(site: Site) -> None:
    site.write("docs/conf.py", CONF + "sessionlog_bugdet = 3\n")
    warnings = site.build().warnings
    assert "conf.py: unknown option: bugdet, did you mean budget?" in warnings
    assert warnings.count("WARNING") == 1


@pytest.mark.slow
def test_unknown_option_in_toml(site: Site) -> None:
    site.write("sessionlog.toml", "colour = 'red'\n")
    warnings = site.build().warnings
    assert "sessionlog.toml: unknown option: colour, expected one of" in warnings
    assert warnings.count("WARNING") == 1


@pytest.mark.slow
def test_conf_py_lies_over_toml(site: Site) -> None:
    site.write("sessionlog.toml", 'pages = "none"\nfolder = "log"\n')
    site.write("docs/conf.py", CONF + "sessionlog_pages = 'session'\n")
    site.write("docs/index.rst", "Tidebook\n========\n\n.. toctree::\n\n   log/index\n")
    built = site.build()
    assert built.warnings == ""
    assert (built.out / "log/session-2026-01-10.html").is_file()


@pytest.mark.slow
def test_config_is_not_changed_by_us(site: Site) -> None:
    app = site.build().app
    assert app.config.html_static_path == []
    assert app.config.exclude_patterns == []
    assert app.config.sessionlog_pages is None


@pytest.mark.slow
def test_wrong_directives_say_so_on_the_page_and_in_the_build(site: Site) -> None:
    site.write("docs/views.rst", ":orphan:\n\n" + DIRECTIVES)
    built = site.build()
    assert "views.rst:6: WARNING: unknown view: timelime, did you mean timeline?" in built.warnings
    assert "views.rst:8: WARNING: option since: not a date: 'yesterday'" in built.warnings
    assert "unknown option: limits" in built.warnings
    assert built.warnings.count("[sessionlog.view]") == 3
    page = built.text("views.html")
    assert "unknown view: timelime" in page
    assert "Plain text" in page


@pytest.mark.slow
def test_what_cannot_be_read_is_told_and_the_rest_is_shown(site: Site) -> None:
    site.write("logs/empty.md", "")
    (site.root / "logs/binary.md").write_bytes(bytes(range(256)) * 40)
    (site.root / "logs/folder.md").mkdir()
    site.write("logs/locked.md", "# 2026-01-01 One\n")
    (site.root / "logs/locked.md").chmod(0)
    site.write("sessionlog.toml", 'logs = ["session-log.txt", "logs/*"]\n')
    built = site.build()
    for name in ("empty.md", "binary.md") + (("locked.md",) if os.geteuid() else ()):
        assert built.warnings.count(f"logs/{name}") == 1, built.warnings
    assert "Reader for station files" in built.text("sessionlog/index.html")
    silenced = site.build(suppress_warnings=["sessionlog.unreadable", "sessionlog.layout"])
    assert "logs/empty.md" not in silenced.warnings


@pytest.mark.slow
def test_an_empty_file_that_nobody_named_is_no_warning(site: Site) -> None:
    site.write("SESSION_LOG.md", "")
    built = site.build()
    assert built.warnings == ""
    assert "SESSION_LOG.md: is empty, expected a log" in built.status


@pytest.mark.slow
def test_one_line_says_what_was_found(site: Site) -> None:
    assert "sessionlog: 2 sessions in 1 log" in site.build().status


@pytest.mark.slow
@pytest.mark.parametrize("conf", ["conf", "../conf"])
def test_configuration_in_another_folder(site: Site, conf: str) -> None:
    site.write(f"{conf}/conf.py", CONF + 'sessionlog_logs = ["docs/notes.md"]\n')
    site.write("docs/notes.md", LOG)
    (site.root / "docs/conf.py").unlink()
    site.conf = conf
    built = site.build()
    assert built.warnings == ""
    assert "2 sessions in 1 log" in built.status
    assert "Reader for station files" in built.text("sessionlog/2026-01.html")


@pytest.mark.slow
def test_no_logs_at_all(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    (site.root / "session-log.txt").unlink()
    (site.root / "ROADMAP.md").unlink()
    built = site.build()
    assert built.warnings == ""
    assert "No session log was found" in built.text("sessionlog/index.html")


@pytest.mark.slow
def test_myst_pages_show_the_same(tmp_path: Path) -> None:
    pytest.importorskip("myst_parser")
    index = (
        "# Tidebook\n\n## Views\n\n```{sessionlog} continue\n:budget: 100\n```\n\n"
        "- in a list\n\n  ```{sessionlog} decisions\n  ```\n\n## After\n\n"
        "[here](sessionlog/continue-here.md), {sessionlog:session}`2026-01-10`\n\n"
        "````markdown\n```{sessionlog} nothing\n```\n````\n"
    )
    site = make_site(tmp_path, conf=CONF.replace('"sphinx_', '"myst_parser", "sphinx_'))
    (site.root / "docs/index.rst").unlink()
    site.write("docs/index.md", index)
    built = site.build()
    assert built.warnings == ""
    page = built.text("index.html")
    assert "measure a whole year" in page
    assert "Plain text" in page
    assert re.search(r'href="sessionlog/continue-here.html">(<span[^>]*>)?here<', page)
    assert "<h2>After" in page

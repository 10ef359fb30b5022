"""Options: where they come from, which wins, and what is wrong with one."""

import os
from pathlib import Path

import pytest

from sessionlog_core import checks
from sessionlog_core.files import find_files
from sessionlog_core.options import OPTIONS, Options, find_repository, read_options, set_options
from sessionlog_core.problems import Code


def test_every_option_has_a_help_and_a_default_that_its_check_accepts() -> None:
    for option in OPTIONS:
        assert option.metadata["help"].endswith((".", "`."))
        if option.default not in ((), None):
            assert option.metadata["check"](option.default) == option.default


def test_later_settings_win_and_the_rest_stays() -> None:
    first, _ = set_options(Options(), {"max_size": 10, "pages": "log"}, "pyproject.toml")
    second, problems = set_options(first, {"pages": "session"}, "conf.py")
    assert (second.max_size, second.pages, problems) == (10, "session", [])


def test_a_dash_is_as_good_as_an_underscore() -> None:
    assert set_options(Options(), {"max-size": 7}, "x")[0].max_size == 7


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("max_size", -1, "option max_size: not a whole number from 1: -1"),
        ("max_size", "many", "option max_size: not a whole number from 1: 'many'"),
        ("max_size", True, "option max_size: not a whole number from 1: True"),
        ("secrets", "maybe", "option secrets: unknown value: 'maybe', expected one of mask, "),
        ("privacy", ["x"], "option privacy: unknown value: 'x', expected any of paths, hosts, "),
        ("allow_outside", "perhaps", "option allow_outside: not true or false: 'perhaps', exp"),
        ("navigation", 2, "option navigation: not true or false: 2, expected true, yes, on or 1, "),
        ("navigation", 1.5, "option navigation: not true or false: 1.5, expected "),
        ("backlinks", None, "option backlinks: not true or false: None, expected "),
        ("secrets_allow", 5, "option secrets_allow: not a fingerprint: 5, expected a fingerprint "),
        ("private_names", 3, "option private_names: not a text: 3, expected a text or a list of "),
        ("withhold", {"a": 1}, "option withhold: not a text: {'a': 1}, expected a text or a list "),
        ("privacy", 3, "option privacy: unknown value: 3, expected any of paths, hosts, "),
        ("privacy", [3], "option privacy: unknown value: '3', expected any of paths, hosts, "),
        ("logs", 3, "option logs: not a path: 3, expected a path or a list of paths"),
        ("logs", ["a.md", 3], "option logs: not a text: 3"),
        ("folder", "", "option folder: not a text: ''"),
        ("folder", "/", "option folder: not a folder of the site: '/', expected "),
        (
            "folder",
            "../logs",
            "option folder: not a folder of the site: '../logs', expected a name ",
        ),
        ("folder", "a/../../b", "option folder: not a folder of the site: 'a/../../b', expected "),
        ("folder", "a//b", "option folder: not a folder of the site: 'a//b', expected "),
        (
            "folder",
            "C:/logs",
            "option folder: not a folder of the site: 'C:/logs', expected a name",
        ),
        ("folder", "a\\b", "option folder: not a folder of the site: 'a\\\\b', expected "),
        ("nonsense", 1, "unknown option: nonsense, expected one of "),
    ],
)
def test_a_wrong_value_is_one_problem_and_the_default_stays(
    name: str, value: object, message: str
) -> None:
    options, problems = set_options(Options(), {name: value}, "conf.py")
    assert options == Options()
    (problem,) = problems
    assert (problem.code, problem.path) == (Code.OPTION, "conf.py")
    assert problem.message.startswith(message)


@pytest.mark.parametrize("written", ["team/log", "/team/log", "team/log/"])
def test_a_folder_of_the_site_needs_no_slashes_around_it(written: str) -> None:
    options, problems = set_options(Options(), {"folder": written}, "conf.py")
    assert (options.folder, list(problems)) == ("team/log", [])


def test_the_right_ones_are_kept_beside_a_wrong_one() -> None:
    options, problems = set_options(Options(), {"max_size": "x", "pages": "log"}, "conf.py")
    assert options.pages == "log"
    assert len(problems) == 1


def test_where_options_are_read_from(tmp_path: Path) -> None:
    assert read_options(tmp_path) == (Options(), [])
    (tmp_path / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert read_options(tmp_path) == (Options(), [])
    (tmp_path / "pyproject.toml").write_text("[tool.sessionlog]\nlogs = 'a.md'\n")
    assert read_options(tmp_path)[0].logs == ("a.md",)
    (tmp_path / "sessionlog.toml").write_text("logs = ['b.md']\n")
    assert read_options(tmp_path)[0].logs == ("b.md",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"logs = [", "not readable as TOML: "),
        (b"\xff\xfe", "not readable as TOML: "),
        (b"[tool]\nsessionlog = 3\n", "not a table: 3"),
    ],
)
def test_a_broken_file_is_told_and_the_defaults_stay(
    tmp_path: Path, text: bytes, message: str
) -> None:
    (tmp_path / "pyproject.toml").write_bytes(text)
    options, problems = read_options(tmp_path)
    assert options == Options()
    assert [(p.code, p.path) for p in problems] == [(Code.OPTION, "pyproject.toml")]
    assert problems[0].message.startswith(message)


def test_lists_are_written_in_several_ways() -> None:
    check = checks.some_of("a", "b", "c")
    assert check("c, a") == check(["a", "c"]) == check(("c", "a", "a")) == ("a", "c")
    assert check("") == check([]) == ()
    assert checks.patterns("a.md") == checks.patterns(["a.md"]) == ("a.md",)
    with pytest.raises(ValueError, match="not a path"):
        checks.patterns({"a": 1})


def test_other_checks() -> None:
    assert checks.flag("Yes") is checks.flag(True) is True
    assert checks.flag("off") is False
    assert checks.iso_date(" 2026-01-05 ") == "2026-01-05"
    assert checks.month("undated") == "undated"
    for check, wrong in (
        (checks.iso_date, "2026-02-30"),
        (checks.iso_date, "20260105"),
        (checks.month, "2026-13"),
        (checks.words, "  "),
        (checks.count, 0),
        (checks.count, "1.5"),
    ):
        with pytest.raises(ValueError, match="not a"):
            check(wrong)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("name", ["pyproject.toml", "sessionlog.toml", ".gitignore"])
def test_a_pipe_in_the_place_of_settings_does_not_stop_the_build(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert read_options(tmp_path) == (Options(), [])
    assert find_repository(tmp_path) == ""
    assert find_files(tmp_path, Options()) == (((), ()), ((), ()))


def test_settings_of_no_end_are_told_and_not_read(tmp_path: Path) -> None:
    with (tmp_path / "sessionlog.toml").open("wb") as file:
        file.truncate(50_000_000)
    (problem,) = read_options(tmp_path)[1]
    assert problem.message.startswith("not readable as TOML: is larger than ")

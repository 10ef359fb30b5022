"""The command line: what it prints, on which stream, and with which exit code."""

import json
import re
from pathlib import Path

import pytest

from sessionlog_core.cli import COMMANDS, main

LOG = """# Log

## Session 2 - 2026-01-10

### Done

- Built the reader

### Next Steps

- [ ] Go on

## Session 2 - 2026-01-11

### Done

- More
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "session-log.md").write_text(LOG, "utf-8")
    (tmp_path / "ROADMAP.md").write_text("# Roadmap\n\n## Alpha\n\n- [ ] Reader\n", "utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_json_of_named_files(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["json", "session-log.md", "--roadmap", "ROADMAP.md"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [log["path"] for log in data["logs"]] == ["session-log.md"]
    assert [item["text"] for item in data["roadmap"]] == ["Reader"]


def test_json_of_the_project(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["json"]) == 0
    out, err = capsys.readouterr()
    assert [log["path"] for log in json.loads(out)["logs"]] == ["session-log.md"]
    assert "2 sessions in 1 log" in err


def test_a_file_that_is_no_log_is_told_without_sessions(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "CHANGELOG.md").write_text("# Changelog\n\n## 1.0 - 2026-01-01\n\n- x\n", "utf-8")
    assert main(["json", "CHANGELOG.md"]) == 0
    (log,) = json.loads(capsys.readouterr().out)["logs"]
    assert log["sessions"] == []


def test_a_file_that_is_not_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["json", "nowhere.md", "session-log.md"]) == 1
    out, err = capsys.readouterr()
    assert "nowhere.md" in err
    assert "[sessionlog.unreadable]" in err
    assert len(json.loads(out)["logs"]) == 1


@pytest.mark.parametrize("view", ["timeline", "continue", "roadmap", "metrics", "sessions"])
def test_show(project: Path, view: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", view]) == 0
    assert capsys.readouterr().out.startswith("# ")


def test_show_takes_the_options_of_a_view(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", "sessions", "--since", "2026-01-11"]) == 0
    out = capsys.readouterr().out
    assert "2026-01-11" in out
    assert "2026-01-10" not in out


def test_a_wrong_option_of_a_view(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "sessions", "--limit", "many"]) == 2
    assert "option limit: not a whole number from 1: 'many'" in capsys.readouterr().err


def test_check_gives_advice(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    message = "two sessions 2, the other at line 3"
    assert f"session-log.md:13: {message} [sessionlog.number]" in out


@pytest.mark.parametrize(
    ("gates", "code"),
    [("number", 1), ("any", 1), ("grave", 0), ("secret,number", 1), ("secret", 0), ("nonsense", 2)],
)
def test_check_fails_where_it_is_asked_to(project: Path, gates: str, code: int) -> None:
    assert main(["check", "--fail-on", gates]) == code


def test_check_for_github(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "github"]) == 0
    line = capsys.readouterr().out.strip()
    assert line == (
        "::notice file=session-log.md,line=13,title=sessionlog.number"
        "::two sessions 2, the other at line 3"
    )


def test_check_as_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json"]) == 0
    (problem,) = json.loads(capsys.readouterr().out)
    assert problem["code"] == "number"


def test_build_writes_pages_and_only_what_changed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = project / "docs" / "sessionlog"
    assert main(["build", "--format", "md", "--out", str(out)]) == 0
    index = out / "index.md"
    assert "```{sessionlog} timeline" in index.read_text("utf-8")
    before = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}
    capsys.readouterr()
    assert main(["build", "--out", str(out)]) == 0
    assert "0 files written" in capsys.readouterr().err
    assert {path.name: path.stat().st_mtime_ns for path in out.iterdir()} == before


def test_build_into_a_place_that_cannot_be(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "file").write_text("x", "utf-8")
    assert main(["build", "--out", str(project / "file" / "below")]) == 1
    assert "not writable" in capsys.readouterr().err


def test_an_option_of_the_project_that_is_wrong(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "sessionlog.toml").write_text("pages = 'year'\n", "utf-8")
    assert main(["json"]) == 0
    assert "option pages: unknown value: 'year'" in capsys.readouterr().err


def test_check_counts_wrong_options_with_all_else(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "sessionlog.toml").write_text("budgt = 4\n", "utf-8")
    assert main(["check", "--fail-on", "any"]) == 1
    out, err = capsys.readouterr()
    first, *_, last = out.splitlines()
    assert first == (
        "sessionlog.toml: unknown option: budgt, did you mean budget? [sessionlog.option]"
    )
    assert last == f"{len(out.splitlines()) - 1} problems"
    assert "budgt" not in err
    assert main(["check", "--format", "json", "--fail-on", "option"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["code"] == "option"


def test_a_roadmap_alone_takes_the_place_of_that_of_the_project(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "plan.md").write_text("# Plan\n\n## Beta\n\n- [ ] Harbour bell\n", "utf-8")
    assert main(["json", "--roadmap", "plan.md"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [item["text"] for item in data["roadmap"]] == ["Harbour bell"]
    assert [log["path"] for log in data["logs"]] == ["session-log.md"]
    assert main(["json", "--roadmap", "nowhere.md"]) == 1
    assert "nowhere.md" in capsys.readouterr().err


def test_a_session_that_is_not_there_names_those_that_are(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", "session", "--session", "2026-01-1O"]) == 1
    err = capsys.readouterr().err
    assert "unknown session: 2026-01-1O, expected a key such as 2026-01-1" in err
    assert main(["show", "session", "--session", "the-last-one"]) == 1
    err = capsys.readouterr().err
    assert "expected a key such as 2026-01-11-2, 2026-01-10-2" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "timeline", "-C", "nowhere"], "nowhere does not exist, expected a folder"),
        (["check", "--root", "ROADMAP.md"], "ROADMAP.md is a file, expected a folder"),
        (["show", "timelime"], "unknown view: timelime, did you mean timeline?"),
        (["show", "weather"], "unknown view: weather, expected one of timeline, "),
    ],
)
def test_wrong_words_are_told_with_what_was_expected(
    project: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as error:
        main(words)
    assert error.value.code == 2
    assert said in capsys.readouterr().err


def test_pages_are_not_written_over_a_file(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--out", "ROADMAP.md"]) == 1
    assert capsys.readouterr().err == "ROADMAP.md is a file, expected a folder\n"


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as error:
        main(["--version"])
    assert error.value.code == 0
    assert capsys.readouterr().out.startswith("sessionlog-docs ")


@pytest.mark.parametrize("words", [[], ["nonsense"], ["show"], ["show", "nonsense"], ["build"]])
def test_wrong_words(words: list[str]) -> None:
    with pytest.raises(SystemExit) as error:
        main(words)
    assert error.value.code == 2


ORDERS_TO_A_TERMINAL = "\x1b]0;owned\x07Built \x1b[31m\u202e\u2066\u2028 \x9b31m \u200b\U000e0041"


@pytest.mark.parametrize(
    "words",
    [
        ["show", "timeline"],
        ["show", "continue"],
        ["json"],
        ["check"],
        ["check", "--format", "github"],
        ["check", "--format", "json"],
        ["explain", "session-log.md"],
        ["explain", "session-log.md", "--json"],
        ["explain", "a\x1b[31m\n::error::b\u202e-session-log.md"],
        ["explain", "gone\x1b[31m\n::error::b.md"],
        ["build", "--format", "md", "--out", "out"],
    ],
    ids=" ".join,
)
def test_nothing_of_a_log_is_an_order_to_the_terminal(
    project: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    text = LOG.replace("Built", ORDERS_TO_A_TERMINAL).replace("2026-01-11", "2026-13-45 \x1b[2J")
    for name in ("session-log.md", "a\x1b[31m\n::error::b\u202e-session-log.md"):
        (project / name).write_text(text, "utf-8")
    main(words)
    said = "".join(capsys.readouterr())
    assert said
    assert not {*said} & {*"\x1b\x07\x9b\u202e\u2066\u2028\u200b\U000e0041"}
    assert not re.search(r"^::error", said, re.MULTILINE)


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        with pytest.raises(SystemExit) as error:
            main([command.name, "--help"])
        assert error.value.code == 0
        assert command.help in " ".join(capsys.readouterr().out.split())


def test_the_guide_names_every_command_option_and_exit_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "cli.md").read_text("utf-8")
    said = ""
    for words in ([], *([command.name] for command in COMMANDS)):
        with pytest.raises(SystemExit):
            main([*words, "--help"])
        said += capsys.readouterr().out
    named = {*re.findall(r"(?<![\w-])--?[A-Za-z][\w-]*", said)}
    assert {"--help", "--version", "--fail-on", "-C", "--since"} <= named
    assert {x for x in named if not re.search(rf"`{x}[ `]", guide)} == set()
    assert {c.name for c in COMMANDS if f"`sessionlog-docs {c.name} " not in guide} == set()
    assert re.findall(r"^\| (\d) \|", guide, re.M) == ["0", "1", "2"]

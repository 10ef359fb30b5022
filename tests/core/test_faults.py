"""A fault of our own, as a value: what stands instead, what is said, and to whom it is told."""

from email.message import Message
from typing import NoReturn

import pytest

from sessionlog_core import problems
from sessionlog_core.faults import attempt
from sessionlog_core.problems import Code, report_address


def fail() -> NoReturn:
    raise KeyError("a word of the log")


def full() -> NoReturn:
    raise OSError(28, "No space left on device")


def test_what_works_is_given() -> None:
    assert attempt(lambda: 3, 0, "counted", what="it") == (3, ())


def test_a_fault_is_told_without_words_of_the_log() -> None:
    made, (problem,) = attempt(fail, 0, "counted", what="the sessions", path="a.md")
    assert made == 0
    assert (problem.code, problem.path) == (Code.FAULT, "a.md")
    assert "the sessions could not be counted: a fault of Sessionlog itself (KeyError at" in str(
        problem
    )
    assert "test_faults.py:" in problem.message
    assert "a word of the log" not in problem.message


def test_what_the_system_refuses_is_no_fault() -> None:
    _, (problem,) = attempt(full, None, "written", what="sessions.csv")
    assert problem.code is Code.UNREADABLE
    assert problem.message == "sessions.csv could not be written: no space left on device"


@pytest.mark.parametrize(
    ("rows", "address"),
    [
        (["Documentation, https://d.example/", "Issues, https://i.example/"], "https://i.example/"),
        (["Documentation, https://d.example/"], "https://d.example/"),
        (["Elsewhere, https://e.example/"], ""),
        ([], ""),
    ],
)
def test_the_address_is_that_of_the_project(
    monkeypatch: pytest.MonkeyPatch, rows: list[str], address: str
) -> None:
    about = Message()
    for row in rows:
        about["Project-URL"] = row
    monkeypatch.setattr(problems, "metadata", lambda name: about)
    assert report_address() == address
    _, (problem,) = attempt(fail, 0, "counted", what="it")
    assert problem.message.endswith(address or "the makers of sessionlog-docs")

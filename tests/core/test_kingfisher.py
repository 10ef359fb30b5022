"""What the scanner Kingfisher finds is masked as well, where it is installed."""

import sys
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from sessionlog_core import kingfisher
from sessionlog_core.masking import mask
from tests.core import made_up

VALUE = made_up.make(made_up.LETTERS, 24)


def found(data: bytes, value: str, *, visible: bool = True, rule: str = "x.acme_key") -> Any:
    start = data.find(value.encode())
    where = {"start_offset": start, "end_offset": start + len(value.encode())}
    return SimpleNamespace(location=where, secret=value, visible=visible, rule_id=rule)


@pytest.fixture
def findings(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """Stand in for the scanner: it finds what the test says."""
    told: list[dict[str, Any]] = []

    class Scanner:
        def scan(self, data: bytes) -> list[Any]:
            return [found(data, **one) for one in told if one["value"].encode() in data]

    module = ModuleType("kingfisher_sdk")
    module.Scanner = Scanner  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kingfisher_sdk", module)
    kingfisher._scanner.cache_clear()
    yield told
    kingfisher._scanner.cache_clear()


def test_places_are_those_of_the_text(findings: list[dict[str, Any]]) -> None:
    findings.append({"value": VALUE})
    text, problems = mask(f"- é ✅ 日本 {VALUE} more\n", "a.md")
    assert text == "- é ✅ 日本 (masked:acme-key) more\n"
    assert [(p.line, "acme-key" in p.message) for p in problems] == [(1, True)]


def test_what_it_does_not_show_or_is_no_credential_stays(findings: list[dict[str, Any]]) -> None:
    findings += [{"value": VALUE, "visible": False}, {"value": "changeme-changeme"}]
    text = f"- {VALUE} and changeme-changeme\n"
    assert mask(text, "a.md") == (text, ())


def test_a_credential_that_both_find_is_masked_once(findings: list[dict[str, Any]]) -> None:
    token = made_up.TOKENS[20][2]
    findings.append({"value": token})
    text, problems = mask(f"- {token}\n", "a.md")
    assert text == "- (masked:github-token)\n"
    assert len(problems) == 1


def test_without_it_nothing_more_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "kingfisher_sdk", None)
    kingfisher._scanner.cache_clear()
    assert kingfisher.find_more(VALUE) == ()
    kingfisher._scanner.cache_clear()

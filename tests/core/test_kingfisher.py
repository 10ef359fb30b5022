"""What the scanner Kingfisher finds is masked as well, where it is installed."""

import sys
import time
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from sessionlog_core import kingfisher
from sessionlog_core.masking import mask
from tests.core import made_up
from tests.growth import LINEAR, growth

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


def test_places_behind_each_other_in_whatever_order(findings: list[dict[str, Any]]) -> None:
    other = made_up.make(made_up.LETTERS, 25)
    findings += [{"value": other}, {"value": VALUE}]
    text, _ = mask(f"é {VALUE} ✅ {other} 日本\n", "a.md")
    assert text == "é (masked:acme-key) ✅ (masked:acme-key) 日本\n"


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


@pytest.mark.usefixtures("findings")
def test_many_findings_take_time_in_proportion() -> None:
    class Scanner:
        def scan(self, data: bytes) -> list[Any]:
            return [
                SimpleNamespace(
                    location={"start_offset": at, "end_offset": at + len(VALUE)},
                    secret=VALUE,
                    visible=True,
                    rule_id="x.acme_key",
                )
                for at in range(2, len(data), len(line))
            ]

    line = f"- {VALUE} \n"
    sys.modules["kingfisher_sdk"].Scanner = Scanner  # type: ignore[attr-defined]
    assert len(kingfisher.find_more(line * 3)) == 3

    def seconds(size: int) -> float:
        text = line * size
        start = time.process_time()
        kingfisher.find_more(text)
        return time.process_time() - start

    assert growth(seconds, 1_000) < LINEAR


def test_the_scanner_itself_tells_places_as_we_read_them() -> None:
    pytest.importorskip("kingfisher_sdk", reason="the extra [secrets] is not installed")
    kingfisher._scanner.cache_clear()
    token = made_up.TOKENS[20][2]
    before = "- é ✅ 日本 "
    found = kingfisher.find_more(f"{before}{token} and\n")
    assert [(hit.start, hit.end) for hit in found] == [(len(before), len(before) + len(token))]

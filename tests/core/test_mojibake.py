"""Damaged characters come back, line by line; what only looks damaged stays."""

import pytest

from sessionlog_core.mojibake import repair
from sessionlog_core.source import read_text
from tests.corpus import labelled, needs_corpus


def damage(text: str, page: str) -> str:
    """Read the UTF-8 of `text` as `page`; bytes that are not in the page are lost."""
    return text.encode("utf-8").decode(page, errors="ignore")


@pytest.mark.parametrize(
    "text",
    [
        "- ✅ done → next",
        "**Status**: 🔄 open",
        "it’s “quoted” – or — not…",
        "├── docs\n│   └── a.md",
        "Décisions prises, déjà été là-bas",
        "Próximos passos: ação",
        "🚀 release, 🟢 ready, 🎯 goal, ❌ failed",
        "⏱️  0.45s",
        "完了 🎉",
    ],
)
@pytest.mark.parametrize("page", ["cp1252", "cp1254"])
def test_what_went_through_a_windows_page_comes_back(text: str, page: str) -> None:
    # One certain sign makes the file a damaged one.
    told = f"{text}\n→ certain"
    assert repair(damage(told, page))[0] == told


@pytest.mark.parametrize("text", ["✅ done — x", "🔄 open", "“quoted” → next"])
def test_code_page_437(text: str) -> None:
    assert repair(text.encode().decode("cp437"))[0] == text


def test_latin_1_with_its_control_characters() -> None:
    assert repair("it’s → ✅".encode().decode("latin-1"))[0] == "it’s → ✅"


def test_damaged_twice_is_repaired_twice() -> None:
    assert repair(damage(damage("it’s", "cp1252"), "cp1252")) == ("it’s", (1,))


def test_lines_stay_and_are_told() -> None:
    text = "one\n" + damage("✅ two", "cp1252") + "\n\nthree →\n" + damage("→ four", "cp1252")
    assert repair(text) == ("one\n✅ two\n\nthree →\n→ four", (2, 5))


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "« À « x » à\u00a0« y » CAFÉ\u00a0»",
        "MAÇÃ” e IRMÃ”",
        "Spaß“ und Größe…",
        "Příští kroky: ještě spíš",
        "naïve café, ¿Qué?",
        "日本語、한국어、中文 ✅",
        "the editor wrote `âœ…` where ✅ stood",
        'it shows "â€™" again',
        "it shows “â€™” again",
    ],
)
def test_what_is_not_damaged_stays(text: str) -> None:
    assert repair(text) == (text, ())


def test_code_is_repaired_too_where_the_file_is_damaged() -> None:
    text = damage("→ see\n```\n├── docs\n```\n`✅`", "cp1252")
    assert repair(text)[0] == "→ see\n```\n├── docs\n```\n`✅`"


@needs_corpus
def test_a_real_report_comes_back_but_for_one_line() -> None:
    damaged = labelled("report", "SESSION_REPORT_2026-01-12.md").read_bytes()
    clean = labelled("single-session report", "SESSION_REPORT_2026-01-12.md").read_text("utf-8")
    sources, _ = read_text(damaged, "report.md")
    lines, wanted = sources[0].text.split("\n"), clean.split("\n")
    assert len(lines) == len(wanted) == 395
    assert sum(a == b for a, b in zip(lines, wanted, strict=True)) >= 394

"""Dates and times in a line, a row for each way to write them."""

import pytest

from sessionlog_core.dates import Order, find_dates, find_order, find_partial, find_time

ROWS = [
    ("2026-05-29 — topic", "2026-05-29"),
    ("2026/05/01", "2026-05-01"),
    ("2026.05.01", "2026-05-01"),
    ("2025_01_01", "2025-01-01"),
    ("2026-03-30c", "2026-03-30"),
    ("[2026-06-11T21:18Z] x", "2026-06-11 21:18Z"),
    ("2026-02-15 18:02 JST", "2026-02-15 18:02 JST"),
    ("2024-06-04T12:00:00+00:00", "2024-06-04 12:00:00+00:00"),
    ("2026-01-12 (14:14 MST)", "2026-01-12 14:14 MST"),
    ("July 14, 2025", "2025-07-14"),
    ("Jan 29th, 2025", "2025-01-29"),
    ("25 November 2025", "2025-11-25"),
    ("10 de Octubre 2025", "2025-10-10"),
    ("10 de março de 2026", "2026-03-10"),
    ("3. März 2026", "2026-03-03"),
    ("13 марта 2026", "2026-03-13"),
    ("1er août 2026", "2026-08-01"),
    ("12. února 2026", "2026-02-12"),
    ("2 gennaio 2026", "2026-01-02"),
    ("31.12.2025", "2025-12-31"),
    ("2026年7月14日", "2026-07-14"),
    ("2026년 3월 15일", "2026-03-15"),
    ("March 2026", "2026-03"),
    ("2026-01", "2026-01"),
    ("2025年06月??日", "2025-06"),
    ("20260430_165812_push_to_remote", "2026-04-30 16:58:12"),
    ("SESSION_20260430", ""),
    ("2026-08-07 to 2026-08-10", "2026-08-07..2026-08-10"),
    ("2026-04-18/19", "2026-04-18..2026-04-19"),
    ("February 7-8, 2026", "2026-02-07..2026-02-08"),
    ("（2026-02-11〜12）", "2026-02-11..2026-02-12"),
    ("2024-09-21 — 2024-09-22", "2024-09-21..2024-09-22"),
    ("2026-05-02 and 2026-05-04", "2026-05-02 | 2026-05-04"),
    ("13/01/2026", "2026-01-13"),
    ("01/13/2026", "2026-01-13"),
    ("05/05/2026", "2026-05-05"),
    ("09/01/2026", "day and month cannot be told apart: 09/01/2026"),
    ("2026-13-01", "not a date: 2026-13-01"),
    ("2026-02-30", "not a date: 2026-02-30"),
    ("31/31/2026", "not a date: 31/31/2026"),
    ("YYYY-MM-DD", ""),
    ("[NEXT_DATE]", ""),
    ("version 1.2.2026-rc", ""),
    ("1.2.3", ""),
    ("http://a.example/2026-01-01-post", ""),
    ("commit 20268", ""),
    ("Feb 7", ""),
]


def say(text: str, order: Order = Order.UNKNOWN) -> str:
    out = []
    for found in find_dates(text, order):
        said = found.date or found.why
        said += f"..{found.date_end}" if found.date_end else ""
        said += f" {found.time}" if found.time else ""
        out.append(said)
    return " | ".join(out)


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_dates(text: str, expected: str) -> None:
    assert say(text) == expected


def test_the_order_decides() -> None:
    assert say("09/01/2026", Order.DAY_FIRST) == "2026-01-09"
    assert say("09/01/2026", Order.MONTH_FIRST) == "2026-09-01"
    assert say("25/01/2026", Order.MONTH_FIRST) == "2026-01-25"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["09/01/2026", "25/01/2026"], Order.DAY_FIRST),
        (["09/01/2026", "01/25/2026"], Order.MONTH_FIRST),
        (["25/01/2026", "01/25/2026"], Order.UNKNOWN),
        (["09/01/2026"], Order.UNKNOWN),
        ([], Order.UNKNOWN),
    ],
)
def test_a_file_shows_the_order(texts: list[str], expected: Order) -> None:
    assert find_order(texts) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Feb 7 — topic", "-02-07"),
        ("7. Februar", "-02-07"),
        ("7 de febrero", "-02-07"),
        ("06/10 Exercices", None),
        ("03.04. Treffen", None),
    ],
)
def test_dates_without_a_year(text: str, expected: str | None) -> None:
    found = find_partial(text)
    assert found is not None
    assert found[1] == expected


@pytest.mark.parametrize("text", ["1.1 Setup", "3/4 tests", "8/8 criteria", "May be", "7 steps"])
def test_what_is_no_date_without_a_year(text: str) -> None:
    assert find_partial(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:30 - Test", "14:30"),
        ("at 9:05 am", "9:05 am"),
        ("(14:14 MST)", "14:14 MST"),
        ("ratio 3:1", None),
        ("66:99", None),
        ("", None),
    ],
)
def test_times(text: str, expected: str | None) -> None:
    assert find_time(text) == expected

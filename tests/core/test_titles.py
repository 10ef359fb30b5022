"""What the line says that starts a session, a row for each shape."""

import pytest

from sessionlog_core.titles import read_title
from sessionlog_core.vocabulary import DEFAULT

ROWS = [
    ("2024-11-05 Kiln2 Session (CLOSED)", "session - 2024-11-05 closed", "Kiln2"),
    ("2024-11-11 Sprint 7 (CLOSED)", "sprint 7 2024-11-11 closed", ""),
    ("2024-11-19 Glaze1.4 Session2 (CLOSED)", "session 2 2024-11-19 closed", "Glaze1.4"),
    (
        "Session 14: Looms - Phase 1-2 (2024-01-23)",
        "session 14 2024-01-23",
        "Looms - Phase 1-2",
    ),
    ("Session Log: 2024-12-11 (Session 9)", "session 9 2024-12-11", ""),
    ("Session Report - 2024-02-27", "session - 2024-02-27", ""),
    ("Session Findings: 2024-03-26", "session - 2024-03-26", ""),
    ("Session Log: Tidal Pools", "session - -", "Tidal Pools"),
    ("Session: 100% Germination (2024-02-06)", "session - 2024-02-06", "100% Germination"),
    ("Session: Two New Valves + Gasket #31", "session - -", "Two New Valves + Gasket #31"),
    ("Session 2: March 17, 2024 (continued)", "session 2 2024-03-17", ""),
    ("Session #5 - 2024-04-16 (Continued)", "session 5 2024-04-16", ""),
    ("Session 4: [Pending]", "session 4 - planned", ""),
    ("Session [NEXT_DATE] (Go on)", "session - -", "Go on"),
    ("Session B — v0.9.0 Release", "session B -", "v0.9.0 Release"),
    ("Session 4.1 - fix", "session 4.1 -", "fix"),
    ("Sessions 1-8: Foundations", "session 1-8 -", "Foundations"),
    ("Session 27 — (prior session)", "session 27 -", ""),
    ("Wrap-up (Session 1)", "session 1 -", "Wrap-up"),
    ("Work done (Session 2 - Dashboard)", "session 2 -", "Work done (Dashboard)"),
    (
        "Session 3 – Goes on (2025-10-05) – Tests ✅",
        "session 3 2025-10-05 closed",
        "Goes on – Tests",
    ),
    ("Iteration 1 — kite.toml reading", "iteration 1 -", "kite.toml reading"),
    ("Ep. 17 -- El firmware", "episode 17 -", "El firmware"),
    ("Day 3: Charts", "day 3 -", "Charts"),
    ("Remote — 2026-04-26 (Sprint 10.14 — Debt)", "sprint 10.14 2026-04-26", "Remote — (Debt)"),
    ("2026-04-24 · Slice 17A — Plumbing", "slice - 2026-04-24", "Slice 17A — Plumbing"),
    ("Phase 1: Ground", "phase - -", "Phase 1: Ground"),
    ("Phase C: API （2026-02-12）", "phase - 2026-02-12", "Phase C: API"),
    ("第十二阶段：完成 (2026-07-14)", "phase - 2026-07-14", "第十二阶段：完成"),
    ("第3回セッション (2026-01-01)", "session 3 2026-01-01", ""),
    ("3rd session, 2026-01-02", "session 3 2026-01-02", ""),
    ("2ª sessão — 2026-01-03", "session 2 2026-01-03", ""),
    ("Sesión 4 — Carpetas (esta sesión)", "session 4 -", "Carpetas (esta sesión)"),
    ("📌 SESSION - 2024-05-21 07:45 UTC", "session - 2024-05-21", ""),
    ("📅 Today's Activities - 2024-07-30", "- - 2024-07-30", "Today's Activities"),
    ("Phase 8 Session Handoff Sheet", "session - -", "Phase 8 Session Handoff Sheet"),
    ("`kite <tail>:<knot>` commands", "- - -", "kite <tail>:<knot> commands"),
    ("Context 1.5 and 2 more", "- - -", "Context 1.5 and 2 more"),
    ("tenant_db_session Policy 2", "- - -", "tenant_db_session Policy 2"),
    ("Tests: 3 entries passed", "- - -", "Tests: 3 entries passed"),
    ("[Notes](notes.md) 2026-01-09", "- - 2026-01-09", ""),
]


@pytest.mark.parametrize(("text", "facts", "words"), ROWS)
def test_title(text: str, facts: str, words: str) -> None:
    title = read_title(text, DEFAULT)
    found = f"{title.unit or '-'} {title.number or '-'} {title.date or '-'}"
    assert found + (f" {title.state}" if title.state else "") == facts
    assert title.words == words


def test_gaps_are_seen() -> None:
    assert read_title("Session X: [DATE]", DEFAULT).placeholder
    assert read_title("## [YYYY-MM-DD] - [Session Title/Goal]", DEFAULT).words == ""
    assert not read_title("Run `kite <tail>`, 2026-01-01", DEFAULT).placeholder


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("2026-05-02: the <table> of `<tides>`", "the <table> of <tides>"),
        ("Session 4 (2026-05-02): {{ harbour }} in <title>", "{{ harbour }} in <title>"),
        ("Session 4 (YYYY-MM-DD): {{ harbour }}", ""),
        ("> 2026-05-02 quoted", "quoted"),
    ],
)
def test_words_between_angles_stay_where_the_date_is_filled_in(heading: str, words: str) -> None:
    assert read_title(heading, DEFAULT).words == words

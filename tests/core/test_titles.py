"""What the line says that starts a session, a row for each shape."""

import pytest

from sessionlog_core.titles import read_title
from sessionlog_core.vocabulary import DEFAULT

ROWS = [
    ("2025-10-06 Alpha3 Session (CLOSED)", "session - 2025-10-06 closed", "Alpha3"),
    ("2025-10-11 Sprint 7 (CLOSED)", "sprint 7 2025-10-11 closed", ""),
    ("2025-10-30 Beta1.0 Session2 (CLOSED)", "session 2 2025-10-30 closed", "Beta1.0"),
    (
        "Session 10: Servers - Phase 1-2 (2026-01-10)",
        "session 10 2026-01-10",
        "Servers - Phase 1-2",
    ),
    ("Session Log: 2026-01-03 (Session 3)", "session 3 2026-01-03", ""),
    ("Session Report - 2026-01-12", "session - 2026-01-12", ""),
    ("Session Findings: 2026-03-11", "session - 2026-03-11", ""),
    ("Session Log: Lambda Expressions", "session - -", "Lambda Expressions"),
    ("Session: 100% Compile Rate (2026-02-05)", "session - 2026-02-05", "100% Compile Rate"),
    ("Session: C Source Fixes + Patch #23", "session - -", "C Source Fixes + Patch #23"),
    ("Session 2: January 6, 2026 (continued)", "session 2 2026-01-06", ""),
    ("Session #3 - 2026-02-13 (Continued)", "session 3 2026-02-13", ""),
    ("Session 4: [Pending]", "session 4 - planned", ""),
    ("Session [NEXT_DATE] (Go on)", "session - -", "Go on"),
    ("Session B — v0.9.0 Release", "session B -", "v0.9.0 Release"),
    ("Session 4.1 - fix", "session 4.1 -", "fix"),
    ("Sessions 1-8: Foundations", "session 1-8 -", "Foundations"),
    ("Session 13 — (prior session)", "session 13 -", ""),
    ("Wrap-up (Session 1)", "session 1 -", "Wrap-up"),
    ("Work done (Session 2 - Dashboard)", "session 2 -", "Work done (Dashboard)"),
    (
        "Session 3 – Goes on (2025-10-05) – Tests ✅",
        "session 3 2025-10-05 closed",
        "Goes on – Tests",
    ),
    ("Iteration 1 — graft.yaml parsing", "iteration 1 -", "graft.yaml parsing"),
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
    ("📌 SESSION - 2026-01-08 11:00 UTC", "session - 2026-01-08", ""),
    ("📅 Today's Activities - 2026-01-29", "- - 2026-01-29", "Today's Activities"),
    ("Phase 6 Session Handoff Document", "session - -", "Phase 6 Session Handoff Document"),
    ("`graft <dep>:<command>` commands", "- - -", "graft <dep>:<command> commands"),
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
    assert not read_title("Run `graft <dep>`, 2026-01-01", DEFAULT).placeholder

"""Which session worked on which item of a roadmap."""

from pathlib import Path

import pytest

from sessionlog_core.journal import make_journal
from sessionlog_core.problems import Code
from sessionlog_core.reader import read_log
from sessionlog_core.roadmap import read_roadmap
from tests.core.small_projects import read_project
from tests.fixture_files import Case, read_cases

CASES = read_cases(Path(__file__).parent / "fixtures" / "links.txt")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_links(case: Case) -> None:
    journal = read_project(case.input)
    lines = [
        f"{x.session} -> {x.item}: {x.how} {x.degree}, line {x.evidence.line}"
        for x in journal.links
    ]
    lines += [f"{p.where} {p.message}" for p in journal.problems if p.code is Code.ROADMAP]
    assert "\n".join(lines) == case.expected


def test_an_alias_that_leads_nowhere_is_told() -> None:
    plan = read_roadmap("# R\n\n## Alpha\n\n- [ ] Tides\n", "ROADMAP.md")
    journal = make_journal([], [plan], aliases={"waves": "Gamma 9"})
    message = "alias 'waves' leads nowhere: no item or milestone 'Gamma 9'"
    assert [(p.code, p.message) for p in journal.problems] == [(Code.OPTION, message)]


def test_links_of_a_session_that_is_told_twice_stand_for_both_tellings() -> None:
    plan = read_roadmap("# R\n\n## Alpha\n\n- [ ] T016: Station files\n", "ROADMAP.md")
    text = (
        "## Session 1 - 2026-01-10\n### Done\n- Finished T016, one file for each station\n"
        "- Wrote a table of harbours with their depths\n- Measured the tide at the pier\n"
    )
    logs = [read_log(text, path, named=True) for path in ("a.md", "archive/a.md")]
    journal = make_journal(logs, [plan])
    assert [(x.session, x.evidence.path) for x in journal.links] == [("2026-01-10-1", "a.md")]
    assert [(x.session, x.evidence.path) for x in journal.twin_links] == [
        ("2026-01-10-1-a", "archive/a.md")
    ]

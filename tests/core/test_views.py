"""Small logs in, the Markdown of a view out: the cases of fixtures/view_*.txt.

The title of a case is `view option=value ...: words`. A line `=== path` begins a file.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from sessionlog_core.blocks import Paragraph
from sessionlog_core.journal import make_journal
from sessionlog_core.model import Journal, Log, Span, Withheld
from sessionlog_core.query import Query, read_query
from sessionlog_core.reader import read_log
from sessionlog_core.roadmap import read_roadmap
from sessionlog_core.views import VIEWS
from sessionlog_core.views.budget import NOTHING_CUT
from sessionlog_core.writers import markdown
from tests.fixture_files import Case, read_cases

CASES = [
    c for p in sorted(Path(__file__).parent.glob("fixtures/view_*.txt")) for c in read_cases(p)
]


def journal_of(text: str) -> Journal:
    """Read files that stand one after another, each below a line `=== path`."""
    files: dict[str, list[str]] = {}
    path = "session-log.md"
    for line in text.split("\n"):
        if line.startswith("=== "):
            path = line[4:]
            files[path] = []
        else:
            files.setdefault(path, []).append(line)
    logs = []
    roadmaps = []
    for name, lines in files.items():
        if not any(lines):
            continue
        words = "\n".join(lines) + "\n"
        if "roadmap" in name.lower():
            roadmaps.append(read_roadmap(words, name))
        else:
            logs.append(read_log(words, name, named=True))
    return make_journal(logs, roadmaps)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_view(case: Case) -> None:
    name, *options = case.title.partition(":")[0].split()
    query, problems = read_query(dict(x.split("=", 1) for x in options), "test", 1)
    assert not problems
    journal = journal_of(case.input)
    blocks = VIEWS[name].function(journal, query)
    assert markdown.write(blocks, lambda _: None) == case.expected + "\n"
    VIEWS[name].function(journal, replace(query, budget=NOTHING_CUT))
    assert VIEWS[name].function(journal, query) == blocks  # what pages share stays as it is


def test_a_log_without_a_session_says_what_was_seen() -> None:
    log = Log("thoughts.md", "none", why=("no heading has a date", "no unit word"))
    said = markdown.write(VIEWS["timeline"].function(Journal((log,)), Query()), lambda _: None)
    assert "`## 2026-01-31 Parser`" in said
    assert "`sessionlog-docs explain thoughts.md`" in said
    assert said.endswith("- `thoughts.md`: no heading has a date; no unit word\n")


def test_files_that_were_read_and_gave_nothing_are_named() -> None:
    journal = Journal(silent=("docs/progress.md", "session-log.md"))
    said = markdown.write(VIEWS["timeline"].function(journal, Query()), lambda _: None)
    assert said.startswith("No session was found.\n")
    assert "`sessionlog-docs explain docs/progress.md`" in said
    assert said.endswith("- `docs/progress.md`\n- `session-log.md`\n")


def test_a_key_that_does_not_exist_is_told_with_those_like_it() -> None:
    log = "# Log\n\n" + "".join(f"## 2026-03-{day:02d} Tides\n- a\n\n" for day in range(1, 9))
    query = Query(session="2026-03-04-1")
    blocks = VIEWS["session"].function(journal_of(log), query)
    title, keys, *_ = markdown.write(blocks, lambda _: None).split("\n\n")
    assert title == "No session has the key 2026-03-04-1."
    assert keys.startswith("Keys that exist: `2026-03-04`")
    assert keys.count("`") == 10


@pytest.mark.parametrize("name", VIEWS)
def test_a_journal_of_nothing_says_what_to_do(name: str) -> None:
    blocks = VIEWS[name].function(Journal(), Query())
    assert isinstance(blocks[0], Paragraph)
    assert blocks[0].kind == "empty"


def test_what_was_withheld_is_counted_with_its_reason_and_not_told() -> None:
    journal = journal_of("# Session log\n\n## 2026-01-10 One\n- a\n\n\n\n## 2026-01-11 Two\n- b\n")
    gone = (
        Withheld("section", Span("session-log.md", 5, 6)),
        Withheld("passage", Span("session-log.md", 7, 7)),
        Withheld("log", Span("visits.md", 1, 9)),
    )
    journal = replace(journal, withheld=gone)
    lead = "Not for publication and left out:"

    def said(view: str, **options: str) -> str:
        blocks = VIEWS[view].function(journal, Query(**options))
        return markdown.write(blocks, lambda _: None)

    month = said("session", month="2026-01", order="oldest")
    why = "1 section, by its title · 1 passage that its log marks as private · 3 lines"
    assert month.count(f"{lead} {why}\n") == month.count(lead) == 1
    assert month.index(lead) < month.index("Two")
    for view in ("timeline", "sessions"):
        assert f"{lead} 1 log as a whole, by its name · 1 section, by its title" in said(view)
        assert "visits.md" not in said(view)


def test_a_project_of_withheld_logs_says_that_they_are_withheld() -> None:
    journal = Journal(withheld=(Withheld("log", Span("visits.md", 1, 9)),))
    said = markdown.write(VIEWS["timeline"].function(journal, Query()), lambda _: None)
    assert "left out: 1 log as a whole, by its name · 9 lines" in said


def test_a_roadmap_without_items_is_named_with_what_was_expected() -> None:
    journal = journal_of("=== ROADMAP.md\n# Roadmap\n\nWords only.\n")
    said = markdown.write(VIEWS["roadmap"].function(journal, Query()), lambda _: None)
    assert said.startswith("No item of a roadmap was found.\n")
    assert "- `ROADMAP.md`: no items found, expected check boxes" in said

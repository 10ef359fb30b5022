"""What stands inside a session, rule by rule; each fixture file holds a case for each rule."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sessionlog_core.model import Decision, Item, Metric, PartKind, Session, Span
from sessionlog_core.outline import read_outline
from sessionlog_core.parts import fill
from sessionlog_core.reader import read_log
from sessionlog_core.vocabulary import (
    DEFAULT,
    FIELD_WORDS,
    LANGUAGES,
    SECTION_WORDS,
    STATE_WORDS,
    read_rows,
)
from tests.fixture_files import Case, read_cases

FIXTURES = Path(__file__).parent / "fixtures"


def read(text: str, path: str = "log.md") -> Session:
    """Read the body of a session; its first line is line 1."""
    outline, _ = read_outline(text, path)
    return fill(Session(Span(path, 1, text.count("\n") + 1), body=outline.nodes), DEFAULT)


def place(item: Item) -> str:
    return str(item.line) if item.line == item.end_line else f"{item.line}-{item.end_line}"


def words(item: Item) -> str:
    box = {None: "", True: "[x] ", False: "[ ] "}[item.done]
    group = f" ({item.group})" if item.group else ""
    return box + " / ".join(item.text.split("\n")) + group


def items_of(session: Session) -> Iterator[str]:
    told = {
        "summary": session.summary,
        "done": session.done,
        "next": session.next_steps,
        "decision": tuple(d.item for d in session.decisions),
        "blocker": session.blockers,
    }
    for name, items in told.items():
        yield from (f"{name} {place(item)}: {words(item)}" for item in items)


def decisions_of(session: Session) -> Iterator[str]:
    def lines(decision: Decision) -> Iterator[str]:
        yield f"{place(decision.item)}: {decision.title}"
        for aspect in ("choice", "reason", "rejected", "tradeoff"):
            said = getattr(decision, aspect)
            if said:
                yield f"  {aspect}: {said}"

    for decision in session.decisions:
        yield from lines(decision)


def figures_of(session: Session) -> Iterator[str]:
    def line(metric: Metric) -> str:
        said = f"{metric.line}: {metric.name} {metric.value:g}"
        said += f"/{metric.total:g}" if metric.total is not None else ""
        said += f" {metric.unit}" if metric.unit else ""
        said += f" from {metric.before:g}" if metric.before is not None else ""
        said += f" by {metric.delta:+g}" if metric.delta is not None else ""
        return said + (" partial" if metric.partial else "")

    return map(line, session.metrics)


def names_of(session: Session) -> Iterator[str]:
    yield from (f"{x.line}: commit {x.sha}" for x in session.commits)
    yield from (f"{x.line}: {x.kind} {x.id}" for x in session.refs)
    yield from (f"{x.line}: {x.change or 'file'} {x.path}" for x in session.files)


def fields_of(session: Session) -> Iterator[str]:
    if session.branch:
        yield f"branch: {session.branch}"
    if session.duration_minutes is not None:
        yield f"minutes: {session.duration_minutes}"
    if session.status:
        yield f"{session.status}: {session.status_text}"
    if session.planned:
        yield "planned"


READERS = {
    "parts": items_of,
    "decisions": decisions_of,
    "figures": figures_of,
    "names": names_of,
    "fields": fields_of,
}
CASES = [(name, case) for name in READERS for case in read_cases(FIXTURES / f"{name}.txt")]


@pytest.mark.parametrize(("name", "case"), CASES, ids=str)
def test_session(name: str, case: Case) -> None:
    assert "\n".join(READERS[name](read(case.input))) == case.expected


@pytest.mark.parametrize("case", read_cases(FIXTURES / "standing.txt"), ids=str)
def test_standing(case: Case) -> None:
    log = read_log(case.input, "session_log.md")
    told = {"next": log.standing.next_steps, "primer": log.standing.primer}
    found = [f"{name} {place(x)}: {words(x)}" for name, items in told.items() for x in items]
    assert "\n".join(found) == case.expected


@pytest.mark.parametrize("case", read_cases(FIXTURES / "titles.txt"), ids=str)
def test_titles(case: Case) -> None:
    found = (DEFAULT.section(title) for title in case.input.split("\n"))
    assert [str(x.kind) if x else "-" for x in found] == case.expected.split("\n")


@pytest.mark.parametrize("kind", SECTION_WORDS, ids=str)
def test_every_phrase_of_a_section_finds_it(kind: PartKind) -> None:
    lost = []
    for language, phrase in read_rows(SECTION_WORDS[kind]):
        found = DEFAULT.section(phrase.removeprefix("=").capitalize())
        if found is None or found.kind is not kind:
            lost.append(f"{language}: {phrase} is {found}")
    assert lost == []


TABLES = {
    **{f"section {kind}": rows for kind, rows in SECTION_WORDS.items()},
    **{f"field {name}": rows for name, rows in FIELD_WORDS.items()},
    **{f"state {name}": rows for name, rows in STATE_WORDS.items()},
}


@pytest.mark.parametrize("table", TABLES)
def test_every_table_serves_every_language(table: str) -> None:
    missing = set(LANGUAGES) - {language for language, _ in read_rows(TABLES[table])}
    # Logs of many languages write the names of git in English.
    assert missing == set() or table in ("field branch", "field commit", "section other")


def test_a_share_takes_back_a_state_of_the_users_own() -> None:
    own = DEFAULT.with_rows(states={"closed": ["landed"]})
    assert own.state("landed") == "closed"
    assert own.state("90% landed") == "open"

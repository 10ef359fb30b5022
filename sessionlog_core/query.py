"""What a view shall show: options of a directive or fence in, a checked query and problems out."""

from collections.abc import Callable, Mapping
from dataclasses import field, fields
from typing import Any

from sessionlog_core.checks import choice, count, expected, iso_date, month, words
from sessionlog_core.problems import Code, Problem
from sessionlog_core.records import record


def _option(default: Any, check: Callable[[str], Any], says: str) -> Any:
    return field(default=default, metadata={"check": check, "help": says})


@record(frozen=True, slots=True)
class Query:
    """The options of a view.

    Every field is an option, `_` is written `-`. Its metadata holds `check` and `help`.
    """

    since: str | None = _option(None, iso_date, "only sessions on or after this date, `YYYY-MM-DD`")
    until: str | None = _option(
        None, iso_date, "only sessions on or before this date, `YYYY-MM-DD`"
    )
    month: str | None = _option(None, month, "only sessions of this month, `YYYY-MM`, or `undated`")
    session: str | None = _option(None, words, "only the session with this key, `2026-01-10`")
    log: str | None = _option(None, words, "only sessions of this log, by its path or file name")
    status: str | None = _option(
        None, choice("open", "closed", "planned"), "only sessions in this state"
    )
    milestone: str | None = _option(
        None, words, "only what belongs to this milestone, by its title"
    )
    branch: str | None = _option(None, words, "only sessions on this branch")
    limit: int | None = _option(None, count, "at most so many sessions or rows")
    order: str = _option("newest", choice("newest", "oldest"), "`newest` or `oldest` first")
    group_by: str = _option("month", choice("month", "none"), "landmarks in a list of sessions")
    text: str = _option(
        "newest",
        choice("newest", "all", "none"),
        "whose text can be unfolded on the timeline: the `newest` few, `all` or `none`",
    )
    budget: int = _option(600, count, "about so many words at most on the continue page")


QUERY_OPTIONS: Mapping[str, Callable[[str], Any]] = {
    f.name.replace("_", "-"): f.metadata["check"] for f in fields(Query)
}
"""Option name, as users write it, to the check that gives its value or raises `ValueError`."""


def read_query(options: Mapping[str, str], path: str, line: int) -> tuple[Query, list[Problem]]:
    """Check the options of a view at `path:line`; what is wrong is a problem and left out."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, text in options.items():
        check = QUERY_OPTIONS.get(name)
        if check is None:
            message = f"unknown option: {name}, {expected(name, sorted(QUERY_OPTIONS))}"
            problems.append(Problem(Code.VIEW, message, path, line))
            continue
        try:
            values[name.replace("-", "_")] = check(text)
        except ValueError as error:
            problems.append(Problem(Code.VIEW, f"option {name}: {error}", path, line))
    return Query(**values), problems

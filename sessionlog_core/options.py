"""The options of a project, declared once: settings of a user in, checked options out."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import field, fields, replace
from pathlib import Path
from typing import Any

from sessionlog_core import rows
from sessionlog_core.checks import (
    choice,
    count,
    expected,
    fingerprints,
    flag,
    link_rules,
    pairs,
    patterns,
    site_folder,
    some_of,
    titles,
    web_address,
)
from sessionlog_core.privacy import KINDS
from sessionlog_core.problems import Code, Problem
from sessionlog_core.raw import read_bytes
from sessionlog_core.records import record
from sessionlog_core.repository import repository_of


def _option(default: Any, check: Callable[[Any], Any], says: str) -> Any:
    return field(default=default, metadata={"check": check, "help": says})


@record(frozen=True, slots=True)
class Options:
    """The options: every field is one.

    Its metadata holds `check` (gives the value, or raises `ValueError`) and `help` (a sentence).
    `[tool.sessionlog]` in `pyproject.toml`, or `sessionlog.toml`, serve all hosts;
    `sessionlog_<name>` in `conf.py` and the plugin's entry in `mkdocs.yml` come after them.
    """

    logs: tuple[str, ...] = _option(
        (),
        patterns,
        "Paths or globs of the logs, from the project's root; well-known names when empty.",
    )
    exclude: tuple[str, ...] = _option(
        (),
        patterns,
        "What is left out although it would be found; written like lines of a `.gitignore`.",
    )
    roadmap: tuple[str, ...] = _option(
        (), patterns, "Paths or globs of roadmaps; `roadmap.md` and its like when empty."
    )
    allow_outside: bool = _option(
        default=False,
        check=flag,
        says="Read also what lies, or leads by a link, outside of the project's root.",
    )
    folder: str = _option(
        "sessionlog", site_folder, "Folder of the site in which the generated pages stand."
    )
    pages: str = _option(
        "month",
        choice("month", "session", "log", "none"),
        "The archive of sessions: a page for each month, session or log, or none.",
    )
    budget: int = _option(600, count, "About so many words at most on the continue-here page.")
    secrets: str = _option(
        "mask",
        choice("mask", "warn", "fail", "off"),
        "What happens to text that looks like a credential: it is masked; shown, with a warning; "
        "masked, and the build fails; or nothing.",
    )
    secrets_allow: tuple[str, ...] = _option(
        (), fingerprints, "Fingerprints, as warnings tell them, of what is no credential."
    )
    withhold: tuple[str, ...] = _option(
        (),
        titles,
        "Titles of sections, and paths or globs of logs, that are not for publication.",
    )
    aliases: tuple[tuple[str, str], ...] = _option(
        (),
        pairs,
        "Words of the logs, and the item or milestone of a roadmap that they stand for.",
    )
    dates: str = _option(
        "auto",
        rows.date_order,
        "What comes first in a date such as `09/01/2026`: `dmy`, `mdy`, or `auto`: a file decides "
        "where one of its dates can be read in one way alone.",
    )
    section_words: tuple[tuple[str, tuple[str, ...]], ...] = _option(
        (),
        rows.section_words,
        'Words of your section titles, by kind: `{next_steps = ["flight plan"]}`.',
    )
    unit_words: tuple[tuple[str, tuple[str, ...]], ...] = _option(
        (),
        rows.unit_words,
        'Words for what you call a session: `["shift"]`.',
    )
    status_words: tuple[tuple[str, tuple[str, ...]], ...] = _option(
        (),
        rows.status_words,
        'Words of a state, by `closed`, `open` and `planned`: `{closed = ["landed"]}`.',
    )
    metric_patterns: tuple[tuple[str, str], ...] = _option(
        (),
        rows.metric_patterns,
        "Patterns of your figures, by name: `{velocity = 'velocity (?P<value>\\d+)'}`.",
    )
    reference_patterns: tuple[tuple[str, str], ...] = _option(
        (),
        rows.reference_patterns,
        "Patterns of names that you refer to, by kind: `{ticket = 'OPS-\\d+'}`.",
    )
    layouts: tuple[tuple[str, str], ...] = _option(
        (),
        rows.layouts,
        "Patterns of the line that starts a session, with groups `number`, `date`, `time`, `title` "
        "and `status`: `{shift = '^Shift (?P<number>\\d+), (?P<date>.+)$'}`.",
    )
    privacy: tuple[str, ...] = _option(
        (),
        some_of(*KINDS),
        "What gets a label in its place (`host-2`): `paths` (home folders), `hosts` (private "
        "addresses and names of machines), `emails`, `names` (those of `private_names`).",
    )
    private_names: tuple[str, ...] = _option(
        (), titles, "Words, such as names of people and customers, that `privacy` masks."
    )
    repository_url: str = _option(
        "",
        web_address,
        "Where the repository is, `https://example.org/team/project`, to which commits, issues and "
        "pull requests become links; the one of `[project.urls]` or `[tool.poetry]` when empty: "
        "under `Repository` or `Source`, or of any address at a forge, such as that of the issues.",
    )
    links: tuple[tuple[str, str], ...] = _option(
        (),
        link_rules,
        "Patterns of names in the logs and what they lead to, an address or a page of the site: "
        "`{'ADR-(\\d+)' = 'adrs/ADR-{1}*'}`.",
    )
    dead_links: str = _option(
        "ignore",
        choice("ignore", "warn"),
        "What happens where a relative link of a log leads nowhere: nothing, or a warning. It is "
        "shown as words either way, or leads to the page that has no such heading.",
    )
    images: str = _option(
        "link",
        choice("link", "show"),
        "An image of the project in a log is a link to a copy beside the pages, or is shown from "
        "there. Images of other sites are links either way.",
    )
    max_size: int = _option(5_000_000, count, "Size in bytes above which a file is not read.")
    max_sessions: int = _option(
        5_000,
        count,
        "At most so many sessions of one file are shown, the newest; the rest is told.",
    )
    max_problems: int = _option(
        20, count, "At most so many problems of one file are told; how many more there are is said."
    )
    search: str = _option(
        "once",
        choice("once", "all", "less", "none"),
        "What a search finds: each session `once`, on `all` pages, with `less` weight, or `none`.",
    )
    navigation: bool = _option(
        default=True,
        check=flag,
        says="The generated pages stand at the end of the navigation where you do not list them.",
    )
    backlinks: bool = _option(
        default=True,
        check=flag,
        says="The team's own roadmap page gets anchors, and links to sessions that worked on it.",
    )


OPTIONS = tuple(fields(Options))
"""The table of options: `name`, `default`, `metadata["check"]`, `metadata["help"]`."""


def set_options(
    options: Options, values: Mapping[str, Any], where: str
) -> tuple[Options, list[Problem]]:
    """Lay `values` over `options`; `where` names their origin (`conf.py`) in problems."""
    known = {f.name: f.metadata["check"] for f in OPTIONS}
    problems: list[Problem] = []
    good: dict[str, Any] = {}
    for name, value in values.items():
        key = name.replace("-", "_")
        if key not in known:
            message = f"unknown option: {name}, {expected(key, sorted(known))}"
            problems.append(Problem(Code.OPTION, message, where))
            continue
        try:
            good[key] = known[key](value)
        except ValueError as error:
            problems.append(Problem(Code.OPTION, f"option {name}: {error}", where))
    return replace(options, **good), problems


def read_options(root: Path) -> tuple[Options, list[Problem]]:
    """Read `sessionlog.toml` in `root`, else `[tool.sessionlog]` of its `pyproject.toml`."""
    options, problems = _read_table(root)
    problems += [Problem(Code.OPTION, wrong) for wrong in rows.installed_layouts()[1]]
    if not options.repository_url:
        options = replace(options, repository_url=find_repository(root))
    return options, problems


def find_repository(root: Path) -> str:
    """Give the address of the repository that the project's `pyproject.toml` names."""
    try:
        return repository_of(_toml(root, "pyproject.toml"))
    except ValueError:  # no TOML
        return ""


_LARGEST = 5_000_000
"""Bytes of a file of settings at most."""


def _toml(root: Path, name: str) -> Any:
    """Read a table of the project's settings; raises ValueError where it cannot be read."""
    data = read_bytes(root / name, name, max_size=_LARGEST)
    if isinstance(data, Problem):
        raise ValueError(data.message)
    return tomllib.loads(data.decode("utf-8").replace("\r\n", "\n"))


def _read_table(root: Path) -> tuple[Options, list[Problem]]:
    for name, keys in (("sessionlog.toml", ()), ("pyproject.toml", ("tool", "sessionlog"))):
        if not (root / name).is_file():
            continue
        try:
            table = _toml(root, name)
        except ValueError as error:
            return Options(), [Problem(Code.OPTION, f"not readable as TOML: {error}", name)]
        for key in keys:
            table = table.get(key, {}) if isinstance(table, dict) else {}
        if not isinstance(table, dict):
            return Options(), [Problem(Code.OPTION, f"not a table: {table!r}", name)]
        if table or not keys:
            return set_options(Options(), table, name)
    return Options(), []

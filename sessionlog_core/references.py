"""A passage of a log in, the names that it mentions out: commits, issues, phases, tickets, decision records, paths."""

import re

from sessionlog_core.model import Commit, FileChange, Reference

REFERENCES: tuple[tuple[str, str], ...] = (
    ("pr", r"\b(?:PRs?|[Pp]ull [Rr]equests?)\s{0,2}(#\d{1,6})\b"),
    ("issue", r"(?<![\w&/#])(#\d{1,6})(?![\w;])"),
    ("adr", r"\b(ADR-?\d{1,5})\b"),
    ("phase", r"\b(Phases?\s\d{1,3}(?:\.\d{1,3})?[a-z]?(?:[-–]\d{1,3})?)\b"),
    ("task", r"\b(T\d{3}(?:[-–]T\d{3})?)\b"),
    ("task", r"\b(Task\s#?\d{1,4}(?:\.\d{1,3})?)\b"),
    (
        "milestone",
        r"\b(M\d{1,2}(?:\.\d{1,2}){0,2}|Milestone\s\d{1,3}(?:\.\d{1,3})?|Alpha\s?\d{1,3}|Beta\s?\d{1,3})\b",
    ),
    ("sprint", r"\b(Sprint\s#?\d{1,4})\b"),
)
"""Kind and pattern of each sort of name; group 1 is the name as written."""

_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in REFERENCES)
COMMIT = re.compile(
    r"(?<![\w-])(?=[0-9a-f]{0,39}\d)(?=[0-9]{0,39}[a-f])([0-9a-f]{7,12}|[0-9a-f]{40})(?![\w-])"
)
PATH = re.compile(r"`([\w.@~-]{0,80}(?:/[\w.@*-]{1,80}){0,12}/?)`")
ANY = re.compile(r"[#\d`]")


def find_references(text: str, line: int) -> tuple[Reference, ...]:
    """Find what `text` mentions by name, in the order of its lines; its first line is line `line` of the file."""
    found: list[Reference] = []
    for offset, row in enumerate(text.split("\n")):
        if not ANY.search(row):
            continue
        taken: set[int] = set()
        hits: list[tuple[int, Reference]] = []
        for kind, pattern in _COMPILED:
            for match in pattern.finditer(row):
                if match.start(1) not in taken:
                    taken.add(match.start(1))
                    hits.append((match.start(1), Reference(kind, match[1], line + offset)))
        found.extend(ref for _, ref in sorted(hits, key=lambda hit: hit[0]))
    return tuple(found)


def find_commits(text: str, line: int) -> tuple[Commit, ...]:
    """Find the commits that `text` names by SHA."""
    found: list[Commit] = []
    for offset, row in enumerate(text.split("\n")):
        found.extend(Commit(match[1], line + offset) for match in COMMIT.finditer(row))
    return tuple(found)


def find_files(text: str, line: int, change: str | None = None) -> tuple[FileChange, ...]:
    """Find the paths that `text` names in backticks; `change` is what its section says about them."""
    found: list[FileChange] = []
    for offset, row in enumerate(text.split("\n")):
        if "`" in row:
            found.extend(
                FileChange(match[1], change, line + offset)
                for match in PATH.finditer(row)
                if "/" in match[1] or re.search(r"\.[a-z]{1,5}$", match[1])
            )
    return tuple(found)

"""A number of sessions in, made-up logs of about 2.5 KB a session out, in the shapes of real ones.

The same words come as logs (`write_logs`) and as plain Markdown pages by month (`write_pages`), so
that a host can be timed on the same text with and without Sessionlog.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

VERBS = [
    "Added",
    "Moved",
    "Wrote",
    "Repaired",
    "Measured",
    "Split",
    "Renamed",
    "Tested",
    "Removed",
    "Documented",
    "Replaced",
    "Merged",
    "Reviewed",
    "Simplified",
    "Drafted",
    "Checked",
    "Traced",
    "Rebuilt",
    "Compared",
    "Wrapped",
    "Deleted",
    "Extended",
    "Pinned",
    "Sorted",
]

THINGS = [
    "reader",
    "table",
    "cache",
    "parser",
    "schema",
    "retry",
    "upload",
    "index",
    "harbour",
    "chart",
    "loop",
    "page",
    "archive",
    "station",
    "tide",
    "curve",
    "model",
    "token",
    "queue",
    "worker",
    "buffer",
    "router",
    "template",
    "fixture",
    "migration",
    "socket",
    "header",
    "payload",
    "cursor",
    "filter",
    "planner",
    "lexer",
    "driver",
    "tracker",
    "scanner",
    "importer",
    "exporter",
    "notifier",
    "scheduler",
    "renderer",
    "validator",
    "resolver",
    "sampler",
    "encoder",
    "decoder",
    "splitter",
    "collector",
    "balancer",
    "throttle",
    "ledger",
    "manifest",
    "snapshot",
    "bundle",
    "registry",
    "adapter",
    "gateway",
    "session",
    "cookie",
    "avatar",
    "invoice",
    "ticket",
    "mailbox",
    "sensor",
    "beacon",
    "compass",
    "anchor",
    "ballast",
    "rudder",
    "lantern",
    "signal",
    "mooring",
    "calendar",
    "timezone",
    "locale",
    "keyboard",
    "gesture",
    "tooltip",
    "sidebar",
    "banner",
    "footer",
    "carousel",
    "dialog",
    "popover",
    "slider",
    "toggle",
    "checksum",
    "digest",
    "cipher",
    "certificate",
    "password",
    "profile",
    "quota",
    "tenant",
    "billing",
    "coupon",
    "refund",
    "cart",
    "checkout",
    "parcel",
    "barcode",
    "printer",
    "camera",
    "thumbnail",
    "palette",
    "gradient",
    "shadow",
    "texture",
    "shader",
    "vertex",
    "mesh",
    "voxel",
    "raster",
    "vector",
]

SORTS = [
    "slow",
    "broken",
    "old",
    "nested",
    "missing",
    "stale",
    "partial",
    "hidden",
    "remote",
    "local",
    "global",
    "shared",
    "cyclic",
    "empty",
    "frozen",
    "lazy",
    "eager",
    "strict",
    "loose",
    "signed",
    "binary",
    "plain",
    "compact",
    "verbose",
    "silent",
    "nightly",
    "weekly",
    "monthly",
    "yearly",
    "public",
    "private",
    "internal",
    "external",
    "upstream",
    "downstream",
    "early",
    "late",
    "first",
    "last",
    "upper",
    "lower",
    "inner",
    "outer",
    "left",
    "right",
    "hot",
    "cold",
]

ENDS = """since the old one lost the last line|so that it takes less than a second|with a note for those who upgrade
after the review found two cases|which makes it independent of the clock|and wrote down why the other way was left
as the planner asked for|before anybody depends on it|because it failed on the second attempt
while the numbers are fresh|with three tests of its own|as agreed last week""".replace(
    "\n", "|"
).split("|")


@dataclass(frozen=True)
class Made:
    """A session: what it is called and its sections, each a title and lines of Markdown."""

    number: int
    date: str
    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]


def sessions(count: int, *, seed: int = 1) -> Iterator[Made]:
    """Make sessions, one a day, oldest first."""
    chance = random.Random(seed)
    for index in range(count):
        date = dt.date(2023, 1, 1) + dt.timedelta(days=index)
        yield Made(
            index + 1, date.isoformat(), _phrase(chance, end=False), _sections(chance, index)
        )


def _phrase(chance: random.Random, *, end: bool = True) -> str:
    words = f"{chance.choice(VERBS)} the {_thing(chance)}"
    return f"{words} of the {_thing(chance)}, {chance.choice(ENDS)}" if end else words


def _thing(chance: random.Random) -> str:
    return f"{chance.choice(SORTS)} {chance.choice(THINGS)}"


def _sections(chance: random.Random, index: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    def line(mark: str = "-") -> str:
        folder, name = chance.choice(THINGS), chance.choice(THINGS)
        return f"{mark} {_phrase(chance)} in `src/{folder}/{name}.py`."

    sha = f"{chance.randrange(16**7):07x}"
    passing, covered = 100 + 3 * index, 80 + index % 15
    return (
        (
            "Summary",
            (f"{_phrase(chance)}. {_phrase(chance)} (Phase {index // 50 + 1}, #{index + 7}).",),
        ),
        ("Work Completed", tuple(line() for _ in range(8))),
        (
            "Decisions",
            (f"- **{_phrase(chance, end=False)}**: {_phrase(chance)}, see ADR-{index % 30:03d}.",),
        ),
        (
            "Results",
            (
                "| Metric | Before | After |",
                "|---|---|---|",
                f"| Tests | {passing - 3} | {passing} |",
                f"| Coverage | {max(covered - 1, 80)}% | {covered}% |",
                "",
                f"Tests: {passing} passing (+3). Commit `{sha}`.",
            ),
        ),
        (
            "Issues Encountered",
            tuple(
                said
                for place in (1, 2)
                for said in (
                    f"{place}. **{_phrase(chance, end=False)}**",
                    f"   - **Cause**: {_phrase(chance)}",
                    f"   - **Solution**: {_phrase(chance)}",
                )
            ),
        ),
        (
            "Example",
            ("```python", f"forecast = model.predict(days={index})", "print(forecast)", "```"),
        ),
        (
            "Next Steps",
            tuple(line("- [x]" if chance.random() < 0.5 else "- [ ]") for _ in range(4)),
        ),
    )


def body(made: Made, level: int) -> str:
    """Write the sections of a session with headings at `level`."""
    parts = [f"{'#' * level} {title}\n\n" + "\n".join(lines) for title, lines in made.sections]
    return "\n\n".join(parts) + "\n"


def labelled(made: Made) -> str:
    """Write the sections of a session with bold labels instead of headings."""
    parts = [f"**{title}**:\n\n" + "\n".join(lines) for title, lines in made.sections]
    return "\n\n".join(parts) + "\n"


def write_logs(folder: Path, count: int) -> None:
    """Write the sessions as a text log, progress files by year, and reports."""
    text: list[str] = ["# Session Log\n\nAll sessions, oldest first.\n"]
    progress: dict[str, list[str]] = {}
    for made in sessions(count):
        match made.number % 3:
            case 0:
                text.append(f"# {made.date} {made.title} (CLOSED)\n\n{body(made, 2)}\n-----\n")
            case 1:
                heading = f"## Session {made.number}: {made.title} ({made.date})"
                progress.setdefault(made.date[:4], []).append(
                    f"{heading}\n\n{labelled(made)}\n---\n"
                )
            case _:
                heading = f"# Session Report: {made.title}\n\n**Date:** {made.date}\n\n"
                _write(folder / f"reports/SESSION_REPORT_{made.date}.md", heading + body(made, 2))
    _write(folder / "session-log.txt", "\n".join(text))
    for year, parts in progress.items():
        _write(folder / f"logs/{year}/progress.md", "# Progress Log\n\n" + "\n".join(parts))


def write_pages(folder: Path, count: int) -> list[str]:
    """Write the sessions as one page a month, as by hand; give the names of the pages."""
    months: dict[str, list[str]] = {}
    for made in sessions(count):
        months.setdefault(made.date[:7], []).append(
            f"## {made.date} {made.title}\n\n{body(made, 3)}"
        )
    for month, parts in months.items():
        _write(folder / f"{month}.md", f"# {month}\n\n" + "\n".join(parts))
    return list(months)


def write_roadmap(folder: Path) -> None:
    """Write a roadmap that the sessions refer to."""
    lines = ["# Roadmap", ""]
    for phase in range(1, 21):
        lines += [f"## Phase {phase}", ""]
        lines += [
            f"- [{'x' if n % 2 else ' '}] {SORTS[phase]} {THINGS[phase * 4 + n]} (T{phase:02d}{n})"
            for n in range(4)
        ]
        lines.append("")
    _write(folder / "ROADMAP.md", "\n".join(lines))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")

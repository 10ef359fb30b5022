"""Time the reading of a log against markdown-it-py's full parse of the same text, in one process.

`python benchmarks/reading.py [SESSIONS | PATH ...]` prints megabytes a second of the processor for
markdown-it-py, for the blocks of a log, for its layout and for the whole reading, and the ratio,
with the least that it must be.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import _lru_cache_wrapper
from pathlib import Path

import generated
from markdown_it import MarkdownIt

from sessionlog_core.layout import find_entries
from sessionlog_core.outline import read_outline
from sessionlog_core.reader import read_log
from sessionlog_core.vocabulary import DEFAULT, Titles

LEAST = 1.2
"""Times as fast as markdown-it-py's full parse that a log is read at least."""

RUNS = 7

FULL, WHOLE = "markdown-it-py, full parse", "a log, as a whole"

Read = Callable[[str, str], object]

FEW = 100
"""Results that are kept of what is made once, such as patterns; there are more titles and paths."""


def forget() -> None:
    """Forget titles and paths: what another run looked up is not to be had for nothing."""
    modules = [m for name, m in sys.modules.items() if name.startswith("sessionlog_core.")]
    for known in (Titles.find, *(made for module in modules for made in vars(module).values())):
        if isinstance(known, _lru_cache_wrapper) and (known.cache_info().maxsize or 0) > FEW:
            known.cache_clear()


def seconds(reads: dict[str, Read], texts: dict[str, str]) -> dict[str, float]:
    """Give the least processor time of several runs over all texts, in turns."""
    best = dict.fromkeys(reads, float("inf"))
    for _ in range(RUNS):
        for name, read in reads.items():
            forget()
            start = time.process_time()
            for path, text in texts.items():
                read(text, path)
            best[name] = min(best[name], time.process_time() - start)
    return best


def texts(arguments: list[str]) -> dict[str, str]:
    """Give the texts to read: files that are named, or made-up logs of so many sessions."""
    if arguments and not arguments[0].isdigit():
        return {a: Path(a).read_text("utf-8", errors="replace") for a in arguments}
    with tempfile.TemporaryDirectory() as folder:
        generated.write_logs(Path(folder), int(arguments[0]) if arguments else 400)
        return {
            p.relative_to(folder).as_posix(): p.read_text("utf-8")
            for p in sorted(Path(folder).rglob("*"))
            if p.suffix in (".md", ".txt")
        }


def main(arguments: list[str]) -> int:
    """Measure, print and judge."""
    given = texts(arguments)
    size = sum(map(len, given.values())) / 1e6
    outlines = {path: read_outline(text, path)[0] for path, text in given.items()}
    full = MarkdownIt("commonmark").enable("table")
    rows = seconds(
        {
            FULL: lambda text, _: full.parse(text),
            "blocks of a log": read_outline,
            "where sessions start": lambda _, path: find_entries(
                outlines[path], path, DEFAULT, False
            ),
            WHOLE: read_log,
        },
        given,
    )
    for name, took in rows.items():
        print(f"{name:28} {size / took:6.1f} MB/s  {took:6.2f} s")
    ratio = rows[FULL] / rows[WHOLE]
    print(f"ratio {ratio:.2f}, at least {LEAST}")
    return 0 if ratio >= LEAST else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

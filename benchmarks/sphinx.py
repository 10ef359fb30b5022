"""Time Sphinx with session logs against plain MyST pages of the same text, in the same run.

`python benchmarks/sphinx.py [100 1000]` prints processor seconds and memory of a full build, of an
unchanged rebuild and of a rebuild after one session was edited, and the ratios, each with the limit
that it must keep. `Sphinx s` is a project of one page without any extension: what starting Sphinx
costs, and no extension can go below.
"""

import re
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import generated
from builds import Run, run, write

CONF = "project = 'Benchmark'\nextensions = [{extension!r}]\nhtml_theme = 'alabaster'\n"
LIMITS = {"full": 0.5, "unchanged": 1.15, "edited": 1.1, "memory": 1.1}
RUNS, EDITS = 2, 2
"""So often each project is built, and edited each time."""

Make = Callable[[Path, int], Path]
"""Makes a project of so many sessions in a folder, and gives the file to edit."""


def build(project: Path) -> Run:
    """Build a project once in a process of its own."""
    command = [sys.executable, "-m", "sphinx", "-b", "html", "docs", "out"]
    return run(command, project)


def documents(built: Run) -> int:
    """Give the number of documents that a build read."""
    numbers = re.search(r"(\d+) added, (\d+) changed", built.told)
    return int(numbers[1]) + int(numbers[2]) if numbers else 0


def bare(root: Path, _count: int) -> Path:
    """Make the project with a page of one line; give the file to edit."""
    write(root / "docs/conf.py", "project = 'Benchmark'\nhtml_theme = 'alabaster'\n")
    write(root / "docs/index.rst", "Benchmark\n=========\n\nA line in `here`.\n")
    return root / "docs/index.rst"


def plain(root: Path, count: int) -> Path:
    """Make the project with a Markdown page a month; give the file to edit."""
    names = generated.write_pages(root / "docs", count)
    toctree = "\n".join(names)
    write(root / "docs/conf.py", CONF.format(extension="myst_parser"))
    write(root / "docs/index.md", f"# Benchmark\n\n```{{toctree}}\n:maxdepth: 1\n{toctree}\n```\n")
    return root / "docs" / f"{names[-1]}.md"


def ours(root: Path, count: int) -> Path:
    """Make the project with logs beside the documentation; give the file to edit."""
    generated.write_logs(root, count)
    generated.write_roadmap(root)
    (root / ".git").mkdir()
    write(root / "docs/conf.py", CONF.format(extension="sphinx_sessionlog"))
    write(root / "docs/index.rst", "Benchmark\n=========\n\n.. toctree::\n\n   sessionlog/index\n")
    return root / "session-log.txt"


def edit(path: Path) -> None:
    """Change a word of the last session of a file."""
    head, mark, tail = path.read_text("utf-8").rpartition(" in `")
    path.write_text(f"{head} once more{mark}{tail}", "utf-8")


def measure(makes: Sequence[Make], count: int) -> list[dict[str, Run]]:
    """Build each project several times, in turns, and give the least of each build.

    Another process, or a processor that runs slower for a while, changes a single run by a fifth.
    """
    with tempfile.TemporaryDirectory() as folder:
        roots = [Path(folder, make.__name__) for make in makes]
        files = [make(root, count) for make, root in zip(makes, roots, strict=True)]
        runs: list[dict[str, list[Run]]] = [defaultdict(list) for _ in makes]
        for _ in range(RUNS):
            for root, file, kept in zip(roots, files, runs, strict=True):
                shutil.rmtree(root / "out", ignore_errors=True)
                kept["full"].append(build(root))
                kept["unchanged"].append(build(root))
                for _ in range(EDITS):
                    edit(file)
                    kept["edited"].append(build(root))
    return [
        {name: min(built, key=lambda run: run.seconds) for name, built in kept.items()}
        for kept in runs
    ]


def main() -> None:
    """Print a table for each number of sessions."""
    measure((plain, ours), 10)  # not counted: only writes byte code
    (least,) = measure((bare,), 1)
    for count in [int(x) for x in sys.argv[1:]] or [100, 1000]:
        myst, mine = measure((plain, ours), count)
        print(f"{count} sessions     Sphinx s  MyST s  ours s   ratio  limit   documents read")
        for name in ("full", "unchanged", "edited"):
            ratio = mine[name].seconds / myst[name].seconds
            print(
                f"  {name:<16} {least[name].seconds:8.2f} {myst[name].seconds:7.2f} "
                f"{mine[name].seconds:7.2f} {ratio:7.2f} "
                f"{LIMITS[name]:6.2f}   {documents(myst[name])} / {documents(mine[name])}"
            )
        ratio = mine["full"].memory / myst["full"].memory
        print(
            f"  {'memory, MB':<16} {least['full'].memory:8.0f} {myst['full'].memory:7.0f} "
            f"{mine['full'].memory:7.0f} "
            f"{ratio:7.2f} {LIMITS['memory']:6.2f}"
        )


if __name__ == "__main__":
    main()

"""Time Sphinx with session logs against plain MyST pages of the same text, in the same run.

`python benchmarks/sphinx.py [100 1000]` prints processor seconds and memory of a full build, of an
unchanged rebuild and of a rebuild after one session was edited, and the ratios, each with the limit
that it must keep. `Sphinx s` is a project of one page without any extension: what starting Sphinx
costs, and no extension can go below.
"""

import multiprocessing
import os
import re
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import generated

CONF = "project = 'Benchmark'\nextensions = [{extension!r}]\nhtml_theme = 'alabaster'\n"
LIMITS = {"full": 0.5, "unchanged": 1.15, "edited": 1.1, "memory": 1.1}


@dataclass(frozen=True)
class Run:
    """What a build cost: processor seconds, peak memory in MB, documents read."""

    seconds: float
    memory: float
    read: int


def build(project: Path) -> Run:
    """Build a project once in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_build, (project,))


def _build(project: Path) -> Run:
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-b",
        "html",
        str(project / "docs"),
        str(project / "out"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_environment())
    if done.returncode or "WARNING" in done.stderr:
        raise SystemExit(done.stdout[-2000:] + done.stderr[-2000:])
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    numbers = re.search(r"(\d+) added, (\d+) changed", done.stdout)
    read = int(numbers[1]) + int(numbers[2]) if numbers else 0
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, read)


def _environment() -> dict[str, str]:
    """Give the environment of a user: installed packages have their byte code on disk."""
    return {name: x for name, x in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
        "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "sessionlog-benchmark-bytecode")
    }


def bare(root: Path, _count: int) -> Path:
    """Make the project with a page of one line; give the file to edit."""
    _write(root / "docs/conf.py", "project = 'Benchmark'\nhtml_theme = 'alabaster'\n")
    _write(root / "docs/index.rst", "Benchmark\n=========\n\nA line in `here`.\n")
    return root / "docs/index.rst"


def plain(root: Path, count: int) -> Path:
    """Make the project with a Markdown page a month; give the file to edit."""
    names = generated.write_pages(root / "docs", count)
    toctree = "\n".join(names)
    _write(root / "docs/conf.py", CONF.format(extension="myst_parser"))
    _write(root / "docs/index.md", f"# Benchmark\n\n```{{toctree}}\n:maxdepth: 1\n{toctree}\n```\n")
    return root / "docs" / f"{names[-1]}.md"


def ours(root: Path, count: int) -> Path:
    """Make the project with logs beside the documentation; give the file to edit."""
    generated.write_logs(root, count)
    generated.write_roadmap(root)
    (root / ".git").mkdir()
    _write(root / "docs/conf.py", CONF.format(extension="sphinx_sessionlog"))
    _write(root / "docs/index.rst", "Benchmark\n=========\n\n.. toctree::\n\n   sessionlog/index\n")
    return root / "session-log.txt"


def edit(path: Path) -> None:
    """Change a word of the last session of a file."""
    head, mark, tail = path.read_text("utf-8").rpartition(" in `")
    path.write_text(f"{head} once more{mark}{tail}", "utf-8")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def measure(make: object, count: int) -> dict[str, Run]:
    """Build a project three times."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        file = make(root, count)  # type: ignore[operator]
        runs = {"full": build(root), "unchanged": build(root)}
        edit(file)
        return runs | {"edited": build(root)}


def main() -> None:
    """Print a table for each number of sessions."""
    for make in (plain, ours):
        measure(make, 10)  # not counted: only writes byte code
    least = measure(bare, 1)
    for count in [int(x) for x in sys.argv[1:]] or [100, 1000]:
        myst, mine = measure(plain, count), measure(ours, count)
        print(f"{count} sessions     Sphinx s  MyST s  ours s   ratio  limit   documents read")
        for name in ("full", "unchanged", "edited"):
            ratio = mine[name].seconds / myst[name].seconds
            print(
                f"  {name:<16} {least[name].seconds:8.2f} {myst[name].seconds:7.2f} "
                f"{mine[name].seconds:7.2f} {ratio:7.2f} "
                f"{LIMITS[name]:6.2f}   {myst[name].read} / {mine[name].read}"
            )
        ratio = mine["full"].memory / myst["full"].memory
        print(
            f"  {'memory, MB':<16} {least['full'].memory:8.0f} {myst['full'].memory:7.0f} "
            f"{mine['full'].memory:7.0f} "
            f"{ratio:7.2f} {LIMITS['memory']:6.2f}"
        )


if __name__ == "__main__":
    main()

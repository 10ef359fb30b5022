"""Time MkDocs with session logs against Material's own ways of showing the same text.

`python benchmarks/mkdocs.py [100 1000]` prints processor seconds and memory of full builds: of the
plugin with an archive by month and all views, of a Material page per session in the navigation, of
Material's blog plugin with a post per session, and of a Material page a month; then the ratios,
each with its limit.

`bare` is Material with one page and without us: what Python, MkDocs and Material take to start, and
what no plugin can take away. Where that alone is above a limit, the line says so; `above bare` is
the ratio of what each way adds to it.
"""

import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path = [str(Path(__file__).parent), *(x for x in sys.path if x != str(Path(__file__).parent))]
import generated

CONFIG = """\
site_name: Benchmark
theme: material
markdown_extensions:
  - toc: {permalink: true}
  - tables
  - admonition
  - pymdownx.superfences
"""
LIMITS = {"pages": 0.2, "blog": 0.2, "memory": 2.0}


@dataclass(frozen=True)
class Run:
    """What a build cost: processor seconds and peak memory in MB."""

    seconds: float
    memory: float


def build(project: Path) -> Run:
    """Build a project once in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_build, (project,))


def _build(project: Path) -> Run:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    if done.returncode:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def ours(root: Path, count: int) -> None:
    """Make the project with logs beside the documentation."""
    generated.write_logs(root, count)
    generated.write_roadmap(root)
    (root / ".git").mkdir()
    _write(root / "mkdocs.yml", CONFIG + "plugins: [search, sessionlog]\n")
    _write(root / "docs/index.md", "# Benchmark\n")


def pages(root: Path, count: int) -> None:
    """Make the project with a page per session, all in the navigation."""
    _write(root / "mkdocs.yml", CONFIG + "plugins: [search]\n")
    _write(root / "docs/index.md", "# Benchmark\n")
    for made in generated.sessions(count):
        text = f"# {made.date} {made.title}\n\n{generated.body(made, 2)}"
        _write(root / f"docs/sessions/{made.date}.md", text)


def blog(root: Path, count: int) -> None:
    """Make the project with Material's blog and a post per session."""
    _write(root / "mkdocs.yml", CONFIG + "plugins: [search, blog]\n")
    _write(root / "docs/index.md", "# Benchmark\n")
    _write(root / "docs/blog/index.md", "# Blog\n")
    for made in generated.sessions(count):
        head = f"---\ndate: {made.date}\n---\n\n# {made.title}\n\n"
        text = generated.body(made, 2).replace("\n\n## Work", "\n\n<!-- more -->\n\n## Work", 1)
        _write(root / f"docs/blog/posts/{made.date}.md", head + text)


def months(root: Path, count: int) -> None:
    """Make the project with a page a month."""
    _write(root / "mkdocs.yml", CONFIG + "plugins: [search]\n")
    _write(root / "docs/index.md", "# Benchmark\n")
    generated.write_pages(root / "docs/sessions", count)


def bare(root: Path, _count: int) -> None:
    """Make the project with one page, which takes the time that nobody can save."""
    _write(root / "mkdocs.yml", CONFIG + "plugins: [search]\n")
    _write(root / "docs/index.md", "# Benchmark\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def measure(make: Callable[[Path, int], None], count: int) -> Run:
    """Make a project and build it."""
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), count)
        return build(Path(folder))


def main() -> None:
    """Print a table for each number of sessions."""
    for count in [int(x) for x in sys.argv[1:]] or [100, 1000]:
        runs = {make.__name__: measure(make, count) for make in (ours, pages, blog, months, bare)}
        print(f"{count} sessions   seconds      MB")
        for name, run in runs.items():
            print(f"  {name:<12} {run.seconds:8.2f} {run.memory:7.0f}")
        for name in ("pages", "blog"):
            ratio = runs["ours"].seconds / runs[name].seconds
            print(f"  ours / {name:<10} {ratio:6.2f}  limit {LIMITS[name]:.2f}")
            least = runs["bare"].seconds / runs[name].seconds
            if least > LIMITS[name]:
                print(f"    bare / {name:<8} {least:6.2f}  alone above the limit")
            over = (run.seconds - runs["bare"].seconds for run in (runs["ours"], runs[name]))
            print(f"    above bare      {next(over) / next(over):6.2f}")
        ratio = runs["ours"].memory / runs["months"].memory
        print(f"  memory / months   {ratio:6.2f}  limit {LIMITS['memory']:.2f}")


if __name__ == "__main__":
    main()

"""Time MkDocs with session logs against Material's own ways of showing the same text.

`python benchmarks/mkdocs.py [100 1000]` prints processor seconds and memory of full builds: of the
plugin with an archive by month and all views, of a Material page per session in the navigation, of
Material's blog plugin with a post per session, and of a Material page a month; then the ratios,
each with its limit.

`bare` is Material with one page and without us: what Python, MkDocs and Material take to start, and
what no plugin can take away. Where that alone is above a limit, the line says so; `above bare` is
the ratio of what each way adds to it.
"""

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import generated
from builds import Run, run, write

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
RUNS = 2
"""So often each project is built."""


def build(project: Path) -> Run:
    """Build a project once in a process of its own."""
    return run([sys.executable, "-m", "mkdocs", "build", "--strict"], project)


def ours(root: Path, count: int) -> None:
    """Make the project with logs beside the documentation."""
    generated.write_logs(root, count)
    generated.write_roadmap(root)
    (root / ".git").mkdir()
    write(root / "mkdocs.yml", CONFIG + "plugins: [search, sessionlog]\n")
    write(root / "docs/index.md", "# Benchmark\n")


def pages(root: Path, count: int) -> None:
    """Make the project with a page per session, all in the navigation."""
    write(root / "mkdocs.yml", CONFIG + "plugins: [search]\n")
    write(root / "docs/index.md", "# Benchmark\n")
    for made in generated.sessions(count):
        text = f"# {made.date} {made.title}\n\n{generated.body(made, 2)}"
        write(root / f"docs/sessions/{made.date}.md", text)


def blog(root: Path, count: int) -> None:
    """Make the project with Material's blog and a post per session."""
    write(root / "mkdocs.yml", CONFIG + "plugins: [search, blog]\n")
    write(root / "docs/index.md", "# Benchmark\n")
    write(root / "docs/blog/index.md", "# Blog\n")
    for made in generated.sessions(count):
        head = f"---\ndate: {made.date}\n---\n\n# {made.title}\n\n"
        text = generated.body(made, 2).replace("\n\n## Work", "\n\n<!-- more -->\n\n## Work", 1)
        write(root / f"docs/blog/posts/{made.date}.md", head + text)


def months(root: Path, count: int) -> None:
    """Make the project with a page a month."""
    write(root / "mkdocs.yml", CONFIG + "plugins: [search]\n")
    write(root / "docs/index.md", "# Benchmark\n")
    generated.write_pages(root / "docs/sessions", count)


def bare(root: Path, _count: int) -> None:
    """Make the project with one page, which takes the time that nobody can save."""
    write(root / "mkdocs.yml", CONFIG + "plugins: [search]\n")
    write(root / "docs/index.md", "# Benchmark\n")


def measure(makes: Sequence[Callable[[Path, int], None]], count: int) -> dict[str, Run]:
    """Make projects and build them in turns; give the least of each, by name.

    Another process, or a processor that runs slower for a while, changes a single run by a fifth.
    """
    runs: dict[str, list[Run]] = {make.__name__: [] for make in makes}
    with tempfile.TemporaryDirectory() as folder:
        for make in makes:
            make(Path(folder, make.__name__), count)
        for _ in range(RUNS):
            for name, kept in runs.items():
                kept.append(build(Path(folder, name)))
    return {name: min(kept, key=lambda run: run.seconds) for name, kept in runs.items()}


def main() -> None:
    """Print a table for each number of sessions."""
    measure((ours, blog), 10)  # not counted: only writes byte code
    for count in [int(x) for x in sys.argv[1:]] or [100, 1000]:
        runs = measure((ours, pages, blog, months, bare), count)
        print(f"{count} sessions   seconds      MB")
        for name, built in runs.items():
            print(f"  {name:<12} {built.seconds:8.2f} {built.memory:7.0f}")
        for name in ("pages", "blog"):
            ratio = runs["ours"].seconds / runs[name].seconds
            print(f"  ours / {name:<10} {ratio:6.2f}  limit {LIMITS[name]:.2f}")
            least = runs["bare"].seconds / runs[name].seconds
            if least > LIMITS[name]:
                print(f"    bare / {name:<8} {least:6.2f}  alone above the limit")
            over = (x.seconds - runs["bare"].seconds for x in (runs["ours"], runs[name]))
            print(f"    above bare      {next(over) / next(over):6.2f}")
        ratio = runs["ours"].memory / runs["months"].memory
        print(f"  memory / months   {ratio:6.2f}  limit {LIMITS['memory']:.2f}")


if __name__ == "__main__":
    main()

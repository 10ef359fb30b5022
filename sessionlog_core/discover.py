"""A folder and options in, the logs and roadmaps of the project out, always in the same order."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from sessionlog_core.options import Options
from sessionlog_core.problems import Code, Problem


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. `name` is its path from the root; `named` is True where the user named it."""

    path: Path
    name: str
    named: bool


_LOG = re.compile(
    r"(session|dev|work|iteration|agent)[-_ ]?(log|report|notes|summary|journal|recovery|handoff)"
    r"|progress|continue[-_ ]here|handoff|bitacora|sessao|作業ログ",
    re.IGNORECASE,
)
_ROADMAP = re.compile(r"roadmap", re.IGNORECASE)
_SUFFIXES = (".md", ".txt", ".rst", ".markdown")
_SKIPPED = frozenset(
    {"node_modules", "vendor", "third_party", "build", "_build", "dist", "site", "venv", "target"}
)


def find_root(start: Path) -> Path:
    """Give the folder of the repository in which `start` lies, or `start` itself."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / ".git").exists() or (folder / "sessionlog.toml").exists():
            return folder
    return start


def find_logs(root: Path, options: Options) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """Find the logs: what `options.logs` names, else files with well-known names."""
    found, problems = _find(root, options.logs, options.exclude, _LOG)
    roadmaps = {x.path for x in _find(root, options.roadmap, (), _ROADMAP)[0]}
    return tuple(x for x in found if x.named or x.path not in roadmaps), problems


def find_roadmaps(root: Path, options: Options) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """Find the roadmaps: what `options.roadmap` names, else files with well-known names."""
    return _find(root, options.roadmap, options.exclude, _ROADMAP)


def _find(
    root: Path, patterns: Iterable[str], exclude: Iterable[str], known: re.Pattern[str]
) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    patterns = tuple(patterns)
    problems: list[Problem] = []
    names: list[str] = []
    for pattern in patterns:
        hits = sorted(p.relative_to(root).as_posix() for p in root.glob(pattern))
        if not hits:
            problems.append(Problem(Code.UNREADABLE, "no such file", pattern))
        names += hits
    if not patterns:
        names = [
            n for n in _walk(root) if n.endswith(_SUFFIXES) and known.search(PurePosixPath(n).stem)
        ]
    found = tuple(
        Found(root / n, n, bool(patterns))
        for n in dict.fromkeys(names)
        if not any(fnmatchcase(n, x) for x in exclude)
    )
    return found, tuple(problems)


def _walk(root: Path) -> list[str]:
    names: list[str] = []
    for folder, folders, files in os.walk(root):
        folders[:] = [f for f in folders if not f.startswith(".") and f not in _SKIPPED]
        names += [(Path(folder) / f).relative_to(root).as_posix() for f in files]
    return sorted(names)

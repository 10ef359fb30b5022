"""A folder and options in, the journal of everything that its logs and roadmaps say out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from sessionlog_core.discover import Found, find_logs, find_roadmaps
from sessionlog_core.journal import make_journal
from sessionlog_core.masking import mask
from sessionlog_core.model import Journal, Log
from sessionlog_core.options import Options
from sessionlog_core.problems import Problem
from sessionlog_core.reader import read_log
from sessionlog_core.roadmap import Roadmap, read_roadmap
from sessionlog_core.source import Source, read_bytes, read_sources


@dataclass(frozen=True, slots=True)
class Project:
    """What a build shows.

    `files` are all files that were read, or tried: a change in one changes
    the site.
    """

    journal: Journal
    options: Options
    root: Path
    files: tuple[Path, ...]


class Reader(Protocol):
    """Reads the masked text of a log, as `read_log` does; a host may keep what was read before."""

    def __call__(self, text: str, path: str, *, named: bool = False) -> Log:
        """Give the log."""
        ...


def load_project(root: Path, options: Options, *, read: Reader = read_log) -> Project:
    """Find, read and join all logs and roadmaps of the project in `root`."""
    root = root.resolve()
    logs, log_problems = find_logs(root, options)
    roadmaps, roadmap_problems = find_roadmaps(root, options)
    journal = _read(logs, roadmaps, options, read)
    problems = (*log_problems, *roadmap_problems, *journal.problems)
    files = tuple(dict.fromkeys(found.path for found in (*logs, *roadmaps)))
    return Project(replace(journal, problems=problems), options, root, files)


def fingerprint(root: Path, options: Options) -> str:
    """Give a name for all that `load_project` would read: nothing changed where it is the same.

    It costs the reading of the bytes, not their understanding.
    """
    root = root.resolve()
    total = sha256(repr(options).encode("utf-8", "backslashreplace"))
    for find in (find_logs, find_roadmaps):
        found, problems = find(root, options)
        total.update(repr((len(found), problems)).encode("utf-8", "backslashreplace"))
        for file in found:
            data = read_bytes(file.path, file.name, max_size=options.max_size)
            text = repr(data).encode() if isinstance(data, Problem) else data
            about = (file.name, file.named, len(text), sha256(text).hexdigest())
            total.update(repr(about).encode("utf-8", "backslashreplace"))
    return total.hexdigest()


def read_paths(paths: Iterable[Path], roadmap_paths: Iterable[Path], base: Path) -> Journal:
    """Read files that a user names; their names are relative to `base` where they can be."""
    return _read(
        tuple(Found(path, _name(path, base), named=True) for path in paths),
        tuple(Found(path, _name(path, base), named=True) for path in roadmap_paths),
        Options(),
        read_log,
    )


def describe(project: Project) -> str:
    """Say in one line which logs were found and how many sessions they hold."""
    journal = project.journal
    logs = ", ".join(f"{log.path} ({len(log.sessions)})" for log in journal.logs)
    found = f"{len(journal.sessions)} sessions in {len(journal.logs)} logs"
    return f"{found}: {logs}" if logs else "no logs found"


def _name(path: Path, base: Path) -> str:
    resolved, base = path.resolve(), base.resolve()
    return (resolved.relative_to(base) if resolved.is_relative_to(base) else path).as_posix()


def _read(
    logs: tuple[Found, ...], roadmaps: tuple[Found, ...], options: Options, read_one: Reader
) -> Journal:
    problems: list[Problem] = []
    read: list[Log] = []
    for found in logs:
        for source, said in _sources(found, options, problems):
            log = read_one(source.text, source.path, named=found.named)
            read.append(replace(log, problems=(*said, *log.problems)))
    plans: list[Roadmap] = [
        read_roadmap(source.text, source.path)
        for found in roadmaps
        for source, _ in _sources(found, options, problems)
    ]
    journal = make_journal(tuple(read), tuple(plans))
    return replace(journal, problems=(*problems, *journal.problems))


def _sources(
    found: Found, options: Options, problems: list[Problem]
) -> list[tuple[Source, tuple[Problem, ...]]]:
    sources, said = read_sources(found.path, found.name, max_size=options.max_size)
    problems += said
    out: list[tuple[Source, tuple[Problem, ...]]] = []
    for source in sources:
        text, secrets = (
            (source.text, ()) if options.secrets == "off" else mask(source.text, source.path)
        )
        out.append((replace(source, text=text), secrets))
    return out

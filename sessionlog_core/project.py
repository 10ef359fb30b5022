"""A folder and options in, the journal of everything that its logs and roadmaps say out.

Nothing that a log holds ends a build: what cannot be read is a problem, and what a fault of our own
keeps from being read is shown as it was written.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field, replace
from itertools import groupby
from pathlib import Path

from sessionlog_core.discover import Found
from sessionlog_core.files import Files, Look, look_at
from sessionlog_core.journal import WHOLE, make_journal
from sessionlog_core.masking import mask_name
from sessionlog_core.memory import Memory
from sessionlog_core.model import Journal, Log, Session
from sessionlog_core.options import Options
from sessionlog_core.paths import find_real
from sessionlog_core.problems import Code, Problem, make_fault
from sessionlog_core.records import record
from sessionlog_core.roadmap import Roadmap, read_roadmap
from sessionlog_core.source import Source
from sessionlog_core.terms import forget_words
from sessionlog_core.texts import Texts, count_in, hide_private, tell


@record(frozen=True, slots=True)
class Project:
    """What a build shows.

    `files` are all files that were read, or tried: a change in one changes the site. `silent` are
    those that are called like a log and hold no session, and were left out. `renamed` gives the
    file of a log in whose name a credential was masked.
    """

    journal: Journal
    options: Options
    root: Path
    files: tuple[Path, ...]
    silent: tuple[str, ...] = ()
    renamed: Mapping[str, Path] = field(default_factory=dict)

    def path_of(self, log: str) -> Path:
        """Give the file of a log, which the journal knows by its name."""
        return self.renamed.get(log, self.root / log)


def load_project(
    root: Path,
    options: Options,
    *,
    roadmap_paths: Sequence[Path] = (),
    memory: Memory | None = None,
    look: Look | None = None,
) -> Project:
    """Find, read and join all logs and roadmaps of the project in `root`.

    Where a user points at roadmaps, none is searched for. A host that loads a project again and
    again keeps a `sessionlog_core.memory.Memory`: a file that did not change is not read again. One
    that asked before whether anything changed hands over the `sessionlog_core.files.Look` at the
    files of which it asked.
    """
    root = root.resolve()
    look = look or look_at(root, options)
    (logs, log_problems), (roadmaps, roadmap_problems) = look.logs, look.roadmaps
    if roadmap_paths:
        roadmaps = tuple(Found(x, _name(x, root), named=True) for x in roadmap_paths)
        roadmap_problems = ()
    paths = {found.name: found.path for found in logs}
    logs, log_problems = _named_safely(logs, log_problems, options)
    roadmaps, roadmap_problems = _named_safely(roadmaps, roadmap_problems, options)
    renamed = {found.name: found.path for found in logs if found.name not in paths}
    journal, silent = _read(logs, roadmaps, options, look, memory=memory)
    journal = replace(journal, silent=silent)
    problems = (*log_problems, *roadmap_problems, *journal.problems)
    journal = replace(journal, problems=_limited(problems, options.max_problems))
    files = tuple(dict.fromkeys(found.path for found in (*logs, *roadmaps)))
    return Project(journal, options, root, files, silent, renamed)


def _named_safely(
    files: tuple[Found, ...], problems: tuple[Problem, ...], options: Options
) -> Files:
    """Mask credentials in names of files, by which pages and messages call them, and tell it."""
    said: list[Problem] = []

    def name_safely(name: str) -> str:
        shown, secrets = mask_name(name, mode=options.secrets, allowed=options.secrets_allow)
        said.extend(secrets)
        return shown

    named = tuple(replace(found, name=name_safely(found.name)) for found in files)
    told = tuple(replace(x, path=x.path and name_safely(x.path)) for x in problems)
    return named, (*told, *said)


def read_paths(
    paths: Iterable[Path],
    roadmap_paths: Iterable[Path],
    base: Path,
    options: Options | None = None,
) -> Journal:
    """Read files that a user points at; their names are relative to `base` where they can be.

    To point at a file is to ask what it is: unlike a name in the configuration it is no evidence
    that it is a log. A file that is none is told all the same, without sessions.
    """
    options = options or Options()
    logs = tuple(Found(path, _name(path, base), named=False) for path in paths)
    roadmaps = tuple(Found(path, _name(path, base), named=True) for path in roadmap_paths)
    logs, problems = _named_safely(logs, (), options)
    roadmaps, more = _named_safely(roadmaps, (), options)
    look = Look((logs, ()), (roadmaps, ()), options)
    journal, _ = _read(logs, roadmaps, options, look, keep=True)
    return replace(journal, problems=(*problems, *more, *journal.problems))


def _name(path: Path, base: Path) -> str:
    real, base = find_real(path), find_real(base) or base
    return (real.relative_to(base) if real and real.is_relative_to(base) else path).as_posix()


# Saying what was found --------------------------------------------------------------------------

_NAMED = 20
"""So many files are told by name; of more, the folders are told."""


def describe(project: Project) -> str:
    """Say in one line which logs were found and how many sessions they hold."""
    journal = project.journal
    logs = [(log.path, len(log.sessions)) for log in journal.logs]
    if not logs:
        told = "no session log found"
    else:
        told = f"{_many(len(journal.sessions), 'session')} in {_many(len(logs), 'log')}: "
        told += ", ".join(_listed(logs))
    roadmaps = Counter(item.source.path for item in journal.roadmap)
    if roadmaps:
        told += f"; {_many(len(journal.roadmap), 'roadmap item')} in {', '.join(sorted(roadmaps))}"
    whole = sum(one.what == "log" for one in journal.withheld)
    if whole:
        told += f"; {_many(whole, 'log')} withheld"
    if project.silent:
        told += f"; no session in {', '.join(_folders(project.silent))}"
    # File names may hold anything, and this is one line on a terminal.
    return "".join(c if c.isprintable() else "?" for c in told)


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _listed(logs: Sequence[tuple[str, int]]) -> Iterator[str]:
    if len(logs) <= _NAMED:
        yield from (f"{path} ({count})" for path, count in logs)
        return
    for folder, group in groupby(sorted(logs, key=_folder), key=_folder):
        files = list(group)
        if len(files) == 1:
            yield f"{files[0][0]} ({files[0][1]})"
        else:
            yield f"{folder}/ ({len(files)} logs, {sum(count for _, count in files)})"


def _folder(log: tuple[str, int]) -> str:
    return log[0].rpartition("/")[0] or "."


def _folders(paths: Sequence[str]) -> Sequence[str]:
    return paths if len(paths) <= _NAMED else [*paths[:_NAMED], f"{len(paths) - _NAMED} more"]


# Reading ----------------------------------------------------------------------------------------


def _read(
    logs: tuple[Found, ...],
    roadmaps: tuple[Found, ...],
    options: Options,
    look: Look,
    *,
    keep: bool = False,
    memory: Memory | None = None,
) -> tuple[Journal, tuple[str, ...]]:
    """Read all files; also give the names of those that were left out, since they are no logs.

    `keep` leaves none out.
    """
    memory = memory or Memory()
    memory.turn_over(options, look)
    planned: Sequence[Texts] = [memory.texts(found) for found in roadmaps]
    wrong: tuple[Problem, ...]
    if options.privacy:
        # A label hangs on all texts: that the bytes of one file are the same tells not enough.
        texts, wrong = hide_private([*map(memory.texts, logs), *planned], options)
        accounts = list(map(memory.account, logs, texts))
        planned = texts[len(logs) :]
    else:
        accounts = list(map(memory.account, logs))
        counted = [count_in(file, options) for file in planned]
        counts = [*(account.private for account in accounts), *(one for one, _ in counted)]
        wrong = (*(fault for _, faults in counted for fault in faults), *tell(counts, options))
    memory.end()
    forget_words()  # of texts that are read: to join them takes those of roadmaps alone
    files = (*(account.file for account in accounts), *planned)
    asked_for = {found.name for found in (*logs, *roadmaps) if keep or found.named}
    problems = [_weighed(problem, asked_for) for file in files for problem in file.problems]
    problems += wrong
    read: list[Log] = []
    silent: list[str] = []
    for log in (log for account in accounts for log in account.logs()):
        standing = log.standing.next_steps or log.standing.primer
        if keep or log.sessions or standing or log.layout == WHOLE:
            read.append(log)
        else:
            silent.append(log.path)
    plans: list[Roadmap] = []
    for text in (text for file in planned for text in file.texts if not text.is_withheld):
        problems += text.problems
        plans += _read_roadmap(text.source, problems)
    journal = _join(read, plans, dict(options.aliases), memory)
    return replace(journal, problems=(*problems, *journal.problems)), tuple(silent)


_OF_THE_FILE = frozenset({Code.UNREADABLE, Code.DIFF})


def _weighed(problem: Problem, asked_for: Set[str]) -> Problem:
    """Take a file that cannot be read lightly, unless a user asked for it: nobody misses it."""
    light = problem.code in _OF_THE_FILE and problem.path not in asked_for
    return replace(problem, grave=False) if light else problem


def _read_roadmap(source: Source, problems: list[Problem]) -> list[Roadmap]:
    try:
        return [read_roadmap(source.text, source.path)]
    except Exception as error:
        problems.append(make_fault(error, "understood", source.path))
        return []


def _join(
    logs: Sequence[Log], roadmaps: Sequence[Roadmap], aliases: Mapping[str, str], memory: Memory
) -> Journal:
    """Join everything; where that fails, join what can be joined and say what could not."""
    try:
        return make_journal(logs, roadmaps, aliases=aliases, read=memory.said)
    except Exception as error:
        fault = make_fault(error, "joined", None)
    for fewer in (logs, [_bare(log) for log in logs]):
        try:
            journal = make_journal(fewer)
        except Exception:  # noqa: S112  the first one is told
            continue
        return replace(journal, problems=(fault, *journal.problems))
    return Journal(tuple(logs), _unjoined(logs), problems=(fault,))


def _unjoined(logs: Sequence[Log]) -> tuple[Session, ...]:
    """Give all sessions as they come, each with a number for a key."""
    sessions = (_bare_session(s) for log in logs for s in log.sessions)
    return tuple(replace(s, key=f"session-{n}") for n, s in enumerate(sessions, start=1))


def _bare(log: Log) -> Log:
    """Keep of a log what its pages need, so that nothing of it can be joined wrongly."""
    return replace(log, sessions=tuple(_bare_session(s) for s in log.sessions))


def _bare_session(s: Session) -> Session:
    return Session(
        s.source, number=s.number, title=s.title, date=s.date, heading=s.heading, body=s.body
    )


# Limits -----------------------------------------------------------------------------------------


def _limited(problems: Iterable[Problem], most: int) -> tuple[Problem, ...]:
    """Give the problems by file and line, once each, and of each file at most so many of them."""
    told: list[Problem] = []
    counts: Counter[str | None] = Counter()
    for problem in sorted(dict.fromkeys(problems), key=lambda p: (p.path or "", p.line or 0)):
        counts[problem.path] += 1
        if problem.path is None or counts[problem.path] <= most:
            told.append(problem)
    for path, count in counts.items():
        if path is not None and count > most:
            message = f"and {count - most} more problems in this file"
            told.append(Problem(Code.LIMIT, message, path, grave=False))
    return tuple(told)

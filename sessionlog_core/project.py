"""A folder and options in, the journal of everything that its logs and roadmaps say out.

Nothing that a log holds ends a build: what cannot be read is a problem, and what a fault of our own
keeps from being read is shown as it was written.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from sessionlog_core.cache import Cache, Reading, name_of, sign_of
from sessionlog_core.discover import Found
from sessionlog_core.files import Files, Look, look_at
from sessionlog_core.generated import is_generated
from sessionlog_core.journal import WHOLE, make_journal
from sessionlog_core.masking import mask, mask_name
from sessionlog_core.model import Journal, Log, Part, PartKind, Session, Span, Withheld
from sessionlog_core.options import Options
from sessionlog_core.outline import Node, NodeKind, read_outline
from sessionlog_core.paths import find_real
from sessionlog_core.privacy import hide, make_labels, tell_private
from sessionlog_core.problems import Code, Problem, make_fault
from sessionlog_core.reader import read_log
from sessionlog_core.roadmap import Roadmap, read_roadmap
from sessionlog_core.rows import installed_layouts, make_vocabulary
from sessionlog_core.said import Said, read_said
from sessionlog_core.source import Source, read_plainly, read_text
from sessionlog_core.withhold import withhold, withholds_log


@dataclass(frozen=True, slots=True)
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
    memory: "Memory | None" = None,
    look: Look | None = None,
) -> Project:
    """Find, read and join all logs and roadmaps of the project in `root`.

    Where a user points at roadmaps, none is searched for. A host that loads a project again and
    again keeps a `memory`: a file that did not change is not read again. One that asked before
    whether anything changed hands over the `look` at the files of which it asked.
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
    memory: "Memory | None" = None,
) -> tuple[Journal, tuple[str, ...]]:
    """Read all files; also give the names of those that were left out, since they are no logs.

    `keep` leaves none out.
    """
    memory = memory or Memory()
    problems: list[Problem] = []
    read: list[Log] = []
    silent: list[str] = []
    memory.turn_over(options)
    said: list[Problem] = []
    texts = [text for found in logs for text in memory.texts(found, options, look, said)]
    planned = [text for found in roadmaps for text in memory.texts(found, options, look, said)]
    asked_for = {found.name for found in (*logs, *roadmaps) if keep or found.named}
    problems += (_weighed(problem, asked_for) for problem in said)
    texts, planned = _make_private(texts, planned, options, problems)
    for text in texts:
        if text.is_withheld:
            read.append(Log(text.source.path, WHOLE, withheld=text.withheld))
            continue
        log = memory.log(text, options)
        log = replace(log, problems=(*text.problems, *log.problems), withheld=text.withheld)
        standing = log.standing.next_steps or log.standing.primer
        if keep or log.sessions or standing:
            read.append(log)
        elif text.found.named or text.found.sure:
            read.append(_as_it_is(log, text.source.text))
        else:
            silent.append(log.path)
    memory.end()
    plans: list[Roadmap] = []
    for text in planned:
        if not text.is_withheld:
            problems += text.problems
            plans += _read_roadmap(text.source, problems)
    journal = _join(read, plans, dict(options.aliases), memory)
    return replace(journal, problems=(*problems, *journal.problems)), tuple(silent)


_OF_THE_FILE = frozenset({Code.UNREADABLE, Code.DIFF})


def _weighed(problem: Problem, asked_for: Set[str]) -> Problem:
    """Take a file that cannot be read lightly, unless a user asked for it: nobody misses it."""
    light = problem.code in _OF_THE_FILE and problem.path not in asked_for
    return replace(problem, grave=False) if light else problem


@dataclass(frozen=True, slots=True)
class _Text:
    """A text to read, masked and without what is withheld, and what is to be said about it."""

    found: Found
    source: Source
    problems: tuple[Problem, ...] = ()
    withheld: tuple[Withheld, ...] = ()

    @property
    def is_withheld(self) -> bool:
        return any(one.what == "log" for one in self.withheld)


class Memory:
    """What was read before: texts by file and its state, logs by text.

    It holds what the last load used and forgets all else. With a `folder`, it keeps the logs there
    for the next process.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._cache = Cache(folder) if folder else None
        self._options: Options | None = None
        self._made_with = ""
        self._files: dict[Found, _File] = {}
        self._logs: dict[_Text, Reading] = {}
        # By the identity of a session: the logs above hold each of them.
        self._said: dict[int, Said] = {}
        self._last_files = self._files
        self._last_logs = self._logs

    def turn_over(self, options: Options) -> None:
        """Begin a new load; other options may read the same bytes differently."""
        same = options == self._options
        self._options = options
        self._made_with = name_of(options, installed_layouts()[0])
        self._last_files, self._files = self._files if same else {}, {}
        self._last_logs, self._logs = self._logs if same else {}, {}
        self._said = {}

    def texts(
        self, found: Found, options: Options, look: Look, problems: list[Problem]
    ) -> Sequence["_Text"]:
        """Give the texts of a file, and add what is to be said about it."""
        state = look.state(found)
        file = self._last_files.get(found)
        if file is None or file.state != state or not state:
            said: list[Problem] = []
            file = _File(state, tuple(_texts(found, look.take(found), options, said)), tuple(said))
        self._files[found] = file
        problems += file.problems
        return file.texts

    def log(self, text: "_Text", options: Options) -> Log:
        """Give what a text says."""
        reading = self._last_logs.get(text) or self._reading(text, options)
        self._logs[text] = reading
        self._said.update(zip(map(id, reading.log.sessions), reading.said, strict=False))
        return reading.log

    def said(self, session: Session) -> Said:
        """Give what a session says."""
        return self._said.get(id(session)) or read_said(session)

    def _reading(self, text: "_Text", options: Options) -> Reading:
        found = text.found
        if self._cache is None:
            return _with_said(_read_log(text.source, found, options))
        name = name_of(self._made_with, found.named, found.sure, text.source.path)
        digest = sha256(text.source.text.encode("utf-8", "surrogatepass")).hexdigest()
        kept = self._cache.load(name)
        if kept.text == digest and (reading := kept.reading()):
            return reading
        known: dict[int, Said] = {}
        signs: dict[Span, str] = {}
        counts: Counter[str] = Counter()

        def recall(session: Session, markup: str) -> Session | None:
            sign = sign_of(session, markup)
            counts[sign] += 1  # the same words may stand twice
            sign = f"{sign}.{counts[sign]}"
            told = kept.recall(sign, session.source.line)
            signs[session.source] = sign
            if told is None:
                return None
            known[id(told.session)] = told.said
            return told.session

        log = _read_log(text.source, found, options, recall)
        reading = _with_said(log, known)
        if len(reading.said) == len(log.sessions):
            names = [signs[session.source] for session in log.sessions]
            self._cache.put(name, digest, reading, names, kept)
        return reading

    def end(self) -> None:
        """Delete what no load of this memory used."""
        if self._cache:
            self._cache.forget_others()


def _with_said(log: Log, known: Mapping[int, Said] | None = None) -> Reading:
    """Read what the sessions of a log say, but for those of which it is known."""
    if any(problem.code is Code.FAULT for problem in log.problems):
        return Reading(log)
    known = known or {}
    try:
        return Reading(log, tuple(known.get(id(s)) or read_said(s) for s in log.sessions))
    except Exception:
        return Reading(log)  # the journal tells it, where it is read once more


@dataclass(frozen=True, slots=True)
class _File:
    """What was read from a file when it was in a state."""

    state: tuple[int, ...]
    texts: tuple["_Text", ...]
    problems: tuple[Problem, ...]


def _texts(
    found: Found, data: bytes | Problem, options: Options, problems: list[Problem]
) -> Iterator[_Text]:
    """Give the texts of a file."""
    if isinstance(data, Problem):
        problems.append(data)
        return
    try:
        sources, said = read_text(data, found.name)
    except Exception as error:
        problems.append(make_fault(error, "read", found.name))
        sources, said = (read_plainly(data, found.name),), ()
    problems += said
    for source in sources:
        if is_generated(source.text):
            continue
        try:
            text, secrets = mask(
                source.text, source.path, mode=options.secrets, allowed=options.secrets_allow
            )
        except Exception as error:
            # Not even as it was written: nobody knows what it holds.
            problems.append(make_fault(error, "masked", source.path))
            continue
        if withholds_log(source.path, options.withhold):
            whole = Span(source.path, 1, text.count("\n") + 1)
            yield _Text(found, replace(source, text=""), withheld=(Withheld("log", whole),))
            continue
        try:
            text, withheld, open_ended = withhold(text, source.path, options.withhold)
        except Exception as error:
            # What should be withheld is not shown because of a fault of ours.
            problems.append(make_fault(error, "searched for what is withheld", source.path))
            continue
        yield _Text(found, replace(source, text=text), (*secrets, *open_ended), withheld)


def _make_private(
    logs: list[_Text], roadmaps: list[_Text], options: Options, problems: list[Problem]
) -> tuple[list[_Text], list[_Text]]:
    """Put labels in the place of what is private, the same in all texts, and tell what is shown."""
    texts = [text.source.text for text in (*logs, *roadmaps)]
    names = options.private_names
    try:
        if message := tell_private(texts, options.privacy, names):
            problems.append(Problem(Code.PRIVACY, message, grave=False))
        if not options.privacy:
            return logs, roadmaps
        labels = make_labels(texts, names=names)

        def label(text: _Text) -> _Text:
            told = hide(text.source.text, options.privacy, labels, names=names)
            return replace(text, source=replace(text.source, text=told))

        return [label(text) for text in logs], [label(text) for text in roadmaps]
    except Exception as error:
        problems.append(make_fault(error, "searched for what is private", None))
        return ([], []) if options.privacy else (logs, roadmaps)


def _read_log(
    source: Source,
    found: Found,
    options: Options,
    recall: Callable[[Session, str], Session | None] | None = None,
) -> Log:
    try:
        vocabulary = make_vocabulary(options)
        # A file that a team calls SESSION_LOG.md is called a log by them, as one in the options is.
        called = found.named or found.sure
        log = read_log(source.text, source.path, named=called, vocabulary=vocabulary, recall=recall)
    except Exception as error:
        return _as_written(source.text, source.path, make_fault(error, "understood", source.path))
    over = len(log.sessions) - options.max_sessions
    if over <= 0:
        return log
    first, last = log.sessions[0].date or "", log.sessions[-1].date or ""
    kept = log.sessions[:-over] if first > last else log.sessions[over:]
    message = f"holds {len(log.sessions)} sessions, max_sessions shows {options.max_sessions}"
    problem = Problem(Code.LIMIT, message, source.path)
    return replace(log, sessions=kept, problems=(*log.problems, problem))


def _as_written(text: str, path: str, problem: Problem) -> Log:
    """Make a log of one session that shows the whole text, letter by letter."""
    lines = text.count("\n") + 1
    node = Node(NodeKind.CODE, 1, lines, text=text)
    part = Part(PartKind.OTHER, None, 1, lines, nodes=(node,))
    name = path.rsplit("/", 1)[-1]
    session = Session(Span(path, 1, lines), title=name, heading=name, body=(node,), parts=(part,))
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    why = ("a fault of Sessionlog kept it from being read",)
    return Log(path, "as written", why, sessions=(session,), digest=digest, problems=(problem,))


def _as_it_is(log: Log, text: str) -> Log:
    """Make one session of a log in which none was found, so that its text is shown all the same."""
    outline, _ = read_outline(text, log.path)
    lines = text.count("\n") + 1
    name = log.path.rsplit("/", 1)[-1]
    part = Part(PartKind.OTHER, None, 1, lines, nodes=outline.nodes)
    session = Session(
        Span(log.path, 1, lines), title=name, heading=name, body=outline.nodes, parts=(part,)
    )
    said = next((p.message for p in log.problems if p.code is Code.LAYOUT), "no session found")
    message = f"{said}; the text is shown as it is, unless the option exclude leaves it out"
    others = tuple(p for p in log.problems if p.code is not Code.LAYOUT)
    problem = Problem(Code.LAYOUT, message, log.path, 1, grave=False)
    return replace(log, sessions=(session,), problems=(*others, problem))


def _read_roadmap(source: Source, problems: list[Problem]) -> list[Roadmap]:
    try:
        return [read_roadmap(source.text, source.path)]
    except Exception as error:
        problems.append(make_fault(error, "understood", source.path))
        return []


def _join(
    logs: Sequence[Log], roadmaps: Sequence[Roadmap], aliases: Mapping[str, str], memory: "Memory"
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

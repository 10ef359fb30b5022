"""A folder and options in, the logs and roadmaps of the project out, always in the same order.

Without options the files are found by name: `LOGS` and `ROADMAPS` are tables. A name is only a
reason to look: what is no log stays out, the reader says so. What git ignores, hidden folders,
dependencies and what tools build is never looked at. What a user names is read wherever it lies
within the project.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sessionlog_core.globs import (
    Rule,
    excluded,
    fits,
    has_magic,
    ignored,
    literal_folder,
    read_rules,
)
from sessionlog_core.options import Options
from sessionlog_core.paths import find_real, is_inside
from sessionlog_core.patterns import later
from sessionlog_core.problems import Code, Problem
from sessionlog_core.raw import read_bytes
from sessionlog_core.records import record


@record(frozen=True, slots=True)
class Found:
    """A file to read.

    `name` is its path from the root. `named` is True where the user named it. `sure` is True where
    its name can hardly mean anything but a log, so that it is worth a word when no session is in
    it.
    """

    path: Path
    name: str
    named: bool
    sure: bool = False


# Names --------------------------------------------------------------------------------------------

SUFFIXES = (".md", ".markdown", ".mdown", ".txt", ".rst")
"""Endings of files that are looked at; upper and lower case are the same here and below."""

RARE = (".org", ".adoc", ".asciidoc", ".diff", ".patch")
"""Endings of files that are looked at where their name is sure: most are no logs."""

PLANS = (*SUFFIXES, ".org", ".adoc", ".asciidoc")
"""Endings of roadmaps."""

_TOLD = (
    "logs?|notes?|reports?|summary|summaries|recovery|hand ?off|hand ?over|journal|diary|history"
    "|records?|recap|wrap ?up|progress|retro|activity|activities"
)
_WORK = "dev|devel|development|work|working|agents?|daily|iterations?|sprint|coding"
LOGS: tuple[tuple[str, bool], ...] = (
    (rf"sessions? ?({_TOLD})", True),
    (r"(logs?|notes?|reports?|summary|recap) ?(of|for)? ?sessions?", True),
    (rf"({_WORK}) ?(logs?|journal|diary)", True),
    (r"log ?book", True),
    (r"sessions? ?(state|status|context|start|end|close)", False),
    (r"(continue|resume|start) ?here", True),
    (r"(today|daily|week|weekly) ?(activities|activity|notes?|report)", True),
    (r"(next|last|current) ?session", True),
    (r"claude ?progress|agent ?progress|progress ?(log|report|notes?)", True),
    (r"bitacora|bitácora|sessao|sessão|sessoes|sessões|sesion|sesión|sesiones", True),
    (
        r"sitzungs?(protokoll|bericht|notizen?)|arbeits(protokoll|tagebuch)|entwicklungstagebuch",
        True,
    ),
    (r"journal de (bord|travail)|carnet de bord|diario di (bordo|lavoro)|diário de bordo", True),
    (r"сессия|сессии|дневник|журнал (работ|сессий)", True),
    (r"作業(ログ|日誌|記録|日報)|開発(ログ|日誌|日記)|セッション(ログ|記録)?", True),
    (r"(会话|工作|开发|会話)(日志|记录|日誌)|开发日记|进度(日志|记录)?", True),
    (r"(작업|개발|세션) ?(일지|로그|기록|노트)", True),
    (r"progress|fortschritt|progreso|progresso|avancement|прогресс", False),
    (r"hand ?off|hand ?over|pick ?up", False),
    (r"^(logs?|journal|diary|diario|tagebuch|sessions?)$", False),
    (r"^active ?context$", False),
)
"""Words in the name of a log, numbers and dates aside, and whether the name is sure."""

SESSION_NUMBER = later(r"(?:^|[^a-z])(?:session|sitzung|sesi[oó]n|sess[aã]o)s?[ _.-]*\d")
"""A session by its number or date: `session-2026-03-11`, `Session2`."""

FOLDERS: tuple[str, ...] = (
    r"sessions?( ?(logs?|notes?|reports?|journals?|summaries|history))?",
    r"(dev|work|agent|iteration|daily) ?(logs?|journals?|diary)",
    r"journals?|diary|diaries|daily|dailies",
    r"hand ?offs?|hand ?overs?",
    r"bitacoras?|sesiones|sessoes",
)
"""Folders whose files may be logs, whatever they are called."""

ROADMAPS: tuple[str, ...] = (
    r"road ?map",
    r"^milestones$",
    r"hoja de ruta|feuille de route|дорожная карта|路线图|路線圖|ロードマップ|로드맵",
)
"""Words in the name of a roadmap."""

NEVER: tuple[str, ...] = (
    r"^(read ?me|change ?logs?|changes|news|releases?( ?notes?)?)\b",
    r"^(licen[cs]e|contributing|authors)\b",
    r"code of conduct|\btemplates?\b|\bprotocols?\b",
)
"""Words in names that are no logs, although they lie in such a folder or say `session`."""

_OTHERS = """
node_modules bower_components jspm_packages vendor vendors vendored third_party third-party
thirdparty 3rdparty external externals extern deps site-packages dist-packages venv env virtualenv
pods carthage
"""
_MADE = """
__pycache__ build builds _build dist out target site _site output htmlcov coverage tmp temp
"""
_ALIKE = """
fixtures testdata test_data test-data __fixtures__ __snapshots__ snapshots templates template
"""
LEFT_OUT = frozenset(f"{_OTHERS} {_MADE} {_ALIKE}".split())
"""Folders that hold what others wrote, what a tool made, or what only looks like a log."""

MARKED = (
    ".git",
    "pyvenv.cfg",
    "CACHEDIR.TAG",
    ".buildinfo",
    "environment.pickle",
    ".doctrees",
    "objects.inv",
    "searchindex.js",
    "sphinxmessages.sty",
    "search/search_index.json",
    "sitemap.xml.gz",
)
"""Files that tell such a folder by its content: other repositories, environments, caches, what
Sphinx and MkDocs built in any format."""

_NUMBERS = later(r"[\d_.\-\s,()#]+")


def _words(stem: str) -> str:
    """Give the words of a name in lower case, without numbers and signs."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem)
    return _NUMBERS.sub(" ", split.casefold()).strip()


def _table(rows: Iterable[str]) -> re.Pattern[str]:
    return later("|".join(f"(?:{row})" for row in rows))


def _bounded(row: str) -> str:
    return row if row.startswith("^") else rf"(?<![^\W_])(?:{row})(?![^\W_])"


_SURE = _table(_bounded(row) for row, sure in LOGS if sure)
_MAYBE = _table(_bounded(row) for row, sure in LOGS if not sure)
_FOLDER = later("|".join(f"(?:{row})" for row in FOLDERS))
_ROADMAP = _table(_bounded(row) for row in ROADMAPS)
_NEVER = _table(NEVER)


def _split(file: str) -> tuple[str, str]:
    """Give the name of a file without its ending, and the ending in lower case."""
    stem, dot, ending = file.rpartition(".")
    return (stem, f".{ending}".casefold()) if dot and stem else (file, "")


def is_log_name(name: str) -> bool | None:
    """Say whether the file at the path `name` is called like a log: surely, maybe (False), None.

    None is for what is no log. What may be one is read, and says itself whether it is.
    """
    *folders, file = name.split("/")
    stem, suffix = _split(file)
    words = _words(stem)
    if _NEVER.search(words):
        return None
    sure = bool(_SURE.search(words) or SESSION_NUMBER.search(stem.casefold()))
    if suffix not in SUFFIXES:
        return True if sure and suffix in RARE else None
    if sure:
        return True
    if _MAYBE.search(words) or any(_FOLDER.fullmatch(_words(folder)) for folder in folders):
        return False
    return None


def is_roadmap_name(name: str) -> bool:
    """Say whether a file called `name` (a path) is a roadmap by its name."""
    stem, suffix = _split(name.rsplit("/", 1)[-1])
    words = _words(stem)
    if suffix not in PLANS or _NEVER.search(words):
        return False
    return bool(_ROADMAP.search(words)) and not _SURE.search(words) and not _MAYBE.search(words)


# The root -----------------------------------------------------------------------------------------

_OWN = ("sessionlog.toml", ".git", ".hg", ".jj", ".svn")
_PROJECT = (
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "package.json",
    "Cargo.toml",
    "go.mod",
    "pom.xml",
)
_DOCS = frozenset({"docs", "doc", "documentation", "source", "src", "website", "book", "site"})


def find_root(start: Path) -> Path:
    """Give the project's root, for a host whose configuration lies in the folder `start`.

    It is the nearest folder upwards with a repository or a `sessionlog.toml`, else with the file of
    a build tool, else the folder above `docs` and the like, else `start`. The home folder and the
    root of the file system are nobody's project.
    """
    start = start.resolve()
    ends = {Path(start.anchor), _home()}
    above = [start, *(folder for folder in start.parents if folder not in ends)]
    for marks in (_OWN, _PROJECT):
        for folder in above:
            if _has_any(folder, marks):
                return folder
    root = start
    while root.name.casefold() in _DOCS and root.parent not in ends:
        root = root.parent
    return root


def find_root_of_either(configuration: Path, documents: Path) -> Path:
    """Give the project's root, for a host with its configuration and its documents in two folders.

    Between the roots of the two it is the one that is a project, then the one in which the
    documents lie, then that of the configuration: shared configuration lies in any place.
    """
    source = documents.resolve()
    roots = find_root(configuration), find_root(source)
    return max(roots, key=lambda x: (_has_any(x, _OWN + _PROJECT), source.is_relative_to(x)))


def _has_any(folder: Path, marks: Iterable[str]) -> bool:
    return any(os.path.lexists(folder / mark) for mark in marks)


def _home() -> Path:
    try:
        return Path.home().resolve()
    except (OSError, RuntimeError):
        return Path("/")


# Finding ------------------------------------------------------------------------------------------


def find_logs(
    root: Path, options: Options, files: Sequence[str] | None = None
) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """Find the logs: what `options.logs` names, else files with well-known names.

    `files` is what `list_files` gives, where it was asked already.
    """
    if options.logs:
        return _find_named(root, options.logs, options)
    plans = {found.path for found in _find_named(root, options.roadmap, options)[0]}
    return _admit(
        (
            Found(root / name, name, named=False, sure=sure)
            for name in (list_files(root) if files is None else files)
            if (sure := is_log_name(name)) is not None and root / name not in plans
        ),
        root,
        options,
    )


def find_roadmaps(
    root: Path, options: Options, files: Sequence[str] | None = None
) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """Find the roadmaps: what `options.roadmap` names, else files with well-known names."""
    if options.roadmap:
        return _find_named(root, options.roadmap, options)
    logs = {found.path for found in _find_named(root, options.logs, options)[0]}
    return _admit(
        (
            Found(root / name, name, named=False)
            for name in (list_files(root) if files is None else files)
            if is_roadmap_name(name) and root / name not in logs
        ),
        root,
        options,
    )


def _find_named(
    root: Path, patterns: Iterable[str], options: Options
) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """Find what a user names; each path or pattern that finds nothing is a problem."""
    found: list[Found] = []
    problems: list[Problem] = []
    for written in patterns:
        pattern = _relative(written, root)
        outside = Path(pattern).is_absolute() or ".." in pattern.split("/")
        if outside and not options.allow_outside:
            problems.append(_outside(written))
        elif os.path.lexists(root / pattern) or not has_magic(pattern):
            found.append(Found(root / pattern, _printable(pattern), named=True, sure=True))
        else:
            hits = [name for name in _below(root, literal_folder(pattern)) if fits(pattern, name)]
            if not hits:
                message = "no file fits this pattern, expected at least one log or roadmap"
                problems.append(Problem(Code.UNREADABLE, message, written))
            found += (Found(root / name, name, named=True, sure=True) for name in hits)
    admitted, said = _admit(found, root, options)
    return admitted, (*problems, *said)


def _relative(pattern: str, root: Path) -> str:
    """Give `pattern` with forward slashes, from the root where it lies below it."""
    pattern = pattern.replace("\\", "/") if os.sep == "\\" else pattern
    if Path(pattern).is_absolute() and Path(pattern).is_relative_to(root):
        return Path(pattern).relative_to(root).as_posix()
    return (
        "/".join(part for part in pattern.split("/") if part != ".") if "/" in pattern else pattern
    )


def _outside(name: str) -> Problem:
    message = "lies outside of the project and is not read, set allow_outside to read it"
    return Problem(Code.UNREADABLE, message, name)


def _admit(
    candidates: Iterable[Found], root: Path, options: Options
) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """Leave out what `exclude` names, what leads out of the project, and what is there already."""
    rules = read_rules("\n".join(options.exclude))
    base = find_real(root)
    admitted: dict[Path, Found] = {}
    problems: list[Problem] = []
    for found in candidates:
        if excluded(found.name, rules) or (not found.named and _is_page(found.name, options)):
            continue
        real = find_real(found.path)
        if real is None:
            message = "is a symbolic link in a circle"
            problems.append(Problem(Code.UNREADABLE, message, found.name, grave=found.named))
            continue
        if not options.allow_outside and not is_inside(real, base):
            problems.append(replace(_outside(found.name), grave=found.named))
            continue
        other = admitted.get(real)
        if other is None or (other.path.is_symlink() and not found.path.is_symlink()):
            admitted[real] = found
    return tuple(admitted.values()), tuple(problems)


def _is_page(name: str, options: Options) -> bool:
    """Say whether a file is the user's own page in the place of one of ours that is called so."""
    folder, _, last = name.rpartition("/")
    stem = last.rpartition(".")[0]
    return stem in CALLED_AS_LOGS and f"/{folder}".endswith(f"/{options.folder}")


CALLED_AS_LOGS = frozenset({"continue-here", "continue-here-in-full"})
"""Generated pages whose names are those of logs, too."""


def _printable(name: str) -> str:
    """Give a file's name without bytes that are no text."""
    return re.sub("[\ud800-\udfff]", "\ufffd", name)


# Listing ------------------------------------------------------------------------------------------


def list_files(root: Path) -> tuple[str, ...]:
    """List the files of a project, sorted by path: neither ignored nor in a folder to leave out."""
    names = _ask_git(root)
    if not names:
        names = tuple(_walk(root, "", respect_gitignore=True))
    kept = {_printable(name): name for name in names if not _left_out(name)}
    marked: dict[str, bool] = {"": False}
    return tuple(
        sorted(
            name for name, raw in kept.items() if name == raw and not _marked(root, name, marked)
        )
    )


def _below(root: Path, folder: str) -> tuple[str, ...]:
    """List the files below `folder`, which a user named; folders to leave out are not entered."""
    return tuple(sorted(_walk(root, folder, respect_gitignore=False)))


def _left_out(name: str) -> bool:
    *folders, file = name.split("/")
    return file.startswith(".") or not all(map(may_hold_logs, folders))


def may_hold_logs(folder: str) -> bool:
    """Say by the name of a folder whether logs are looked for in it."""
    return not folder.startswith(".") and folder.casefold() not in LEFT_OUT


def _marked(root: Path, name: str, known: dict[str, bool]) -> bool:
    """Say whether a folder above `name`, below the root, holds one of `MARKED`."""
    folder = name.rpartition("/")[0]
    if folder not in known:
        known[folder] = _marked(root, folder, known) or any(
            os.path.lexists(root / folder / mark) for mark in MARKED
        )
    return known[folder]


_GIT = (
    "git",
    "-c",
    "core.fsmonitor=false",  # a repository's own settings could name a program to run
    "-c",
    "core.quotepath=false",
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
)
_GIT_SECONDS = 60


def _ask_git(root: Path) -> tuple[str, ...]:
    """List the files that git tracks or would track; nothing where there is no repository."""
    # A hook of git sets GIT_DIR and others, which would speak of another repository.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603  fixed words, no shell
            _GIT,
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_GIT_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple(os.fsdecode(name) for name in done.stdout.split(b"\0") if name)


_MAX_DEPTH = 40


def _walk(
    root: Path,
    folder: str,
    *,
    respect_gitignore: bool,
    rules: tuple[Rule, ...] = (),
    depth: int = 0,
) -> Iterator[str]:
    """Give the files below `folder`; links to folders and what cannot be opened are passed over."""
    if respect_gitignore:
        rules += _gitignore(root, folder)
    try:
        with os.scandir(root / folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        name = f"{folder}/{entry.name}" if folder else entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if respect_gitignore and ignored(name, rules, is_folder=is_folder):
            continue
        if not is_folder:
            yield name
        elif (
            depth < _MAX_DEPTH
            and not entry.name.startswith(".")
            and entry.name.casefold() not in LEFT_OUT
            and not any(os.path.lexists(root / name / mark) for mark in MARKED)
        ):
            yield from _walk(
                root, name, respect_gitignore=respect_gitignore, rules=rules, depth=depth + 1
            )


_MAX_GITIGNORE = 1_000_000


def _gitignore(root: Path, folder: str) -> tuple[Rule, ...]:
    name = f"{folder}/.gitignore"
    data = read_bytes(root / folder / ".gitignore", name, max_size=_MAX_GITIGNORE)
    return () if isinstance(data, Problem) else read_rules(data.decode("utf-8", "replace"), folder)

"""Words of a command line in; text, problems on standard error and an exit code out.

Exit codes: 0 all is well, or there is only advice; 1 something that was asked for could not be
read or written, or a gate was not met; 2 the words of the command line are wrong.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote

from sessionlog_core.checks import expected
from sessionlog_core.discover import find_root
from sessionlog_core.export import (
    continue_markdown,
    generator,
    no_site,
    show_plainly,
    to_json,
    write_json,
)
from sessionlog_core.generated import is_generated
from sessionlog_core.model import Journal
from sessionlog_core.options import Options, read_options
from sessionlog_core.problems import Code, Problem
from sessionlog_core.project import describe, load_project, read_paths
from sessionlog_core.query import QUERY_OPTIONS, Query, read_query
from sessionlog_core.raw import read_bytes
from sessionlog_core.records import record
from sessionlog_core.views import VIEWS
from sessionlog_core.writers import markdown

__all__ = ["main"]

WELL, FAILED, WRONG = 0, 1, 2
"""The exit codes."""

FAILURES = frozenset({Code.UNREADABLE, Code.FAULT})
"""Problems that keep a command from doing what it was asked for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` name and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    args = _parser().parse_args(arguments)
    try:
        code = int(args.run(args))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough; closing the stream must not complain once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return FAILED
    return code


# The words --------------------------------------------------------------------------------------


@record(frozen=True, slots=True)
class Command:
    """A command: its name, what it does, how its words are declared, and what runs it."""

    name: str
    help: str
    declare: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sessionlog-docs",
        description="Session logs of people and coding agents, read as they are.",
        epilog="exit codes: 0 well, or advice only; 1 not readable, or a gate not met; 2 usage",
    )
    parser.add_argument("--version", action="version", version=generator())
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        one = commands.add_parser(command.name, help=command.help, description=command.help)
        command.declare(one)
        one.set_defaults(run=command.run)
    return parser


def _declare_logs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="logs; those of the project if none"
    )
    parser.add_argument(
        "--roadmap",
        action="append",
        type=Path,
        default=[],
        metavar="PATH",
        help="a roadmap, instead of those of the project",
    )
    _declare_root(parser)


def _declare_root(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-C",
        "--root",
        type=_folder,
        metavar="DIR",
        help="the project; found from here if not given",
    )


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        found = "is a file" if path.exists() else "does not exist"
        raise argparse.ArgumentTypeError(f"{text} {found}, expected a folder")
    return path


def _view(text: str) -> str:
    if text not in VIEWS:
        raise argparse.ArgumentTypeError(f"unknown view: {text}, {expected(text, VIEWS)}")
    return text


def _declare_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("view", type=_view, metavar="VIEW", help=", ".join(VIEWS))
    _declare_logs(parser)
    says = {f.name.replace("_", "-"): f.metadata["help"] for f in fields(Query)}
    for name in QUERY_OPTIONS:
        parser.add_argument(f"--{name}", metavar="VALUE", help=says[name].replace("%", "%%"))


def _declare_check(parser: argparse.ArgumentParser) -> None:
    _declare_logs(parser)
    parser.add_argument(
        "--format", choices=tuple(REPORTS), default="text", help="how problems are written"
    )
    parser.add_argument(
        "--fail-on",
        default="",
        metavar="CODES",
        help="fail on these codes, parted by commas; `grave` or `any` for all of a sort",
    )


def _declare_build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=("md", "plain"),
        default="md",
        help="`md`: a fence a page, for Python-Markdown; `plain`: whole pages, for any reader",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write")
    _declare_root(parser)


def _declare_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="FILE", help="the file to be explained")
    parser.add_argument("--json", action="store_true", help="for machines")
    _declare_root(parser)


# What is read -----------------------------------------------------------------------------------


def _root(args: argparse.Namespace) -> Path:
    return Path(args.root) if args.root is not None else find_root(Path.cwd())


def _read(args: argparse.Namespace) -> tuple[Journal, Options]:
    """Read the logs that were named, or those of the project; options are always the project's.

    What is wrong with the options is among the problems of the journal, the first of them.
    """
    root = _root(args)
    options, wrong = read_options(root)
    if args.paths:
        journal = read_paths(args.paths, args.roadmap, Path.cwd(), options)
    else:
        project = load_project(root, options, roadmap_paths=args.roadmap)
        print(show_plainly(describe(project)), file=sys.stderr)
        journal = project.journal
    return replace(journal, problems=(*wrong, *journal.problems)), options


def _tell(problems: Iterable[Problem]) -> None:
    for problem in problems:
        print(show_plainly(str(problem)), file=sys.stderr)


def _tell_failures(problems: Iterable[Problem]) -> int:
    """Tell what kept a command from its work, and wrong options; give the exit code."""
    told = list(problems)
    _tell(p for p in told if p.fatal or p.code in FAILURES or p.code is Code.OPTION)
    return _failed(told)


def _failed(problems: Iterable[Problem]) -> int:
    return FAILED if any(p.fatal or p.code in FAILURES for p in problems) else WELL


# The commands -----------------------------------------------------------------------------------


def _json(args: argparse.Namespace) -> int:
    journal, _ = _read(args)
    sys.stdout.write(write_json(journal))
    return _tell_failures(journal.problems)


def _show(args: argparse.Namespace) -> int:
    given = {
        name: value
        for name in QUERY_OPTIONS
        if (value := getattr(args, name.replace("-", "_"))) is not None
    }
    query, wrong = read_query(given, "command line", 1)
    if wrong:
        for problem in wrong:
            print(show_plainly(problem.message), file=sys.stderr)
        return WRONG
    journal, options = _read(args)
    if "budget" not in given:
        query = replace(query, budget=options.budget)
    if args.view == "continue":
        text = continue_markdown(journal, query)
    else:
        view = VIEWS[args.view]
        text = f"# {view.title}\n\n" + markdown.write(view.function(journal, query), no_site)
    sys.stdout.write(show_plainly(text.rstrip("\n") + "\n", lines=True))
    code = _tell_failures(journal.problems)
    keys = [session.key for session in journal.sessions]
    if query.session is not None and query.session not in keys:
        print(show_plainly(_no_such_session(query.session, keys)), file=sys.stderr)
        return FAILED
    return code


def _no_such_session(key: str, keys: Sequence[str]) -> str:
    near = get_close_matches(key[:80], keys, 3) or keys[:-4:-1]
    known = f", expected a key such as {', '.join(near)}" if near else ""
    return f"unknown session: {key}{known}"


def _check(args: argparse.Namespace) -> int:
    gates = {gate.strip() for gate in args.fail_on.split(",") if gate.strip()}
    unknown = gates - {*Code, "grave", "any"}
    if unknown:
        allowed = ("grave", "any", *sorted(Code))
        print(
            show_plainly(f"unknown code: {min(unknown)}, {expected(min(unknown), allowed)}"),
            file=sys.stderr,
        )
        return WRONG
    journal, _ = _read(args)
    sys.stdout.write(REPORTS[args.format](journal))
    held = [
        p
        for p in journal.problems
        if p.code in gates or "any" in gates or ("grave" in gates and p.grave)
    ]
    return FAILED if held else _failed(journal.problems)


def _as_text(journal: Journal) -> str:
    lines = [show_plainly(str(problem)) for problem in journal.problems]
    count = len(lines)
    lines.append("no problems" if not count else f"{count} problem{'s' * (count > 1)}")
    return "\n".join(lines) + "\n"


def _as_json(journal: Journal) -> str:
    return json.dumps(to_json(journal)["problems"], indent=1) + "\n"


def _as_github(journal: Journal) -> str:
    """Write problems as GitHub's workflow commands.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return "".join(_annotation(problem) + "\n" for problem in journal.problems)


def _annotation(problem: Problem) -> str:
    kind = "warning" if problem.grave else "notice"
    places = {"file": problem.path, "line": problem.line, "title": f"sessionlog.{problem.code}"}
    given = ",".join(
        f"{name}={_escaped(str(value), ':,')}" for name, value in places.items() if value
    )
    return f"::{kind} {given}::{_escaped(problem.message, '')}"


def _escaped(text: str, more: str) -> str:
    text = show_plainly(text)
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else c for c in text)


REPORTS: dict[str, Callable[[Journal], str]] = {
    "text": _as_text,
    "json": _as_json,
    "github": _as_github,
}
"""How the problems of a journal are written."""


def _build(args: argparse.Namespace) -> int:
    # Stubs know the pages, and those all views: no other command needs them.
    from sessionlog_core.stubs import make_plain, make_stubs

    root = _root(args)
    if args.out.is_file():
        print(show_plainly(f"{args.out} is a file, expected a folder"), file=sys.stderr)
        return FAILED
    options, problems = read_options(root)
    project = load_project(root, options)
    _tell((*problems, *(p for p in project.journal.problems if p.grave)))
    print(show_plainly(describe(project)), file=sys.stderr)
    written = 0
    try:
        files = (
            make_stubs(project.journal, options)
            if args.format == "md"
            else make_plain(project.journal, options, partial(_beside, root, args.out))
        )
        for name, text in files.items():
            written += _write(args.out / name, text)
        _remove_others(args.out, files)
    except OSError as error:
        where = Path(error.filename).as_posix() if error.filename else args.out.as_posix()
        _tell([Problem(Code.UNREADABLE, f"not writable: {error.strerror}", where)])
        return FAILED
    print(f"{written} file{'s' * (written != 1)} written", file=sys.stderr)
    return _failed(project.journal.problems)


def _beside(root: Path, out: Path, path: str, href: str) -> str:
    """Give a relative link of the log `path` as it is seen from the folder `out`."""
    target, mark, rest = href.partition("#")
    folder = (root / path).parent
    there = Path(os.path.relpath(folder / unquote(target), out)).as_posix()
    return quote(there) + mark + rest


_LARGEST = 100_000_000
"""Bytes of a page of ours at most; a larger file is none."""


def _remove_others(out: Path, files: Mapping[str, str]) -> None:
    """Remove pages that an earlier run wrote and this one did not, such as those of a month."""
    for path in out.glob("*.md"):
        data = b"" if path.name in files else read_bytes(path, path.name, max_size=_LARGEST)
        if isinstance(data, bytes) and is_generated(data.decode("utf-8", "replace")):
            path.unlink()


def _write(path: Path, text: str) -> bool:
    """Write a file unless it says the same already; readers see the old one or the new one."""
    data = text.encode("utf-8")
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(data)
    beside.replace(path)
    return True


def _explain(args: argparse.Namespace) -> int:
    # It reads with a reader of its own, which no other command needs.
    from sessionlog_core.explain import explain_file

    options, problems = read_options(_root(args))
    _tell(problems)
    text, found = explain_file(args.path, options, as_json=args.json)
    sys.stdout.write(text if args.json else show_plainly(text, lines=True))
    _tell(found)
    return _failed(found)


COMMANDS: tuple[Command, ...] = (
    Command("json", "print the records of logs as JSON", _declare_logs, _json),
    Command("show", "print a view as Markdown", _declare_show, _show),
    Command("check", "list the problems of logs and roadmaps", _declare_check, _check),
    Command("explain", "say how each line of a file was read", _declare_explain, _explain),
    Command("build", "write pages for hosts without plugins", _declare_build, _build),
)

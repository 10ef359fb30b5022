"""The command line: arguments in, text on standard output, problems on standard error, an exit code out.

Exit codes: 0 all is well or only advice, 1 a file could not be read or a gate was not met,
2 wrong arguments.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sessionlog_core.export import write_json
from sessionlog_core.project import read_paths


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` name and give its exit code."""
    args = _parser().parse_args(arguments)
    return int(args.run(args))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sessionlog-docs", description=__doc__)
    commands = parser.add_subparsers(required=True)
    json_ = commands.add_parser("json", help="print the records of logs as JSON")
    json_.add_argument("paths", nargs="*", type=Path)
    json_.add_argument("--roadmap", action="append", type=Path, default=[])
    json_.set_defaults(run=_json)
    return parser


def _json(args: argparse.Namespace) -> int:
    journal = read_paths(args.paths, args.roadmap, Path.cwd())
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(write_json(journal))
    return 0

"""The input of a fixture in, the journal of a small project out.

Files are parted by lines such as `=== docs/session-log.md`; a file whose name says roadmap is one.
A line `aliases: words = target` before the first file sets an alias.
"""

from sessionlog_core.journal import make_journal
from sessionlog_core.model import Journal, Log
from sessionlog_core.reader import read_log
from sessionlog_core.roadmap import Roadmap, read_roadmap


def split_files(text: str) -> dict[str, str]:
    """Give the files of a fixture by their path."""
    files: dict[str, list[str]] = {}
    path = ""
    for line in text.split("\n"):
        if line.startswith("=== "):
            path = line[4:].strip()
            files[path] = []
        elif path:
            files[path].append(line)
    return {path: "\n".join(lines) + "\n" for path, lines in files.items()}


def read_project(text: str) -> Journal:
    """Read and join the files of a fixture."""
    logs: list[Log] = []
    plans: list[Roadmap] = []
    for path, content in split_files(text).items():
        if "roadmap" in path.casefold():
            plans.append(read_roadmap(content, path))
        else:
            logs.append(read_log(content, path, named=True))
    aliases = {}
    for line in text.split("\n"):
        if line.startswith("aliases: "):
            words, _, target = line[9:].partition(" = ")
            aliases[words] = target
    return make_journal(logs, plans, aliases=aliases)

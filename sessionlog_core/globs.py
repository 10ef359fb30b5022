"""A pattern and a path in, whether they fit out: globs, and the lines of a `.gitignore`.

Paths are relative and have forward slashes. `*`, `?` and `[...]` stay within one name, `**` is any
number of folders. A pattern of `n` names is held against a path of `m` names in at most `n * m`
steps.
"""

import re
from fnmatch import translate
from functools import cache

from sessionlog_core.patterns import later
from sessionlog_core.records import record

_MAGIC = later(r"[*?\[]")


def has_magic(pattern: str) -> bool:
    """Say whether `pattern` is a glob rather than a plain path."""
    return _MAGIC.search(pattern) is not None


def literal_folder(pattern: str) -> str:
    """Give the folders at the beginning of `pattern` that hold no wildcard."""
    parts = pattern.split("/")
    count = next((i for i, part in enumerate(parts) if has_magic(part)), len(parts) - 1)
    return "/".join(parts[:count])


def fits(pattern: str, path: str) -> bool:
    """Say whether `path` as a whole fits `pattern`."""
    return _fits(tuple(pattern.split("/")), tuple(path.split("/")))


@cache
def _name(pattern: str) -> re.Pattern[str]:
    return re.compile(translate(pattern))


def _fits(parts: tuple[str, ...], names: tuple[str, ...]) -> bool:
    # reached[j]: the parts so far fit the first j names.
    reached = [True] + [False] * len(names)
    for part in parts:
        if part == "**":
            first = reached.index(True) if True in reached else len(reached)
            reached = [j >= first for j in range(len(reached))]
            continue
        name = _name(part)
        reached = [False] + [
            before and name.match(names[j]) is not None for j, before in enumerate(reached[:-1])
        ]
    return reached[-1]


@record(frozen=True, slots=True)
class Rule:
    """A line of a `.gitignore`: `folder` is where the file stands, empty for the root."""

    folder: str
    pattern: str
    negated: bool
    folders_only: bool


def read_rules(text: str, folder: str = "") -> tuple[Rule, ...]:
    """Read the lines of a `.gitignore` (https://git-scm.com/docs/gitignore)."""
    rules: list[Rule] = []
    for line in text.splitlines():
        pattern = re.sub(r"(?<!\\) +$", "", line)
        if not pattern or pattern.startswith("#"):
            continue
        negated = pattern.startswith("!")
        pattern = pattern.removeprefix("!").removeprefix("\\")
        folders_only = pattern.endswith("/")
        pattern = pattern.rstrip("/")
        if not pattern:
            continue
        # A slash inside ties a pattern to its folder; without one it fits at any depth.
        pattern = pattern.removeprefix("/") if "/" in pattern else f"**/{pattern}"
        rules.append(Rule(folder, pattern, negated, folders_only))
    return tuple(rules)


def ignored(path: str, rules: tuple[Rule, ...], *, is_folder: bool = False) -> bool:
    """Say what the last rule says that fits `path` itself; its parents are the caller's matter."""
    for rule in reversed(rules):
        if rule.folders_only and not is_folder:
            continue
        inner = path
        if rule.folder:
            if not path.startswith(rule.folder + "/"):
                continue
            inner = path[len(rule.folder) + 1 :]
        if fits(rule.pattern, inner):
            return not rule.negated
    return False


def excluded(path: str, rules: tuple[Rule, ...]) -> bool:
    """Say whether `path`, or a folder in which it lies, is ignored."""
    names = path.split("/")
    return any(
        ignored("/".join(names[:count]), rules, is_folder=count < len(names))
        for count in range(1, len(names) + 1)
    )

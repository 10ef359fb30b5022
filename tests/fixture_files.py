"""A fixture file in, its cases out, written as in the tests of markdown-it-py."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """A case. `line` is where its title stands, so that a failing test leads there."""

    title: str
    line: int
    input: str
    expected: str

    def __str__(self) -> str:
        return f"{self.line}: {self.title}"


def read_cases(path: Path) -> list[Case]:
    """Read all cases of a file: `title`, `.`, input, `.`, expected, `.`."""
    cases: list[Case] = []
    parts: list[list[str]] = [[]]
    start = 0
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if line == ".":
            parts.append([])
            if len(parts) == 4:
                title = " ".join(x for x in parts[0] if x)
                cases.append(Case(title, start, "\n".join(parts[1]), "\n".join(parts[2])))
                parts = [[]]
        else:
            if len(parts) == 1 and line:
                start = number
            parts[-1].append(line)
    if any(any(part) for part in parts):
        raise ValueError(f"{path}: a case that does not end with a full stop")
    return cases

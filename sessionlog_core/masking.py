"""Text of a log in, the same text without credentials and a problem for each out."""

import re

from sessionlog_core.problems import Code, Problem

_RULES = (
    (
        "private key",
        re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?"),
    ),
    ("AWS access key", re.compile(r"\bAKIA[0-9A-Z]{16}\b")),
    ("GitHub token", re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36,}\b")),
)


def mask(text: str, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Mask what looks like a credential; the number of lines stays."""
    problems: list[Problem] = []
    for kind, pattern in _RULES:

        def put(match: re.Match[str], kind: str = kind) -> str:
            line = match.string.count("\n", 0, match.start()) + 1
            problems.append(Problem(Code.SECRET, f"masked what looks like a {kind}", path, line))
            return f"[masked: {kind}]" + "\n" * match[0].count("\n")

        text = pattern.sub(put, text)
    return text, tuple(problems)

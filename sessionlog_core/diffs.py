"""A unified diff in, the files that it adds out; also where line ends were turned into blanks.

A log sometimes arrives as the diff of the commit that added it. Only added files are logs: of a
file that the diff changes, no more than fragments are there. The format is that of `git diff`
(https://git-scm.com/docs/diff-format) and of `diff -u`.

A diff that was pasted through something that joins lines holds its text on one line, and the only
traces of the line ends are the `+` signs that began each line. Plus signs of the text look the
same, so the count that the hunk's header announces decides how many of them are to be passed over,
and the cheapest way to pass over exactly so many is taken: see `_choose`.
"""

from collections.abc import Sequence

from sessionlog_core.patterns import later
from sessionlog_core.problems import Code, Problem
from sessionlog_core.records import record


@record(frozen=True, slots=True)
class Added:
    """A file that a diff adds: its path in the diff and its text."""

    path: str
    text: str


_START = later(r"\s*(?:diff --git |--- /dev/null\s|commit [0-9a-f]{7,64}\s|From [0-9a-f]{40,64} )")
"""How a diff begins: `git diff`, `diff -u`, `git show`, `git format-patch`."""

_PREAMBLE = 20_000
"""So many characters at most stand before the first file of a diff (the commit message)."""

_COLLAPSED = later(
    r"(?:diff --git (?P<git>\S[^\n+]{0,200}?)\s+new file mode \d{6}\s+"
    r"(?:index [0-9a-f]{4,64}\.\.[0-9a-f]{4,64}\s+)?)?"
    r"--- /dev/null\s\S{0,300}?\s?\+\+\+ (?P<path>[^\n+]{1,300}?)\s+"
    r"@@ -0,0 \+1(?:,(?P<lines>\d{1,9}))? @@ ?"
)
"""The header of an added file with its lines joined. What follows is the text of the file."""


def unfold(text: str, name: str) -> tuple[tuple[Added, ...], tuple[Problem, ...]] | None:
    """Give the files that the diff `text` adds, or None where `text` is no diff that adds one.

    `name` is the diff's own name, for problems.
    """
    if not _START.match(text):
        return None
    first_line = text.lstrip().split("\n", 1)[0]
    joined = _COLLAPSED.search(first_line[:_PREAMBLE])
    files, problems = _unfold_joined(text.strip(), name) if joined else _unfold_lines(text, name)
    return (files, problems) if files else None


# Diffs as they should be ------------------------------------------------------------------------

_HUNK = later(r"@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@")


def _unfold_lines(text: str, name: str) -> tuple[tuple[Added, ...], tuple[Problem, ...]]:
    """Read the added files of a diff that still has its lines."""
    lines = text.split("\n")
    files: list[Added] = []
    problems: list[Problem] = []
    changed: list[str] = []
    at = 0
    while at + 1 < len(lines):
        if not (lines[at].startswith("--- ") and lines[at + 1].startswith("+++ ")):
            at += 1
            continue
        path = _path(lines[at + 1][4:])
        added = lines[at].split("\t")[0].rstrip() == "--- /dev/null"
        at += 2
        body: list[str] = []
        while at < len(lines) and (hunk := _HUNK.match(lines[at])):
            header = at
            gone, come = int(hunk[2] or 1), int(hunk[4] or 1)
            at += 1
            while at < len(lines) and (gone > 0 or come > 0):
                line = lines[at]
                if line.startswith("+"):
                    come -= 1
                    body.append(line[1:])
                elif line.startswith("-"):
                    gone -= 1
                elif (
                    added and not line
                ):  # the mail or editor that carried the diff cut off the sign
                    come -= 1
                    body.append("")
                elif line.startswith(" ") or not line:
                    come -= 1
                    gone -= 1
                elif not line.startswith("\\"):
                    break
                at += 1
            if added and come > 0:
                message = f"the diff of {path} ends {come} lines before what its header announces"
                problems.append(Problem(Code.DIFF, message, name, header + 1))
            while at < len(lines) and lines[at].startswith("\\"):
                at += 1
        if added and body:
            files.append(Added(path, "\n".join(body) + "\n"))
        elif not added:
            changed.append(path)
    problems += [
        Problem(Code.DIFF, f"the diff changes {path} and does not add it, left out", name)
        for path in changed
    ]
    return tuple(files), tuple(problems)


def _path(text: str) -> str:
    """Give the path of a `+++` line without its prefix, quotes and time stamp."""
    path = text.split("\t")[0].strip()
    if len(path) > 1 and path[0] == path[-1] == '"':
        path = _unquote(path[1:-1])
    return path.removeprefix("b/")


_ESCAPE = later(r'\\([0-7]{3}|["\\abfnrtv])')
_ESCAPES = {"a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, '"': 34, "\\": 92}


def _unquote(path: str) -> str:
    r"""Undo git's quoting of unusual bytes in a path (`\\303\\251`)."""
    data = _ESCAPE.sub(
        lambda m: chr(_ESCAPES[m[1]] if m[1] in _ESCAPES else int(m[1], 8) & 0xFF),
        path,
    )
    try:
        return data.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return data


# Diffs whose lines were joined --------------------------------------------------------------------

_NO_END = later(r"\s\\ No newline at end of file\s*\Z")


def _unfold_joined(text: str, name: str) -> tuple[tuple[Added, ...], tuple[Problem, ...]]:
    """Read the added files of a diff whose line ends became blanks."""
    files: list[Added] = []
    problems: list[Problem] = []
    headers = list(_COLLAPSED.finditer(text))
    # A header that is itself an added line belongs to the text of a file that shows a diff.
    headers = [h for h in headers if not text[: h.start()].endswith("+")]
    for header, following in zip(headers, [*headers[1:], None], strict=True):
        path = _path(header["path"])
        body = text[header.end() : following.start() if following else len(text)].strip(" \n")
        lines, problem = _split(_NO_END.sub("", body), int(header["lines"] or 1))
        if problem:
            problems.append(Problem(Code.DIFF, f"the diff of {path} {problem}", name))
        files.append(Added(path, "\n".join(lines) + "\n"))
    return tuple(files), tuple(problems)


def _split(body: str, announced: int) -> tuple[list[str], str]:
    """Split `body` into its lines; also say what is wrong, or nothing."""
    starts = [m.start() for m in _PLUS.finditer(body)]
    if not starts or starts[0] != 0:
        return body.split("\n"), "has lost its + signs, its lines cannot be told apart"
    surplus = len(starts) - announced
    if surplus > 0:
        starts = _choose(body, starts, surplus)
    lines = [
        body[start + 1 : end - 1] if end < len(body) else body[start + 1 :]
        for start, end in zip(starts, [*starts[1:], len(body)], strict=True)
    ]
    if surplus < 0:
        return lines, f"has {len(starts)} lines, its header announces {announced}"
    return lines, ""


_PLUS = later(r"(?<!\S)\+")
"""A plus sign that may begin a line: one after white space."""

_WORDS_AHEAD = 120
"""So many characters behind a plus sign are looked at."""

_FENCE = later(r"\+ *(?:```|~~~)")

_KINDS = (
    (later(r"(?<=\+ )\+"), "sure"),
    (later(r"\+(?: \+|\s*\Z)"), "blank"),
    (_FENCE, "fence"),
    (later(r"\+ *(?:[-*] |\d{1,3}[.)] |#{1,6} |[|>])"), "mark"),
    (later(r"\+\d{4}-\d\d"), "glued"),
    (later(r"\+\d|\+=|(?<=\| )\+[^|\s]"), "figure"),
    (later(r"\+\S"), "glued"),
    (later(r"\+  "), "deep"),
    (later(r"\+ "), "open"),
)
"""What stands behind a plus sign, first match wins. `sure`: a line after an empty line; `figure`: a
sum, an operator or a table cell rather than a line; `open`: one blank and a word, which is an
indented line or a plus sign of the text; `deep`: an indent of more than one blank survived, so that
it is a line."""

_PASS = {
    "sure": 12,
    "blank": 12,
    "glued": 12,
    "fence": 9,
    "mark": 8,
    "deep": 8,
    "open": 1,
    "figure": 0.5,
}
"""What it costs to take a plus sign of each kind for a part of the text."""

_BEGIN = {"figure": 3}
"""What it costs to take one for the beginning of a line."""

_WRAPPED = 110
"""Text with longer lines than this was not wrapped, so that the length of a line says nothing."""

_MAX_RUN = 12
"""So many plus signs of the text stand on one line at most."""

_MAX_WORK = 4_000_000
"""So many steps at most for the exact way."""


def _choose(body: str, starts: Sequence[int], surplus: int) -> list[int]:
    """Give `starts` without the `surplus` ones that are most likely plus signs of the text.

    A line is dear that is longer than the others, or that ends where its next word would have
    fitted: that is how wrapped text tells its line ends. Dynamic programming over the starts gives
    the cheapest choice of exactly the announced number; where that would be too much work, each
    start is judged alone.
    """
    kinds = [
        next(kind for pattern, kind in _KINDS if pattern.match(body, at, at + _WORDS_AHEAD))
        for at in starts
    ]
    coded = _in_code([_FENCE.match(body, at) is not None for at in starts])
    passing = [
        3 if code and kind == "open" else _PASS[kind]
        for kind, code in zip(kinds, coded, strict=True)
    ]
    count = len(starts)
    if count * min(surplus, _MAX_RUN) * surplus > _MAX_WORK:
        order = sorted(range(count), key=lambda i: (passing[i] - _BEGIN.get(kinds[i], 0), i))
        left_out = set(order[:surplus])
        return [at for i, at in enumerate(starts) if i not in left_out]

    width = _width(starts, kinds, len(body))
    ends = [*starts, len(body) + 1]
    # best[i][s]: with s starts passed over, the least cost of the lines before start i, and the
    # start of the last of these lines.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, -1)}]
    for i in range(1, count + 1):
        here: dict[int, tuple[float, int]] = {}
        skipped = 0.0
        for before in range(i - 1, max(-1, i - 2 - min(surplus, _MAX_RUN)), -1):
            length = ends[i] - ends[before] - 2
            cost = skipped + _line_cost(length, width)
            if i < count:
                cost += _begin_cost(body, starts[i], kinds[i], length, width, code=coded[i])
            run = i - 1 - before
            for passed, (so_far, _) in best[before].items():
                total = passed + run
                if total <= surplus and (total not in here or so_far + cost < here[total][0]):
                    here[total] = (so_far + cost, before)
            skipped += passing[before]
        best.append(here)
    if surplus not in best[count]:
        return list(starts[: count - surplus])
    chosen: list[int] = []
    i, passed = count, surplus
    while i > 0:
        before = best[i][passed][1]
        passed -= i - 1 - before
        i = before
        chosen.append(starts[i])
    return chosen[::-1]


def _in_code(fences: Sequence[bool]) -> list[bool]:
    """Say for each start whether it stands in a fenced block, where lines end where they like."""
    inside = False
    out: list[bool] = []
    for fence in fences:
        out.append(inside)
        inside ^= fence
    return out


def _width(starts: Sequence[int], kinds: Sequence[str], end: int) -> int:
    """Guess at what width the text was wrapped: almost no line that is sure is longer."""
    sure = [kind not in ("open", "figure") for kind in kinds]
    lengths = sorted(
        after - at - 2
        for at, after, a, b in zip(
            starts, [*starts[1:], end + 1], sure, [*sure[1:], True], strict=True
        )
        if a and b
    )
    return max(60, lengths[-1 - len(lengths) // 25]) if lengths else 80


def _line_cost(length: int, width: int) -> float:
    return min(6.0, (length - width) / 8) if width <= _WRAPPED and length > width else 0.0


def _begin_cost(body: str, at: int, kind: str, length: int, width: int, *, code: bool) -> float:
    """Give the cost of a line that begins at `at`, behind a line of `length` characters."""
    if kind != "open" or code:
        return _BEGIN.get(kind, 0)
    word = body[at + 2 : at + _WORDS_AHEAD].split(" ", 1)[0]
    line = body[at - 1 - length : at - 1]
    if line.count("`") % 2:
        return 6.0  # inside a code span
    if line[-1:] in (":", "."):
        return 0.5
    room = width - (length + 1 + len(word))
    return 0.5 + min(6.0, room / 8) if room > 0 else 0.0

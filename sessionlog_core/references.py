"""A passage of a log in, its names out: commits, issues, phases, tickets, decision records, paths.

A `#26` is an issue only where no other thing has the number: `Sprint #3`, `Debt #35` and `rule #9`
are names of their own. Hex words and parts of UUIDs are no commits; `UTF-8`, `SHA-256` and `GPT-5`
are no tickets.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter

from sessionlog_core.model import Reference
from sessionlog_core.patterns import later
from sessionlog_core.vocabulary import ReferencePattern, has_digit, has_wide, word_set

__all__ = [
    "REFERENCES",
    "change_of",
    "files_of",
    "may_name",
    "may_name_files",
    "references_of",
    "shas_of",
]


SERIES = r"\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?(?:\s?[-–/]\s?\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?)?(?![\w%])"
"""A number, or a range of them: `4`, `1.1.2`, `2a`, `11.1-11.4`."""

REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("adr", "adr adrs", r"\bADRs?[-\s]?(\d{1,5})\b"),
    ("milestone", "*M", r"\bM\d{1,2}(?:\.\d{1,2}){1,2}[a-z]?\b"),
    ("milestone", "milestone milestones marco hito meilenstein jalon traguardo milník веха",
     rf"\b(?:[Mm]ilestone|Marco|Hito|Meilenstein|Jalon|Traguardo|Milník|Веха)s?\s#?{SERIES}"),
    (
        "milestone",
        "alpha beta rc",
        r"\b(?:Alpha|Beta|RC)[\s-]?\d{1,2}(?:\.\d{1,2})?(?:-\d{1,2})?\b(?!\.\d)",
    ),
    ("phase", "phase phases fase phasen fasi fáze фаза этап",
     rf"\b(?:[Pp]hases?|PHASES?|Fase|Phasen|Fasi|Fáze|Фаза|Этап)\s#?(?:{SERIES}|[A-F]\b(?![-.]))"),
    ("stage", "stage stages etapa stufe étape", rf"\b(?:[Ss]tages?|Etapa|Stufe|Étape)\s{SERIES}"),
    (
        "workstream",
        "workstream workstreams epic epics track tracks",
        rf"\b(?:Workstreams?|Epics?|Tracks?)\s#?{SERIES}",
    ),
    ("chunk", "chunk chunks", rf"\bChunks?\s#?{SERIES}"),
    ("wave", "wave slice", rf"\b(?:Wave|Slice)\s#?{SERIES}"),
    ("sprint", "sprint sprints спринт", rf"\b(?:[Ss]prints?|Спринт)\s#?{SERIES}"),
    ("feature", "feature", r"\b[Ff]eature\s#?\d{1,4}\b(?![.,]\d)"),
    ("story", "*S *C", r"\b(?:US|UC)-?\d{1,4}\b"),
    ("task", "task tasks tarefa tarefas tarea tareas aufgabe aufgaben tâche tâches úkol задача",
     rf"\b(?:[Tt]asks?|Tarefas?|Tareas?|Aufgaben?|Tâches?|Úkol|Задача)\s#?{SERIES}"),
    ("task", "subtask", r"\b[Ss]ubtask[-\s]\d{1,3}(?:[-.]\d{1,3}){0,3}\b"),
    ("task", "*T", r"\bT\d{3,4}(?:\s?[-–]\s?T\d{3,4})?\b"),
    ("issue", "gh", r"\bGH-\d{1,6}\b"),
    ("ticket", "ticket", r"\b[Tt]icket\s#?\d{1,6}\b"),
    ("ticket", "*",
     r"[A-Z](?<![\w-].)[A-Z0-9]{0,14}(?:-[A-Z][A-Z0-9]{1,14}){0,3}-\d{1,5}(?:-[A-Z]{3,14}){0,2}\b(?![-.]?\d|-[a-z]|\.[a-z]{2,4}\b)"),
    (
        "phase",
        "+",
        r"阶段\s?\d{1,3}|第[一二三四五六七八九十\d]{1,3}阶段|フェーズ\s?\d{1,3}|\d{1,3}단계",
    ),
)  # fmt: skip
"""Kind, hints and pattern of each sort of name; what matches is the name as written.

A pattern is tried on lines that hold one of its hints as a word, in lower case: `*` is any name of
capitals and figures, `*T` one whose capital `T` stands before a figure or a dash, `+` any word of a
script without blanks. Of two names at one place the longer
counts.
"""

PLURAL = later(r"^(Phase|Task|Stage|Sprint|Milestone|Ticket|Workstream|Epic|Chunk)s(?=\s)", re.I)
"""The plural before a range: `Phases 2-5` is `Phase 2-5`."""

LABELLED = later(
    r"\b(Phase|Chunk|Sprint|Milestone|Stage|Wave|Task|Epic|Fase|Tarefa|Tarea|Aufgabe|"
    r"Étape)\*{0,2}:\*{0,2}"
    rf"\s{{1,3}}({SERIES})(?=[\s,;.)]|$)"
)
"""A label whose value is the number: `**Phase**: 1.1 - Infrastructure`."""

NO_TICKETS = word_set(
    """
    UTF SHA MD5 ISO RFC GPT AES RSA ADR PEP CVE X86 ARM RS HTTP HTTPS TLS SSL IPV IP USB PS CO MIT
    BSD APACHE GPL LGPL AGPL CC
    ES ECMA H MP MPEG JPEG WCAG EN DIN IEEE POSIX UTC GMT COVID RTX GTX RX CPU GPU BLAKE2 BLAKE3
    SH CLAUDE LLAMA GEMINI OPUS
    SONNET HAIKU O1 O3 PHASE STAGE TASK SPRINT SESSION STEP DAY WEEK PART TOP LAYER LEVEL TIER P
    TYPE BASE CRC FP INT UINT BF
    RFC3339 WIN WINDOWS PYTHON NODE JAVA GO JDK PY CP ASCII LATIN SM Z LINE LINES
    """
)
"""What stands before the dash of names that are no tickets."""

COMPILED = tuple((kind, word_set(hints), later(p)) for kind, hints, p in REFERENCES)
HINTS = frozenset(hint for _, hints, _ in COMPILED for hint in hints)
LETTERED = later(r"\s#?[A-F]\b")
"""The end of a name that has a letter for a number: `Phase B`. All others have a figure, but those
of scripts without blanks, which count in words too."""
CODE = later(r"[A-Z](?=\d|-[A-Z\d])")
"""What every name of capitals and figures holds."""
LABELS = word_set(
    "phase chunk sprint milestone stage wave task epic fase tarefa tarea aufgabe étape"
)
"""The words of `LABELLED`, in lower case."""

ISSUE = later(r"#(?<![\w&/#.]#)(\d{1,6})(?!\w|\.\d)")
ISSUE_URL = later(r"/(issues?|pulls?|merge_requests|pull)/(\d{1,6})(?![\w])")
PULL = later(r"\b(?:PRs?|[Pp]ull [Rr]equests?|MRs?|[Mm]erge [Rr]equests?)[:\s]{0,2}$")
OWN_WORD = later(r"([^\W\d_][\w'-]{0,30})[ \u00a0]$")
IN_WORD = later(r"[\w'-]")
"""The last sign of such a word."""
ISSUE_WORDS = word_set(
    """
    issue issues bug bugs gh github see fix fixes fixed fixing close closes closed closing resolve
    resolves resolved ref refs
    references via in on from and with by per to for into both merge merged merges of or plus also
    open opened filed file
    implement implements implemented implementing ship shipped address addresses addressed
    addressing add added
    reopen reopened done pr prs mr umbrella main blocked blocking after before against including
    until than is was then
    ticket tickets problema problemas problème problem fehler chamado e y et und o mit zu von de a
    la el em no en über
    """
)
"""Words before a `#26` that leave it an issue; any other word makes it a name of its own."""

SHA = r"[0-9a-f]{7,12}|[0-9a-f]{40}"
COMMIT = later(
    rf"(?<![\w./-])(?<!sha256:)(?=[0-9a-f]{{0,39}}\d)(?=\d{{0,39}}[a-f])({SHA})(?![\w-]|\.\w|/\w)|"
    rf"#({SHA})\b(?=[^\d]|$)"
)
"""A commit: seven or more hex digits, with a letter and a figure among them."""
COMMIT_NUMBER = later(
    r"\b(?:commits?|sha|head|rev(?:ision)?)\b[\s:`*#(]{1,6}(\d{7,12}|[0-9a-f]{7,40})(?![\w-])", re.I
)
"""A commit whose digits are all figures, or all letters, where a word says that it is one."""
COMMIT_WORDS = ("commit", "sha", "head", "rev")
"""How the words begin with which `COMMIT_NUMBER` does."""
NO_COMMIT = later(
    r"\b(?:sha\d{0,3}|md5|hash|checksum|digest|uuid|guid|pid|restore|nonce|token|color|colour|"
    r"addr(?:ess)?|id)\b[\s:=`*#(]{1,4}$",
    re.I,
)
IN_NO_COMMIT = (
    "id", "sha", "hash", "md5", "checksum", "digest", "restore", "nonce", "token", "colo", "addr",
)  # fmt: skip
"""Of which one stands in all that `NO_COMMIT` finds."""
HEX = later(r"[0-9a-f]{7,}")
_TO_HEX = bytes(48 if chr(c) in "0123456789abcdef" else 32 for c in range(256))
LIST_OF_COMMITS = later(
    r"\s{0,8}(?:[-*•|]\s{0,4})?(?:`(\d{7})`\s"
    r"|(\d{7})\s{1,4}(?:\(|[A-Z][a-z]{1,15}\s[a-z]|[a-z]{2,10}(?:\([^()\n]{1,40}\))?!?:\s))"
)
"""A line of `git log --oneline` whose SHA is all figures."""

EXTENSION = (
    r"(?:py|pyi|js|jsx|ts|tsx|mjs|cjs|go|rs|rb|java|kt|swift|c|h|cc|cpp|hpp|cs|php|lua|sh|bash|"
    r"zsh|ps1|sql|html|htm|css|scss|"
    r"vue|svelte|md|mdx|rst|txt|json|jsonl|ya?ml|toml|ini|cfg|conf|env|lock|xml|csv|tsv|svg|png|"
    r"jpg|ipynb|proto|graphql|tf|"
    r"gradle|dart|ex|exs|hs|ml|scala|r|jl|s|asm|cmake|mod|sum|service|dockerfile|code-workspace|"
    r"gitignore|plist|tex|"
    r"agda|log|diff|patch|bat)"
)
LONGEST_WORD = 240
BEHIND = 60
"""Characters behind a path that may say what became of it."""
QUOTED = later(r"`([^`\n]{1,200})`|\]\(([^()\s]{1,200})\)")
"""What stands in backticks, and where a link leads."""
BACKTICKED = later(r"`([^`\n]{1,200})`()")
"""The same where no link is: one sign to look for takes a fourth of the time of two."""
SIGNS_OF_PATH = later(r"[\w.@~*+/-]{1,200}")
"""What a path consists of."""
IS_PATH = later(
    rf"/|\.{EXTENSION}$|^(?:Makefile|Dockerfile|LICENSE|README|\.[a-z][\w.-]{{2,30}})$", re.I
)
IS_FILE = later(rf"\w\.{EXTENSION}$", re.I)
"""The end of a path in plain text, which must be a file name."""
NO_PATH = later(
    r"(?:/[\w:*-]{0,80}){1,15}|\d[\d.]{0,40}|\.{1,3}/?|[\w-]{1,60}/[\w-]{1,60}|e\.g|i\.e|(?:node|"
    r"vue|next|react|three|d3)\.js|[\w.-]{1,80}\.(?:com|org|io)",
    re.I,
)
"""What looks like a path and is none: a route, a version, a remote branch, a library."""
DOTTED = later(r"\.[A-Za-z][^\n]*")
"""Where a path in plain text has its suffix, and the rest of the line."""
AROUND = ".,;:!?()[]{}<>\"'*_|│├└─✅✓"
"""Signs around a path in plain text."""
CHANGES: dict[str, str] = {
    "created": r"creat|add|new|neu|cri|novo|nuev|nouve|ajout|nuov|vytvo|созда|нов|新|作成|追加|"
    r"생성|추가|erstellt|angelegt|(?<!\w)A\s",
    "modified": r"modif|updat|chang|edit|refactor|fix|alter|cambia|aktualis|geändert|angepasst|"
    r"uprav|измен|обнов|修改|更新|変更|修正|수정|변경|(?<!\w)M\s",
    "deleted": r"delet|remov|elimin|gelösch|entfernt|supprim|rimoss|cancell|smaz|odstran|удал|"
    r"删除|削除|삭제|(?<!\w)D\s",
}  # fmt: skip
"""Words of a title or of the text behind a path that say what became of the file."""
CHANGE = later("|".join(f"(?P<{name}>{words})" for name, words in CHANGES.items()), re.I)


def may_name(text: str) -> bool:
    """Say at a glance whether a line with a dash or a phase, and no figure, may name something."""
    return LETTERED.search(text) is not None or not text.isascii()


def hints_of(text: str, words: list[str]) -> frozenset[str]:
    """Give the hints in one line by which a pattern of `REFERENCES` is tried on it."""
    hints = HINTS.intersection(words)
    if codes := CODE.findall(text):
        hints |= {"*", *(f"*{capital}" for capital in codes)}
    if has_wide(text):
        hints |= {"+"}
    return hints


def references_of(
    text: str, line: int, words: list[str], patterns: tuple[ReferencePattern, ...] = ()
) -> list[Reference]:
    """Give what one line mentions by name, in order; `words` are its words in lower case."""
    hits: list[tuple[int, int, str, str]] = []
    for own in patterns:
        for match in own.pattern.finditer(text):
            group = 1 if own.pattern.groups and match[1] else 0
            hits.append((match.start(group), match.end(group), own.kind, match[group]))
    hints = hints_of(text, words)
    if hints:
        _named(text, hints, hits)
    if "#" in text:
        _issues(text, hits)
    if "/" in text and "://" in text:
        hits.extend(
            (m.start(2), m.end(2), "issue" if m[1].startswith("issue") else "pr", f"#{m[2]}")
            for m in ISSUE_URL.finditer(text)
        )
    if not hits:
        return []
    found: list[Reference] = []
    end = 0
    for start, stop, kind, name in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if start >= end:
            end = stop
            found.append(Reference(kind, name, line))
    return found


def _named(text: str, said: frozenset[str], hits: list[tuple[int, int, str, str]]) -> None:
    small = text.lower()
    for kind, pattern, hints in _tried(said):
        for match in _matches(pattern, hints, text, small):
            if kind == "ticket" and "-" in match[0] and not _is_ticket(match[0]):
                continue
            name = match[0].strip()
            if "s" in name and name.split(maxsplit=1)[0][-1] in "sS":
                name = PLURAL.sub(r"\1", name)
            hits.append((match.start(), match.end(), kind, name))
    if ":" in text and not LABELS.isdisjoint(said):
        hits.extend(
            (m.start(), m.end(), m[1].casefold(), f"{m[1]} {m[2]}") for m in LABELLED.finditer(text)
        )


@lru_cache(maxsize=1024)
def _tried(said: frozenset[str]) -> tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]:
    """Give the rows of the table that a line with these hints may match, with those hints."""
    rows = ((kind, pattern, tuple(hints & said)) for kind, hints, pattern in COMPILED)
    return tuple(row for row in rows if row[2])


def _matches(
    pattern: re.Pattern[str], hints: tuple[str, ...], text: str, small: str
) -> Iterator[re.Match[str]]:
    """Give the names of one row in a line. A pattern whose hints are words begins with one."""
    if not all(map(str.isalpha, hints)) or len(small) != len(text):
        yield from pattern.finditer(text)
        return
    for hint in hints:
        start = small.find(hint)
        while start >= 0:
            if match := pattern.match(text, start):
                yield match
            start = small.find(hint, start + 1)


def _is_ticket(name: str) -> bool:
    """Say whether a name of capitals and figures is a ticket: `F-008`, `SEC-12`, not `SHA-256`."""
    parts = name.split("-")
    if parts[0] in NO_TICKETS:
        return False
    figures = next(p for p in parts if p.isdigit())
    return len(figures) > 1 and (len(parts) > 2 or len(parts[0]) > 1 or len(figures) > 2)


def _issues(text: str, hits: list[tuple[int, int, str, str]]) -> None:
    for match in ISSUE.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()].replace("*", "").replace("`", "")
        if ("R" in before or "equest" in before) and PULL.search(before):
            hits.append((match.start(), match.end(), "pr", match[0]))
            continue
        word = OWN_WORD.search(before) if IN_WORD.fullmatch(before[-2:-1]) else None
        if word is None or word[1].lower() in ISSUE_WORDS:
            hits.append((match.start(), match.end(), "issue", match[0]))


def may_have_sha(text: str) -> bool:
    """Say whether seven hex digits stand in a row, in a tenth of the time of the pattern."""
    return text.encode(errors="replace").translate(_TO_HEX).find(b"0000000") >= 0


def shas_of(text: str) -> Iterator[str]:
    """Give the SHAs of commits in one line."""
    if not (may_have_sha(text) and has_digit(text)):
        return
    for run in HEX.finditer(text):
        start = run.start()
        # The pattern is asked where a run of hex digits begins, or the `#` before it.
        match = COMMIT.match(text, start - 1) if text[start - 1 : start] == "#" else None
        match = match or COMMIT.match(text, start)
        if match and not _is_other_hex(text[max(0, match.start() - 20) : match.start()]):
            yield match[1] or match[2]
    lead = LIST_OF_COMMITS.match(text)
    if lead:
        yield lead[1] or lead[2]
    if "ommit" in text or "HEAD" in text or "SHA" in text:
        for match in _matches(COMMIT_NUMBER, COMMIT_WORDS, text, text.lower()):
            yield match[1]


def _is_other_hex(before: str) -> bool:
    """Say whether the words before hex digits say that they are no commit."""
    small = before.lower()
    if before.isascii() and not any(map(small.__contains__, IN_NO_COMMIT)):
        return False
    return NO_COMMIT.search(before) is not None


def may_name_files(text: str) -> bool:
    """Say at a glance whether a line may name a path: in backticks, by a link or by its suffix."""
    return "`" in text or "](" in text or DOTTED.search(text) is not None


def files_of(text: str) -> list[tuple[int, str, str]]:
    """Give the paths that lines name, in order, each with its line's index and what is behind it.

    What stands in backticks, or where a link leads, comes before other words of its line.
    """
    found: list[tuple[int, str, str]] = []
    rest: list[str] = []
    index = last = end = 0
    for match in (QUOTED if "](" in text else BACKTICKED).finditer(text):
        rest.append(text[end : match.start()])
        end = match.end()
        path = match[1] or match[2]
        if "#" in path:
            path = path.partition("#")[0]
        if is_path(path):
            index += text.count("\n", last, end)
            last = end
            found.append((index, path, text[end : end + BEHIND].partition("\n")[0]))
    rest.append(text[end:])
    plain = list(_plain_files(" ".join(rest), text))
    return sorted([*found, *plain], key=itemgetter(0)) if plain else found


def _plain_files(rest: str, text: str) -> Iterator[tuple[int, str, str]]:
    """Give the paths among the words of lines, of which `rest` leaves out what is quoted."""
    rows: list[str] = []
    for index, plain in lines_with(DOTTED, rest):
        for word in plain.split():
            if "." in word and len(word) < LONGEST_WORD:
                path = word.strip(AROUND)
                if "." in path and IS_FILE.search(path) and is_path(path):
                    rows = rows or text.split("\n")
                    end = rows[index].find(path) + len(path)
                    yield index, path, rows[index][end : end + BEHIND]


def lines_with(sign: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """Give each line of `text` that holds a sign, with its index; the pattern takes its rest."""
    index = last = 0
    for match in sign.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        index += text.count("\n", last, start)
        last = start
        yield index, text[start : match.end()]


@lru_cache(maxsize=8192)
def is_path(text: str) -> bool:
    """Say whether what stands in backticks, or a word with a point, is the path of a file."""
    return (
        ("/" in text or IS_PATH.search(text) is not None)
        and SIGNS_OF_PATH.fullmatch(text) is not None
        and (leads_down(text) or NO_PATH.fullmatch(text) is None)
    )


def leads_down(text: str) -> bool:
    """Say at a glance of a path that it is none of `NO_PATH`: it leads through two folders."""
    return text.count("/") > 1 and text[0] != "/"


SAID = later(r"[\s`)\]*]{0,6}(?:[-–—:(\[→]|[^\W\d_])")
"""What may stand between a path and the words about it."""


def change_of(text: str) -> str | None:
    """Tell by the words of `text` what became of a file, or None."""
    if not text or not SAID.match(text):
        return None
    match = CHANGE.search(text)
    return match.lastgroup if match else None

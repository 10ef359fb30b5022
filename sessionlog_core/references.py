"""A passage of a log in, the names that it mentions out: commits, issues, phases, tickets, decision records, paths.

A `#26` is an issue only where no other thing has the number: `Sprint #3`, `Debt #35` and `rule #9` are names of
their own. Hex words and parts of UUIDs are no commits; `UTF-8`, `SHA-256` and `GPT-5` are no tickets.
"""

import re
from collections.abc import Iterable, Iterator

from sessionlog_core.model import Commit, FileChange, Reference
from sessionlog_core.vocabulary import ReferencePattern, word_set

__all__ = [
    "REFERENCES",
    "find_commits",
    "find_files",
    "find_references",
]


SERIES = r"\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?(?:\s?[-–/]\s?\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?)?(?![\w%])"
"""A number, or a range of them: `4`, `1.1.2`, `2a`, `11.1-11.4`."""

REFERENCES: tuple[tuple[str, str], ...] = (
    ("adr", r"\bADRs?[-\s]?(\d{1,5})\b"),
    ("milestone", r"\bM\d{1,2}(?:\.\d{1,2}){1,2}[a-z]?\b"),
    ("milestone", rf"\b(?:Milestone|Marco|Hito|Meilenstein|Jalon|Traguardo|Milník|Веха)s?\s#?{SERIES}"),
    ("milestone", r"\b(?:Alpha|Beta|RC)[\s-]?\d{1,2}(?:\.\d{1,2})?(?:-\d{1,2})?\b(?!\.\d)"),
    ("phase", rf"\b(?:[Pp]hases?|PHASES?|Fase|Phasen|Fasi|Fáze|Фаза|Этап)\s#?(?:{SERIES}|[A-F]\b(?![-.]))"),
    ("stage", rf"\b(?:[Ss]tages?|Etapa|Stufe|Étape)\s{SERIES}"),
    ("workstream", rf"\b(?:Workstreams?|Epics?|Tracks?)\s#?{SERIES}"),
    ("chunk", rf"\bChunks?\s#?{SERIES}"),
    ("wave", rf"\b(?:Wave|Slice)\s#?{SERIES}"),
    ("sprint", rf"\b(?:[Ss]prints?|Спринт)\s#?{SERIES}"),
    ("feature", r"\b[Ff]eature\s#?\d{1,4}\b(?![.,]\d)"),
    ("story", r"\b(?:US|UC)-?\d{1,4}\b"),
    ("task", rf"\b(?:[Tt]asks?|Tarefas?|Tareas?|Aufgaben?|Tâches?|Úkol|Задача)\s#?{SERIES}"),
    ("task", r"\b[Ss]ubtask[-\s]\d{1,3}(?:[-.]\d{1,3}){0,3}\b"),
    ("task", r"\bT\d{3,4}(?:\s?[-–]\s?T\d{3,4})?\b"),
    ("ticket", r"\b[Tt]icket\s#?\d{1,6}\b"),
    ("ticket", r"(?<![\w-])[A-Z][A-Z0-9]{0,14}(?:-[A-Z][A-Z0-9]{1,14}){0,3}-\d{1,5}(?:-[A-Z]{3,14}){0,2}\b(?![-.]?\d|-[a-z]|\.[a-z]{2,4}\b)"),
    ("ticket", r"(?<![\w-])[A-Z](?:-[A-Z]{3,14}){2,3}\b(?!-)"),
    ("phase", r"阶段\s?\d{1,3}|第[一二三四五六七八九十\d]{1,3}阶段|フェーズ\s?\d{1,3}|\d{1,3}단계"),
)  # fmt: skip
"""Kind and pattern of each sort of name; what matches is the name as written. Of two at one place the longer counts."""

PLURAL = re.compile(
    r"^(Phase|Task|Stage|Sprint|Milestone|Ticket|Workstream|Epic|Chunk)s(?=\s)", re.I
)
"""The plural before a range: `Phases 2-5` is `Phase 2-5`."""

LABELLED = re.compile(
    r"\b(Phase|Chunk|Sprint|Milestone|Stage|Wave|Task|Epic|Fase|Tarefa|Tarea|Aufgabe|Étape)\*{0,2}:\*{0,2}"
    rf"\s{{1,3}}({SERIES})(?=[\s,;.)]|$)"
)
"""A label whose value is the number: `**Phase**: 1.1 - Infrastructure`."""

NO_TICKETS = word_set(
    """
    UTF SHA MD5 ISO RFC GPT AES RSA ADR PEP CVE X86 ARM RS HTTP HTTPS TLS SSL IPV IP USB PS CO MIT BSD APACHE GPL LGPL AGPL CC
    ES ECMA H MP MPEG JPEG WCAG EN DIN IEEE POSIX UTC GMT COVID RTX GTX RX CPU GPU BLAKE2 BLAKE3 SH CLAUDE LLAMA GEMINI OPUS
    SONNET HAIKU O1 O3 PHASE STAGE TASK SPRINT SESSION STEP DAY WEEK PART TOP LAYER LEVEL TIER P TYPE BASE CRC FP INT UINT BF
    RFC3339 WIN WINDOWS PYTHON NODE JAVA GO JDK PY CP ASCII LATIN SM Z LINE LINES
    """
)
"""What stands before the dash of names that are no tickets."""

COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in REFERENCES)

ISSUE = re.compile(r"(?<![\w&/#.])#(\d{1,6})(?![\w;]|\.\d)")
ISSUE_URL = re.compile(r"/(issues?|pulls?|merge_requests|pull)/(\d{1,6})(?![\w])")
PULL = re.compile(r"\b(?:PRs?|[Pp]ull [Rr]equests?|MRs?|[Mm]erge [Rr]equests?)[:\s]{0,2}$")
OWN_WORD = re.compile(r"([^\W\d_][\w'-]{0,30})[ \u00a0]$")
ISSUE_WORDS = word_set(
    """
    issue issues bug bugs gh github see fix fixes fixed fixing close closes closed closing resolve resolves resolved ref refs
    references via in on from and with by per to for into both merge merged merges of or plus also open opened filed file
    implement implements implemented implementing ship shipped address addresses addressed addressing add added
    reopen reopened done pr prs mr umbrella main blocked blocking after before against including until than is was then
    ticket tickets problema problemas problème problem fehler chamado e y et und o mit zu von de a la el em no en über
    """
)
"""Words before a `#26` that leave it an issue; any other word makes it a name of its own."""

SHA = r"[0-9a-f]{7,12}|[0-9a-f]{40}"
COMMIT = re.compile(
    rf"(?<![\w./-])(?<!sha256:)(?=[0-9a-f]{{0,39}}\d)(?=\d{{0,39}}[a-f])({SHA})(?![\w-]|\.\w|/\w)|#({SHA})\b(?=[^\d]|$)"
)
"""A commit: seven or more hex digits, with a letter and a figure among them."""
COMMIT_NUMBER = re.compile(
    r"\b(?:commits?|sha|head|rev(?:ision)?)\b[\s:`*#(]{1,6}(\d{7,12}|[0-9a-f]{7,40})(?![\w-])", re.I
)
"""A commit whose digits are all figures, or all letters, where a word says that it is one."""
NO_COMMIT = re.compile(
    r"\b(?:sha\d{0,3}|md5|hash|checksum|digest|uuid|guid|pid|restore|nonce|token|color|colour|addr(?:ess)?|id)\b[\s:=`*#(]{1,4}$",
    re.I,
)
LIST_OF_COMMITS = re.compile(r"\s{0,8}[-*•|]?\s{0,4}`?([0-9a-f]{7,12})`?\s")
"""A line of `git log --oneline`."""

EXTENSION = (
    r"(?:py|pyi|js|jsx|ts|tsx|mjs|cjs|go|rs|rb|java|kt|swift|c|h|cc|cpp|hpp|cs|php|lua|sh|bash|zsh|ps1|sql|html|htm|css|scss|"
    r"vue|svelte|md|mdx|rst|txt|json|jsonl|ya?ml|toml|ini|cfg|conf|env|lock|xml|csv|tsv|svg|png|jpg|ipynb|proto|graphql|tf|"
    r"gradle|dart|ex|exs|hs|ml|scala|r|jl|plain|s|asm|cmake|mod|sum|service|dockerfile|code-workspace|gitignore|plist|tex|"
    r"agda|lagda|sgr|golden|log|diff|patch|bat)"
)
PATH = re.compile(
    rf"`((?:[\w.@~{{}}*<>$+-]{{1,80}}/){{0,14}}[\w.@~{{}}*<>$+-]{{0,80}}/?)`|\]\(((?!https?:|#|mailto:)[^()\s]{{1,200}})\)"
    rf"|(?<![\w/`.@:-])((?:[\w.@~-]{{1,60}}/){{1,14}}[\w.@-]{{1,80}}\.{EXTENSION}|[\w.@-]{{1,60}}\.{EXTENSION})(?![\w/(])",
    re.I,
)
IS_PATH = re.compile(
    rf"/|\.{EXTENSION}$|^(?:Makefile|Dockerfile|LICENSE|README|\.[a-z][\w.-]{{2,30}})$", re.I
)
NO_PATH = re.compile(
    r"^(?:/[\w:{}<>*-]*)+$|^https?:|[<>{}$]|^\d[\d.]*$|^\.{1,3}/?$|^[\w-]+/[\w-]+$|^(?:e\.g|i\.e|node\.js|vue\.js|next\.js)$",
    re.I,
)
CHANGES: dict[str, str] = {
    "created": r"creat|add|new|neu|cri|novo|nuev|nouve|ajout|nuov|vytvo|созда|нов|新|作成|追加|생성|추가|erstellt|angelegt|(?<!\w)A\s",
    "modified": r"modif|updat|chang|edit|refactor|fix|alter|cambia|aktualis|geändert|angepasst|uprav|измен|обнов|修改|更新|変更|修正|수정|변경|(?<!\w)M\s",
    "deleted": r"delet|remov|elimin|gelösch|entfernt|supprim|rimoss|cancell|smaz|odstran|удал|删除|削除|삭제|(?<!\w)D\s",
}  # fmt: skip
"""Words of a title or of the text behind a path that say what became of the file."""
CHANGE = tuple((change, re.compile(pattern, re.I)) for change, pattern in CHANGES.items())


def find_references(
    text: str, line: int, patterns: Iterable[ReferencePattern] = ()
) -> tuple[Reference, ...]:
    """Find what `text` mentions by name, in order; its first line is line `line` of the file."""
    patterns = tuple(patterns)
    found: list[Reference] = []
    for offset, row in enumerate(text.split("\n")):
        if patterns or any(c in row for c in "0123456789") or "-" in row:
            found.extend(_in_line(row, line + offset, patterns))
    return tuple(found)


def _in_line(text: str, line: int, patterns: tuple[ReferencePattern, ...]) -> Iterator[Reference]:
    hits: list[tuple[int, int, str, str]] = []
    for own in patterns:
        for match in own.pattern.finditer(text):
            group = 1 if own.pattern.groups and match[1] else 0
            hits.append((match.start(group), match.end(group), own.kind, match[group]))
    for kind, pattern in COMPILED:
        for match in pattern.finditer(text):
            if kind == "ticket" and "-" in match[0] and not _is_ticket(match[0]):
                continue
            name = PLURAL.sub(r"\1", match[0].strip())
            hits.append((match.start(), match.end(), kind, name))
    if ":" in text:
        for match in LABELLED.finditer(text):
            kind = match[1].casefold()
            hits.append((match.start(), match.end(), kind, f"{match[1]} {match[2]}"))
    hits.extend(_issues(text))
    end = 0
    for start, stop, kind, name in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if start >= end:
            end = stop
            yield Reference(kind, name, line)


def _is_ticket(name: str) -> bool:
    """Say whether a name of capitals and figures is a ticket: `F-008`, `SEC-12`, not `SHA-256`, `X-86`."""
    parts = name.split("-")
    if parts[0] in NO_TICKETS:
        return False
    figures = next((p for p in parts if p.isdigit()), None)
    if figures is None:
        return True
    return len(figures) > 1 and (len(parts) > 2 or len(parts[0]) > 1 or len(figures) > 2)


def _issues(text: str) -> Iterator[tuple[int, int, str, str]]:
    if "#" in text:
        for match in ISSUE.finditer(text):
            before = (
                text[max(0, match.start() - 40) : match.start()].replace("*", "").replace("`", "")
            )
            if PULL.search(before):
                yield match.start(), match.end(), "pr", match[0]
                continue
            word = OWN_WORD.search(before)
            if word is None or word[1].lower() in ISSUE_WORDS:
                yield match.start(), match.end(), "issue", match[0]
    if "/" in text:
        for match in ISSUE_URL.finditer(text):
            kind = "issue" if match[1].startswith("issue") else "pr"
            yield match.start(2), match.end(2), kind, f"#{match[2]}"


def find_commits(text: str, line: int) -> tuple[Commit, ...]:
    """Find the commits that `text` names by SHA."""
    found: list[Commit] = []
    for offset, row in enumerate(text.split("\n")):
        if len(row) >= 7 and any(c in row for c in "0123456789"):
            found.extend(Commit(sha, line + offset) for sha in _shas(row))
    return tuple(found)


def _shas(text: str) -> Iterator[str]:
    for match in COMMIT.finditer(text):
        if not NO_COMMIT.search(text[max(0, match.start() - 20) : match.start()]):
            yield match[1] or match[2]
    lead = LIST_OF_COMMITS.match(text)
    if lead and lead[1].isdigit() and len(lead[1]) == 7:
        yield lead[1]
    if "ommit" in text or "HEAD" in text or "SHA" in text:
        for match in COMMIT_NUMBER.finditer(text):
            yield match[1]


def find_files(text: str, line: int, change: str | None = None) -> tuple[FileChange, ...]:
    """Find the paths that `text` names; `change` is what its section says became of them."""
    found: list[FileChange] = []
    for offset, row in enumerate(text.split("\n")):
        if "." not in row and "/" not in row:
            continue
        for match in PATH.finditer(row):
            path = (match[1] or match[2] or match[3] or "").split("#", 1)[0]
            if not path or NO_PATH.search(path) or not IS_PATH.search(path):
                continue
            found.append(
                FileChange(
                    path, change or change_of(row[match.end() : match.end() + 60]), line + offset
                )
            )
    return tuple(found)


def change_of(text: str) -> str | None:
    """Tell by the words of `text` what became of a file, or None."""
    hits = [(m.start(), change) for change, pattern in CHANGE if (m := pattern.search(text))]
    return min(hits)[1] if hits else None

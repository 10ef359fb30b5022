"""A session in, what it says line by line out, and whether each line tells of work or plans it.

Links and follow-ups are joined from these: only a line that tells of work shows that something was
done. A line that plans, denies or recalls says nothing of the kind, whatever words and ids it
shares.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from sessionlog_core.model import PartKind, Session, Span
from sessionlog_core.outline import Kind, Node
from sessionlog_core.patterns import later
from sessionlog_core.records import members, record
from sessionlog_core.terms import Words, read_words

__all__ = [
    "DONE",
    "PLANS",
    "TOLD",
    "Phrases",
    "Says",
    "Stance",
    "Statement",
    "Told",
    "group_words",
    "make_statement",
    "read_statements",
    "stance_of",
]


class Stance(StrEnum):
    """What a statement says of its subject."""

    WORK = "work"
    """It was worked on in this session."""
    PLAN = "plan"
    """It is to be done, or its doing is being prepared."""
    RECALL = "recall"
    """It is told as the work of another session, or as the state of things."""
    DENIAL = "denial"
    """It is not so: not done, failing, missing, given up."""


Says = members(Stance)
"""The same stances, faster to look up."""


@record(frozen=True, slots=True)
class Statement:
    """One statement of a session: an entry of a list, a paragraph, a row of a table, a heading.

    `text` has no line breaks. `above` is the title of the part in which it stands. `done` is the
    state of its check box. `terms`, `ids` and `names` are what `read_words` gives for its text,
    `units` what `find_units` gives.
    """

    span: Span
    text: str
    stance: Stance
    part: PartKind = PartKind.OTHER
    above: str = ""
    done: bool | None = None
    title: bool = False
    terms: tuple[str, ...] = ()
    ids: tuple[tuple[str, bool], ...] = ()
    names: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


Told: TypeAlias = Sequence[tuple[Session, tuple[Statement, ...]]]
"""Sessions, oldest first, and what each says."""


@record(frozen=True, slots=True)
class Phrases:
    """Words that say one thing, as patterns for a text in small letters.

    To bring a text to small letters once is five times as fast as `re.IGNORECASE`. `unspaced` are
    the words of scripts without blanks, and signs: no text in ASCII has one.
    """

    spaced: re.Pattern[str]
    unspaced: re.Pattern[str]

    def within(self, text: str) -> bool:
        """Say whether one of the words stands in `text`, which is in small letters."""
        if self.spaced.search(text):
            return True
        return not text.isascii() and self.unspaced.search(text) is not None


def _phrases(spaced: str, unspaced: str, *, end: str = "") -> Phrases:
    return Phrases(later(rf"\b(?:{group_words(spaced)}){end}"), later(unspaced))


def group_words(words: str) -> str:
    """Group the words of a pattern by their first letter: at each place of a text few are tried.

    Something is found in the same texts as without groups, if not always the same of two words.
    """
    groups: dict[str, list[str]] = {}
    word = ""
    for piece in words.split("|"):
        word = f"{word}|{piece}" if word else piece
        if word.count("(") == word.count(")"):
            letter = word[0] if word[0].isalpha() and word[1:2] not in ("?", "*", "{") else ""
            groups.setdefault(letter, []).append(word.removeprefix(letter))
            word = ""
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in groups.items())


PLANNED_PARTS = frozenset({PartKind.NEXT_STEPS, PartKind.PRIMER, PartKind.BLOCKERS})
"""Parts whose lines are plans unless they say otherwise."""

TOLD = later(
    r"^\W*(?:implemented|added|fixed|created|completed|delivered|shipped|introduced|built|wired|"
    r"updated|replaced|refactored|removed|converted|migrated|extended|integrated|"
    r"resolved|merged|enabled|moved|renamed|generated|hardened|finished|wrote|ran|done|verified|"
    r"validated|confirmed|closed|tested)\b"
)
"""How a line begins that tells of work, whatever it goes on to say; in small letters."""

PLANS = _phrases(
    r"next steps?|next:|next up|to[ -]?do\b(?! list)|todo\b|will (?:be |need|require|handle|"
    r"add|move|have|use|have to)|need(?:s|ed)? to|needs \w+|has to|have to|should (?:be|add|move|"
    r"use|become)|must (?:be|add)|could (?:be|add|also|help)|would (?:be|help|require|need)|"
    r"going to|plan(?:s|ned)? (?:to|for|is|next|work)|planning|future|later\b|remaining|"
    r"remains?\b|upcoming|follow[- ]?ups?|pending|deferred|postponed|awaiting|"
    r"not (?:yet )?started|tbd|backlog|in a (?:later|future)|proposal|proposed|roadmap|"
    r"focus (?:on|is|will|shifts?)|(?:top |high |medium |low )?priorit(?:y|ies|i[sz]e)|priorid\w+|"
    r"prioriz\w+|prioritä\w+|foco\b|to be (?:done|decided|added|implemented|confirmed|fixed)|goal|"
    r"objective|nächste|noch (?:nicht|offen|zu)|geplant|offen\b|soll(?:en|te)?\b|ausstehend|"
    r"später|prochaine?s?|à faire|prévue?s?|reste à|plus tard|próxim[oa]s?|pendiente|pendente|"
    r"falta\b|a fazer|por hacer|planejad[oa]|planificad[oa]|más tarde|depois|prossim[oi]|da fare|"
    r"in seguito|дальше|следующ\w+|нужно|планируется|осталось|позже",
    r"下一步|待办|计划|今后|后续|未来|次回|今後|予定|다음|예정|계획",
)
"""Words of a plan."""

PREPARES = later(
    r"^\W*(?:plan(?:ned|s)?\b|draft(?:ed)?\b|outlin(?:e|ed)\b|scop(?:e|ed)\b|break\w* down|"
    r"broke down|sketch(?:ed)?\b|propos(?:e|ed)\b|schedul(?:e|ed)\b|catalog(?:u?ed)\b|listed\b|"
    r"detailed\b|captured\b.{0,60}\bplan|authored\b.{0,80}\bplan|mirrored\b|discuss(?:ed)?\b|"
    r"brainstorm|consider(?:ed)?\b|evaluat(?:e|ed) options|research(?:ed)?\b|investigat(?:e|ed)\b|"
    r"noted\b|highlighted\b|summari[sz]ed\b|geplant|entworfen|besprochen|planifi|discut|planej|"
    r"esboç|rascunh)"
)
"""How a line begins that prepares work and does none; in small letters."""

DENIES = _phrases(
    r"not (?:yet )?(?:implemented|supported|done|working|handled|covered|possible|available|"
    r"tested|added|wired|complete|finished|addressed|included|part of|applicable|needed|required|"
    r"fixed)|(?:isn't|is not|aren't|are not|wasn't|was not|doesn't|does not|don't|do not|didn't|"
    r"did not|can't|cannot|won't|never|no longer) \w+|unsupported|unimplemented|rejected|missing|"
    r"lacks?\b|lacking|without any|still (?:fail\w*|broken|missing|open|needs?|at|not)|fail(?:s|"
    r"ed|ing) to|broken\b|abandoned|superseded|out of scope|won't fix|wontfix|skipped|dropped|"
    r"gave up|given up|put \w{1,20} aside|(?:put|set|laid|left) aside|shelved|parked|on hold|"
    r"zurückgestellt|verworfen|aufgegeben|mise?s? de côté|abandonnée?s?|abandonad[oa]s?|"
    r"descartad[oa]s?|dejad[oa]s? de lado|deixad[oa]s? de lado|accantonat[oaie]|отложен\w*|"
    r"заброшен\w*|reverted|blocked|fehlt|fehlen|kein\w*|"
    r"nicht (?:mehr|möglich|implementiert|umgesetzt|fertig|abgedeckt)|"
    r"n'est pas|ne (?:sont|fonctionne|marche) pas|manque|no (?:se|está|"
    r"funciona)|não (?:foi|está|funciona|implementad)|sem\b|falta\b|non (?:è|ancora|funziona)|"
    r"manca|не (?:работает|сделано|реализован\w*|готов\w*)|отсутству\w+",
    r"未(?:实现|完成|支持)|没有|缺少|搁置|放弃|できない|未対応|見送り|断念|없음|미구현|보류|포기",
)
"""Words that say that something is not so."""

RECALLS = _phrases(
    r"previous(?:ly)?|prior (?:session|work)|earlier (?:session|work)|last (?:session|time|"
    r"week)|already|(?:from|since|in) (?:the )?(?:previous|last|earlier) sessions?|background|"
    r"history|recap|context|current state|where we are|what works|overview|bisher|vorherige\w*|"
    r"letzte sitzung|zuvor|précédent\w*|déjà|anterior(?:es|mente)?|já (?:foi|está)|ya (?:está|"
    r"fue)|precedent\w+|ранее|прошл\w+",
    r"之前|上次|已有|前回|既に|이전|지난",
)
"""Words of a title under which other sessions' work is told."""

DATE = later(r"(?<!\d)((?:19|20)\d\d-\d\d-\d\d)(?!\d)")

DONE = _phrases(
    r"done|completed?|fixed|pass(?:ed|ing)?|shipped|merged|resolved|closed|"
    r"implemented|added|created|removed|erledigt|fertig|terminé|hecho|feito|concluíd[oa]|fatto|"
    r"готово",
    r"[✅☑✔✓]|完成|完了|완료",
    end=r"\b",
)
"""Words and signs by which a row of a table tells work; without them it tells how things are."""

GOAL = later(
    r"\W*(?:(?:session |main )?(?:goals?|objectives?|focus)|ziele?|objetivos?|objectifs?|"
    r"obiettiv[oi]|цел[ьи]|cíle?|目标|目標|목표)\W*$"
)
"""Titles of what a session set out to do, in small letters: it is taken up there, and not put off.
"""

SPAN_OF_TIME = later(r"\d\s?[-–]\s?\d{1,3}\s?(?:min|h\b|hours?|hrs|horas?|std|days?|dias?|weeks?)")
"""A range of time, in small letters: nobody tells so of work that was done."""

TICKS = "✅☑✔✓🎉"
WAITS = "⏳⏸🔜⬜☐📋🔲❌"


def stance_of(text: str, part: PartKind, *, done: bool | None = None) -> Stance:
    """Tell what a line says of its subject, by its box, its sign, its section, its words."""
    lead = text.lstrip(" *_-•│|").lstrip()[:1]
    if done is False or (lead and lead in WAITS):
        return Says.PLAN
    if done or (lead and lead in TICKS):
        return Says.WORK
    if part in PLANNED_PARTS:
        return Says.PLAN
    if TOLD.match(text[:60].lower()):
        return Says.WORK
    small = text.lower()
    if PREPARES.match(small[:160]):
        return Says.PLAN
    if DENIES.within(small):
        return Says.DENIAL
    if PLANS.within(small) or SPAN_OF_TIME.search(small):
        return Says.PLAN
    return Says.WORK


def read_statements(session: Session) -> tuple[Statement, ...]:
    """Give what a session says, in order, its own heading first."""
    path = session.source.path
    found: list[Statement] = []
    if session.heading:
        line = session.source.line
        stance = Says.PLAN if session.planned else Says.WORK
        span = Span(path, line, line)
        found.append(make_statement(span, session.heading, stance, title=True))
    for part in session.parts:
        title, kind = part.title or "", part.kind
        above = _read_title(title, kind)
        recalls = above.recalls or _other_date(title, session)
        if title:
            stance = Says.RECALL if recalls else above.stance
            span = Span(path, part.line, part.line)
            words = above.words
            found.append(
                make_statement(span, title, stance, kind, above=title, title=True, words=words)
            )
        for text, line, end_line, done, row in _lines(part.nodes):
            stance = stance_of(text, kind, done=done)
            if stance is Says.WORK:
                small = text.lower()
                if above.plans and not done and not TOLD.match(small):
                    stance = Says.PLAN
                elif recalls or _other_date(text, session) or (row and not DONE.within(small)):
                    stance = Says.RECALL
                elif session.planned:
                    stance = Says.PLAN
            span = Span(path, line, end_line)
            found.append(make_statement(span, text, stance, kind, above=title, done=done))
    return tuple(found)


class _Title(NamedTuple):
    """What the title of a part says, of itself and of what stands below it."""

    stance: Stance
    recalls: bool
    plans: bool
    words: Words


@lru_cache(maxsize=4096)
def _read_title(title: str, kind: PartKind) -> _Title:
    """Read a title: those of most parts are the same in each session."""
    small = title.lower()
    plans = PLANS.within(small) and GOAL.match(small) is None
    return _Title(stance_of(title, kind), RECALLS.within(small), plans, read_words(title))


def make_statement(
    span: Span,
    text: str,
    stance: Stance,
    part: PartKind = PartKind.OTHER,
    *,
    above: str = "",
    done: bool | None = None,
    title: bool = False,
    words: Words | None = None,
) -> Statement:
    """Make a statement of a text, with what its words give; `words`, if that is known."""
    return Statement(span, text, stance, part, above, done, title, *(words or read_words(text)))


def _other_date(text: str, session: Session) -> bool:
    """Say whether `text` begins with an earlier date, and so tells another session's work."""
    if session.date is None:
        return False
    match = DATE.search(text[:60]) if "-" in text[:60] else None
    return match is not None and match[1] < session.date[:10]


_Line: TypeAlias = tuple[str, int, int, bool | None, bool]


def _lines(nodes: Sequence[Node]) -> list[_Line]:
    """Give text, first line, last line, check box, and whether it is a row of a table."""
    lines: list[_Line] = []
    stack: list[tuple[Node, bool | None]] = [(node, None) for node in reversed(nodes)]
    while stack:
        node, box = stack.pop()
        kind = node.kind
        if kind in SPOKEN:
            drawn = _drawn(node, box=box) if "\n" in node.text else None
            if drawn is not None:
                lines += drawn
            elif text := " ".join(node.text.split()):
                # Most are as written: one text for both takes half of the room.
                text = node.text if text == node.text else text
                lines.append((text, node.line, node.end_line, box, False))
        elif kind is Kind.CODE:
            lines += _listed(node)
        elif kind is Kind.ROW:
            text = " | ".join([cell.text.strip() for cell in node.children])
            if text.strip(" |"):
                lines.append((text, node.line, node.end_line, None, True))
        else:
            stack += [(child, None) for child in reversed(node.children)]
            if kind is Kind.ITEM and node.children:
                stack[-1] = node.children[0], node.done
    return lines


SPOKEN = frozenset({Kind.HEADING, Kind.LABEL, Kind.PARAGRAPH})
"""Kinds of nodes that are text themselves."""

BOX = later(r"^[\s│|*-]*\[(.?)\]\s")
LISTED = later(r"^[\s│|]*(?:[-*•✅⏳☑✓]|\d{1,3}[.)])\s*\S")
"""Lines of literal text that are entries of a list all the same."""

BOXED = later(r"^[\s]*[│┃║|]")
"""Lines of a drawn box, each of which stands for itself."""


def _listed(node: Node) -> Iterator[_Line]:
    """Give the lines of literal text that are entries of a list."""
    fenced = node.end_line - node.line >= node.text.count("\n")
    for line, row in enumerate(node.text.split("\n")[:400], node.line + fenced):
        box = BOX.match(row)
        if box or LISTED.match(row):
            state = box[1].strip() in ("x", "X", "✅", "✓") if box else None
            yield row.strip(), line, line, state, False


def _drawn(node: Node, *, box: bool | None) -> list[_Line] | None:
    """Give the lines of a paragraph if most of them stand for themselves."""
    rows = node.text.split("\n")
    if sum(1 for row in rows if BOXED.match(row) or LISTED.match(row)) * 2 <= len(rows):
        return None
    texts = enumerate((row.strip(" │┃║|\t") for row in rows), node.line)
    return [(text, line, line, box, False) for line, text in texts if text]

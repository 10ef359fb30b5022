"""Lines of a project in, their terms and the weight of each out: what two lines share.

A term is a stem of a word, a literal of code, the name of a file, or an id (`T016`, `ADR-014`). How
much it tells is its rarity in the project: `test` says little where every line has it, `flock` says
much. A word of work (`add`, `implemented`) names no subject and tells next to nothing.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from sys import intern
from typing import NamedTuple

from sessionlog_core.patterns import later
from sessionlog_core.units import find_units, may_count

__all__ = [
    "Rarity",
    "Words",
    "find_ids",
    "find_word_names",
    "fold_words",
    "forget_words",
    "make_rarity",
    "read_terms",
    "read_words",
    "same_words",
    "series_of",
    "show_terms",
]

CODE = later(r"`(`{0,2})([^`\n]{1,120})`\1")
"""Literals of code, in Markdown with one to three backticks and in reStructuredText with two."""

PATH = later(r"(?<![\w/])(?:[\w.@~-]{1,80}/){1,12}[\w.-]{1,80}|\b[\w-]{1,60}\.[a-zA-Z]{1,5}\b")
"""Paths and names of files."""

NAME = later(r"\b_{0,2}[^\W_]{1,40}(?:[_.$]{1,2}[^\W_]{1,40}){1,8}\b")
"""Names of a program that are made of parts: `ports_registry`, `java.lang.Object`, `Outer$Inner`.
"""

WORD = later(r"[^\W_]+")
"""A word: letters and figures."""

HUMP = later(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
"""Where a name like `SystemdProvider` falls apart."""

CJK = later(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
"""Scripts that part words by no blank; their terms are pairs of letters."""

LINK = later(r"\]\([^()\s]{0,400}\)|https?://\S{1,400}")
"""Targets of links, which are no words."""

DATE = later(r"(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)")
"""A day."""

CLAUSE = later(r"[.,;:!?()\[\]{}|/—–→\"]+")
"""What parts words that do not belong together."""

PAIR = 0.5
"""What two words side by side count on top of each of them."""

IDS: tuple[str, ...] = (
    # T016, FR120, B2-1: letters and figures, three figures or a part behind a dash.
    r"(?<![\w.-])[A-Z]{1,4}\d{1,5}-\d{1,4}(?![\w-])",
    r"(?<![\w.-])[A-Z]{1,3}\d{3,5}(?!\w)",
    # ADR-014, T-SORT-001, ABC-123, T-SEC-002-ROTATION.
    r"(?<![\w.-])[A-Z][A-Z0-9]{0,11}(?:-[A-Z][A-Z0-9]{0,15}){0,4}-\d{1,5}(?:-[A-Z]{2,15}){0,3}(?![\w-])",
    # FUN_08001A2C, as disassemblers name what has an address: a word, and a figure in base sixteen.
    r"(?<![\w.-])[A-Z]{2,8}_(?=[A-F]{0,11}\d)[0-9A-F]{3,12}(?!\w)",
    # M0.3, and issues and pull requests.
    r"(?<![\w.-])M\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?![\w.])",
    r"(?<![\w&/#])#\d{1,6}(?!\w)",
)
"""Ids that name one thing by themselves."""

ID = later(rf"(?=[A-Z#])(?:{'|'.join(IDS)})")

WORD_NAME = later(r"(?=[A-Z])(?<![\w.-])[A-Z]{1,10}(?:-[A-Z][A-Z0-9]{1,15}){2,4}(?![\w-])")
"""T-PIER-WALL: words in capitals, which name a thing where a roadmap has one of that name."""

MAYBE_ID = later(r"[A-Z#_-]\d|[A-Z]-[A-Z]|_[A-F]")
"""What every id and every word in capitals that is a name has in it, and no blank: most lines have
none, and need no closer look."""

RANGE = later(
    r"(?=[A-Z])(?<![\w.-])([A-Z][A-Z0-9]{0,11}-?)(\d{1,5})\s{0,2}(?:-|–|—|\.\.\.?|to|through|bis|"
    r"até)\s{0,2}\1?(\d{1,5})(?![\w-])"
)
"""A range of ids: `T009-T015`, `ADR-001 through ADR-032`, `B2-1..B2-7`."""

RANGE_HEAD = later(r"(?<![\w.-])[A-Z][A-Z0-9]{0,11}-?\d")
"""How a range of ids begins, up to the first blank."""

RANGE_AT_MOST = 40
"""Ids that a range may stand for; a longer one names a whole list, and no member of it."""

NO_IDS = later(
    r"(?:UTF|SHA|ISO|GPT|HTTP|TLS|SSL|AES|RSA|UTC|GMT|RFC|PEP|CVE|CWE|MD|MP|HTML|ECMA|IEEE|ANSI|"
    r"ASCII|CP|X|H|V|PY|GLM|LLAMA|CLAUDE|ES|CSS|SQL|USB|IPV|ARM|COVID|DD|MM|YYYY|NEXT)-\d+.*|"
    r"(?:YYYY|MM|DD|READ|WRITE|TO|NON|PRE|POST|ALL|NO|IN|ON|BY|UP)(?:-[A-Z]+)+|"
    r"[A-Z]+-(?:TO|BY|OF|THE|IN|ON|AND|OR|FOR|NOT|ONLY)(?:-[A-Z]+)+"
)
"""Capitals with a dash that are no ids: standards, encodings, models, placeholders."""

SUFFIXES = (
    "izations", "isations", "ization", "isation", "ations", "ements", "ation", "ments", "ators",
    "ition", "ement", "ment", "ator", "ings", "ions", "ated", "ates", "izer", "iser", "ize", "ise",
    "ing", "ion", "ies", "ied", "ers", "ors", "ive", "ity", "ate", "ed", "er", "or", "es", "ly",
    "en", "s", "e", "y",
)  # fmt: skip
"""Endings that are cut off, the longest first: rough, and the same for both sides."""

LENGTH = 7
"""Letters of a stem at most: long words of one family differ behind them."""

_STOP = """
    a about above after again all also an and any are as at be been before being below both but by
    can could did do does doing down during each else etc few for from further had has have having
    he her here how i if in into is it its just like may me might more most must my new no nor not
    now of off on once only or other our out over own per same shall she should so some such than
    that the their them then there these they this those through to too under until up upon us use
    used using very via was we were what when where which while who whom why will with within
    without would you your yet eg ie vs der die das den dem des ein eine einen einem einer eines
    und oder aber mit ohne von vom zu zum zur für im in ins auf aus bei als auch an am ist sind
    war wird werden wurde nicht noch nur so wie es sich nach über unter vor durch le la les un une
    des du de et ou mais avec sans pour par dans sur sous est sont été pas ne que qui ce cette ces
    au aux en plus se sa son ses el los las una unos unas del y o u pero con sin para por sobre es
    son fue no que se su sus al lo como más ya os as um uma uns umas do da dos das no na nos nas e
    ou mas com sem ao aos à às é são foi não que se seu sua mais já il lo gli uno della delle
    degli dei ed ma con senza per tra fra su è sono non che si и в во не на с со к по из за от до
    для о об при что это как а но или же ли
"""
STOP = frozenset(_STOP.split())
"""Words that carry no subject, in the languages of the tables."""

_WORK = """
    add added adding additional build built change changed changes complete completed create
    created creating deliver delivered done ensure extend extended feature features finish
    finished fix fixed fixes fixing implement implemented implementation implementing improve
    improved include includes including initial introduce introduced item items issue issues make
    made need needs phase plan planned progress ready refactor remaining remove removed session
    set start started step steps support supported supports task tasks todo update updated updates
    updating work worked working write written full basic simple proper various first second next
    code file files line lines hinzugefügt erstellt umgesetzt implementiert aktualisiert behoben
    offen neu ergänzt ajout ajouté créé corrigé mise jour implémenté fait añadir añadido creado
    crear implementar implementado actualizar actualizado corregido hecho adicionar adicionado
    criar criado criação implementar implementado atualizar atualizado atualização corrigido feito
    concluído completo sessão sessões creato aggiunto aggiornato corretto fatto implementato
    добавлен добавлено сделано создан создано обновлён исправлено
"""
WORK = frozenset(_WORK.split())
"""Words of work: every line of a log has them, and none says what the work was about."""

WEAK = 0.15
"""What a word of work counts of what its rarity says."""


def _stem(word: str) -> str:
    if len(word) > 3 and not word.isdigit():
        for suffix in SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= 3:
                word = word[: -len(suffix)]
                break
        if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
            word = word[:-1]
    return word[:LENGTH]


_WEAK_STEMS = frozenset(_stem(word) for word in WORK)


_TO_WORDS = bytes(c if chr(c).isalnum() and c < 128 else 32 for c in range(256))


def fold_words(text: str) -> str:
    """Bring `text` into one form for comparison word by word: small letters, no markup.

    To blank the signs of plain ASCII and split takes a third of the time of the pattern.
    """
    text = _unlinked(text)
    if text.isascii():
        return " ".join(text.lower().encode().translate(_TO_WORDS).decode().split())
    return " ".join(WORD.findall(text.casefold()))


def same_words(text: str) -> str:
    """Give a text under which two spellings of one step meet: without a number in front."""
    words = fold_words(text)
    return NUMBERED.sub("", words) if words[:1].isdigit() else words


NUMBERED = later(r"^(?:\d+ )+")
"""Numbers in front of a step, in plain words."""


def find_ids(text: str) -> tuple[tuple[str, bool], ...]:
    """Find the ids in `text`, each with whether it stands only within a range (`T009-T015`)."""
    found: dict[str, bool] = {}
    if not MAYBE_ID.search(text):
        return ()
    for match in RANGE.finditer(text):
        head, low, high = match[1], int(match[2]), int(match[3])
        if low < high <= low + RANGE_AT_MOST and len(match[2]) <= len(match[3]):
            width = len(match[2])
            for number in range(low, high + 1):
                found.setdefault(f"{head}{number:0{width}d}", True)
    for match in ID.finditer(text):
        if not NO_IDS.fullmatch(match[0]):
            found.setdefault(match[0], False)
    return tuple(found.items())


def find_word_names(text: str) -> tuple[str, ...]:
    """Find words in capitals that are a name if a roadmap says so: `T-PIER-WALL`."""
    found = (match[0] for match in WORD_NAME.finditer(text))
    return tuple(dict.fromkeys(name for name in found if not NO_IDS.fullmatch(name)))


def read_terms(text: str) -> tuple[str, ...]:
    """Give the terms of `text`, each once.

    A stem is bare, a literal begins with a backtick, an id with `#`.
    """
    return read_words(text).terms


class Words(NamedTuple):
    """What the words of a text give: terms, and what `find_ids` and its like find in it."""

    terms: tuple[str, ...]
    ids: tuple[tuple[str, bool], ...] = ()
    names: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


def read_words(text: str) -> Words:
    """Give the terms of `text`, and the names in it.

    All but ids and literals of code lies between two blanks, and what lies there comes back again
    and again: each such piece is looked at once.
    """
    bare = _unlinked(text)
    stems: list[str] = []
    literals: list[str] = []
    named = counts = bare is not text
    for words, more in map(_read_piece, bare.split()):
        stems += words
        if more is not None:
            literals += more.literals
            named = named or more.named
            counts = counts or more.counts
    for match in CODE.finditer(bare) if "`" in bare else ():
        literal = _literal(match[2])
        if len(literal) > 1:
            literals.append(f"`{literal}")
    ids = find_ids(bare) if named else ()
    literals += (f"#{name}" for name, ranged in ids if not ranged)
    terms = dict.fromkeys(chain(stems, map(_pair, stems, stems[1:]), literals))
    terms.pop("", None)
    return Words(
        tuple(terms),
        ids if bare is text else find_ids(text),
        find_word_names(text) if named else (),
        find_units(text) if counts else (),
    )


@lru_cache(maxsize=65536)
def _pair(one: str, other: str) -> str:
    """Give the term of two words side by side. Held once, all pairs take a third of the room."""
    return intern(f"{one}+{other}") if one and other else ""


class _More(NamedTuple):
    """What stands between two blanks and is more than words.

    `literals` are names of files and of a program, and dates, as terms. `named` says that it may be
    an id, or be a part of one, `counts` that it may be a part of the name of a unit.
    """

    literals: tuple[str, ...]
    named: bool
    counts: bool


@lru_cache(maxsize=65536)
def _read_piece(piece: str) -> tuple[tuple[str, ...], _More | None]:
    """Give the stems of what stands between two blanks, with an empty one where a clause ends."""
    counts = may_count(piece)
    if piece.isalpha() and piece[1:].islower():
        return _words(piece), _More((), named=False, counts=True) if counts else None
    literals = [f"@{match[0]}" for match in DATE.finditer(piece)] if "-" in piece else []
    dotted, sloped = "." in piece, "/" in piece
    for match in PATH.finditer(piece) if dotted or sloped else ():
        literal = match[0].casefold().rsplit("/", 1)[-1]
        if "." in literal.strip(".") and not literal.replace(".", "").isdigit():
            literals.append(f"`{literal}")
    for match in NAME.finditer(piece) if dotted or "_" in piece or "$" in piece else ():
        literal = match[0].casefold()
        if not literal.replace(".", "").isdigit():
            literals.append(f"`{literal}")
    named = MAYBE_ID.search(piece) and any(p.search(piece) for p in (ID, RANGE_HEAD, WORD_NAME))
    if dotted or sloped:
        piece = PATH.sub(_file, piece)
    stems: list[str] = []
    # Most pieces have no capital, and no hump.
    for clause in CLAUSE.split(piece if piece.islower() else HUMP.sub(" ", piece)):
        for match in WORD.findall(clause):
            stems += _words(match)
        stems.append("")
    more = _More(tuple(literals), bool(named), counts) if literals or named or counts else None
    return tuple(stems[:-1]), more


def _unlinked(text: str) -> str:
    """Give `text` without the targets of links."""
    return LINK.sub(" ", text) if "](" in text or "://" in text else text


def _file(match: re.Match[str]) -> str:
    """Leave of a path the name of its file: folders say where a thing is, not what it is."""
    head, _, name = match[0].rpartition("/")
    stem, dot, _ = name.partition(".")
    return (
        f" {stem} "
        if dot and stem
        else match[0]
        if not dot and head.count("/") == 0
        else f" {name} "
    )


@lru_cache(maxsize=65536)
def _words(word: str) -> tuple[str, ...]:
    """Give the stem of a word, or the pairs of letters of a script without blanks."""
    folded = word.lower()
    if not word.isascii():
        folded = unicodedata.normalize("NFKD", word.casefold())
        folded = "".join(c for c in folded if not unicodedata.combining(c))
        if CJK.search(folded):
            runs = CJK.findall(folded)
            return tuple(run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1)))
    if folded in STOP or folded.isdigit() or len(folded) < 2:
        return ()
    return (_stem(folded),)


def forget_words() -> None:
    """Let go of the words of all texts that were read: they are many."""
    for known in (_words, _pair, _read_piece):
        known.cache_clear()


def show_terms(text: str, terms: Iterable[str]) -> str:
    """Give what of `terms` stands in `text`, as it is written: to people, a stem says little."""
    wanted = frozenset(terms)
    shown: dict[str, None] = {}
    signs = {term[0] for term in wanted}
    for name, _ in find_ids(text) if "#" in signs else ():
        if f"#{name}" in wanted:
            shown.setdefault(name)
    for match in CODE.finditer(text) if "`" in signs else ():
        if f"`{_literal(match[2])}" in wanted:
            shown.setdefault(match[2].strip())
    known = " ".join(shown).casefold()
    for word in WORD.findall(text):
        if len(shown) >= SHOWN:
            break
        if word.islower():
            stems: Iterable[str] = _words(word)
        else:
            stems = (stem for part in HUMP.split(word) for stem in _words(part))
        if not wanted.isdisjoint(stems) and word.casefold() not in known:
            shown.setdefault(word)
    return ", ".join(list(shown)[:SHOWN])


SHOWN = 6
"""Words that are told as the reason of a link at most."""


def _literal(code: str) -> str:
    return " ".join(code.casefold().split()).strip("()[]{}.,:; ")


def series_of(name: str) -> str:
    """Give the series of an id: `T016` and `T040` are of one, and never the same thing."""
    return re.sub(r"[0-9][0-9A-F]*", "0", name)


class Rarity(dict[str, float]):
    """How much each term of a project tells. One that stands nowhere in it tells all, which is 1.

    Weights are whole multiples of so small a part that sums of them are exact: the same in every
    order of the terms, and so from run to run.
    """

    __slots__ = ()

    def __missing__(self, term: str) -> float:
        """Give the weight of a term that was not weighed."""
        return 1.0

    def mass(self, terms: Iterable[str]) -> float:
        """Give the weight of terms together."""
        return sum(map(self.__getitem__, terms))


WEAK_PAIR = PAIR * WEAK

SHARES = (1.0, WEAK, PAIR, WEAK_PAIR)
"""What terms may count of what their rarity says."""

SMALLEST = 2.0**-32
"""What weights are multiples of."""


def make_rarity(lines: Iterable[Iterable[str]]) -> Rarity:
    """Weigh terms by the number of lines that have them, as BM25 does; one that is alone has 1.

    A line has each of its terms once.
    """
    known = list(lines)
    counts = Counter(chain.from_iterable(known))
    total = len(known)
    top = _inverse(1, total)
    rare = {count: _inverse(count, total) / top for count in set(counts.values())}
    weights = {
        (count, share): round(weight * share / SMALLEST) * SMALLEST
        for count, weight in rare.items()
        for share in SHARES
    }
    return Rarity((term, weights[count, _share(term)]) for term, count in counts.items())


def _share(term: str) -> float:
    """Give what a term counts of what its rarity says."""
    if "+" in term and term[0] not in "`#@":
        return PAIR if _WEAK_STEMS.isdisjoint(term.split("+")) else WEAK_PAIR
    return WEAK if term in _WEAK_STEMS else 1.0


def _inverse(count: int, total: int) -> float:
    return math.log(1 + (total - count + 0.5) / (count + 0.5))

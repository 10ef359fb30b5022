"""Words and signs of a roadmap in, what they stand for out: states, names, columns, no items.

All of it is tables; a new wording is a new word in one of them.
"""

import re
from collections.abc import Mapping

from sessionlog_core.patterns import later
from sessionlog_core.terms import find_ids, find_word_names
from sessionlog_core.units import UNIT, name_unit

__all__ = ["bare_title", "name_of", "state_of"]

SIGNS: Mapping[str, str] = {
    "✅": "done", "☑": "done", "✔": "done", "✓": "done", "🎉": "done", "🏁": "done",
    "🔄": "in-progress", "🚧": "in-progress", "🟡": "in-progress", "▶": "in-progress",
    "⏸": "in-progress", "⏳": "open", "📋": "open", "🔜": "open", "⬜": "open", "☐": "open",
    "📅": "open", "🔴": "open", "🔵": "open", "❌": "open", "🟠": "open", "⚪": "open",
    "🟢": "open",
}  # fmt: skip
"""Signs at the start of an item or in a cell, and the state that they stand for."""

CLEAR = frozenset("✅☑✔✓🎉🏁🔄🚧⏳🔜⬜☐📋")
"""Signs that say a state wherever they stand; the colours tell as often how urgent a thing is."""

MARKS: Mapping[str, str] = {
    "-": "in-progress", "~": "in-progress", "/": "in-progress", "🔄": "in-progress",
    "🚧": "in-progress", ">": "in-progress", ".": "in-progress",
}  # fmt: skip
"""Marks in the brackets of a check box that are neither ticked nor empty."""

WORDS: tuple[tuple[str, str], ...] = (
    (
        "open",
        (
            r"not[ -]?started|not[ -]?done|to[ -]?do|planned|pending|upcoming|backlog|scheduled|"
            r"open|tbd|future|queued|blocked|proposed|incomplete|geplant|offen|ausstehend|à faire|"
            r"prévue?|en attente|pendiente|pendente|a fazer|planejad[oa]|planificad[oa]|da fare|"
            r"plánováno|запланировано|не начато|未开始|待办|计划中|予定|未着手|예정|계획"
        ),
    ),
    (
        "in-progress",
        (
            r"in[ -]?progress|wip|ongoing|partial(?:ly)?|started|active|underway|basic|in review|"
            r"in arbeit|teilweise|en cours|en curso|en progreso|em andamento|em progresso|parcial|"
            r"in corso|probíhá|в работе|в процессе|进行中|部分完成|進行中|作業中|진행 ?중"
        ),
    ),
    (
        "done",
        (
            r"done|completed?|finished|shipped|released|delivered|merged|closed|fixed|implemented|"
            r"resolved|erledigt|fertig|abgeschlossen|terminée?|fini|completad[oa]|complet[oa]|"
            r"hecho|concluíd[oa]|concluid[oa]|feito|fatto|completato|hotovo|dokončeno|завершено|"
            r"готово|сделано|已完成|完成|完了|완료"
        ),
    ),
)
"""Words of a state, the first row that is found decides: `not started` before `started`."""

WORD_PATTERNS = tuple(
    (state, later(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE)) for state, words in WORDS
)

PERCENT = later(r"(?<![\d.])(\d{1,3})\s?%")

TITLE_STATE = later(r"[(\[{—–:-]\s*([^()\[\]{}—–]{2,40}?)\s*[)\]}]?\s*$")
"""The tail of a heading in which a state may stand: `Phase 6: Fixes (COMPLETE)`, `M3 — done`."""

STATE_COLUMN = later(
    r"status|state|done\??|progress|complete[d]?|zustand|stand|statut|état|estado|stato|stav|"
    r"статус|状态|狀態|状態|상태",
    re.IGNORECASE,
)
"""Titles of the column that holds the states of a table."""

ID_COLUMN = later(
    r"#|№|no\.?|nr\.?|num(?:ber)?|id|key|ticket|ref|task id|issue|編號|编号|番号|번호",
    re.IGNORECASE,
)
"""Titles of the column that holds names or numbers."""

TEXT_COLUMNS: tuple[str, ...] = (
    r"task|tarefa|tarea|aufgabe|tâche|úkol|задача|任务|タスク|작업",
    (
        r"item|feature|deliverable|story|slice|epic|funktion|funcionalidade|funcionalidad|"
        r"fonctionnalité|funzionalità|功能|機能"
    ),
    r"milestone|phase|sprint|goal|meilenstein|fase|étape|etapa|marco|阶段",
    r"title|name|titel|título|titre|titolo|名称",
    (
        r"description|what|scope|beschreibung|descrição|descripción|descrizione|описание|描述|"
        r"説明|내용"
    ),
)
"""Titles of the column that says what is to be done, the surest first."""

TEXT_PATTERNS = tuple(later(words, re.IGNORECASE) for words in TEXT_COLUMNS)

NO_ITEMS = later(
    r"purpose|goals?|objectives?|overview|summary|introduction|intro|about|background|context|"
    r"legend|key|notes?|sources?|references?|links?|resources?|see also|related|risks?|"
    r"assumptions?|constraints?|dependenc\w+|blockers?|principles?|vision|mission|philosophy|"
    r"rationale|metrics?|success criteria|success metrics|statistics|stats|non[- ]goals?|"
    r"out of scope|how to|usage|contribut\w+|changelog|history|format|conventions?|stakeholders?|"
    r"team|contacts?|questions?|decisions?|lessons?|table of contents|contents|toc|"
    r"definition of done|acceptance criteria|zweck|überblick|einleitung|quellen|risiken|annahmen|"
    r"hinweise|legende|objectif|aperçu|sources|risques|remarques|légende|propósito|resumen|"
    r"introducción|riesgos|notas|leyenda|objetivo|visão geral|resumo|riscos|legenda|observações|"
    r"scopo|panoramica|rischi|note|fonti|цель|обзор|риски|примечания|目的|概要|风险|备注|背景|"
    r"说明|リスク|備考|개요|위험",
    re.IGNORECASE,
)
"""Headings whose bullets are no items."""

VERSION = later(r"v?\d{1,3}\.\d{1,3}(?:\.\d{1,4})?\b", re.IGNORECASE)
"""A version that heads its items: `v1.0`."""

BOLD = later(r"(\*\*|__)[^*_]{1,80}\1[\s:]*")
"""A bullet in bold that heads those below it."""

STATE = 3
"""Words of a state at most."""

LEADING = later(r"^[^\w#\[`]*")
"""Signs and marks before the words of an item."""

ESTIMATE = later(
    r"\((?:~|≈|about |ca\. ?)?\d+(?:[.,]\d+)?(?:\s?[-–]\s?\d+(?:[.,]\d+)?)?\s?(?:min(?:utes?|"
    r"utos?)?|h(?:ours?|oras?|rs?)?|d(?:ays?|ias?)?|w(?:eeks?)?|pts?|points?|lines?|linhas|"
    r"tests?)\)"
)
"""An estimate in parentheses at the end of an item, which says nothing of its subject."""

TARGETS = frozenset("]`")

TARGET = later(
    r"\[([^\[\]]{1,200})\](?:\([^()\s]{0,500}\)|\[[^\[\]]{0,80}\])"
    r"|(?::[\w:+.-]{1,30}:)?`([^`<>]{1,200}?)(?:\s?<[^<>`]{1,500}>)?`(?:__?)?"
)
"""A link `[words](address)`, or `` `words <address>`_ `` with a role or without."""

ONLY_LINK = later(r"\W*\[[^\[\]]*\]\([^()\s]*\)(?:\s*[-–—:(].*)?")
"""A bullet that only points to a document."""

DATED = later(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
"""A date in a heading of a roadmap: below it stands a log, not a plan."""

PROSE_ITEM = later(
    r"no\b|none\b|n/?a\b|nothing\b|keine?\b|aucun|ningun|nenhum|nessun|žádn|нет\b|无|なし|없음",
    re.IGNORECASE,
)
"""How a bullet begins that says that there is nothing to do."""


def state_of(text: str, *, title: bool = False) -> str | None:
    """Tell the state that `text` names: done, in-progress, open, or None.

    With `title` only what stands apart counts: a sign, or words in parentheses or behind a dash at
    the end.
    """
    if title:
        for char in text:
            if char in CLEAR:
                return SIGNS[char]
        match = TITLE_STATE.search(" ".join(text[-80:].split()))
        text = match[1] if match else ""
        if len(text.split()) > 4:
            return None
    else:
        lead = text.strip()[:1]
        if lead in SIGNS:
            return SIGNS[lead]
    for state, words in WORD_PATTERNS:
        if words.search(text):
            return state
    for char in text:
        if char in SIGNS:
            return SIGNS[char]
    percent = PERCENT.search(text)
    if percent:
        value = int(percent[1])
        return "done" if value == 100 else "in-progress" if value else "open"
    return None


NAMED = later(r"[*_`\])]{0,4}(?:\s{0,2}[:–—(|-]|\s{0,2}$)")
"""What stands behind words in capitals that name an item."""


def name_of(text: str, name: str | None = None) -> str | None:
    """Give the id that names an item: it stands first (`T001: ...`), or in a column of its own."""
    if name:
        return name
    head = LEADING.sub("", without_targets(text))
    for found, ranged in find_ids(head[:60]):
        if not ranged and head.startswith(found):
            rest = head[len(found) :]
            return found if not rest or not (rest[0].isalnum() or rest[0] == "/") else None
    for found in find_word_names(head[:60])[:1]:
        if head.startswith(found) and NAMED.match(head, len(found)):
            return found
    unit = UNIT.match(head)
    return name_unit(unit) if unit else None


def without_targets(text: str) -> str:
    """Give words with links as their words alone, in Markdown and in reStructuredText."""
    return TARGET.sub(lambda found: found[1] or found[2], text) if TARGETS & set(text) else text


def bare_title(text: str) -> str:
    """Give a title without markup, signs and numbers of estimates around it."""
    text = re.sub(r"[*`_]{1,3}", "", " ".join(without_targets(text).split()))
    return ESTIMATE.sub("", LEADING.sub("", text)).strip(" :")

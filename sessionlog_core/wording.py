"""The words of one statement in, what they give away out.

Each table has a pattern for a language; all are tried at the start of a statement, or anywhere in
it where a language puts its verb last. Every pattern is linear: bounded, and without nesting.
"""

import re

from sessionlog_core.patterns import later
from sessionlog_core.vocabulary import WORD, word_set, words_of

__all__ = [
    "is_decided",
    "is_narrated",
    "is_nothing",
    "is_recorded",
    "is_solved",
    "is_ticked",
    "is_told",
    "is_work",
    "starts_with_sign",
]

LEAD = later(r"[\s*_`~✅☑✔✓️\-–—•·:>]{1,40}")
"""What may stand before the first word of a statement."""

WORK_AT_START: dict[str, str] = {
    "en": r"(?:successfully\s)?(?:[a-z]{2,14}(?:ed|[^e]ied)|built|rebuilt|wrote|rewrote|made|ran|"
    r"set up|began|took|got|gave|"
    r"found|brought|did|reran|re-ran|fix|feat)(?![-\w])",
    "pt": r"\w{3,16}(?:ado|ada|ados|adas|ido|ida|idos|idas)\b|\w{3,16}(?:ação|ções)\b|feito|feita|"
    r"escrito|posto|aberto|"
    r"leitura|criei|corrigi|adicionei|implementei|atualizei",
    "es": r"\w{3,16}(?:ado|ada|ados|adas|ido|ida|idos|idas)\b|\w{3,16}ción\b|hecho|escrito|puesto|"
    r"resuelto|abierto|"
    r"se (?:agreg|añadi|cre|implement|corrigi|actualiz|elimin|arregl|hizo)\w{0,6}",
    "fr": r"ajout|créé|création|corrig|correction|implément|mis(?:e)? (?:à jour|en place)|supprim|"
    r"refactoris|écrit|"
    r"modifi|déplac|renomm|configur|nettoy|migr|résolu",
    "it": r"\w{3,16}(?:ato|uto|ito)\b|(?:cre|implement|aggiorn|modific|sistem|configur|test|"
    r"verific|complet)at[ai]\b|corrett[oa]|"
    r"fatto|scritt[oa]|aggiunt[oae]|rimoss[oa]|risolt[oa]",
    "cs": r"přid|vytvoř|oprav|implement|aktualiz|odstran|uprav|doplněn|přejmenov|napsán|nasazen|"
    r"vyřešen|zaveden|dokonč",
    "ru": r"добав|созда|исправ|реализ|обнов|удал|напис|настро|перенес|перенёс|переимен|сдела|"
    r"выполн|провер|перепис|внедр",
    "zh": r"新增|添加|增加|修复|修正|实现|更新|完成|重构|优化|删除|移除|调整|创建|引入|补充|统一|"
    r"将|给|对|同步|改为|编写|升级|接入|支持",
    "ko": r"추가|구현|수정|생성|삭제|변경|개선|업데이트|작성|적용|해결",
}  # fmt: skip
"""How a statement of finished work begins."""

GERMAN_WORK = word_set(
    """
        erstellt implementiert hinzugefügt behoben aktualisiert angepasst umgesetzt erweitert gefixt
        eingebaut umbenannt entfernt korrigiert refaktoriert deployt deployed geschrieben angelegt
        ergänzt
        überarbeitet getestet geprüft gelöst verschoben eingerichtet integriert extrahiert migriert
        dokumentiert optimiert vereinfacht bereinigt aufgeräumt ausgewiesen abgeschlossen
        durchgeführt
        gebaut verifiziert
    """
)
"""Words for finished work in German, which puts them last."""

WORK_ANYWHERE = later(
    r"を(?:作成|追加|修正|実装|更新|削除|変更|導入|統合|整理|改善|統一|移行|新設|新規作成|反映|"
    r"登録|策定|確認|対応)"
    r"|しました|した。|した$|に対応$|に統合$"
    r"|(?:추가|구현|수정|생성|삭제|변경|개선|업데이트|작성|적용|해결|완료|리팩토링)(?:함|했|됨|"
    r"하였|$|\s?완료)"
)
"""Words for finished work in Japanese and Korean, which put the verb last."""

NO_WORK = later(
    r"(?:required|recommended|expected|estimated|planned|blocked|failed|deferred|proposed|based|"
    r"related|limited|"
    r"suggested|skipped|postponed|untested|unverified|unsolved|unresolved|supposed|assumed|mixed|"
    r"shared|advanced|"
    r"detailed|speed|indeed|embed|need|feed|seed|red|bed|used|intended|located|named|called|"
    r"closed issues|"
    r"ready|remaining|todo|not |no |none |never )\b|\w{1,16}[:*]{1,4}\s{0,2}[~≈<>+]?\d"
)
"""Words that look like finished work in English and are none."""

TELLERS: dict[str, str] = {
    "en": r"(?:(?:today|yesterday|this (?:session|time|morning|afternoon|evening|week)|in this "
    r"session|first|then|also|later|after that|finally),? )?(?:i|we)(?:['’]ve| have)?"
    r"(?: (?:also|then|finally|first|just|mostly|mainly|successfully))?"
    r"(?! (?:wanted|needed|hoped|tried|noticed|talked|discussed|agreed|decided|believed))",
    "es": r"¡?(?:hoy,? )?(?:hemos|he(?! [a-z]{2,14}ed\b)|se han?)",
    "pt": r"(?:hoje,? )?(?:eu|nós|foi|foram)",
    "fr": r"(?:aujourd['’]hui,? )?(?:nous avons|on a|j['’]ai)(?: aussi| ensuite| enfin)?",
    "it": r"(?:oggi,? )?(?:abbiamo|ho)(?: anche| poi)?",
    "cs": r"(?:dnes )?(?:jsme|jsem|byl[aoy]?)",
    "ru": r"(?:сегодня,? )?(?:мы|я)(?: также)?",
    "zh": r"(?:今天|今日|本次(?:会话)?|这次|我们)[，,]?(?:我们|我)?(?:已经?|主要)?",
}
"""How a sentence begins that tells who did something, and when: the work is named behind it."""

DENIED: dict[str, str] = {
    "en": r"not|no|nothing|none|neither|nor|never|nobody|nowhere|hardly|barely|scarcely|tomorrow|"
    r"wait|asked|why|cancell?ed",
    "es": r"nada|nadie|ning[uú]n\w{0,2}|nunca|apenas|mañana",
    "pt": r"nada|ninguém|nenhum\w{0,2}|nunca|quase|amanhã",
    "de": r"nicht|nichts|nie|niemand\w{0,2}|kein\w{0,2}|wenig|kaum|vor|(?<!heute )(?<!am )morgen",
    "fr": r"rien|personne|aucune?|jamais|demain",
    "it": r"niente|nulla|nessun\w?|mai|domani",
    "cs": r"nic|nikdo|žádn\w{1,3}|nikdy|zítra",
    "ru": r"ничего|никого|никак\w{0,4}|никогда|завтра",
    "zh": r"没有|没能|尚未|还没|明天",
}
"""Words with which a sentence tells that nothing was done, or not yet: none of it is work."""

ENDED = later(
    rf"(?![^.;:!?|\n]{{0,120}}\b(?:{DENIED['en']}|"
    r"be|being|should|must|will|would|could|can|may|might|to|"
    r"needs?|if|until|unless|once|when|is|are|seems?|appears?)\b)"
    r"(?!0\s)[^.;:!?|\n]{2,120}\s(?!(?:blocked|failed|deferred|planned|needed|required|expected|used|"
    r"called|named|proposed|approved|skipped|limited|based|related)\b)"
    r"(?:[a-z]{3,14}ed|done|built|rebuilt|written|rewritten|made|set up)\s?(?:[.;:!(\n]|$)",
    re.I,
)
"""A sentence whose last word says that what it names is finished: `Phase 3 shipped: ...`."""

GERMAN_TOLD = later(
    r"(?:(?:heute|gestern|zuerst|dann|danach|anschließend)\s)?"
    r"(?:haben\swir|wir\shaben|habe\sich|ich\shabe)\s"
    rf"(?![^.;:!?\n]{{0,120}}\b(?:{DENIED['de']})\b)"
    r"[^.;:!?\n]{0,120}\b(?:\w{2,5})?(?:ge|be|ver|er|ent|zer)\w{2,16}(?:t|en)\s?(?:[.,;!\n]|$)",
    re.I,
)
"""A German sentence in which somebody has done something: the participle stands last."""

DECIDED: dict[str, str] = {
    "en": r"decided|chose|opted|agreed to|settled on|went with|decision:|user decided",
    "pt": r"decidid[oa]|decidimos|optamos|escolhemos|decisão:",
    "es": r"decidid[oa]|decidimos|optamos|se decidió|elegimos|decisión:",
    "de": r"entschieden|entscheidung:|wir haben uns (?:für|gegen)|festgelegt",
    "fr": r"décidé|on a choisi|nous avons (?:décidé|choisi)|décision ?:",
    "it": r"decis[oa]\b|abbiamo (?:deciso|scelto)|si è deciso|decisione:",
    "cs": r"rozhodl[iy]?|rozhodnuto|zvolili|zvoleno",
    "ru": r"решили|решено|выбрали|выбрано|решение:",
    "zh": r"决定|选择了|采用",
    "ja": r"決定:|決定：",
    "ko": r"결정:|결정함|채택",
}
"""How a statement of a choice begins."""

PARTICIPLE = later(
    r"\b[a-z]{3,14}ed\b|\b\w{3,16}(?:ado|ada|ados|adas|ido|ida|idos|idas)\b|\b(?:done|built|"
    r"written|green)\b|完了|完成|완료|(?<!\w)готов",
    re.I,
)
"""A word for something finished, anywhere in a ticked statement."""

RECORDED = later(
    r"\b(?:authored|wrote|drafted|accepted|adopted|recorded|created|added|"
    r"approved)\b[^.;\n]{0,40}\bADR[- ]?\d{1,5}"
    r"|\bADR[- ]?\d{1,5}[^.;\n]{0,20}\b(?:accepted|adopted|approved|authored)\b",
    re.I,
)
"""A decision record that was written or accepted."""

SOLVED: dict[str, str] = {
    "en": r"\bfixed\b|\bresolved\b|\bsolved\b|\bclosed\b|\bno longer\b|\bnot an issue\b|"
    r"\bmitigated\b|\bfixed by\b|\bnow works\b|"
    r"\breplaced (?:with|by)\b|\bhad to\b|\bworkaround applied\b|\baddressed\b",
    "pt": r"\b(?:corrigid|resolvid|solucionad|sanad)[oa]s?\b",
    "es": r"\b(?:corregid|resuelt|solucionad|arreglad)[oa]s?\b",
    "de": r"\b(?:behoben|gelöst|gefixt|erledigt|korrigiert)\b",
    "fr": r"\b(?:corrigé|résolu|réglé)e?s?\b",
    "it": r"\b(?:risolt|corrett|sistemat)[oaie]\b",
    "cs": r"\b(?:opraven|vyřešen)[oaoy]?\b",
    "ru": r"\b(?:исправлен|решен|решён|устранен|устранён)[оаы]?\b",
    "zh": r"已修复|已解决|已處理|已处理|修复了",
    "ja": r"修正済|解決済|対応済",
    "ko": r"해결됨|해결 ?완료|수정 ?완료|해결했",
}
"""Words that say that a trouble is over."""

BUT = later(
    r"[^.;\n]{0,12}(?:\b(?:but|yet|though|aber|mas|pero|mais|ma|ale|но)\b|但|が、|지만)", re.I
)
"""What takes back that a trouble is over: `fixed, but ...`"""

NOTHING = later(
    r"(?:[-–—*_\s(\[]{0,6})(?:none|none yet|none needed|none required|none currently|"
    r"none at this time|none (?:identified|found|encountered|reported|known|so far)|"
    r"nothing|nothing yet|no|n/?a|not applicable|tbd|tba|to be (?:determined|defined)|"
    r"no (?:blockers?|issues?|known issues|problems?|"
    r"open (?:issues|questions)|changes?)(?: (?:identified|found|encountered|at this time|yet))?|"
    r"not yet|pending|-|—|–|\.{3}|…|list any|any|x|"
    r"nenhum|nenhuma|nada|sem (?:bloqueios|bloqueadores|problemas|pendências)|ninguno|ninguna|"
    r"sin (?:bloqueos|problemas)|"
    r"keine?|nichts|aucun|aucune|rien|néant|nessuno|nessuna|niente|žádn[éýá]|nic|нет|ничего|"
    r"отсутствуют|"
    r"(?:无|無|暂无|没有)(?:(?:正在)?进行中?的?(?:任务|工作|事项))?|"
    r"(?:(?:進行|作業)中の)?(?:タスク|作業|課題)は?(?:なし|無し|ありません)|なし|特になし|無し|"
    r"(?:진행 ?중인 ?)?(?:작업|과제|할 일)[이가은]? ?없(?:음|다|습니다)|없음|해당 없음|없다)"
    r"(?:[\s.!。,;)\]*_]{0,6}$|\s[-–—(])",
    re.I,
)  # fmt: skip
"""A statement that there is nothing to state."""

NO_WORD = later(
    r"(?:no|none|nothing|nenhum[a]?|nada|ningun[oa]?|ningún|kein[e]?|keinerlei|nichts|aucune?|rien|"
    r"nessun[oa]?|niente|žádn[éýá]|nic|нет|ничего|geen|niets|brak|yok)\b(?!-)"
    r"(?P<said>[^.;:,\n]{0,60})(?:[.,](?:\s[^.\n]{0,40}\.?)?)?$",
    re.I,
)
"""A short sentence that begins with a word for none; what it says there is none of decides."""

UNDER_WAY = later(
    r"\b(?:in progress|under way|em (?:progresso|andamento|curso)|en (?:progreso|curso|cours)|"
    r"in (?:arbeit|bearbeitung|corso|uitvoering)|v řešení|v běhu|в (?:работе|процессе)|w toku)\b",
    re.I,
)
"""What tasks are that somebody works on; there may be none of them."""

NONE_OF = word_set(
    """
    a any at all and or of on in for from the to this that these with by it its is are was were be
    been have has had i we there here no not else

    blocker blockers blocking blocked issue issues problem problems bug bugs error errors failure
    failures risk risks concern concerns impediment impediments obstacle obstacles limitation
    limitations regression regressions question questions decision decisions change changes step
    steps item items task tasks action actions work todo todos note notes thing follow up ups
    dependencies

    known open new next major minor critical serious significant technical functional further
    additional other more outstanding remaining remain remains remained left pending planned
    current currently active real key special specific important architectural architecture design
    immediate urgent breaking unresolved yet now so far today time moment present point session
    stage phase sprint identified found encountered reported noted observed discovered raised
    needed required made taken recorded logged listed known exist exists report add do said
    necessary applicable expected hit required

    bloqueio bloqueios bloqueador bloqueadores problema problemas pendência pendências pendente
    pendentes decisão decisões até o momento por agora no momento conhecido conhecidos aberto
    abertos encontrado encontrados identificado identificados mudança mudanças tarefa tarefas
    bloqueo bloqueos decisión decisiones conocido conocidos abiertos pendiente ahora de hacer
    tarea tareas
    offen offene offenen bekannt bekannte bekannten probleme problem blocker fehler fragen punkte
    aufgaben entscheidungen hindernisse risiken mehr zurzeit derzeit aktuell bisher keine getroffen
    gefunden zu tun aufgabe laufende laufenden
    blocage blocages problème problèmes connu connus ouverts ouvert décision décisions pour
    l instant le moment à faire signaler tâche tâches
    blocco blocchi problemi noto noti aperti aperto decisione decisioni al momento per ora
    attività compito compiti
    problém problémy známé známý otevřené rozhodnutí zatím úkol úkoly
    проблем проблемы блокеров блокеры вопросов решений пока открытых известных
    задач задачи
    blokkades problemen bekend open besluiten taak taken zadań
    """
)
"""Words with which a sentence says that there is none of what the section is about."""

POINTER = later(
    r"(?:see(?! (?:if|whether|how|what|why))|refer to|siehe|voir|véase|ver|veja|vedi|viz|см\.|"
    r"参见|见|請參閱)(?![^\W\d_a-z]?[a-z])\s?\W{0,4}[\w`\[「].{0,200}$",
    re.I,
)
"""A short statement that only points elsewhere: `See the plan for the full list`."""

STARTS_OF_NONE = frozenset("nkarzžнgbysvс参见請")
"""The first letters of what `NO_WORD` and `POINTER` find, in lower case."""

PLACEHOLDER = later(r"\[[^\[\]\n]{1,60}\]\.?|<[^<>\n]{1,60}>|_{3,}|\{[^{}\n]{1,60}\}|\.\.\.")
"""A statement that is only a blank of a form: `[List any]`."""
STARTS_OF_BLANK = frozenset("[<_{.")
"""The first signs of what `PLACEHOLDER` finds."""

SENTENCE_END = later(r"(?<=[.!?。])\s")

_WORK_START = later("|".join(WORK_AT_START.values()), re.I)


def _teller(language: str) -> str:
    """Give how a sentence begins that tells of work, and does not deny it right behind the verb."""
    told, denied = TELLERS[language], DENIED[language]
    if language == "zh":
        return rf"(?:{told})(?!.{{0,6}}(?:{denied}))"
    return rf"(?:{told})\b(?!\s(?:[^\s.,;:!?]{{1,30}}\s){{0,2}}(?:{denied})\b)"


_TELLER = later(rf"(?:{'|'.join(map(_teller, TELLERS))})\s?", re.I)
_DECIDED = later("|".join(DECIDED.values()), re.I)
STARTS_OF_DECIDED = frozenset(w[:2] for row in DECIDED.values() for w in row.split("|"))
"""The first two letters of what `_DECIDED` finds."""
_SOLVED = later("|".join(SOLVED.values()), re.I)

SIGNS: dict[str, str] = {
    "✅": "done", "☑": "done", "✔": "done", "✓": "done",
    "⚠": "trouble", "❌": "trouble", "✗": "trouble", "🐛": "trouble", "🚫": "trouble",
    "⛔": "trouble", "❗": "trouble",
    "⏳": "open", "⏸": "trouble", "🔄": "open", "🔜": "open", "⬜": "open", "☐": "open",
    "🔲": "open", "⏭": "open", "🚧": "open",
}  # fmt: skip
"""Signs at the start of a statement and what they say."""


def bare(text: str) -> str:
    """Give `text` from its first word on."""
    if text[:1].isalpha():
        return text
    match = LEAD.match(text)
    return text[match.end() :] if match else text


def is_work(text: str) -> bool:
    """Say whether `text` tells of finished work."""
    text = bare(text[:300])
    if NO_WORK.match(text.casefold()):
        return False
    if _WORK_START.match(text):
        return True
    if not text.isascii() and WORK_ANYWHERE.search(text):
        return True
    if GERMAN_WORK.isdisjoint(words_of(text)):
        return False
    return not GERMAN_WORK.isdisjoint(WORD.findall(text.lower()))


def is_narrated(text: str) -> bool:
    """Say whether a sentence of a paragraph tells of work: `Today we fixed ...`."""
    return any(map(_narrates, SENTENCE_END.split(bare(text[:300]))))


def _narrates(sentence: str) -> bool:
    found = _TELLER.match(sentence)
    if found and is_work(sentence[found.end() :]):
        return True
    return bool(ENDED.match(sentence) or GERMAN_TOLD.match(sentence))


def is_told(text: str) -> bool:
    """Say whether a ticked statement tells of work: a participle stands somewhere in it."""
    words = text[:160]
    return is_work(words) or PARTICIPLE.search(words) is not None


def is_decided(text: str) -> bool:
    """Say whether `text` tells of a choice that was made."""
    head = text[:2]
    if head.isalpha() and head.isascii() and head.lower() not in STARTS_OF_DECIDED:
        return False
    return bool(_DECIDED.match(bare(text[:80]).replace("*", "")))


def is_recorded(text: str) -> bool:
    """Say whether `text` tells of a decision record that was written or accepted."""
    return "ADR" in text and RECORDED.search(text[:200]) is not None


def is_solved(text: str) -> bool:
    """Say whether `text` tells that a trouble is over."""
    if "~~" in text[:6] or "✅" in text:
        return True
    found = _SOLVED.search(text[:400])
    return found is not None and not BUT.match(text, found.end())


def is_ticked(text: str) -> bool:
    """Say whether a sign in `text`, or a stroke through it, says that it is done."""
    return (not text.isascii() and any(map(text.__contains__, "✅✓☑✔"))) or text.lstrip(
        "*_ "
    ).startswith("~~")


def is_nothing(text: str, *, loosely: bool = False) -> bool:
    """Say whether `text` states that there is nothing, or is a blank of a form.

    `loosely` takes a short sentence that begins so for one, too.
    """
    size = len(text)
    if size > (200 if loosely else 62):
        return False
    text = text.strip()
    if not text:
        return True
    plain = bare(text).strip("*_` ")
    if loosely and plain[:1].casefold() in STARTS_OF_NONE:
        if len(plain) < 110 and _is_none_of(plain):
            return True
        if len(plain) < 200 and "\n" not in plain and POINTER.match(plain):
            return True
    return bool(
        (len(text) < 60 and NOTHING.match(plain) and not is_work(plain))
        or (plain[:1] in STARTS_OF_BLANK and PLACEHOLDER.fullmatch(plain))
    )


def _is_none_of(text: str) -> bool:
    """Say whether a short sentence says that there is none: `None identified`, no `No retries`."""
    found = NO_WORD.match(text)
    if found is None:
        return False
    said = UNDER_WAY.sub(" ", found["said"].casefold())
    return NONE_OF.issuperset(WORD.findall(said))


def starts_with_sign(text: str) -> str | None:
    """Tell what the sign at the start of `text` says: `done`, `trouble`, `open`, or None."""
    if text[:1].isalnum():
        return None
    for char in text[:6]:
        if char in SIGNS:
            return SIGNS[char]
        if char not in " *_-•️`[(~":
            return None
    return None

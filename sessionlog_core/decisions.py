"""A statement of a decision in, the decision out: title, choice, reason, rejected, cost.

Decisions come in three shapes: a heading with labelled lines (`**Choice:**`, `**Decision:**`,
`**Reason:**`), a bold lead with a paragraph behind it, and a numbered one with problem, solution
and impact. Rows of a table are a fourth.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from sessionlog_core.items import Statement
from sessionlog_core.labels import find_label, strip_markup
from sessionlog_core.model import Decision
from sessionlog_core.outline import Node, NodeKind
from sessionlog_core.vocabulary import make_words

__all__ = ["ASPECT_WORDS", "read_decision"]

ASPECT_WORDS: dict[str, str] = {
    "options": """
        en: choice, choices, options, options considered, alternatives considered, considered,
            candidates
        pt: opções, alternativas consideradas
        es: opciones, alternativas consideradas
        de: optionen, auswahl
        fr: options, options envisagées
        it: opzioni
        cs: možnosti
        ru: варианты
        zh: 选项, 备选
        ja: 選択肢
        ko: 선택지
    """,
    "choice": """
        en: decision, chosen, solution, resolution, we chose, selected, selection, approach,
            strategy, outcome, what, decided, action, fix
        pt: decisão, escolha, escolhido, solução, estratégia
        es: decisión, elección, elegido, solución, estrategia
        de: entscheidung, gewählt, lösung, strategie
        fr: décision, choix, choisi, solution, stratégie
        it: decisione, scelta, scelto, soluzione, strategia
        cs: rozhodnutí, zvoleno, řešení, strategie
        ru: решение, выбор, выбрано, стратегия
        zh: 决策, 决定, 方案, 选择, 解决方案
        ja: 決定, 選択, 解決策, 採用, 方針
        ko: 결정, 선택, 해결, 해결책
    """,
    "reason": """
        en: reason, reasons, reasoning, rationale, why, because, justification, motivation, problem,
            context, cause, benefit, benefits, background
        pt: razão, motivo, justificativa, por quê, porquê, problema, contexto, benefício
        es: razón, motivo, justificación, por qué, problema, contexto, beneficio
        de: grund, begründung, warum, problem, kontext, hintergrund, vorteil
        fr: raison, justification, pourquoi, problème, contexte, motif, avantage
        it: ragione, motivo, motivazione, perché, problema, contesto, vantaggio
        cs: důvod, zdůvodnění, proč, problém, kontext, výhoda
        ru: причина, обоснование, почему, проблема, контекст, преимущество
        zh: 原因, 理由, 为什么, 问题, 背景
        ja: 理由, 根拠, 背景, 問題, なぜ
        ko: 이유, 근거, 배경, 문제
    """,
    "rejected": """
        en: rejected, alternative, alternatives, alternative considered, not chosen,
            rejected alternatives, instead of, discarded, ruled out
        pt: rejeitado, alternativa, alternativas, descartado
        es: rechazado, alternativa, alternativas, descartado
        de: verworfen, abgelehnt, alternative, alternativen
        fr: rejeté, alternative, alternatives, écarté
        it: scartato, rifiutato, alternativa, alternative
        cs: zamítnuto, alternativa, alternativy
        ru: отклонено, альтернатива, альтернативы, отвергнуто
        zh: 放弃, 否决, 备选方案, 替代方案
        ja: 却下, 不採用, 代替案
        ko: 기각, 대안, 제외
    """,
    "tradeoff": """
        en: trade off, trade offs, tradeoff, tradeoffs, impact, cost, costs, consequence,
            consequences, implications, downside, downsides, cons, risk, drawback, drawbacks
        pt: impacto, custo, consequência, desvantagem, risco, compromisso
        es: impacto, costo, coste, consecuencia, desventaja, riesgo, compromiso
        de: auswirkung, auswirkungen, kosten, folge, folgen, nachteil, risiko, abwägung, kompromiss
        fr: impact, coût, conséquence, inconvénient, risque, compromis
        it: impatto, costo, conseguenza, svantaggio, rischio, compromesso
        cs: dopad, cena, důsledek, nevýhoda, riziko, kompromis
        ru: влияние, цена, последствия, недостаток, риск, компромисс
        zh: 影响, 代价, 取舍, 缺点, 风险
        ja: 影響, トレードオフ, 欠点, リスク, 代償
        ko: 영향, 트레이드오프, 단점, 비용, 위험
    """,
}  # fmt: skip
"""Labels, and headers of columns, that name an aspect of a decision.

`options` name what it was chosen from.
"""

ASPECTS = make_words(ASPECT_WORDS)

LEAD = re.compile(r"(?:\d{1,3}[.)]\s{1,4})?(?:\*\*|__)(.{1,200}?)(?:\*\*|__)[\s:.–—-]{0,4}", re.S)
"""The bold lead of a decision."""

VERSUS = re.compile(
    r"\s{1,3}(?:vs\.?|versus|over|instead of|rather than|statt|gegenüber)\s{1,3}", re.I
)
"""What parts the chosen from the rejected in a title: `GraphQL over REST`."""

BECAUSE = re.compile(
    r"(?:^|[\s(,;—–-])(?:because|since|so that|in order to|due to|weil|da|damit|parce que|car|"
    r"porque|para que|perché|protože|"
    r"потому что|чтобы|因为|因為|以便|ため|때문)\b",
    re.I,
)


def read_decision(statement: Statement) -> Decision:
    """Read one decision."""
    item = statement.item
    if statement.header:
        return _of_row(statement)
    aspects = _aspects(statement.nodes)
    first = item.text.split("\n", 1)[0]
    lead = LEAD.match(item.text)
    rest = item.text[lead.end() :].strip() if lead else ""
    label = find_label(first)
    if lead:
        title = strip_markup(lead[1]).rstrip(":.： ")
    elif label and not label.bold and len(label.name.split()) <= 4 and label.value:
        title, rest = label.name, label.value
    else:
        title = strip_markup(first)
    title, rest = _flat(title), _flat(rest)
    for aspect, said in _inline(rest):
        aspects.setdefault(aspect, said)
    choice = aspects.get("choice") or rest or None
    rejected = aspects.get("rejected")
    parts = VERSUS.split(strip_markup(title), maxsplit=1)
    if rejected is None and len(parts) == 2:
        rejected = parts[1].strip() or None
        choice = choice or parts[0].strip() or None
    if rejected is None and "options" in aspects and choice:
        rejected = _without(aspects["options"], choice)
    reason = aspects.get("reason")
    if reason is None and rest and choice == rest:
        because = BECAUSE.search(rest)
        if because:
            reason = rest[because.start() :].strip(" (,;—–-)") or None
    return Decision(title, item, choice, reason, rejected, aspects.get("tradeoff"))


def _of_row(statement: Statement) -> Decision:
    cells = [strip_markup(n.text) for n in statement.nodes]
    aspects: dict[str, str] = {}
    title = ""
    for name, cell in zip(statement.header, cells, strict=False):
        aspect = ASPECTS.phrases.get(_fold(name))
        if aspect and cell:
            aspects.setdefault(aspect, cell)
        elif cell and not title and not cell.strip("#").isdigit():
            title = cell
    title = _flat(title or aspects.get("choice") or statement.item.text)
    parts = VERSUS.split(title, maxsplit=1)
    return Decision(
        title,
        statement.item,
        aspects.get("choice"),
        aspects.get("reason"),
        aspects.get("rejected") or (parts[1] if len(parts) == 2 else None),
        aspects.get("tradeoff"),
    )


def _aspects(nodes: Iterable[Node]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in _lines(nodes):
        label = find_label(text.split("\n", 1)[0])
        if label is None:
            continue
        aspect = ASPECTS.phrases.get(_fold(label.name))
        tail = text.partition("\n")[2]
        value = f"{label.value}\n{tail}".strip() if tail else label.value
        if aspect and value:
            found.setdefault(aspect, _flat(strip_markup(value)))
    return found


INLINE = re.compile(
    r"(?:^|[.;!?]\s{1,2}|\s[-–—]\s)("
    + "|".join(
        sorted(
            (
                re.escape(phrase)
                for phrase, aspect in ASPECTS.phrases.items()
                if aspect in ("reason", "rejected", "tradeoff")
            ),
            key=len,
            reverse=True,
        )
    )
    + r")\s?[:：]\s?",
    re.I,
)
"""A label in the midst of a paragraph: `... Reasoning: it needs no library`."""


def _inline(text: str) -> Iterator[tuple[str, str]]:
    """Give the aspects that labels amid a paragraph name; each goes on to the next one."""
    hits = list(INLINE.finditer(text[:4000]))
    for hit, following in zip_longest(hits, hits[1:]):
        said = text[hit.end() : following.start() + 1 if following else len(text)].strip()
        if said:
            yield ASPECTS.phrases[_fold(hit[1])], strip_markup(said)


def _flat(text: str) -> str:
    """Put a text that was broken into lines on one."""
    return " ".join(text.split())


def _lines(nodes: Iterable[Node]) -> Iterator[str]:
    """Give the texts that may begin with a label: paragraphs and entries of lists."""
    for node in nodes:
        match node.kind:
            case NodeKind.LIST | NodeKind.ITEM | NodeKind.QUOTE:
                yield from _lines(node.children)
            case NodeKind.PARAGRAPH | NodeKind.LABEL:
                yield node.text
            case _:
                pass


def _without(options: str, choice: str) -> str | None:
    """Take from `A vs B vs C` what was chosen."""
    words = set(re.findall(r"\w{4,}", choice.casefold()))
    left = [
        part.strip()
        for part in re.split(
            r"\s+(?:vs\.?|versus|or|oder|ou|o|или)\s+|\s*[/|]\s*", options, flags=re.I
        )
        if part.strip() and not words.intersection(re.findall(r"\w{4,}", part.casefold()))
    ]
    return ", ".join(left) or None


def _fold(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", strip_markup(name).casefold()))

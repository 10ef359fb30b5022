"""A label inside of a statement in, the aspect that it names out: choice, reason, cost."""

from sessionlog_core.vocabulary import WORD, fold, make_words

__all__ = ["ASPECTS", "ASPECT_WORDS", "is_aspect"]

ASPECT_WORDS: dict[str, str] = {
    "options": """
        en: choices, options, options considered, alternatives considered, considered,
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
        en: choice, decision, chosen, solution, resolution, we chose, selected, selection, approach,
            strategy, outcome, what, decided, action, fix
        pt: decisão, escolha, escolhido, solução, estratégia
        es: decisión, elección, elegido, solución, estrategia
        de: entscheidung, gewählt, wahl, lösung, strategie
        fr: décision, choix, choisi, solution, stratégie
        it: decisione, scelta, scelto, soluzione, strategia
        cs: rozhodnutí, volba, zvoleno, řešení, strategie
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

FIELD_WORDS: dict[str, str] = {
    "field": """
        en: how, when, where, who, file, files, result, results, issue, root cause, status,
            priority, effort, severity, location, source, finding, command, created, updated,
            removed, added, changed, pros, evidence
        pt: o que, arquivos, resultado, causa, prioridade, onde
        es: qué, archivos, resultado, causa, prioridad, dónde
        de: was, dateien, ergebnis, ursache, priorität, wo
        fr: quoi, fichiers, résultat, cause, priorité, où
        it: cosa, risultato, causa, priorità, dove
        cs: co, soubory, výsledek, příčina, priorita, kde
        ru: что, файлы, результат, приоритет, где
        zh: 内容, 文件, 结果, 优先级, 修复
        ja: 内容, 結果, 原因, 対応, 優先度
        ko: 내용, 파일, 원인, 결과, 우선순위
    """,
}  # fmt: skip
"""Labels that say something else about the one thing that their sub-heading names."""

LABELS = frozenset(ASPECTS.phrases) | frozenset(make_words(FIELD_WORDS).phrases)


def is_aspect(label: str) -> bool:
    """Say whether a label says something about the one thing that stands above it."""
    return " ".join(WORD.findall(fold(label))) in LABELS

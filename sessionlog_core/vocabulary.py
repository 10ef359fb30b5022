"""Words of a log in, what they stand for out: tables of words in many languages.

A table holds rows of phrases by language (`en: next steps, to do`): of sections, fields, states and
units. Words are compared in lower case, without signs and apostrophes. A new wording is a new
phrase here, or a row of the user's own (`with_rows`), never a new function.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from sessionlog_core.model import PartKind
from sessionlog_core.patterns import later
from sessionlog_core.records import record

__all__ = [
    "DEFAULT",
    "FIELD_WORDS",
    "LANGUAGES",
    "MONTH_NAMES",
    "SECTION_WORDS",
    "STATE_SIGNS",
    "STATE_WORDS",
    "UNIT_WORDS",
    "WEEKDAY_NAMES",
    "MetricPattern",
    "ReferencePattern",
    "Section",
    "SessionLayout",
    "Titles",
    "Vocabulary",
    "Words",
    "fold",
    "make_words",
    "read_rows",
    "word_set",
]

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "cs", "ru", "zh", "ja", "ko")
"""Languages that every table of words has rows for, where the language has a word of its own."""

SECTION_WORDS: dict[PartKind, str] = {
    PartKind.NEXT_STEPS: """
        en: next steps, next step, =next, =open, next action, next actions, next up, next task,
            next tasks, next work, notes for next session, notes for the next session,
            for next session, for the next session, recommendations for next session,
            resume instruction, resume instructions, next session, next session focus,
            next session actions,
            next session starts, next session plan, next session priorities, next session todo,
            next session tasks, next phase, next phases, next milestone, next iteration,
            next sprint, next goals, next priorities, next priority, next moves, next focus,
            what next, whats next, up next, recommended next, suggested next, proposed next,
            immediate next, remaining, remaining work, remaining tasks, remaining items,
            remaining steps, remaining stages, remaining todos, remaining phases, what remains,
            whats left, whats left to build, whats left to do, left to do, left to build,
            still to do, still todo, still open, still pending, still missing, still needed,
            still needs, still remaining, =to do, todo, todos, todo list, to dos, to be done, tbd,
            to complete, tasks to complete, things to do, pending, pending tasks, pending items,
            pending work, pending actions, open questions, open question, open threads, open items,
            open tasks, open points, open todos, open work, open loops, open ends, loose ends,
            unresolved questions, questions to resolve, outstanding, outstanding items,
            outstanding tasks, outstanding work, outstanding questions, unfinished, unfinished work,
            incomplete, incomplete tasks, not done, not yet done, not started, not yet implemented,
            not implemented, in progress, work in progress, currently in progress,
            currently working on, =current task, =current tasks, follow up, follow ups, followup,
            followups, follow up items, follow up actions, follow up tasks, action item,
            action items, =actions needed, actions required, action required, immediate actions,
            immediate tasks, immediate priorities, short term, upcoming, upcoming work,
            upcoming tasks, upcoming focus, coming up, backlog, future work, future tasks,
            future enhancements, future improvements, future considerations, future plans,
            future steps, future opportunities, remaining opportunities, possible improvements,
            planned, planned work, planned next, planned tasks, plan for next session,
            plan for tomorrow, plan for next, tomorrow, for tomorrow, tomorrows plan, next day,
            next week, recommendations, recommended actions, recommended follow ups,
            recommended order, suggested order, suggested implementation order,
            implementation order, recommended implementation order, integration plan,
            migration plan, rollout plan, suggestions, suggested improvements, deferred,
            deferred items, deferred work, carried forward, carry forward, carry over, carried over,
            handoff tasks, parked, parking lot, =roadmap, development roadmap, priorities,
            where to go next, start here, =resume from, =continue with, =continue from,
            path forward, way forward, ready to implement, longer term, long term, medium term,
            homework, wishlist, wish list, nice to have, resume point, left for next time,
            for next time, =next time, to pick up, pick up next, handing over, handing off, =plans,
            =plan, =later, =left, on deck
        pt: próxima vez, para a próxima vez, próximos passos, proximos passos, próximo passo,
            proximo passo, próximas etapas, proximas etapas, próxima etapa, próximas tarefas,
            proximas tarefas, próximas ações, proximas acoes, próxima ação, próxima sessão,
            proxima sessao, próximas sessões, proximas sessoes, próximas prioridades,
            próximos itens, =próximos, =próximo, =próximas, =próxima, pendências, pendencias,
            pendente, pendentes, tarefas pendentes, itens pendentes, a fazer, por fazer,
            falta fazer, o que falta, faltando, =falta, em andamento, em progresso, em aberto,
            questões em aberto, perguntas em aberto, pontos em aberto, ações imediatas,
            ações pendentes, ações necessárias, melhorias futuras, trabalho futuro,
            passos seguintes, para amanhã, =amanhã, continuar com, recomendações, trabalho restante
        es: próxima vez, para la próxima vez, próximos pasos, proximos pasos, próximo paso,
            proximo paso, siguientes pasos, siguiente paso, =siguiente, próximas tareas,
            proximas tareas, próximas acciones, próxima sesión, proxima sesion, próximas sesiones,
            siguiente sesión, pendiente, pendientes, tareas pendientes, por hacer, que hacer,
            qué sigue, que sigue, qué falta, que falta, lo que falta, =falta, queda por hacer,
            queda pendiente, en curso, en progreso, preguntas abiertas, cuestiones abiertas,
            puntos abiertos, temas abiertos, mejoras futuras, trabajo futuro, para mañana, =mañana,
            acciones pendientes, trabajo restante, lo que sigue, por implementar, recomendaciones
        de: nächstes mal, fürs nächste mal, beim nächsten mal, nächste schritte, nächster schritt,
            naechste schritte, nächsten schritte, weitere schritte, nächste aufgaben,
            nächste session, nächste sitzung, nächste woche, nächste aktionen, =nächstes,
            =als nächstes, als nächstes, offene punkte, offene aufgaben, offene fragen,
            offene themen, offenes, offene todos, =offen, noch offen, noch zu tun, zu tun,
            zu erledigen, ausstehend, ausstehende aufgaben, ausstehende arbeiten, verbleibend,
            verbleibende aufgaben, restarbeiten, restliche aufgaben, in arbeit, in bearbeitung,
            weiteres vorgehen, ausblick, geplant, zurückgestellt, fehlt noch, empfehlungen,
            aufgaben für morgen, =morgen, todo liste, fortsetzung
        fr: la prochaine fois, pour la prochaine fois, prochaines étapes, prochaine étape,
            prochaines etapes, étapes suivantes, étape suivante, prochaines tâches, prochaine tâche,
            prochaines actions, prochaine session, prochaine séance, =ensuite, à faire, a faire,
            reste à faire, restant, ce qui reste, tâches restantes, travail restant,
            questions ouvertes, points ouverts, questions en suspens, en attente, en cours, à venir,
            la suite, =suite, améliorations futures, travaux futurs, à suivre, pour demain, =demain,
            recommandations
        it: prossima volta, per la prossima volta, prossimi passi, prossimo passo, =prossimi,
            =prossimo, prossime azioni, prossime attività, prossima sessione, prossimi step,
            da fare, cose da fare, in sospeso, da completare, rimanente, rimanenti,
            attività rimanenti, attività in sospeso, lavoro rimanente, in corso, domande aperte,
            questioni aperte, punti aperti, cosa manca, =domani, miglioramenti futuri,
            lavori futuri, raccomandazioni
        cs: další kroky, další krok, příští kroky, následující kroky, další postup, co dál, =dále,
            zbývá, zbývá udělat, zbývající práce, zbývající úkoly, k dokončení, co zbývá,
            otevřené otázky, otevřené body, otevřené úkoly, nedokončeno, nedokončené, rozpracováno,
            probíhá, příští sezení, příště, plán na příště, budoucí práce, =úkoly, doporučení,
            k řešení
        ru: =план, следующие шаги, следующий шаг, дальнейшие шаги, дальнейшие действия,
            следующие задачи, =далее, =дальше, что дальше, план дальше, осталось, осталось сделать,
            что осталось, оставшиеся задачи, оставшаяся работа, открытые вопросы, открытые задачи,
            предстоит, надо сделать, нужно сделать, в процессе, в работе, не сделано,
            следующая сессия, на следующую сессию, к следующей сессии, планы, план на завтра,
            будущие улучшения, рекомендации
        zh: 下一步, 下一步计划, 下一步工作, 下步计划, 后续, 後續, 后续计划, 后续工作,
            后续步骤, 后续事项, 待办, 待辦, 待办事项, 待完成, 未完成, 待处理, 待解决, 待做, 待实现,
            待续, 接下来, 接下來, 遗留事项, 剩余, 剩余工作, 剩余任务, 下次, 下次会话,
            下阶段, 未来工作, 未来计划, 开放问题, 进行中, 还需, 建议下一步
        ja: 次回, 次回予定, 次回作業, 次のステップ, 次のアクション, 次にやること, 次の作業,
            次のタスク, ネクストステップ, ネクストアクション, 残タスク, 残作業, 残課題, 残り,
            未完了, 未着手, 未対応, 今後, 今後の予定, 今後の課題, 今後の作業, やること,
            やることリスト, 宿題, 明日の予定, 進行中, 作業中, 未解決, 申し送り
        ko: 다음 단계, 다음 작업, 다음 세션, 다음 할 일, =다음, 다음 액션, 다음 계획, 남은 작업,
            남은 일, 남은 과제, 할 일, 해야 할 일, 해야 할, 미완료, 진행 중, 진행중, 향후,
            향후 계획, 향후 작업, 예정, 예정 작업, 후속 작업, 미해결, 열린 질문
        nl: volgende stappen, volgende stap, nog te doen, te doen, volgende keer, openstaand,
            open punten, open vragen, vervolgstappen
        pl: następne kroki, następny krok, kolejne kroki, do zrobienia, pozostało, następnym razem,
            otwarte pytania
    """,
    PartKind.BLOCKERS: """
        en: blockers, blocker, current blocker, =blocked, blocked by, =blocking, blocking issues,
            known issues, known issue, known problems, known bugs, known bug, known limitations,
            known limitation, =issues, =open issues, open issues, open bugs, open problems,
            remaining issues, remaining problems, remaining bugs, remaining failures,
            remaining errors, remaining blockers, current issues, current problems,
            outstanding issues, unresolved issues, unresolved problems, unresolved, key issues,
            issues encountered, issues found, issues discovered, issues identified, issues faced,
            issues questions, issues blockers, issues and blockers, problems encountered,
            problems found, problems faced, =problems, errors encountered, error log, challenges,
            challenge, challenges faced, challenges encountered, difficulties, obstacles,
            impediments, limitations, limitation, technical debt, tech debt, tech debt register,
            =debt, risks, =risk, risk register, risks and issues, concerns, =concern, bugs found,
            bugs discovered, defects, defects found, =bugs, =gaps, known gaps, failures,
            =failing tests, failing tests, test failures, unfixable, cannot fix, not fixable,
            not working, not yet tested, not tested, untested, what doesnt work, what didnt work,
            broken, whats broken, stuck, =waiting on, waiting for, open risks, caveats, caveat,
            what failed, regressions, =trouble, troubles, unsolved, hurdles, hurdle, =stalled,
            need help, needs attention
        pt: problemas, problemas conhecidos, problemas encontrados, problemas abertos,
            =problema em aberto, bloqueio, bloqueios, bloqueadores, bloqueado, impedimentos,
            impedimento, riscos, =risco, limitações, limitações conhecidas, desafios,
            dívida técnica, dificuldades, erros encontrados, bugs conhecidos, pontos de atenção
        es: problemas, problemas conocidos, problemas encontrados, problemas abiertos, bloqueo,
            bloqueos, bloqueado, bloqueantes, impedimentos, riesgos, =riesgo, limitaciones,
            limitaciones conocidas, desafíos, deuda técnica, dificultades, errores encontrados,
            errores conocidos, bugs conocidos
        de: ungelöst, ungelöste probleme, probleme, bekannte probleme, offene probleme,
            aufgetretene probleme, blockiert, blocker, blockaden, hindernisse, risiken, =risiko,
            herausforderungen, einschränkungen, bekannte einschränkungen, technische schulden,
            schwierigkeiten, bekannte fehler, bekannte bugs, offene fehler
        fr: problèmes, problemes, problèmes connus, problèmes rencontrés, blocages,
            blocage, bloqué, points bloquants, bloquants, obstacles, risques, =risque, limitations,
            limites connues, difficultés, difficultés rencontrées, dette technique,
            erreurs rencontrées, bugs connus
        it: problemi, problemi noti, problemi aperti, problemi riscontrati, blocchi, =blocco,
            bloccato, bloccanti, ostacoli, rischi, =rischio, limitazioni, limitazioni note,
            difficoltà, debito tecnico, errori riscontrati, bug noti
        cs: problémy, známé problémy, otevřené problémy, =problém, blokátory, blokováno, blokující,
            překážky, rizika, omezení, známá omezení, technický dluh, potíže, známé chyby
        ru: =застрял, проблемы, известные проблемы, открытые проблемы, блокеры, =блокер,
            блокировки, заблокировано, препятствия, риски, ограничения, известные ограничения,
            трудности, сложности, технический долг, известные ошибки, известные баги
        zh: 遗留问题, 阻塞, 阻塞项, 阻碍, 障碍, 已知问题, 已知限制, 遇到的问题, 存在的问题,
            存在问题, 未解决问题, 风险, 技术债, 技术债务, 难点, 局限, 限制, 卡点
        ja: 困っていること, 既知の問題, 課題, 問題点, ブロッカー, 障害, 懸念, 懸念点, 未解決の問題,
            残っている問題, リスク, 制約, 制限事項, 技術的負債, 困りごと
        ko: 문제점, 알려진 문제, 발견된 문제, 이슈, 알려진 이슈, 블로커, 장애물, 차단 요소,
            위험, 리스크, 제한 사항, 한계, 기술 부채, 미해결 문제
        nl: problemen, bekende problemen, geblokkeerd, knelpunten, risicos, beperkingen
        pl: problemy, znane problemy, zablokowane, przeszkody, ryzyka, ograniczenia
    """,
    PartKind.DECISIONS: """
        en: decisions, decision, =decided, decision made, decisions made, decisions taken,
            key decisions, key decision, design decisions, design decision, technical decisions,
            technical decision, architecture decisions, architectural decisions,
            architectural decision, important decisions, product decisions, decision log,
            decisions log, decision record, decision records, decision rationale, =rationale,
            design rationale, trade offs, trade off, tradeoffs, tradeoff, design choices,
            design choice, key choices, choices made, choices, technical choices,
            key design decisions, key design choices, what we decided, agreed, =agreements,
            architecture choices, implementation decisions, decisions rationale, calls made,
            we decided, resolved to, notes on design, =agreed on
        pt: =acordado, decidido, decisões, decisoes, decisão, decisao, decisões tomadas,
            decisões técnicas, decisões de design, decisões de arquitetura, escolhas,
            escolhas técnicas, justificativa
        es: =acordado, decidido, decisiones, decisión, decision tomada, decisiones tomadas,
            decisiones técnicas, decisiones de diseño, decisiones clave, elecciones, justificación
        de: =entschieden, =beschlossen, =festgelegt, entscheidungen, entscheidung,
            getroffene entscheidungen, architekturentscheidungen, designentscheidungen,
            technische entscheidungen, entwurfsentscheidungen, architektur entscheidungen,
            begründung, beschlüsse, =beschluss
        fr: =décidé, décisions, decisions prises, décision, décisions prises, décisions techniques,
            choix techniques, =choix, choix de conception, justification
        it: =deciso, decisioni, decisione, decisioni prese, decisioni tecniche, scelte,
            scelte progettuali, scelte tecniche, motivazione
        cs: =rozhodnuto, rozhodnutí, učiněná rozhodnutí, klíčová rozhodnutí, technická rozhodnutí,
            zdůvodnění
        ru: решения, принятые решения, ключевые решения, технические решения, архитектурные решения,
            обоснование, =решено, =решили
        zh: 决策, 決策, 决定, 決定, 方案决策, 关键决策, 设计决策, 技术决策, 技术选型, 设计取舍,
            取舍, 架构决策, 设计选择, 关键技术决策
        ja: 決定, 決定事項, 意思決定, 設計判断, 設計方針, 技術的決定, 設計上の決定, 判断,
            決めたこと, 採用方針, 選定理由
        ko: 결정, 결정 사항, 주요 결정, 설계 결정, 기술적 결정, 의사 결정, 기술 결정, 선택 이유,
            결정사항
        nl: besluiten, =besluit, =besloten, beslissingen, =beslissing, keuzes
        pl: decyzje, =decyzja, ustalenia, =zdecydowano
    """,
    PartKind.PRIMER: """
        en: primer, next session primer, session primer, quick start for new session,
            quick start for a new session, quick start for next session,
            quick start for the next session, quick start guide, notes for session continuity,
            session continuity, notes for next agent, notes for the next agent, for the next agent,
            quick resume, =resume, how to resume, how to continue, how to pick up, resuming,
            handoff notes, =handoff, handover, handoff prompt, session handoff, to resume,
            continue here, =context for next session, context restore prompt, context restore,
            context recovery, new session prompt, next session prompt, session prompt, =prompt,
            startup command, startup commands, resume here, where to start, starting point for next,
            session startup, session start checklist, getting back up to speed,
            recovery instructions, consolidated patterns, codebase patterns
        pt: como retomar, como continuar, retomada, guia de retomada, notas para a próxima sessão,
            para a próxima sessão, recuperação de sessão, início rápido para, ponto de retomada
        es: cómo retomar, como retomar, cómo continuar, notas para la próxima sesión,
            para la próxima sesión, inicio rápido para, punto de partida, traspaso
        de: wie weitermachen, wiederaufnahme, hinweise für die nächste session,
            für die nächste session, übergabe, übergabenotizen, schnellstart für, quick start für,
            einstieg für die nächste session, wiedereinstieg
        fr: comment reprendre, pour reprendre, reprise, notes pour la prochaine session, passation,
            pour la prochaine session, démarrage rapide pour
        it: come riprendere, come continuare, note per la prossima sessione,
            per la prossima sessione, ripresa, passaggio di consegne, avvio rapido per
        cs: jak pokračovat, jak navázat, poznámky pro příští sezení, pro příští sezení, předání,
            rychlý start pro
        ru: как продолжить, заметки для следующей сессии, для следующей сессии, передача,
            быстрый старт для
        zh: 恢复工作, 如何继续, 交接, 交接说明, 会话恢复, 下次会话提示, 快速恢复
        ja: 引き継ぎ, 引継ぎ, 再開方法, 再開手順, 次回への引き継ぎ, 続き方
        ko: 인수인계, 재개 방법, 이어서 하는 방법, 다음 세션 메모
    """,
    PartKind.LESSONS: """
        en: lessons learned, lessons learnt, =lessons, =lesson, lesson learned, what went well,
            what went wrong, what worked, what worked well, went well, key insight, key insights,
            =insights, =insight, learnings, key learnings, learned, takeaways, key takeaways,
            =takeaway, retrospective, retro, what i learned, what we learned, knowledge gained,
            discoveries, key discoveries, =findings, key findings, =discovery, critique findings,
            observations, reflections, reflection, =gotchas, best practices
        pt: lições, licoes, lições aprendidas, licoes aprendidas, aprendizados, aprendizado,
            retrospectiva, descobertas, observações
        es: lecciones, lección, lecciones aprendidas, aprendizajes, retrospectiva, hallazgos,
            =hallazgo, observaciones
        de: erkenntnisse, erkenntnis, gelernt, gelerntes, gewonnene erkenntnisse, lehren, rückblick,
            retrospektive, beobachtungen
        fr: leçons, lecons, leçons apprises, enseignements, rétrospective, découvertes,
            observations, apprentissages
        it: lezioni, lezioni apprese, insegnamenti, cosa abbiamo imparato, retrospettiva, scoperte,
            osservazioni
        cs: poučení, poznatky, ponaučení, co jsme se naučili, retrospektiva, zjištění, pozorování
        ru: выводы, уроки, извлечённые уроки, извлеченные уроки, чему научились, ретроспектива,
            наблюдения, находки
        zh: 经验, 经验教训, 教训, 总结经验, 心得, 收获, 反思, 复盘, 发现
        ja: 教訓, 学び, 学んだこと, 気づき, 知見, 所感, 振り返り, 反省
        ko: 교훈, 배운 점, 깨달음, 회고, 느낀 점, 발견 사항
    """,
    PartKind.FILES: """
        en: files modified, files created, files changed, files touched, =files, =file,
            modified files, new files, key files, changed files, created files, files added,
            files updated, files edited, files deleted, files removed, files created modified,
            files modified created, files changed summary, file changes, file changes summary,
            files affected, files involved, files written, files implemented, files to reference,
            session files, files summary, code locations, key paths, =artifacts, artifacts created,
            documents created, changed modules, =file structure, new modules
        pt: arquivos, arquivos criados, arquivos modificados, arquivos alterados, arquivos novos,
            arquivos tocados, novos arquivos, arquivos carregados, =ficheiros, ficheiros alterados
        es: archivos, archivos creados, archivos modificados, archivos cambiados, archivos tocados,
            archivos nuevos, nuevos archivos, ficheros, ficheros modificados, ficheros creados
        de: dateien, geänderte dateien, neue dateien, erstellte dateien, betroffene dateien,
            angepasste dateien, bearbeitete dateien
        fr: fichiers, fichiers modifiés, fichiers créés, fichiers touchés, nouveaux fichiers,
            fichiers changés
        it: file modificati, file creati, file toccati, nuovi file, file cambiati, =file coinvolti
        cs: soubory, změněné soubory, upravené soubory, nové soubory, vytvořené soubory,
            dotčené soubory
        ru: файлы, изменённые файлы, измененные файлы, новые файлы, созданные файлы,
            затронутые файлы
        zh: 改动文件, 修改文件, 修改的文件, 文件变更, 涉及文件, 新增文件, 变更文件, 相关文件,
            关键文件, =文件, 文件清单, 文件列表, 改动范围
        ja: 変更ファイル, 変更したファイル, 修正ファイル, 新規ファイル, 作成ファイル,
            作成したファイル, =ファイル, 対象ファイル, 変更モジュール
        ko: 변경된 파일, 변경 파일, 수정된 파일, 수정 파일, 생성된 파일, 생성 파일, 추가된 파일,
            =파일, 파일 변경
    """,
    PartKind.COMMITS: """
        en: commits, =commit, git commits, git commit, =git, git state, git status,
            final git status, git history, git log, git activity, commits made,
            commits this session, recent commits, key commits, commit history, previous commits,
            latest commits, commit log, pull requests, =pull request, =prs, version control,
            branch state, =push, uncommitted changes, git info, git summary
        pt: =commits realizados, commits da sessão, histórico de commits, estado do git
        es: historial de commits, commits realizados, estado de git
        de: git stand, commit historie, git verlauf
        fr: historique des commits, état git
        it: cronologia dei commit, stato git
        cs: historie commitů, commity, stav gitu
        ru: коммиты, коммит, история коммитов
        zh: 提交, 提交记录, 提交历史, 代码提交
        ja: コミット, コミット履歴, コミット一覧
        ko: 커밋, 커밋 내역, 커밋 이력
    """,
    PartKind.METRICS: """
        en: metrics, =metric, =tests, =test, =testing, test results, test result, test status,
            test suite, test count, test counts, test coverage, test summary, test growth,
            tests added, new tests, testing performed, testing notes, testing strategy,
            test scenarios, tests run, =verification, verification status, verification results,
            =validation, validation results, validation outcomes, =validated, =verified, =coverage,
            code coverage, evidence, evidence verification, before after, before and after,
            benchmarks, =benchmark, benchmark results, =performance, performance results,
            statistics, =stats, quick stats, =numbers, measurements, =results, evaluation results,
            build status, build test, quality gates, quality metrics, quality checks, =checks,
            code metrics, session metrics, session statistics, =score, scores, scorecard,
            success criteria, success criteria met, acceptance criteria, code quality, code health,
            =kpis, by the numbers, gate results, ci status, ci results, =quality, =baseline
        pt: métricas, metricas, =testes, resultados dos testes, resultados de testes, =resultados,
            estatísticas, =cobertura, cobertura de testes, =validação, =verificação,
            critérios de sucesso, critérios de aceitação
        es: métricas, =pruebas, resultados de las pruebas, resultados de pruebas, =resultados,
            estadísticas, =cobertura, =validación, =verificación, criterios de éxito,
            criterios de aceptación
        de: metriken, kennzahlen, =tests, testergebnisse, =ergebnisse, statistik, statistiken,
            testabdeckung, =abdeckung, überprüfung, validierung, verifikation, verifizierung,
            akzeptanzkriterien, messwerte
        fr: métriques, =tests, résultats des tests, =résultats, statistiques, couverture,
            vérification, =validation, critères de succès, critères d acceptation, mesures
        it: metriche, =test, risultati dei test, =risultati, statistiche, =copertura, =verifica,
            =validazione, criteri di successo, criteri di accettazione, misure
        cs: metriky, =testy, výsledky testů, =výsledky, statistiky, pokrytí, ověření, validace,
            akceptační kritéria
        ru: метрики, =тесты, результаты тестов, =результаты, статистика, покрытие, =проверка,
            верификация, валидация, критерии приёмки
        zh: 指标, 验证结果, =验证, 驗證, 测试结果, =测试, 测试, 统计, 统计数据, 性能, 覆盖率,
            验收标准, 验收, 数据
        ja: 検証, 検証結果, テスト結果, =テスト, テスト, 統計, 指標, 動作確認, 計測, カバレッジ,
            性能
        ko: 검증, 검증 결과, 테스트 결과, =테스트, 테스트, 지표, 통계, 성능, 커버리지, 메트릭
    """,
    PartKind.DONE: """
        en: what was done, what we did, what i did, what was built, what was completed,
            what was accomplished, what was implemented, what was fixed, what got done,
            what changed, what we built, what we accomplished, what i accomplished, =what happened,
            what actually happened, what happened this session, work completed, completed work,
            work done, done work, work performed, work log, =worked on, =work, completed tasks,
            tasks completed, completed items, items completed, completed this session,
            done this session, completed today, done today, completed so far, =completed, =complete,
            =done, finished, completed features, completed phases, accomplishments, accomplished,
            key accomplishments, accomplishment, achievements, key achievements,
            technical achievements, major achievement, =achieved, =changes, changes made,
            key changes, key changes made, main changes, change summary, summary of changes,
            code changes, recent changes, changes implemented, refinements, progress made,
            progress today, =progress, =implemented, implemented features, implementations,
            =implementation, =delivered, deliverables, key deliverables, activities,
            activities performed, =actions, actions taken, actions performed, steps taken,
            steps completed, =added, =fixed, =changed, =removed, =shipped, =built, =created,
            =updated, =refactored, =fixes, fixes applied, fix applied, bug fixes, bugs fixed,
            bugfixes, issues fixed, issues resolved, issues closed, resolved issues, =resolved,
            fixed issues, features added, new features, features implemented, features completed,
            =features, =highlights, key highlights, session work, improvements, improvements made,
            enhancements, enhancements made, workarounds applied, optimizations, =refactoring,
            documentation created, documentation updates, closed this session, key fixes,
            key fixes applied, what landed, =landed, got done, =did, =log
        pt: o que foi feito, foi feito, o que fizemos, o que mudou, =feito, =concluído, =concluido,
            =concluídos, =concluídas, =completadas, completadas hoje, tarefas concluídas,
            tarefas completadas, trabalho realizado, =realizado, atividades realizadas, =atividades,
            =ações, ações realizadas, =alterações, alterações realizadas, =mudanças,
            mudanças realizadas, =implementado, implementações, implementação, =entregas,
            entregáveis, correções, correções aplicadas, =conquistas, progresso, =melhorias,
            novas funcionalidades, =realizações
        es: hecho, lo que se hizo, qué se hizo, que se hizo, lo hecho, =completado, =completadas,
            completado hoy, tareas completadas, trabajo realizado, =realizado, =cambios,
            cambios realizados, =logros, =terminado, =actividades, actividades realizadas,
            =acciones, acciones realizadas, implementado, implementaciones, correcciones, arreglado,
            =avances, =progreso, =mejoras, entregables, nuevas funcionalidades
        de: =getan, erledigt, erledigte aufgaben, abgeschlossene aufgaben, abgeschlossene arbeiten,
            abgeschlossen, was wurde gemacht, was wurde erledigt, durchgeführte arbeiten, umgesetzt,
            umsetzung, =gemacht, =änderungen, durchgeführte änderungen, erreicht, durchgeführt,
            =fertig, fertiggestellt, implementiert, behoben, behobene fehler, neue funktionen,
            ergebnisse der session, =fortschritt, verbesserungen
        fr: ce qui a été fait, ce qui a ete fait, =fait, travail effectué, travaux effectués,
            réalisé, réalisations, tâches terminées, tâches accomplies, =terminé, accompli,
            =modifications, modifications apportées, changements, changements effectués,
            corrections, actions effectuées, implémenté, livrables, =améliorations
        it: =svolto, =fatto, cosa è stato fatto, cosa abbiamo fatto, =completato, completati,
            completate, attività completate, attività svolte, lavoro svolto, =modifiche,
            modifiche apportate, realizzato, implementato, correzioni, risultati raggiunti,
            =cambiamenti, =miglioramenti, azioni svolte
        cs: =udělal jsem, =udělali jsme, hotovo, co bylo uděláno, co se udělalo, =uděláno,
            dokončeno, dokončené úkoly, hotové úkoly, provedeno, provedené změny, provedená práce,
            =změny, implementováno, opraveno, vyřešeno, splněno, vylepšení
        ru: =сделал, =сделали, =сделала, сделано, что сделано, что было сделано, было сделано,
            выполнено, выполненные задачи, выполненная работа, завершено, завершённые задачи,
            завершенные задачи, готово, =изменения, внесённые изменения, реализовано, исправлено,
            исправления, =улучшения, достижения
        zh: 新增完成, 已完成, =完成, 今日完成, 今天完成, 完成内容, 完成事项, 完成情况, 完成的工作,
            完成工作, 本次完成, 本次完成内容, 工作内容, 做了什么, =改动, 改动内容, 变更内容, =变更,
            修改内容, 主要改动, 主要变更, =新增, 新增功能, =修复, 修复内容, =实现, 实现内容,
            实施内容, 交付物, 成果, 主要成果, 更新内容, 优化内容, 进展
        ja: 完了したタスク, 完了タスク, 完了した作業, 完了したこと, 完了事項, =完了, 実施内容,
            実施したこと, やったこと, 作業内容, 実装内容, =実装, 変更内容, =変更点, 修正内容,
            対応内容, 実装したもの, 成果, 追加機能, 新機能, 改善内容, 今日やったこと, 行ったこと,
            達成したこと, 改善
        ko: 완료된 작업, 완료 작업, 완료한 작업, =완료, 완료 사항, 작업 내용, 한 일, 수행한 작업,
            변경 사항, 변경사항, 변경 내용, =구현, 구현 내용, 수정 사항, 수정 내용, 성과, 주요 성과,
            새 기능, 개선 사항
        nl: =gedaan, wat is gedaan, afgerond, voltooid, wijzigingen
        pl: =zrobione, =zrobiono, co zrobiono, ukończone, zmiany
    """,
    PartKind.STATUS: """
        en: =status, current status, current state, project status, session status, project state,
            =state, current project state, overall status, overall progress, status summary,
            final status, starting state, =starting point, environment status, phase status,
            plan status, implementation status, where we are, what works
        pt: =estado, estado atual, estado atual do projeto, =situação, situação atual,
            =status atual, status das tarefas, status inicial
        es: =estado, estado actual, estado actual del proyecto, estado del proyecto,
            situación actual
        de: =status, =stand, aktueller stand, aktueller status, projektstatus, derzeitiger stand,
            ist stand
        fr: =état, état actuel, état du projet, =statut, statut actuel, état des lieux
        it: =stato, stato attuale, stato del progetto, =situazione, situazione attuale
        cs: =stav, aktuální stav, současný stav, stav projektu
        ru: =статус, =состояние, текущее состояние, текущий статус, статус проекта,
            состояние проекта
        zh: =状态, =狀態, 当前状态, 项目状态, 现状, 目前状态
        ja: =状態, =現状, 現在の状態, 現在の状況, =ステータス, 進捗状況
        ko: =상태, 현재 상태, 현황, 프로젝트 상태, 진행 상황
    """,
    PartKind.SUMMARY: """
        en: =summary, executive summary, session summary, work summary, daily summary,
            quick summary, implementation summary, =overview, session overview, =goal, =goals,
            session goal, session goals, =objective, =objectives, session objective,
            session objectives, =context, =focus, session focus, todays focus, =purpose, =tldr,
            =outcome, =outcomes, session outcome, =result, =conclusion, =abstract, =scope,
            =background, wrap up, wrap summary, =intent, =intention, =trigger, =task, =topic,
            =topics, =mission, =theme, =what, =why, =recap, session recap, =introduction,
            summary of work, what this session is about
        pt: =resumo, resumo executivo, resumo da sessão, =objetivo, =objetivos, objetivos do dia,
            =contexto, visão geral, =resultado, resultado da sessão, =conclusão, =meta
        es: =resumen, resumen ejecutivo, resumen de la sesión, =objetivo, =objetivos, =contexto,
            =resultado, visión general, =conclusión, =meta
        de: =zusammenfassung, kurzfassung, =ziel, =ziele, =überblick, =kontext, =ergebnis, =fazit,
            =hintergrund, =zweck, =thema
        fr: =résumé, résumé de la session, =objectif, =objectifs, =contexte, =aperçu, =résultat,
            =conclusion, =but
        it: =riassunto, =riepilogo, =obiettivo, =obiettivi, =contesto, =sommario, =risultato,
            =conclusione, =panoramica
        cs: =shrnutí, =souhrn, =cíl, =cíle, =kontext, =přehled, =výsledek, =závěr, =účel
        ru: =итог, =итоги, =резюме, =цель, =цели, =контекст, =обзор, =результат, =вывод, =задача,
            краткое содержание
        zh: =摘要, =总结, 总结, =概述, =概要, =目标, =背景, =目的, 本次目标, 会话摘要, =结论, =结果
        ja: =概要, =要約, =まとめ, =目的, =サマリー, =背景, =目標, 作業概要, =結論, =結果
        ko: =요약, =목표, =개요, =배경, =목적, 세션 요약, =결론, =결과
    """,
    PartKind.OTHER: """
        en: =references, =reference, =links, useful links, quick links, =resources, see also,
            =related, related docs, related documents, design notes, =notes, =note, session notes,
            =commands, =command, useful commands, =usage, =example, =examples, =environment,
            technology stack, tech stack, =dependencies, =architecture, project structure,
            directory structure, project organization, =participants, =impact, estimated time,
            estimated effort, =effort, =estimate, =timeline, how to use, session guidelines,
            guidelines, rules, =documentation, =glossary, =appendix, definition of done,
            technical challenges solved, challenges solved, problems solved, keyboard shortcuts,
            =template, session template
        pt: =referências, =referência, =links, links importantes, =notas, =comandos, comandos úteis,
            =exemplos, =dependências, =arquitetura, =impacto, tempo estimado, =recursos,
            =participantes, regras
        es: =referencias, =enlaces, =notas, =comandos, =ejemplos, =dependencias, =arquitectura,
            =impacto, tiempo estimado, =recursos, =participantes, reglas
        de: =referenzen, =links, =notizen, =befehle, =beispiele, =abhängigkeiten, =architektur,
            =ressourcen, geschätzte zeit, =teilnehmer, regeln, =hinweise
        fr: =références, =liens, =notes, =commandes, =exemples, =dépendances, =ressources,
            temps estimé, =participants, règles, =remarques
        it: =riferimenti, =link, =note, =comandi, =esempi, =dipendenze, =architettura, =risorse,
            tempo stimato, =partecipanti, regole
        cs: =odkazy, =reference, =poznámky, =příkazy, =příklady, =závislosti, =architektura,
            =zdroje, pravidla
        ru: =ссылки, =заметки, =примечания, =команды, =примеры, =зависимости, =архитектура,
            =ресурсы, =участники, правила
        zh: =参考, =参考资料, =链接, =备注, =注意, =命令, =示例, =依赖, =架构, =目录结构, =数据流,
            规则, 规范
        ja: =参考, =参考資料, =リンク, =備考, =メモ, =コマンド, =例, =依存関係, =構成, ルール
        ko: =참고, =참고 자료, =링크, =비고, =메모, =명령어, =예시, =의존성, =아키텍처, 규칙
    """,
}  # fmt: skip
"""Words of section titles and labels: for each kind, rows of phrases by language.

A phrase of several words counts anywhere in a title, one of a single word in a short title; `=`
before it means that it must be the whole title. Where two match, the longer one, then the earlier
kind has it.
`OTHER` are titles that are known to be none of these.
"""

FIELD_WORDS: dict[str, str] = {
    "branch": """
        en: branch, git branch, branches, current branch, working branch, work branch,
            feature branch, active branch, branch name, on branch
        pt: ramo, branch atual
        es: rama, rama actual
        de: zweig, aktueller branch
        fr: branche, branche actuelle
        it: ramo, branch attuale
        cs: větev
        ru: ветка, текущая ветка
        zh: 分支, 当前分支
        ja: ブランチ, 作業ブランチ
        ko: 브랜치, 현재 브랜치
    """,
    "duration": """
        en: duration, session duration, time spent, total time, total duration, total time spent,
            elapsed, elapsed time, session length, session time, time, hours, hours worked,
            work time, actual time, time taken, approx duration, duration actual
        pt: duração, duracao, duração total, duração da sessão, tempo gasto, tempo total, tempo,
            horário
        es: duración, duracion, duración total, tiempo, tiempo total, tiempo dedicado, horario
        de: dauer, gesamtdauer, zeitaufwand, arbeitszeit, aufwand, zeit
        fr: durée, duree, durée totale, temps passé, temps, temps total
        it: durata, durata totale, tempo impiegato, tempo, tempo totale
        cs: doba, doba trvání, trvání, délka, čas, strávený čas
        ru: длительность, продолжительность, затрачено, затрачено времени, время
        zh: 时长, 耗时, 用时, 持续时间, 总时长, 时间
        ja: 所要時間, 作業時間, 時間, 合計時間
        ko: 소요 시간, 작업 시간, 소요시간, 시간
    """,
    "status": """
        en: status, session status, state, overall status, final status, current status, plan status
        pt: estado, situação, status da sessão, status atual
        es: estado, estado de la sesión, estado actual
        de: status, stand, zustand
        fr: état, statut
        it: stato, stato attuale
        cs: stav, aktuální stav
        ru: статус, состояние
        zh: 状态, 狀態, 当前状态
        ja: 状態, ステータス, 現在の状態
        ko: 상태, 현재 상태
    """,
    "date": """
        en: date, dates, session date, last updated, updated, last update, started, start date,
            created, when, completed on, session started, session start
        pt: data, data da sessão, atualizado, atualizado em, última atualização, ultima atualizacao
        es: fecha, fecha de sesión, fecha de la sesión, actualizado, última actualización
        de: datum, zuletzt aktualisiert, letzte aktualisierung, aktualisiert
        fr: date, dernière mise à jour, mis à jour, date de la session
        it: data, ultimo aggiornamento, aggiornato, data della sessione
        cs: datum, poslední aktualizace, aktualizováno
        ru: дата, обновлено, последнее обновление
        zh: 日期, 更新时间, 最后更新, 更新日期
        ja: 日付, 更新日, 最終更新, 日時
        ko: 날짜, 일시, 업데이트, 최종 업데이트
    """,
    "commit": """
        en: commit, commits, sha, commit sha, commit hash, hash, head, latest commit, last commit,
            git commit, git commits, starting commit, ending commit, start commit, end commit,
            final commit, base commit
        pt: commit final, último commit
        es: último commit
        de: letzter commit
        fr: dernier commit
        it: ultimo commit
        cs: poslední commit
        ru: коммит, коммиты, последний коммит
        zh: 提交, 最新提交
        ja: コミット
        ko: 커밋
    """,
    "phase": """
        en: phase, current phase, milestone, sprint, task, chunk, stage, epic, ticket, feature
        pt: fase, fase atual, marco, tarefa
        es: fase, fase actual, hito, tarea
        de: phase, aktuelle phase, meilenstein, aufgabe
        fr: phase, phase actuelle, jalon, tâche
        it: fase, fase attuale, traguardo
        cs: fáze, milník, úkol
        ru: фаза, этап, веха
        zh: 阶段, 里程碑
        ja: フェーズ, マイルストーン
        ko: 단계, 마일스톤
    """,
}  # fmt: skip
"""Words of labels whose value is a field of the session. `phase` names what it worked on."""

STATE_WORDS: dict[str, str] = {
    "closed": """
        en: completed, complete, done, closed, finished, fixed, resolved, shipped, merged,
            delivered, success, successful, successfully completed, ended, all done, wrapped up,
            implemented, deployed, released, production ready, verified, passed, achieved,
            abandoned, reverted
        pt: concluído, concluída, concluido, concluida, completo, completa, completado, completada,
            finalizado, finalizada, encerrado, encerrada, feito, feita, fechado, fechada, entregue,
            terminado
        es: completado, completada, completo, completa, terminado, terminada, cerrado, cerrada,
            finalizado, finalizada, hecho, hecha, concluido, concluida, resuelto, resuelta, listo,
            lista
        de: abgeschlossen, erledigt, fertig, beendet, geschlossen, fertiggestellt, komplett,
            umgesetzt, behoben
        fr: terminé, terminée, achevé, achevée, fini, finie, clos, close, fermé, fermée, complété,
            complétée, complet, réussi, résolu
        it: completato, completata, chiuso, chiusa, finito, finita, terminato, terminata, concluso,
            conclusa, fatto, risolto
        cs: dokončeno, dokončena, hotovo, uzavřeno, uzavřena, splněno, vyřešeno
        ru: завершено, завершена, завершён, завершен, закрыто, закрыта, закрыт, готово, выполнено,
            сделано, решено
        zh: 完成, 已完成, 全部完成, 已关闭, 已關閉, 结束, 已结束, 已解决, 已修复, 已上线, 已合并
        ja: 完了, 終了, 済み, 対応済み, 解決済み, 完成
        ko: 완료, 완료됨, 종료, 해결됨, 해결, 마감
    """,
    "open": """
        en: open, in progress, ongoing, active, wip, work in progress, started, partial,
            partially complete, partially completed, partially done, partial completion,
            mostly complete, mostly done, nearly complete, almost complete, almost done, incomplete,
            not complete, not completed, not finished, not done, unfinished, unresolved, blocked,
            blocked by, paused, on hold, underway, continuing, continued, in review, under review,
            initialized, interrupted, pending review, in development, in testing, ready for review,
            ready for testing, needs review, needs work, waiting for, waiting on, failed, working,
            ready to merge, ready for merge, running
        pt: em andamento, em progresso, em curso, aberto, aberta, ativo, ativa, iniciada, iniciado,
            bloqueado, bloqueada, parcial, parcialmente concluído, não concluído, incompleto,
            incompleta, pausado, pausada, em revisão
        es: en curso, en progreso, en proceso, en marcha, abierto, abierta, activo, activa,
            iniciado, iniciada, bloqueado, bloqueada, parcial, parcialmente completado, incompleto,
            incompleta, no terminado, pausado, en revisión
        de: in arbeit, in bearbeitung, laufend, läuft, offen, aktiv, begonnen, gestartet, blockiert,
            teilweise, teilweise erledigt, teilweise abgeschlossen, nicht abgeschlossen,
            nicht fertig, unvollständig, pausiert, im gange, in prüfung
        fr: en cours, ouvert, ouverte, actif, commencé, commencée, démarré, bloqué, bloquée,
            partiel, partielle, partiellement terminé, non terminé, inachevé, en pause, en révision
        it: in corso, aperto, aperta, attivo, attiva, iniziato, iniziata, bloccato, bloccata,
            parziale, parzialmente completato, non completato, incompleto, in pausa, in revisione
        cs: probíhá, rozpracováno, rozpracovaná, otevřeno, otevřená, otevřený, aktivní, zahájeno,
            blokováno, částečně, částečně hotovo, nedokončeno, pozastaveno
        ru: в процессе, в работе, открыто, открыта, открыт, активно, активна, начато, заблокировано,
            частично, частично готово, не завершено, не закончено, приостановлено
        zh: 进行中, 進行中, 未完成, 部分完成, 开发中, 已开始, 处理中, 阻塞, 暂停, 打开, 待测试,
            待审查, 待验证
        ja: 進行中, 作業中, 対応中, 未完了, 着手中, 一部完了, ブロック中, 保留, 中断, 継続中,
            レビュー中, オープン
        ko: 진행 중, 진행중, 미완료, 부분 완료, 작업 중, 작업중, 보류, 중단, 차단됨, 검토 중, 열림
    """,
    "planned": """
        en: planned, not started, pending, to do, todo, upcoming, scheduled, not yet started,
            queued, backlog, draft, proposed, future, next, ready to start, tbd, skipped, deferred,
            postponed, cancelled, canceled
        pt: planejado, planejada, planeado, pendente, a fazer, não iniciado, não iniciada, adiado,
            agendado
        es: planificado, planificada, planeado, pendiente, por hacer, no iniciado, no iniciada,
            aplazado, programado
        de: geplant, ausstehend, nicht begonnen, noch nicht begonnen, zurückgestellt, verschoben
        fr: prévu, prévue, planifié, planifiée, à faire, en attente, pas commencé, non commencé,
            reporté
        it: pianificato, pianificata, da fare, in attesa, non iniziato, non iniziata, rimandato
        cs: plánováno, naplánováno, čeká, nezahájeno, odloženo
        ru: запланировано, запланирована, не начато, не начата, ожидает, отложено
        zh: 计划中, 计划, 未开始, 待开始, 待办, 待定, 待处理, 已计划, 推迟
        ja: 予定, 未着手, 計画中, 未開始, 延期
        ko: 계획, 예정, 시작 전, 대기, 대기 중, 미착수, 연기
    """,
}  # fmt: skip
"""Words of a state. `open` and `closed` are states of a session.

What is `planned` has not taken place.
"""

STATE_SIGNS: dict[str, tuple[str, ...]] = {
    "closed": ("✅", "☑", "✔", "🏁", "🎉"),
    "open": ("🔄", "🚧", "🟡", "▶", "⚠", "🔴", "🟢", "🟠", "🔧"),
    "planned": ("⏳", "⏸", "📋", "🔜", "⬜", "☐", "📅"),
}
"""Signs that stand for a state where no word does."""

UNIT_WORDS: dict[str, tuple[str, ...]] = {
    "session": (
        "session", "sessions", "session log", "session entry", "session summary",
        "session report", "session notes",
        "work session", "sessão", "sessao", "sesión", "sesion", "sitzung", "arbeitssitzung",
        "sitzungsbericht", "sitzungsprotokoll", "sitzungsnotizen",
        "séance", "seance",
        "sessione", "sezení", "sessie", "sesja", "oturum", "sesiune", "сесія",
        "relace", "сессия", "сеанс", "会话", "會話", "セッション", "세션",
    ),
    "iteration": (
        "iteration", "iterations", "iteração", "iteración", "itération", "iterazione", "iterace",
        "итерация", "迭代",
        "イテレーション", "이터레이션",
    ),
    "sprint": ("sprint", "sprints", "спринт", "冲刺", "スプリント", "스프린트"),
    "checkpoint": ("checkpoint", "чекпойнт", "检查点", "チェックポイント", "체크포인트"),
    "wave": ("wave",),
    "slice": ("slice",),
    "milestone": (
        "milestone", "meilenstein", "hito", "jalon", "веха", "里程碑", "マイルストーン", "마일스톤",
    ),
    "task": (
        "task", "tarefa", "tarea", "aufgabe", "tâche", "úkol", "задача", "任务", "タスク", "작업",
    ),
    "episode": ("ep", "episode", "episodio", "episódio", "folge", "第", "эпизод"),
    "devlog": ("devlog", "dev log"),
    "experiment": ("exp", "experiment", "versuch", "expérience", "experimento", "esperimento"),
    "turn": ("turn",),
    "handoff": ("handoff", "hand off", "handover"),
    "week": (
        "week", "kw", "woche", "semaine", "semana", "settimana", "týden", "неделя",
        "tydzień", "vecka",
    ),
    "phase": ("phase", "fase", "fáze", "фаза", "этап", "阶段", "階段", "フェーズ", "단계"),
    "day": ("day", "dia", "día", "tag", "jour", "giorno", "den", "день", "天", "日目", "일차"),
    "run": ("run", "pass", "round", "batch", "cycle", "lauf"),
    "entry": ("entry", "log entry", "eintrag", "entrada", "entrée", "voce", "záznam", "запись"),
    "update": (
        "update", "progress update", "status update", "aktualisierung", "atualização",
        "actualización",
        "mise à jour",
    ),
}  # fmt: skip
"""Words that count work: what an entry of a log is called. `session` is the plain one."""

MONTH_NAMES: dict[int, tuple[str, ...]] = {
    1: (
        "january", "jan", "januar", "jänner", "janvier", "janv", "enero", "ene", "janeiro",
        "gennaio", "gen", "ledna", "leden", "января", "январь", "янв", "januari", "stycznia",
        "styczeń", "ocak", "tammikuuta", "tammikuu", "ianuarie", "січня",
    ),
    2: (
        "february", "feb", "februar", "février", "févr", "fevrier", "febrero", "fevereiro", "fev",
        "febbraio", "února", "únor", "февраля", "февраль", "фев", "februari", "lutego", "luty",
        "şubat", "helmikuuta", "helmikuu", "februarie", "лютого",
    ),
    3: (
        "march", "mar", "märz", "maerz", "mär", "mars", "marzo", "março", "marco", "března",
        "březen", "марта", "март", "мар", "maart", "mrt", "marca", "marzec", "mart", "marts",
        "maaliskuuta", "maaliskuu", "martie", "березня",
    ),
    4: (
        "april", "apr", "avril", "avr", "abril", "abr", "aprile", "dubna", "duben", "апреля",
        "апрель", "апр", "kwietnia", "kwiecień", "nisan", "huhtikuuta", "huhtikuu", "aprilie",
        "квітня",
    ),
    5: (
        "may", "mai", "mayo", "maio", "maggio", "mag", "května", "květen", "мая", "май", "mei",
        "maj", "maja", "mayıs", "toukokuuta", "toukokuu", "травня",
    ),
    6: (
        "june", "jun", "juni", "juin", "junio", "junho", "giugno", "giu", "června", "červen",
        "июня", "июнь", "июн", "czerwca", "czerwiec", "haziran", "kesäkuuta", "kesäkuu", "iunie",
        "червня",
    ),
    7: (
        "july", "jul", "juli", "juillet", "juil", "julio", "julho", "luglio", "lug", "července",
        "červenec", "июля", "июль", "июл", "lipca", "lipiec", "temmuz", "heinäkuuta", "heinäkuu",
        "iulie", "липня",
    ),
    8: (
        "august", "aug", "août", "aout", "agosto", "ago", "srpna", "srpen", "августа", "август",
        "авг", "augustus", "augusti", "sierpnia", "sierpień", "ağustos", "elokuuta", "elokuu",
        "серпня",
    ),
    9: (
        "september", "sep", "sept", "septembre", "septiembre", "setiembre", "setembro", "set",
        "settembre", "září", "сентября", "сентябрь", "сен", "сент", "września", "wrzesień", "eylül",
        "syyskuuta", "syyskuu", "septembrie", "вересня",
    ),
    10: (
        "october", "oct", "oktober", "okt", "octobre", "octubre", "outubro", "out", "ottobre",
        "ott", "října", "říjen", "октября", "октябрь", "окт", "października", "październik", "ekim",
        "lokakuuta", "lokakuu", "octombrie", "жовтня",
    ),
    11: (
        "november", "nov", "novembre", "noviembre", "novembro", "listopadu", "listopad", "ноября",
        "ноябрь", "ноя", "нояб", "listopada", "kasım", "marraskuuta", "marraskuu", "noiembrie",
    ),
    12: (
        "december", "dec", "dezember", "dez", "décembre", "déc", "decembre", "diciembre", "dic",
        "dezembro", "dicembre", "prosince", "prosinec", "декабря", "декабрь", "дек", "grudnia",
        "grudzień", "aralık", "joulukuuta", "joulukuu", "desember", "decembrie", "грудня",
    ),
}  # fmt: skip
"""Names of months, whole and shortened, in lower case.

Chinese, Japanese and Korean dates name no months.
"""

WEEKDAY_NAMES: dict[str, str] = {
    "long": """
        en: monday, tuesday, wednesday, thursday, friday, saturday, sunday
        de: montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonnabend, sonntag
        fr: lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche
        es: lunes, martes, miércoles, jueves, viernes, sábado, domingo
        pt: segunda-feira, terça-feira, quarta-feira, quinta-feira, sexta-feira, segunda, terça,
            quarta, quinta, sexta
        it: lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica
        cs: pondělí, úterý, středa, čtvrtek, pátek, sobota, neděle
        ru: понедельник, вторник, среда, четверг, пятница, суббота, воскресенье
        nl: maandag, dinsdag, woensdag, donderdag, vrijdag, zaterdag, zondag
        pl: poniedziałek, wtorek, środa, czwartek, piątek, niedziela
        tr: pazartesi, salı, çarşamba, perşembe, cuma, cumartesi, pazar
        sv: måndag, tisdag, onsdag, torsdag, fredag, lördag, söndag
        da: mandag, tirsdag, lørdag, søndag
        fi: maanantai, tiistai, keskiviikko, torstai, perjantai, lauantai, sunnuntai
        zh: 星期一, 星期二, 星期三, 星期四, 星期五, 星期六, 星期日, 星期天, 周一, 周二, 周三, 周四,
            周五, 周六, 周日
        ja: 月曜日, 火曜日, 水曜日, 木曜日, 金曜日, 土曜日, 日曜日
        ko: 월요일, 화요일, 수요일, 목요일, 금요일, 토요일, 일요일
    """,
    "short": """
        en: mon, tue, tues, wed, thu, thur, thurs, fri, sat, sun
        de: mo, di, mi, do, fr, sa, so
        fr: lun, mar, mer, jeu, ven, sam, dim
        es: mié, jue, vie, sáb, dom
        pt: seg, ter, qua, qui, sex
        it: gio, sab
        cs: po, út, st, čt, pá, ne
        ru: пн, вт, ср, чт, пт, сб, вс
    """,
    "sign": """
        ja: 月, 火, 水, 木, 金, 土, 日
        ko: 월, 화, 수, 목, 금, 토
        zh: 一, 二, 三, 四, 五, 六
    """,
}
"""Names of the days of the week: whole, shortened, and signs that count in brackets only."""

WORD = later(r"[^\W_]+")
"""A word of a title."""

LETTERS = later(r"[^\W\d_]+")
"""A run of letters: a word of a line, without its figures."""

DIGIT = later(r"\d")
ASCII_DIGIT = later("[0-9]")

ZERO = ord("0")
_TO_ZEROS = bytes.maketrans(b"123456789", b"000000000")
_TO_WORDS = bytes(c if chr(c).isalpha() or c > 127 else 32 for c in range(256))


def words_of(text: str) -> list[str]:
    """Give the words of a line as `LETTERS` finds them, in lower case.

    To blank the other signs of plain ASCII and split takes a fifth of the time of the pattern.
    """
    if text.isascii():
        return text.lower().encode().translate(_TO_WORDS).decode().split()
    bare = text.lower().encode("utf-8", "surrogatepass").translate(_TO_WORDS)
    words = bare.decode("utf-8", "surrogatepass").split()
    return [w for word in words for w in ((word,) if word.isascii() else LETTERS.findall(word))]


def latin_words(text: str) -> list[str]:
    """Give the runs of Latin letters without accents in a text, in lower case."""
    return text.lower().encode("ascii", "replace").translate(_TO_WORDS).decode().split()


def has_digit(text: str) -> bool:
    """Say whether a figure stands in a line; figures of ASCII are found in half the time."""
    return (ASCII_DIGIT if text.isascii() else DIGIT).search(text) is not None


def find_figured(text: str) -> list[bool]:
    """Say of each line whether a figure stands in it, as `has_digit` does of one."""
    rows = text.encode(errors="replace").translate(_TO_ZEROS).split(b"\n")
    if text.isascii():
        return [ZERO in row for row in rows]
    return [
        ZERO in row or has_digit(line) for row, line in zip(rows, text.split("\n"), strict=True)
    ]


FIRST_WIDE = "\u3040"
"""No letter before it is of such a script."""


def has_wide(text: str) -> bool:
    """Say whether a letter is of a script that parts its words by no blank, or not reliably.

    A pattern with so many letters in a class takes longer to compile than this is asked in a build.
    """
    if text.isascii() or max(text) < FIRST_WIDE:
        return False
    return any(
        FIRST_WIDE <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af"
        for c in text
    )


LONGEST = 6
"""Words of the longest phrase that is looked up."""

SHORT = 4
"""A title of so many words is short: a single word decides what it is about."""

LONG = 9
"""A title of more words is a sentence, and no phrase in it decides."""

NUMBERING = later(r"\s{0,4}(?:[#\d][\d.]{0,6}[.):]?|[A-Za-z][.)]|[IVX]{1,4}[.)])\s{1,4}")
"""What numbers a title: `1. `, `2.3 `, `a) `."""


def may_be_numbered(title: str) -> bool:
    """Say at a glance whether something in a title may number it."""
    return "." in title or ")" in title or "#" in title or has_digit(title)


BRACKETED = later(r"`[^`\n]{0,80}`|\s{0,2}[(\[（【][^()\[\]（）【】]{0,80}[)\]）】]\s{0,2}")
HEAD = later(r"\s{0,3}[:：|]\s{0,3}|\s{1,3}[-–—→]{1,3}\s{1,3}|\s{0,3}(?:——|—)\s{0,3}")
"""What parts the head of a title from its rest: `Next Steps - Phase 3`."""
BRACKET, PARTING, JOINT_SIGN = map(later, (r"[`(\[（【]", r"[:：|—]|\s[-–→]", r"[&/+,;、と和]"))
"""A sign that each of them has."""
IN_PARTS = later(f"{BRACKET.pattern}|{PARTING.pattern}|{JOINT_SIGN.pattern}")
"""A sign of any of them: a title without one is read as a whole."""

JOINT = later(r"\s{0,3}[&/+,;、と和]\s{0,3}|\s(?:and|und|et|e|y|a|и|및)\s")
"""What joins two titles to one: `Concerns & Open Threads`. The first that is known decides."""
JOINING = frozenset(("and", "und", "et", "e", "y", "a", "и", "及"))
"""A word with which two titles are joined, where no sign does it."""

_APOSTROPHES = "'`*’ʼ"


@record(frozen=True, slots=True)
class MetricPattern:
    """A pattern of the user's own: `name` of the figure, and a pattern with a group `value`.

    Groups `total`, `before`, `delta` and `unit` are read where the pattern has them.
    """

    name: str
    pattern: re.Pattern[str]


@record(frozen=True, slots=True)
class ReferencePattern:
    """A pattern of the user's own: `kind` of the name, and a pattern.

    The first group of the pattern, or all that it matches, is the name.
    """

    kind: str
    pattern: re.Pattern[str]


def word_set(words: str) -> frozenset[str]:
    """Make a set of the words of a text."""
    return frozenset(words.split())


def fold(text: str) -> str:
    """Bring words into the form of the tables: lower case, composed, without apostrophes."""
    if text.isascii():
        text = text.lower()
        if "'" not in text and "*" not in text and "`" not in text:
            return text
    else:
        text = unicodedata.normalize("NFC", text).casefold()
    for sign in _APOSTROPHES:
        if sign in text:
            text = text.replace(sign, "")
    return text


def read_rows(rows: str) -> tuple[tuple[str, str], ...]:
    """Read rows of phrases as pairs of language and phrase."""
    pairs: list[tuple[str, str]] = []
    language = ""
    for line in rows.split("\n"):
        head, colon, rest = line.strip().partition(": ")
        if colon and len(head) == 2:
            language, line = head, rest
        pairs.extend((language, p.strip()) for p in line.split(",") if p.strip())
    return tuple(pairs)


def _phrases(rows: str | Iterable[str]) -> Iterable[str]:
    return (phrase for _, phrase in read_rows(rows)) if isinstance(rows, str) else rows


def _key(phrase: str) -> str:
    return " ".join(WORD.findall(fold(phrase)))


_key_of_label = lru_cache(maxsize=4096)(_key)
"""Labels repeat."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Phrases and what they stand for, ready to be looked up in a text; signs stand for it too.

    `leads` are the words with which phrases begin.
    """

    phrases: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)
    leads: frozenset[str] = frozenset()

    def find(self, text: str) -> str | None:
        """Give what the longest phrase in `text` stands for, or None."""
        words = WORD.findall(fold(text[:200]))
        # A phrase stands nowhere but where its first word does.
        leads = [at for at, word in enumerate(words) if word in self.leads]
        for size in range(min(LONGEST, len(words)) if leads else 0, 0, -1):
            for at in leads:
                kind = self.phrases.get(" ".join(words[at : at + size]))
                if kind is not None and at + size <= len(words):
                    return kind
        if text.isascii():
            return None
        return next((k for w in words if (k := _find_wide(w, self.phrases))), None)


def _find_wide(word: str, phrases: Mapping[str, str]) -> str | None:
    """Look for the longest phrase inside of a word of a script without blanks."""
    if not has_wide(word):
        return None
    word = word[:24]
    for size in range(min(10, len(word)), 1, -1):
        for start in range(len(word) - size + 1):
            kind = phrases.get(word[start : start + size])
            if kind is not None:
                return kind
    return None


def make_words(
    table: Mapping[str, str | Iterable[str]], signs: Mapping[str, Iterable[str]] | None = None
) -> Words:
    """Make a look-up from a table of rows; where a phrase stands twice, the first row has it."""
    phrases: dict[str, str] = {}
    for kind, rows in table.items():
        for phrase in _phrases(rows):
            phrases.setdefault(_key(phrase), kind)
    marks = {sign: kind for kind, row in (signs or {}).items() for sign in row}
    return Words(phrases, marks, _leads(phrases))


def _leads(phrases: Iterable[str]) -> frozenset[str]:
    """Give the first words of phrases."""
    return frozenset(phrase.partition(" ")[0] for phrase in phrases)


def _longest_of(phrases: Iterable[str]) -> dict[str, int]:
    """Give the first words of phrases, and of how many words the longest of each is."""
    found: dict[str, int] = {}
    for words in map(str.split, phrases):
        found[words[0]] = max(found.get(words[0], 0), min(len(words), LONGEST))
    return found


@record(frozen=True, slots=True)
class Section:
    """What a title says a section is about. `exact` means that the title says nothing else."""

    kind: PartKind
    exact: bool


@dataclass(frozen=True, slots=True, eq=False)
class Titles:
    """Phrases of section titles.

    `whole` must be all of a title, `single` words count in a short one, `longer` in any.
    Each gives its kind and a rank; of two equally long ones that with the lower rank decides.
    `known` are all words of all phrases, `leads` the first ones of those in `longer`, with the
    number of words of the longest that begins so.
    """

    whole: Mapping[str, tuple[int, PartKind]] = field(default_factory=dict)
    single: Mapping[str, tuple[int, PartKind]] = field(default_factory=dict)
    longer: Mapping[str, tuple[int, PartKind]] = field(default_factory=dict)
    wide: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    leads: Mapping[str, int] = field(default_factory=dict)

    @lru_cache(maxsize=4096)  # noqa: B019  tables live as long as the process, and titles repeat
    def find(self, title: str) -> Section | None:
        """Tell what a section is about by its title, or None."""
        text = fold(title)
        words = WORD.findall(text)
        if self.known.isdisjoint(words) and title.isascii():
            return None
        if may_be_numbered(title):
            title = NUMBERING.sub("", title, count=1)
            text = fold(title)
            words = WORD.findall(text)
        bare, outside = text, words
        if BRACKET.search(title):
            bare = fold(BRACKETED.sub(" ", title))
            outside = WORD.findall(bare)
            words = outside or words
        if not words or (self.known.isdisjoint(words) and text.isascii()):
            return None
        whole = self.whole.get(" ".join(words))
        if whole is not None:
            return Section(whole[1], exact=True)
        # A title without what parts its head or joins it to another is all head, and one part.
        head = WORD.findall(HEAD.split(bare, maxsplit=1)[0]) if PARTING.search(bare) else outside
        joint = not JOINING.isdisjoint(words) or JOINT_SIGN.search(bare)
        parts = [WORD.findall(x) for x in JOINT.split(bare, maxsplit=3)] if joint else []
        for part in (head, *parts) if head is not words or parts else ():
            whole = self.whole.get(" ".join(part))
            if whole is not None:
                return Section(whole[1], exact=True)
        if len(words) > LONG:
            words = head
            if len(words) > LONG:
                return None
        found = self._longest(words)
        if found is None and len(head) <= SHORT:
            found = next((self.single[w] for w in head if w in self.single), None)
        if found is not None:
            return Section(found[1], exact=False)
        wide = (
            None
            if text.isascii()
            else next(filter(None, (_find_wide(w, self.wide) for w in words)), None)
        )
        return Section(PartKind(wide), exact=False) if wide else None

    @lru_cache(maxsize=4096)  # noqa: B019  as above
    def exact(self, title: str) -> PartKind | None:
        """Tell what a section is about whose title says nothing else, or None."""
        text = fold(title)
        words = WORD.findall(text)
        if (
            may_be_numbered(title)
            or "`" in title
            or IN_PARTS.search(text)
            or not JOINING.isdisjoint(words)
        ):
            section = self.find(title)
            return section.kind if section is not None and section.exact else None
        whole = self.whole.get(" ".join(words))
        return None if whole is None else whole[1]

    def _longest(self, words: list[str]) -> tuple[int, PartKind] | None:
        # A phrase stands nowhere but where its first word does.
        found, longest = None, 2
        for i, word in enumerate(words[:-1]):
            most = min(self.leads.get(word, 0), len(words) - i)
            for size in range(most, longest - 1, -1):
                hit = self.longer.get(" ".join(words[i : i + size]))
                if hit is not None:
                    found = hit if found is None or size > longest else min(found, hit)
                    longest = size
                    break
        if found is not None:
            return found
        if len(words) <= SHORT:
            return min((self.single[w] for w in words if w in self.single), default=None)
        return None


def make_titles(table: Mapping[PartKind, str | Iterable[str]]) -> Titles:
    """Make a look-up for section titles from a table of rows."""
    whole: dict[str, tuple[int, PartKind]] = {}
    single: dict[str, tuple[int, PartKind]] = {}
    longer: dict[str, tuple[int, PartKind]] = {}
    wide: dict[str, str] = {}
    for rank, (kind, rows) in enumerate(table.items()):
        for phrase in _phrases(rows):
            key = _key(phrase)
            if not key:
                continue
            whole.setdefault(key, (rank, kind))
            if phrase.startswith("="):
                continue
            if has_wide(key):
                wide.setdefault(key.replace(" ", ""), str(kind))
            (longer if " " in key else single).setdefault(key, (rank, kind))
    known = frozenset(w for key in whole for w in key.split())
    return Titles(whole, single, longer, wide, known, _longest_of(longer))


@record(frozen=True, slots=True)
class SessionLayout:
    """A layout of the user's own: its name, and the pattern of a line that starts a session.

    The pattern is applied to the words of the line, without marks of Markdown. What its groups
    `number`, `date`, `time`, `title` and `status` match is taken for that.
    """

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All tables that a log is read with: words, and the user's own patterns and layouts.

    `dates` says how a date such as `09/01/2026` is meant: `dmy`, `mdy`, or `auto` for what the
    file itself shows.
    """

    sections: Titles
    fields: Words
    states: Words
    units: Words
    metrics: tuple[MetricPattern, ...] = ()
    references: tuple[ReferencePattern, ...] = ()
    layouts: tuple[SessionLayout, ...] = ()
    dates: str = "auto"

    def section(self, title: str) -> Section | None:
        """Tell what a section is about by its title, or None."""
        return self.sections.find(title)

    def field(self, label: str) -> str | None:
        """Tell which field of a session a label names, a key of `FIELD_WORDS`, or None."""
        return self.fields.phrases.get(_key_of_label(label))

    def state(self, text: str) -> str | None:
        """Tell the state that `text` names: `closed`, `open`, `planned`, or None."""
        found = self.states.find(text)
        if found == "closed" and _is_hedged(text, self.states):
            return "open"
        if found is not None or text.isascii():
            return found
        return next((kind for sign, kind in self.states.signs.items() if sign in text), None)

    def with_rows(
        self,
        *,
        sections: Mapping[PartKind, Iterable[str]] | None = None,
        states: Mapping[str, Iterable[str]] | None = None,
        units: Mapping[str, Iterable[str]] | None = None,
        metrics: Iterable[MetricPattern] = (),
        references: Iterable[ReferencePattern] = (),
        layouts: Iterable[SessionLayout] = (),
        dates: str | None = None,
    ) -> "Vocabulary":
        """Give a vocabulary with the user's own rows, which come before the built-in ones."""
        return replace(
            self,
            sections=_join_titles(self.sections, sections or {}),
            states=_join_words(self.states, states or {}),
            units=_join_words(self.units, units or {}),
            metrics=(*metrics, *self.metrics),
            references=(*references, *self.references),
            layouts=(*layouts, *self.layouts),
            dates=dates or self.dates,
        )


PERCENT = later(r"(?<![\d.,])(\d{1,3})(?:[.,]\d{1,2})?\s?%\s{0,2}([^\W\d_]*)")
HEDGES = word_set(
    """
    nearly almost mostly partly partially half halfway somewhat not isnt teils teilweise fast
    beinahe halb nicht
    presque partiellement quase parcialmente casi quasi parzialmente částečně téměř skoro почти
    частично не
    """
)
"""Words before a state that take it back: `nearly done`."""


def _is_hedged(text: str, states: Words) -> bool:
    """Say whether a text that says done says so of a part alone: `90% complete`, `partly done`."""
    for share, what in PERCENT.findall(text[:200]):
        if share != "100" and states.phrases.get(fold(what)) == "closed":
            return True
    return not HEDGES.isdisjoint(WORD.findall(fold(text[:200]))[:2])


def _join_words(words: Words, table: Mapping[str, Iterable[str]]) -> Words:
    own = make_words(table)
    return Words({**words.phrases, **own.phrases}, words.signs, words.leads | own.leads)


def _join_titles(titles: Titles, table: Mapping[PartKind, Iterable[str]]) -> Titles:
    own = make_titles(table)
    first: dict[str, Any] = {
        name: {k: (v[0] - len(PartKind), v[1]) for k, v in getattr(own, name).items()}
        for name in ("whole", "single", "longer")
    }
    longer = {**titles.longer, **first["longer"]}
    return Titles(
        {**titles.whole, **first["whole"]},
        {**titles.single, **first["single"]},
        longer,
        {**titles.wide, **own.wide},
        titles.known | own.known,
        _longest_of(longer),
    )


DEFAULT = Vocabulary(
    make_titles(SECTION_WORDS),
    make_words(FIELD_WORDS),
    make_words(STATE_WORDS, STATE_SIGNS),
    make_words(UNIT_WORDS),
)
"""The built-in tables."""

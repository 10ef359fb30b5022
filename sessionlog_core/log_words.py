"""Tables of words that tell a session log from other files, and what its titles say besides.

Rows to add to. Words are in lower case, as `sessionlog_core.vocabulary.fold` gives them.
"""

from sessionlog_core.vocabulary import word_set

__all__ = [
    "FILLER_WORDS",
    "LOG_WORDS",
    "OTHER_FOLDERS",
    "OTHER_LABELS",
    "OTHER_WORDS",
    "PLAY_WORDS",
    "RECAP_WORDS",
    "RECORD_WORDS",
    "RELEASE_WORDS",
    "ROLE_WORDS",
    "SESSION_FIELDS",
    "STATE_WORDS",
    "TEMPLATE_WORDS",
    "Phrases",
]


class Phrases(tuple[str, ...]):
    """A table of phrases, which equals itself alone.

    So what is made of it is looked up at once, where a tuple would hash all of its phrases.
    """

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = object.__hash__


FILLER_WORDS = word_set(
    """
    log logs handoff handover ai dev report notes note summary entry record findings journal
    diary start started end update updates prior previous earlier past of the a an this today
    from for and resume date
    data datum fecha complete completed ongoing progress work du de des del la le les der die
    das dem vom von am il lo di da do em en y et und e mood protokoll notizen bericht
    zusammenfassung notas registro relatório relatorio resumo resumen informe rapport compte
    rendu rapporto riepilogo zápis zpráva отчет отчёт журнал заметки 日志 记录 报告 总结 記録
    ログ 日誌 メモ 로그 기록 일지 보고서
    """
)
"""Words that say no more than that something is a log: a title of nothing else is none."""

LOG_WORDS = Phrases((
    "log", "logs", "notebook", "lab notebook", "handoffs", "turns", "episodes", "weekly",
    "weekly status", "historique", "protokoll", "projektprotokoll", "days of code", "session",
    "sessions", "progress", "devlog", "dev log", "development log", "worklog", "work log",
    "journal", "diary", "bitacora", "bitácora", "handoff", "hand off", "handover",
    "continue here", "continue", "iteration log", "iterations", "activities", "activity log",
    "daily", "standup", "standups", "stand up", "scrum", "tagebuch", "logbook", "logbuch",
    "build log", "engineering log", "changelog of sessions", "memory bank", "active context",
    "session history", "session archive", "work history", "status log", "sessao", "sessão",
    "sessões", "sesion", "sesión", "sesiones", "diario",
    "diário", "registro de trabajo", "arbeitsprotokoll", "sitzungsprotokoll", "arbeitslog",
    "séance", "seance", "journal de bord", "sessione", "sessioni", "denik", "deník", "сессия",
    "сессии", "журнал", "дневник", "会话", "會話", "日志", "工作记录", "开发记录", "作業ログ",
    "作業日誌", "開発ログ", "セッション", "日報", "작업 로그", "개발 일지", "작업 일지", "세션",
))  # fmt: skip
"""Words in the name, the folder or the title of a file that keeps account of work."""

OTHER_WORDS = Phrases((
    "changelog", "change log", "changes", "release notes", "releases", "history", "news",
    "readme", "license", "contributing", "policy", "policies", "meeting", "meetings", "minutes",
    "agenda", "transcript", "transcripts", "interview", "protocol", "api", "reference",
    "specification", "spec", "tutorial", "course", "lecture", "syllabus", "lesson", "lessons",
    "workshop", "campaign", "roadmap", "todo", "backlog", "requirements", "glossary", "faq",
    "architecture", "guide", "manual", "prd", "rfc", "skill", "prompt", "prompts", "plan",
    "plans", "proposal", "design", "outline", "schedule", "conference", "timetable",
    "advisories", "advisory", "recordings", "adr", "adrs", "server log", "error log",
    "access log", "audit log", "console log", "logging", "checklist", "playbook", "runbook",
    "template", "templates",
))  # fmt: skip
"""Words in the name or the title of files that are something else."""

RELEASE_WORDS = word_set(
    """
    added changed fixed removed deprecated security unreleased features bugfixes breaking thanks
    """
)
"""Titles of sections below the releases of a changelog."""

ROLE_WORDS = word_set(
    """
    user assistant human claude chatgpt gpt gemini copilot codex cursor ai agent system tool
    model bot command output prompt response you me utilisateur usuario usuário benutzer nutzer
    用户 助手 ユーザー アシスタント 사용자
    """
)
"""Who speaks in a transcript."""

OTHER_FOLDERS = word_set(
    """
    releases changelogs adr adrs rfcs minutes meetings advisories
    """
)
"""Folders of files that are something else."""

OTHER_LABELS = word_set(
    """
    homework reading readings players player loot npcs speaker speakers lecturer instructor
    video recording slides severity cve cvss affected abstract venue room attendees apologies
    agenda consequences
    """
)
"""Titles of sections, labels and columns of other kinds of sessions and of lists of something
else."""

RECORD_WORDS = word_set(
    """
    context decision consequences
    """
)
"""Headings that a record of a decision has, all of them."""

RECAP_WORDS = word_set(
    """
    summary summaries summarized summarised recap overview archived archive historical history
    condensed earlier older resumo resumen zusammenfassung übersicht archiv résumé riepilogo
    archivado arquivado shrnutí сводка архив 摘要 总结 概要 归档 まとめ 요약
    """
)
"""Last words of a title that sums up several sessions: `Sessions 1-3 (summary)`."""

STATE_WORDS = Phrases((
    "project state", "state", "project status", "current state", "active context",
    "project context", "product context", "project brief", "tech context", "system patterns",
    "scratchpad", "projektstand", "estado del proyecto", "estado do projeto", "état du projet",
    "项目状态", "プロジェクトの状態",
))  # fmt: skip
"""Titles of files that tell how things stand, and are rewritten from session to session."""

PLAY_WORDS = word_set(
    """
    dungeon dungeons dragons npc npcs dm gm campaign tavern goblin goblins wizard quest quests
    loot dice paladin homework exam syllabus lecture lectures lecturer students instructor
    curriculum attendees therapist keynote
    """
)
"""Words of other kinds of sessions: games, courses, conferences."""

TEMPLATE_WORDS = Phrases((
    "template", "templates", "how to", "howto", "instructions", "guidelines", "example",
    "examples", "format", "usage", "vorlage", "anleitung", "plantilla", "modelo", "modèle",
    "šablona", "шаблон", "模板", "テンプレート", "템플릿", "boilerplate", "conventions",
    "rules for", "entry format", "protocol",
))  # fmt: skip
"""Words in the title of a block that says how entries are written, and of a file that is no log
yet."""

SESSION_FIELDS = word_set(
    """
    branch duration status commit
    """
)
"""Fields of labels that speak for a session: keys of `sessionlog_core.vocabulary.FIELD_WORDS`."""

"""The words that name a figure, make it a wish or an ordinal, or say before and after."""

from collections.abc import Mapping

from sessionlog_core.model import METRIC_NAMES
from sessionlog_core.vocabulary import word_set

METRIC_WORDS: dict[str, str] = {
    "tests": """
        tests test testcases testcase specs assertions doctests passed passing pass passes
        testes teste passou passaram passando aprovados aprovadas
        pruebas prueba pasando pasaron pasan aprobados aprobadas
        bestanden réussis passés superati passati testy testů prošlo тестов тест теста тесты
        пройдено прошли
    """,
    "tests_failed": """
        failed failing failures failure fail fails mismatches
        falhou falharam falhas falha fallaron fallos fallo fallidas fehlgeschlagen échoués échecs
        falliti fallimenti
        selhalo selhání упало провалено
    """,
    "coverage": """
        coverage cobertura abdeckung testabdeckung codeabdeckung couverture copertura pokrytí
        покрытие покрытия
    """,
    "errors": """
        errors error violations issues vulnerabilities
        erros erro errores fehler erreurs erreur errori errore chyb chyby chyba ошибок ошибки ошибка
    """,
    "tasks": """
        tasks task subtasks items item features stories todos steps milestones
        tarefas tarefa tareas tarea aufgaben aufgabe tâches tâche attività compiti úkolů úkoly
        задач задачи задача
    """,
    "phases": "phases fases phasen fasi fáze fází фаз фазы этапов",
    "progress": """
        complete completed completion progress done finished maturity
        completo completa completado concluído concluída progresso progreso maturidade madurez
        avance
        abgeschlossen fertig fortschritt erledigt terminé achevé progression completato progresso
        hotovo dokončeno готово завершено прогресс
    """,
    "files": """
        files file arquivos arquivo archivos archivo ficheros ficheiros dateien datei fichiers
        fichier soubory souborů
        файлов файла файлы
    """,
    "lines": """
        lines loc sloc insertions deletions
        linhas linha líneas línea zeilen zeile lignes ligne righe řádků řádky строк строки
    """,
    "commits": "commits commit коммитов коммита коммиты commity commitů",
    "time": "runtime elapsed",
    "size": "minified gzipped gzip bundle",
    "score": "score punkte puntuación punteggio pontuação",
}  # fmt: skip
"""Words that name a figure, by name; those of Chinese, Japanese and Korean are in `WIDE_WORDS`."""

WIDE_WORDS: dict[str, str] = {
    "tests_failed": "失败 失敗 실패",
    "coverage": "覆盖率 カバレッジ 커버리지",
    "tests": "测试 測試 用例 通过 テスト 合格 パス GREEN 테스트 통과",
    "errors": "错误 錯誤 エラー 오류 에러",
    "tasks": "任务 タスク 작업",
    "phases": "阶段 フェーズ 단계",
    "files": "文件 ファイル 파일",
    "lines": "行代码 行代碼 行 줄 라인",
    "commits": "提交 コミット 커밋",
    "progress": "完成 完了 완료 进度 進捗 진행률",
}
"""The same for scripts that part no words: what stands right behind or before the number."""

TARGET_WORDS = word_set(
    """
        target targets goal goals expected expect expects need needs needed require requires
        required minimum least should must limit limits max maximum threshold budget until
        aim aiming planned estimate estimated meta objetivo alvo esperado mínimo límite
        limite ziel soll mindestens erwartet cible objectif attendu obiettivo atteso cíl
        minimálně цель ожидается минимум 目标 目標 목표
    """
)
"""Words before or behind a number that make it a wish."""

STOP_WORDS = word_set(
    """
        of in to the and or for from on at by with into per than that is are was were a an
        as but via vs out over functions function methods method classes class modules
        module endpoints commands options parameters de do da em para por com e ou el la los
        las en y und oder mit von für im auf et ou les des dans pour con di per
    """
)
"""Words that end what a number counts."""

TIME_UNITS = {
    "ms": "ms", "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "segundos": "s",
    "sekunden": "s",
    "secondes": "s", "secondi": "s", "секунд": "s", "min": "min", "mins": "min", "minutes": "min",
    "minute": "min",
    "minutos": "min", "minuten": "min", "minuti": "min", "минут": "min", "h": "h", "hrs": "h",
    "hours": "h",
}  # fmt: skip
TIME_LABELS = word_set(
    """
        execution runtime elapsed build latency startup response compile compilation
        execução ejecución ausführung laufzeit exécution esecuzione běhu выполнения 执行 実行
    """
)
SIZE_LABELS = word_set(
    """
        size bundle minified gzipped gzip binary image tamanho tamaño größe taille
        dimensione
    """
)
ORDINAL_WORDS = word_set(
    """
        step steps phase phases task issue line lines chapter section item iteration session sprint
        version port level day week feature option part page table figure rule defect bug patch
        milestone stage wave batch criteria criterion checks passo fase tarefa linha sessão dia
        paso tarea línea sesión schritt zeile sitzung tag étape ligne passo riga krok řádek шаг этап
        строка 第 步骤 阶段 ステップ フェーズ 단계
    """
)
"""Words before a number that make it a name: `Step 6`, `feature 5`."""
NO_TESTS = word_set(
    """
        scenarios scenario plans plan suites suite fixtures fixture helpers data users accounts
        environments strategy
    """
)
"""Words behind `test` that make it no test: `4 test scenarios`."""
NO_LABEL = word_set("handling message messages codes port version level scenarios id page type")
"""Words of a label whose number is a code or a name: `Error handling: 404`."""
BEFORE_WORDS = word_set(
    """
        before previous start baseline was old antes vorher avant prima před до 之前 前 以前 이전
        変更前 修正前
    """
)
AFTER_WORDS = word_set(
    """
        after now current end new depois después nachher après dopo po после 之后 後 现在 이후
        変更後
        修正後
    """
)


def _table(rows: Mapping[str, str]) -> dict[str, str]:
    return {word: name for name, words in rows.items() for word in words.split()}


NAMES = _table({name: METRIC_WORDS[name] for name in METRIC_WORDS})
WIDE_NAMES = _table(WIDE_WORDS)
HINTS = frozenset(NAMES) | TIME_LABELS | SIZE_LABELS

LABEL_FIRST = (
    "coverage",
    "tests_failed",
    "errors",
    "lines",
    "files",
    "commits",
    "phases",
    "tasks",
    "tests",
    "progress",
    "score",
)
"""Which name a label of several words has: `Test Coverage` is coverage."""

assert set(METRIC_WORDS) <= set(METRIC_NAMES)

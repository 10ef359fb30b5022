"""Numbers of sessions in, the time that joining them and making each view takes out.

Per session a journal of 2,000 sessions shall take at most 1.3 times as long as one of 250.

    python benchmarks/journal.py [COUNT ...]
"""

import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generated import SORTS, THINGS, VERBS, write_logs

from sessionlog_core.export import write_json
from sessionlog_core.feeds import Channel, atom
from sessionlog_core.journal import make_journal
from sessionlog_core.model import Log
from sessionlog_core.query import Query
from sessionlog_core.reader import read_log
from sessionlog_core.roadmap import Roadmap, read_roadmap
from sessionlog_core.sheets import metrics_csv, sessions_csv
from sessionlog_core.views import VIEWS

COUNTS = (250, 500, 1000, 2000)
LIMIT = 1.3
RUNS = 3


def roadmap() -> Roadmap:
    """Make a roadmap of eighty items, in the words of the logs."""
    chance = random.Random(7)
    lines = ["# Roadmap"]
    for number in range(80):
        if number % 10 == 0:
            lines += ["", f"## Phase {number // 10 + 1}", ""]
        words = (chance.choice(SORTS), chance.choice(THINGS), chance.choice(THINGS))
        lines.append(f"- [ ] T{number:03d}: {chance.choice(VERBS)} the {' '.join(words)}")
    return read_roadmap("\n".join(lines) + "\n", "ROADMAP.md")


def logs(count: int) -> list[Log]:
    """Read made-up logs."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_logs(root, count)
        files = sorted(path for path in root.rglob("*") if path.is_file())
        return [
            read_log(path.read_text("utf-8"), path.relative_to(root).as_posix(), named=True)
            for path in files
        ]


def best(call: Callable[[], object]) -> float:
    """Give the shortest time of some runs, in seconds of this process.

    The collector of garbage rests meanwhile, as in `timeit`: it would look through all sessions
    that are held here, and not only through what is made.
    """
    times = []
    for _ in range(RUNS):
        gc.collect()
        gc.disable()
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
        gc.enable()
    return min(times)


def measure(count: int) -> dict[str, float]:
    """Give the milliseconds per session of each step."""
    read, plan = logs(count), roadmap()
    journal = make_journal(read, [plan])
    number = len(journal.sessions)
    home = "https://example.org/sessionlog/"
    channel = Channel("Example", home, home, lambda s: f"{home}#session-{s.key}")
    steps: dict[str, Callable[[], object]] = {"journal": lambda: make_journal(read, [plan])}
    for view in VIEWS.values():
        steps[f"view {view.name}"] = lambda view=view: view.function(journal, Query())
    steps["json"] = lambda: write_json(journal)
    steps["csv"] = lambda: sessions_csv(journal) + metrics_csv(journal)
    steps["feed"] = lambda: atom(journal, channel)
    return {name: best(step) / number * 1000 for name, step in steps.items()}


def main(counts: tuple[int, ...]) -> int:
    """Print a table and say whether the limit holds."""
    columns = [measure(count) for count in counts]
    print(f"{'ms per session':18}" + "".join(f"{count:>9}" for count in counts) + "    ratio")
    held = True
    for name in columns[0]:
        ratio = columns[-1][name] / columns[0][name]
        # Less than a hundredth of a millisecond is within what a clock and a cache do.
        over = ratio > LIMIT and columns[-1][name] - columns[0][name] > 0.01
        held = held and not over
        cells = "".join(f"{column[name]:9.3f}" for column in columns)
        print(f"{name:18}{cells}{ratio:9.2f}{'  over' if over else ''}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(tuple(int(x) for x in sys.argv[1:]) or COUNTS))

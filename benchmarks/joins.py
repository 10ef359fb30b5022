"""Labelled logs and roadmaps in, how well some measures of likeness find what belongs together out.

Every line of a session is held against every item of the roadmap; the best line of a session is its
likeness to the item. Printed is the part of the labelled pairs that is found where six of ten pairs
are right, and the part that is right where half of the pairs are found. `rapidfuzz` is measured
where it is installed.

    python benchmarks/joins.py [FOLDER OF LABELS]
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sessionlog_core.links import LEAST, MOST
from sessionlog_core.model import RoadmapItem
from sessionlog_core.project import read_paths
from sessionlog_core.statements import Stance, Statement, read_statements
from sessionlog_core.terms import Rarity, make_rarity, read_terms

Measure = Callable[[Statement, RoadmapItem], float]


def own(rarity: Rarity) -> Measure:
    """Weigh what is shared, against what a line must share with an item of that size."""
    terms = _Kept(lambda text: frozenset(read_terms(text)))

    def measure(line: Statement, item: RoadmapItem) -> float:
        wanted = terms(item.text)
        return rarity.mass(wanted.intersection(line.terms)) / min(
            max(rarity.mass(wanted), LEAST), MOST
        )

    return measure


def cosine(rarity: Rarity) -> Measure:
    """Weigh what is shared, against the size of both."""
    terms = _Kept(lambda text: frozenset(read_terms(text)))

    def measure(line: Statement, item: RoadmapItem) -> float:
        wanted = terms(item.text)
        sizes = rarity.mass(wanted) * rarity.mass(line.terms)
        return rarity.mass(wanted.intersection(line.terms)) / math.sqrt(sizes) if sizes else 0.0

    return measure


def bm25(items: Sequence[RoadmapItem]) -> Measure:
    """Rank items by Okapi BM25 (k1 = 1.2, b = 0.75), the line being the question."""
    words = {item.key: Counter(read_terms(item.text)) for item in items}
    mean = sum(sum(count.values()) for count in words.values()) / max(len(words), 1)
    found = Counter(word for count in words.values() for word in count)

    def measure(line: Statement, item: RoadmapItem) -> float:
        count = words[item.key]
        size = 1.2 * (0.25 + 0.75 * sum(count.values()) / mean)
        total = 0.0
        for word in line.terms:
            if word in count:
                rare = math.log(1 + (len(words) - found[word] + 0.5) / (found[word] + 0.5))
                total += rare * count[word] * 2.2 / (count[word] + size)
        return total

    return measure


def fuzzy() -> Iterator[tuple[str, Measure]]:
    """Give the likenesses of words that rapidfuzz has."""
    try:
        from rapidfuzz import fuzz, utils
    except ImportError:
        return
    clean = _Kept(utils.default_process)
    for name in ("token_set_ratio", "token_sort_ratio", "partial_token_set_ratio", "WRatio"):
        ratio = getattr(fuzz, name)
        yield (
            f"rapidfuzz {name}",
            lambda line, item, ratio=ratio: ratio(clean(line.text), clean(item.text)),
        )


class _Kept:
    """Remembers what a function gave for a text."""

    def __init__(self, function: Callable[[str], object]) -> None:
        self.function = function
        self.known: dict[str, object] = {}

    def __call__(self, text: str):
        if text not in self.known:
            self.known[text] = self.function(text)
        return self.known[text]


def pairs(folder: Path) -> Iterator[tuple[str, float, bool]]:
    """Give measure, likeness and label of every pair of session and item."""
    rows = (folder / "manifest.jsonl").read_text("utf-8").splitlines()
    place = {row["id"]: row for row in map(json.loads, rows)}
    for path in sorted((folder / "gold_links").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        files = {
            ident: folder / "files" / place[ident]["folder"] / place[ident]["path"]
            for ident in (gold["roadmap"]["id"], *gold["logs"])
        }
        journal = read_paths(
            [files[x] for x in gold["logs"]], [files[gold["roadmap"]["id"]]], folder / "files"
        )
        ident = {f"{place[x]['folder']}/{place[x]['path']}": x for x in files}
        right = {(x["log"], x["session_line"], x["item_line"]) for x in gold["links"]}
        said = [
            (ident[log.path], session.source.line, read_statements(session))
            for log in journal.logs
            for session in log.sessions
        ]
        lines = [s.terms for _, _, statements in said for s in statements]
        rarity = make_rarity([*lines, *(read_terms(i.text) for i in journal.roadmap)])
        measures = {
            "own": own(rarity),
            "cosine": cosine(rarity),
            "BM25": bm25(journal.roadmap),
            **dict(fuzzy()),
        }
        for log, start, statements in said:
            told = [s for s in statements if s.stance is not Stance.DENIAL]
            for item in journal.roadmap:
                near = (
                    (log, start + a, item.source.line + b) in right
                    for a in (-1, 0, 1)
                    for b in (-1, 0, 1)
                )
                label = any(near)
                for name, measure in measures.items():
                    yield name, max((measure(s, item) for s in told), default=0.0), label


def main(folder: Path) -> int:
    """Print a row for each measure."""
    if not (folder / "gold_links").is_dir():
        print(f"no labels in {folder}")
        return 1
    found: dict[str, list[tuple[float, bool]]] = {}
    for name, value, label in pairs(folder):
        found.setdefault(name, []).append((value, label))
    print(f"{'':34}{'found at 0.6 right':>20}{'right at 0.5 found':>20}")
    for name, rows in found.items():
        rows.sort(key=lambda row: -row[0])
        total = sum(label for _, label in rows)
        right = recall = precision = 0.0
        for number, (_, label) in enumerate(rows, 1):
            right += label
            if right / number >= 0.6:
                recall = max(recall, right / total)
            if right / total >= 0.5:
                precision = max(precision, right / number)
        print(f"{name:34}{recall:20.3f}{precision:20.3f}")
    return 0


if __name__ == "__main__":
    here = Path(__file__).resolve().parents[1]
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "shared" / "corpus"))

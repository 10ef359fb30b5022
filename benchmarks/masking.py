"""Made-up logs in, MB/s of each step before the reading out, and how time grows with the text.

The text is that of `generated.py`, the same with a credential on every hundredth line, and the real
logs beside the repository where they are. Hostile text is what the tests of masking call baits.

    python benchmarks/masking.py [SESSIONS]
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generated import write_logs

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sessionlog_core.credentials import find_credentials
from sessionlog_core.invisible import clean
from sessionlog_core.masking import mask
from sessionlog_core.merges import settle
from sessionlog_core.mojibake import repair
from sessionlog_core.privacy import find_private
from sessionlog_core.source import decode
from tests.core.made_up import TOKENS
from tests.core.test_masking import BAITS
from tests.corpus import CORPUS

PATH = "SESSION_LOG.md"

STEPS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("decoding", lambda text: decode(text.encode(), PATH)),
    ("damaged characters", repair),
    ("what cannot be seen", lambda text: clean(text, PATH)),
    ("merges", lambda text: settle(text, PATH)),
    ("masking", lambda text: mask(text, PATH)),
    ("privacy", find_private),
)


def seconds(work: Callable[[str], object], text: str) -> float:
    """Give the processor seconds of the fastest of three."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work(text)
        best = min(best, time.process_time() - start)
    return best


def made_up_text(sessions: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        write_logs(Path(folder), sessions)
        return "".join(p.read_text("utf-8") for p in sorted(Path(folder).rglob("*")) if p.is_file())


def with_credentials(text: str) -> str:
    tokens = [before + value for _, before, value, _ in TOKENS]
    lines = text.split("\n")
    for n in range(0, len(lines), 100):
        lines[n] += f" {tokens[n // 100 % len(tokens)]}"
    return "\n".join(lines)


def table(name: str, text: str) -> None:
    size = len(text.encode()) / 1e6
    print(f"{name}, {size:.1f} MB")
    for step, work in STEPS:
        print(f"  {step:22}{size / seconds(work, text):8.1f} MB/s")


def main() -> None:
    text = made_up_text(int(sys.argv[1]) if len(sys.argv) > 1 else 800)
    table("made-up logs", text)
    table("made-up logs with a credential on every hundredth line", with_credentials(text))
    if CORPUS.is_dir():
        files = sorted(p for p in (CORPUS / "files").rglob("*") if p.is_file())
        table("real logs", "".join(p.read_text("utf-8", "replace") for p in files))
    print("masking, time of twice the text by that of once")
    for name, one in (
        ("made-up logs", text),
        *((repr(bait), bait * (60_000 // len(bait))) for bait in BAITS),
    ):
        once, twice = seconds(find_credentials, one), seconds(find_credentials, one + one)
        print(f"  {name[:34]:34} x{twice / once:4.1f}  {len(one) / 1e6 / once:7.2f} MB/s")


if __name__ == "__main__":
    main()

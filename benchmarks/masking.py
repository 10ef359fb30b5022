"""Made-up logs in, MB/s of each step before the reading out, and how time grows with the text.

Twice the text must take twice the time, of masking alone and of masking and reading, and logs as
people write them must be masked at five megabytes a second: the exit code says whether it is so.

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
from sessionlog_core.reader import read_log
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


LEAST = 5.0
"""MB/s at which logs are masked at least."""

LINEAR = 2.6
"""Times as long as once the text twice the text may take."""


def mask_and_read(text: str) -> object:
    """Read a text as a log, as a build does."""
    return read_log(mask(text, PATH)[0], PATH, named=True)


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


def table(name: str, text: str) -> float:
    """Print MB/s of each step; give that of masking."""
    size = len(text.encode()) / 1e6
    print(f"{name}, {size:.1f} MB")
    rates = {step: size / seconds(work, text) for step, work in STEPS}
    for step, rate in rates.items():
        print(f"  {step:22}{rate:8.1f} MB/s")
    return rates["masking"]


def growth(name: str, text: str) -> bool:
    """Print how long twice the text takes; say whether that is in proportion."""
    size, told = len(text.encode()) / 1e6, f"  {name[:30]:30}"
    linear = True
    for work in (find_credentials, mask_and_read):
        once = seconds(work, text)
        ratio = seconds(work, text + text) / once
        if ratio > LINEAR:  # a busy machine is not as slow twice at the same place
            ratio = min(ratio, seconds(work, text + text) / seconds(work, text))
        told += f"  x{ratio:4.1f} {size / once:7.2f} MB/s"
        linear &= ratio <= LINEAR
    print(told)
    return linear


def main() -> int:
    text = made_up_text(int(sys.argv[1]) if len(sys.argv) > 1 else 800)
    rates = [
        table("made-up logs", text),
        table("made-up logs with a credential on every hundredth line", with_credentials(text)),
    ]
    if CORPUS.is_dir():
        files = sorted(p for p in (CORPUS / "files").rglob("*") if p.is_file())
        rates.append(table("real logs", "".join(p.read_text("utf-8", "replace") for p in files)))
    print("time of twice the text by that of once: masking, masking and reading")
    shapes = (("made-up logs", text), *((repr(x), x * (60_000 // len(x))) for x in BAITS))
    linear = [growth(name, shape) for name, shape in shapes]
    good = min(rates) >= LEAST and all(linear)
    print("good" if good else f"bad: below {LEAST} MB/s, or more than {LINEAR} times the time")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())

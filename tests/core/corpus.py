"""Real logs beside the repository, for the tests that replay them; a test skips where they are not there."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from sessionlog_core.source import read_sources

ROOT = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"

needs_corpus = pytest.mark.skipif(
    not (ROOT / "manifest.jsonl").is_file(), reason=f"no real logs at {ROOT}"
)


@cache
def sources() -> tuple[tuple[str, str], ...]:
    """Give path and text of every real log, restored and repaired."""
    return tuple(_sources())


def _sources() -> Iterator[tuple[str, str]]:
    for line in (ROOT / "manifest.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        path = ROOT / "files" / row["folder"] / row["path"]
        found, _ = read_sources(path, row["path"], max_size=5_000_000)
        for source in found:
            yield source.path, source.text

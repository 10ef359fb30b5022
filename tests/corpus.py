"""Where real logs with labels, and cases that others were tried on, lie beside the repository."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from sessionlog_core.source import read_sources

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus"
THREATS = SHARED / "threats"

FILES = CORPUS / "files"

NO_CORPUS = "the labelled real logs (../shared/corpus) are not part of the repository"
NO_THREATS = "the hostile cases (../shared/threats) are not part of the repository"

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=NO_CORPUS)
needs_threats = pytest.mark.skipif(not THREATS.is_dir(), reason=NO_THREATS)


def labelled(kind: str, end: str) -> Path:
    """Give the path of the one real log of `kind` whose path ends with `end`."""
    found = [row for row in _rows() if row["kind"] == kind and row["path"].endswith(end)]
    assert len(found) == 1, found
    return FILES / found[0]["folder"] / found[0]["path"]


def _rows() -> Iterator[dict[str, str]]:
    yield from map(json.loads, (CORPUS / "manifest.jsonl").read_text("utf-8").splitlines())


@cache
def sources() -> tuple[tuple[str, str], ...]:
    """Give path and text of every real log, restored and repaired."""
    return tuple(
        (source.path, source.text)
        for row in _rows()
        for source in read_sources(
            FILES / row["folder"] / row["path"], row["path"], max_size=5_000_000
        )[0]
    )

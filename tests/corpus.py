"""Where real logs with labels, and cases that others were tried on, lie beside the repository."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus"
THREATS = SHARED / "threats"

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"the real logs are not there: {CORPUS}"
)
needs_threats = pytest.mark.skipif(
    not THREATS.is_dir(), reason=f"the hostile cases are not there: {THREATS}"
)


def labelled(kind: str, end: str) -> Path:
    """Give the path of the one real log of `kind` whose path ends with `end`."""
    import json

    rows = (CORPUS / "manifest.jsonl").read_text("utf-8").splitlines()
    found = [r for r in map(json.loads, rows) if r["kind"] == kind and r["path"].endswith(end)]
    assert len(found) == 1, found
    return CORPUS / "files" / found[0]["folder"] / found[0]["path"]

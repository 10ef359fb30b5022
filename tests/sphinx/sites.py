"""A Sphinx project in a folder of its own, built in this process, and what the build did."""

import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

COLOR = re.compile("\x1b\\[[0-9;]*m")

CONF = """\
project = "Tidebook"
version = release = "1.0"
copyright = "2026, nobody"
extensions = ["sphinx_sessionlog"]
"""

INDEX = """\
Tidebook
========

Welcome.

.. toctree::

   sessionlog/index
"""

LOG = """\
# Session Log

# 2026-01-10 Reader for station files (CLOSED)
Branch: dev-reader
Duration: 1 h 30 min

## Summary
The reader understands *both* forms of a station file, with `--dry-run` and "quotes".

- Wrote `read_station()`, see [the guide](docs/guide.md) and [nowhere](docs/nowhere.md)
- Removed the old one (ADR-003), commit 1a2b3c4
    - it lost the last line
        - of long files
- Tests: 41 passing

-----

```python
station = read_station("a.txt", dry_run=True)
```

| Figure | Before | After |
|---|---|---|
| Tests | 38 | 41 |

<script>alert(1)</script> {{ 7 * 7 }} |sub| :doc:`index` ✅ ☐ → 🔄

## Decisions
- **Plain text**: station files stay plain text, since people edit them

## Next Steps
- [ ] T001 cache the forecasts
- [ ] write the guide

# 2026-02-03 Forecast cache (OPEN)

## Summary
Forecasts are cached (T001), after Session 2026-01-10.

## Next Steps
- [ ] measure a whole year
"""

ROADMAP = """\
# Roadmap

## Alpha

- [x] T001 cache the forecasts
- [ ] T002 a command line

## Beta

- [ ] T003 publish it
"""


@dataclass
class Built:
    """What a build did."""

    app: Sphinx
    read: list[str]
    written: list[str]
    warnings: str
    status: str

    @property
    def out(self) -> Path:
        return Path(self.app.outdir)

    def text(self, name: str) -> str:
        return (self.out / name).read_text("utf-8")

    def search_index(self) -> dict[str, Any]:
        """Give what the search knows; where it has spaces depends on the version of Sphinx."""
        index = self.text("searchindex.js")
        return json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))


@dataclass
class Site:
    """A project with its source folder; logs stand beside it.

    `conf` is the folder of `conf.py`, where that is another one.
    """

    root: Path
    source: str = "docs"
    conf: str = ""

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def build(
        self,
        builder: str = "html",
        *,
        out: str | None = None,
        doctrees: str = "doctrees",
        parallel: int = 0,
        **settings: Any,
    ) -> Built:
        """Build as `sphinx-build -n` does; the caller looks at the warnings."""
        status, warning = io.StringIO(), io.StringIO()
        read: list[str] = []
        written: list[str] = []
        docs = self.root / self.source
        with patch_docutils(docs), docutils_namespace():
            app = Sphinx(
                docs,
                self.root / (self.conf or self.source),
                self.root / "_build" / (out or builder),
                self.root / "_build" / doctrees,
                builder,
                {"nitpicky": True, **settings},
                status,
                warning,
                parallel=parallel,
            )
            app.connect("env-before-read-docs", lambda app, env, names: read.extend(names))
            app.connect("doctree-resolved", lambda app, tree, name: written.append(name))
            app.build()
        said, told = COLOR.sub("", warning.getvalue()), COLOR.sub("", status.getvalue())
        return Built(app, sorted(read), sorted(set(written)), said, told)


def make_site(folder: Path, *, conf: str = CONF, index: str = INDEX) -> Site:
    made = Site(folder / "project")
    made.write(".git/HEAD", "")
    made.write("docs/conf.py", conf)
    made.write("docs/index.rst", index)
    made.write("session-log.txt", LOG)
    made.write("ROADMAP.md", ROADMAP)
    return made

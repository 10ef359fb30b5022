"""Projects with logs for the tests of the hosts of Python-Markdown, and builds of them."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

LOG = """\
# Session log

How to use this file: newest first.

## 2026-02-03 - Session 3: Ferry board

**Status:** open
**Branch:** `ferry-board`

### Done

- Drew the board with `{{ harbour.name }}` and {% raw %} left as they are
- Wrote `--8<-- "board.html"` and ::: board into the notes
   - nested by three blanks
   - [TOC] and *[HTML]: stay as well

### Next steps

- [ ] Times of the winter ferries
- [x] Colours

## 2026-01-20 - Session 2: Tide 2 < 3 & "more"

### Decisions

- **Keep JSON**: nobody reads the XML. See [the roadmap](docs/plan.md) and [nothing](docs/gone.md).

### Next steps

- [ ] Draw the board

## 2026-01-05 - Session 1: First tide

Tests: 12 passing, coverage 80%.

### Next steps

- [ ] Talk to the harbour master
"""

LITERAL = (
    "{{ harbour.name }}",
    "{% raw %}",
    '--8<-- "board.html"',
    "::: board",
    "[TOC] and *[HTML]: stay as well",
)
"""What a log says that other extensions and plugins would take for theirs."""

ROADMAP = """\
# Roadmap

## Alpha

- [x] First tide table
- [ ] Ferry board
"""

PAGE = """\
---
title: Welcome
---

# Welcome

Some words.

```{sessionlog} timeline
:limit: 2
```

## Afterwards

More words.
"""


@dataclass
class Built:
    """A site that was built, and what the build said."""

    root: Path
    site: Path
    messages: list[str] = field(default_factory=list)
    aborted: str = ""

    def read(self, path: str) -> str:
        return (self.site / path).read_text("utf-8")

    def warnings(self) -> list[str]:
        return [m for m in self.messages if m.startswith("WARNING")]


class _Collect(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.INFO)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.levelname} {record.getMessage()}")


def write_files(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def write_project(root: Path, files: Mapping[str, str] | None = None, **settings: Any) -> Path:
    """Write a project with a log, a roadmap and a docs folder; `settings` go into `mkdocs.yml`."""
    config: dict[str, Any] = {
        "site_name": "Harbour",
        "theme": "mkdocs",
        "plugins": ["search", "sessionlog"],
        **settings,
    }
    write_files(
        root,
        {
            "sessionlog.toml": "",
            "session-log.md": LOG,
            "ROADMAP.md": ROADMAP,
            "docs/index.md": PAGE,
            "docs/plan.md": "# The plan\n\nWords.\n",
            "mkdocs.yml": yaml.safe_dump(config),
            **(files or {}),
        },
    )
    return root


def build(root: Path, *, strict: bool = True, dirty: bool = False) -> Built:
    """Build a site as `mkdocs build` does, in this process."""
    built = Built(root, root / "site")
    handler = _Collect(built.messages)
    loggers = [logging.getLogger(name) for name in ("mkdocs", "sessionlog")]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(built.site), strict=strict)
        config.plugins.on_startup(command="build", dirty=dirty)
        mkdocs_build(config, dirty=dirty)
        config.plugins.on_shutdown()
    except Abort as error:
        built.aborted = str(error)
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
    return built


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with Material and the extensions that its users have on."""
    return build(
        write_project(
            tmp_path_factory.mktemp("material"),
            theme={"name": "material"},
            nav=["index.md", "plan.md", "sessionlog/"],
            markdown_extensions=[
                {"toc": {"permalink": True}},
                "abbr",
                "attr_list",
                "admonition",
                "footnotes",
                "md_in_html",
                "pymdownx.details",
                "pymdownx.snippets",
                "pymdownx.superfences",
                {"pymdownx.tabbed": {"alternate_style": True}},
            ],
        )
    )

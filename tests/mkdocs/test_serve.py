"""The plugin in a site that is served: built again and again, by one plugin object."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

import sessionlog_core.files
from tests.mkdocs.conftest import LOG, write_files, write_project

pytestmark = pytest.mark.slow


class Served:
    """A site that is built as `mkdocs serve` does: plugins stay, all else is made anew."""

    def __init__(self, root: Path, *, dirty: bool = False) -> None:
        self.root, self.dirty, self.read = root, dirty, list[str]()
        self._plugins: dict[str, Any] = {}
        self.build(first=True)

    def build(self, *, first: bool = False) -> None:
        """Build, and note which logs are read."""
        self.read.clear()
        config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.root / "site"))
        kept = self._plugins.setdefault("sessionlog", config.plugins["sessionlog"])
        if kept is not config.plugins["sessionlog"]:
            raise AssertionError("MkDocs keeps plugins that have on_startup")
        if first:
            config.plugins.on_startup(command="serve", dirty=self.dirty)
        mkdocs_build(config, serve_url="http://localhost/", dirty=self.dirty)

    def page(self, path: str) -> str:
        return (self.root / "site" / path).read_text("utf-8")


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    from mkdocs.config.defaults import MkDocsConfig

    # One object for all configurations, as while serving.
    cache = MkDocsConfig.plugins.plugin_cache
    before = dict(cache)
    cache.clear()
    served = Served(write_project(tmp_path))
    real = sessionlog_core.files.read_bytes

    def read_bytes(path: Path, *args: Any, **options: Any) -> Any:
        served.read.append(path.name)
        return real(path, *args, **options)

    monkeypatch.setattr(sessionlog_core.files, "read_bytes", read_bytes)
    yield served
    cache.clear()
    cache.update(before)


def test_no_log_is_read_again_where_none_changed(served: Served) -> None:
    served.build()
    assert served.read == []
    assert "Ferry board" in served.page("sessionlog/index.html")


def test_an_edited_log_is_shown_at_once(served: Served) -> None:
    write_files(served.root, {"session-log.md": LOG.replace("Ferry board", "Boat board")})
    served.build()
    assert "Boat board" in served.page("sessionlog/2026-02/index.html")
    assert "Boat board" in served.page("index.html")
    assert served.read


def test_only_the_log_that_changed_is_read(served: Served) -> None:
    log = LOG.replace("2026-0", "2025-0").replace("Ferry board", "Fresh")
    write_files(served.root, {"SESSION_LOG.md": log})
    served.build()
    assert served.read == ["SESSION_LOG.md"]
    write_files(served.root, {"SESSION_LOG.md": log.replace("Fresh", "Fresher")})
    served.build()
    assert served.read == ["SESSION_LOG.md"]
    assert "Fresher" in served.page("sessionlog/index.html")
    assert "Ferry board" in served.page("sessionlog/index.html")


def test_a_new_log_is_found_and_one_that_is_gone_is_forgotten(served: Served) -> None:
    log = LOG.replace("2026-0", "2025-0").replace("Ferry board", "Fresh")
    write_files(served.root, {"SESSION_LOG.md": log})
    served.build()
    assert "Fresh" in served.page("sessionlog/2025-02/index.html")
    (served.root / "SESSION_LOG.md").unlink()
    served.build()
    assert "Fresh" not in served.page("sessionlog/index.html")


def test_dirty_build_shows_an_edited_log_on_pages_that_did_not_change(served: Served) -> None:
    served.dirty = True
    served.build(first=True)
    write_files(served.root, {"session-log.md": LOG.replace("Ferry board", "Boat board")})
    served.build()
    assert "Boat board" in served.page("index.html")
    assert "Boat board" in served.page("sessionlog/2026-02/index.html")


SECOND = "## 2026-03-02 - Second note\n\n- did it\n"


def test_mkdocs_serve(tmp_path: Path) -> None:
    """Edit a log, add one in a folder of a glob and one in a new folder, and edit that.

    Then nothing is built without a change.
    """
    files = {
        "notes/one.md": "## 2026-03-01 - First note\n\n- did it\n",
        "sessionlog.toml": 'logs = ["session-log.md", "notes/**/*.md"]\n',
    }
    port = _free_port()
    root = write_project(tmp_path, files, dev_addr=f"127.0.0.1:{port}")
    page = f"http://127.0.0.1:{port}/sessionlog/"
    said = tmp_path / "said.txt"
    with said.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve"],
            cwd=root,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    try:
        _wait(page, "First note")
        write_files(root, {"session-log.md": LOG.replace("Ferry board", "Boat board")})
        _wait(page, "Boat board")
        write_files(root, {"notes/readme.txt": "no log", "notes/two.md": SECOND})
        _wait(page, "Second note")
        write_files(root, {"notes/spring/late/three.md": SECOND.replace("Second", "Third")})
        _wait(page, "Third note")
        write_files(root, {"notes/spring/late/three.md": SECOND.replace("Second", "Edited")})
        _wait(page, "Edited note")
        _wait_until_quiet(said)
    finally:
        server.terminate()
        server.wait(20)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait_until_quiet(said: Path, *, seconds: float = 3, at_most: float = 40) -> None:
    """Wait until nothing was built for some seconds: a server that watches its own output never is.

    MkDocs looks for changes several times a second.
    """
    end = time.monotonic() + at_most
    builds, since = -1, time.monotonic()
    while time.monotonic() - since < seconds:
        if (now := said.read_text("utf-8").count("Building documentation...")) != builds:
            builds, since = now, time.monotonic()
        if time.monotonic() > end:
            pytest.fail(f"the site is built again and again: {builds} times by now")
        time.sleep(0.2)


def _wait(url: str, words: str) -> None:
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if words in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.3)
    pytest.fail(f"{url} never shows {words!r}")

"""The second build: nothing is done twice, and edits give what a clean build gives."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import sessionlog_core.views.lookup as lookup_module
from sessionlog_core.files import Look, fingerprint
from sessionlog_core.options import Options
from sphinx_sessionlog.domain import domain_of
from tests.sphinx.sites import CONF, Site, make_site

ROADMAP = """\
Roadmap
=======

* [x] T001 cache the forecasts
* [ ] T002 a command line
"""

USER_PAGE = "Work\n====\n\n.. sessionlog:: {view}\n"


def tree(folder: Path) -> dict[str, object]:
    """Give all files that a reader can reach; Sphinx leaves sources of pages that are gone."""
    return {
        path.relative_to(folder).as_posix(): content(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".buildinfo" and "_sources" not in path.parts
    }


def content(path: Path) -> object:
    """Give the bytes of a file; Sphinx's search index keeps words that no page has any more."""
    if path.name != "searchindex.js":
        return path.read_bytes()
    index = json.loads(path.read_text("utf-8").removeprefix("Search.setIndex(").removesuffix(")"))
    for name in ("terms", "titleterms"):
        index[name] = {word: pages for word, pages in index[name].items() if pages != []}
    return index


@pytest.mark.slow
def test_unchanged_project_is_neither_read_nor_written(site: Site) -> None:
    site.build()
    again = site.build()
    assert (again.read, again.written) == ([], [])


@pytest.mark.slow
def test_records_are_let_go_at_the_end_and_read_for_who_asks_once_more(site: Site) -> None:
    content = domain_of(site.build().app.env).content
    assert "views" not in vars(content)
    assert lookup_module._lookup.cache_info().currsize == 0
    assert len(content.views.project.journal.sessions) == 2


SAY_WHAT_IS_LOADED = """
import sys
from sphinx.cmd.build import main
assert main(["-q", "docs", "out"]) == 0
print(*sorted(name for name in sys.modules if name.startswith("sessionlog_core.")))
"""


@pytest.mark.slow
def test_what_reads_and_shows_logs_is_imported_where_one_changed(site: Site) -> None:
    def build() -> set[str]:
        command = [sys.executable, "-P", "-c", SAY_WHAT_IS_LOADED]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(
            command, cwd=site.root, env=env, capture_output=True, text=True, check=True
        )
        return {name.removeprefix("sessionlog_core.") for name in done.stdout.split()}

    reading = {"project", "reader", "vocabulary", "cache", "model", "pages", "views", "export"}
    assert reading <= build()
    assert reading.isdisjoint(build())


@pytest.mark.slow
def test_log_that_changes_while_it_is_read_is_read_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mark(look: Look, options: Options) -> str:
        found = fingerprint(look, options)
        site.edit("session-log.txt", "Forecast cache", "Barometers")
        return found

    with monkeypatch.context() as patch:
        patch.setattr("sphinx_sessionlog.project.fingerprint", mark)
        page = site.build().text("sessionlog/index.html")
        # The pages are of the same bytes as the mark, which tells the next build what they show.
        assert "Forecast cache" in page
        assert "Barometers" not in page
    page = site.build().text("sessionlog/index.html")
    assert "Barometers" in page
    assert "Forecast cache" not in page


@pytest.mark.slow
def test_touched_log_changes_nothing(site: Site) -> None:
    site.build()
    os.utime(site.root / "session-log.txt", (2_000_000_000, 2_000_000_000))
    again = site.build()
    assert (again.read, again.written) == ([], [])


@pytest.mark.slow
def test_another_program_makes_all_of_our_pages_anew(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks say nothing of the writer, which may be another one after an upgrade."""
    site.write("docs/state.rst", ":orphan:\n\n" + USER_PAGE.format(view="continue"))
    site.write("docs/other.rst", ":orphan:\n\nOther\n=====\n\nWords.\n")
    content = domain_of(site.build().app.env).content
    for module in ("project", "views"):
        monkeypatch.setattr(f"sphinx_sessionlog.{module}.program", lambda: ("another",))
    again = site.build()
    assert {*content.pages, "state"} <= {*again.read} <= {*again.written}
    assert "other" not in again.read


@pytest.mark.slow
def test_one_edited_session_reads_what_shows_it(site: Site) -> None:
    site.write("docs/state.rst", ":orphan:\n\n" + USER_PAGE.format(view="decisions"))
    site.write("docs/other.rst", ":orphan:\n\nOther\n=====\n\nWords.\n")
    site.build()
    site.edit("session-log.txt", "it lost the last line", "it lost the first line")
    again = site.build()
    assert again.read == ["sessionlog/2026-01", "sessionlog/index"]
    assert "it lost the first line" in again.text("sessionlog/2026-01.html")
    site.edit("session-log.txt", "stay plain text", "are plain text")
    assert {"sessionlog/2026-01", "sessionlog/decisions", "state"} <= set(site.build().read)


@pytest.mark.slow
def test_builders_that_share_what_was_read_are_both_right(site: Site) -> None:
    site.build()
    site.build("text")
    site.edit("session-log.txt", "it lost the last line", "it lost the first line")
    site.build()
    assert "lost the first line" in site.build("text").text("sessionlog/2026-01.txt")
    assert site.build("text").written == []


@pytest.mark.slow
def test_parallel_build_is_the_serial_one(tmp_path: Path) -> None:
    one, four = (make_site(tmp_path / name) for name in ("one", "four"))
    for made in (one, four):
        for number in range(8):
            made.write(f"docs/p{number}.rst", ":orphan:\n\n" + USER_PAGE.format(view="timeline"))
    serial, parallel = one.build(), four.build(parallel=4)
    assert (serial.warnings, parallel.warnings) == ("", "")
    assert tree(serial.out) == tree(parallel.out)


# Random edits -----------------------------------------------------------------------------------

WORDS = [
    "reader",
    "cache",
    "station",
    "harbour",
    "tide",
    "ADR-003",
    "T001",
    "T002",
    "`code`",
    "**bold**",
    "Session",
]


class Editor:
    """Changes a project at random, as people do: small edits and whole files that come and go."""

    def __init__(self, site: Site, seed: int) -> None:
        self.site = site
        self.chance = random.Random(seed)
        self.count = 0

    def edits(self) -> list[Callable[[], str]]:
        return [
            self.word,
            self.word,
            self.line,
            self.session,
            self.title,
            self.close,
            self.new_log,
            self.drop_log,
            self.roadmap,
            self.own_page,
            self.drop_own_page,
            self.user_view,
            self.option,
            self.touch,
            self.drop_session,
        ]

    def __call__(self) -> str:
        self.count += 1
        return self.chance.choice(self.edits())()

    def _log(self) -> Path:
        logs = [*self.site.root.glob("*.txt"), *self.site.root.glob("logs/*.md")]
        return self.chance.choice(sorted(logs))

    def _words(self, count: int = 5) -> str:
        return " ".join(self.chance.choices(WORDS, k=count)) + f" {self.count}"

    def word(self) -> str:
        path = self._log()
        text = path.read_text("utf-8")
        places = [m.start() for m in re.finditer(r"\b[a-z]{4,}\b", text)]
        at = self.chance.choice(places)
        path.write_text(text[:at] + f"edited{self.count}" + text[at:], "utf-8")
        return f"word in {path.name}"

    def line(self) -> str:
        path = self._log()
        lines = path.read_text("utf-8").split("\n")
        lines.insert(self.chance.randrange(2, len(lines)), f"\n- {self._words()}\n")
        path.write_text("\n".join(lines), "utf-8")
        return f"line in {path.name}"

    def session(self) -> str:
        day = f"2026-{self.chance.randrange(1, 3):02d}-{self.chance.randrange(1, 28):02d}"
        path = self._log()
        with path.open("a", encoding="utf-8") as file:
            file.write(
                f"\n# {day} {self._words()} (CLOSED)\n\n## Next Steps\n- [ ] {self._words()}\n"
            )
        return f"session in {path.name}"

    def drop_session(self) -> str:
        path = self._log()
        head, _, _ = path.read_text("utf-8").rpartition("\n# 2026")
        if head.count("\n# 2026"):
            path.write_text(head, "utf-8")
        return f"no session in {path.name}"

    def title(self) -> str:
        path = self._log()
        text = re.sub(
            r"(\n# 2026-\d\d-\d\d) ", rf"\1 Again{self.count} ", path.read_text("utf-8"), count=1
        )
        path.write_text(text, "utf-8")
        return f"title in {path.name}"

    def close(self) -> str:
        path = self._log()
        path.write_text(path.read_text("utf-8").replace("(OPEN)", "(CLOSED)"), "utf-8")
        return f"closed in {path.name}"

    def new_log(self) -> str:
        name = f"logs/SESSION_LOG_{self.count}.md"
        self.site.write(
            name,
            f"# Log\n\n# 2026-03-0{self.chance.randrange(1, 3)} {self._words()}\n\n- did this\n",
        )
        return f"new {name}"

    def drop_log(self) -> str:
        for path in sorted(self.site.root.glob("logs/*.md"))[:1]:
            path.unlink()
        return "dropped a log"

    def roadmap(self) -> str:
        self.site.edit("roadmap.rst", "* [x]", f"* [ ] T1{self.count} {self._words()}\n* [x]")
        return "roadmap"

    def own_page(self) -> str:
        path = self.site.root / "docs/sessionlog/metrics.rst"
        is_new = not path.exists()
        self.site.write("docs/sessionlog/metrics.rst", f"Mine {self.count}\n{'=' * 16}\n")
        if is_new:  # a file that is older than the last build, as after a change of branch
            os.utime(path, (1_000_000_000,) * 2)
        return "own page"

    def drop_own_page(self) -> str:
        (self.site.root / "docs/sessionlog/metrics.rst").unlink(missing_ok=True)
        return "no own page"

    def user_view(self) -> str:
        view = self.chance.choice(
            ["timeline", "continue", "metrics", "decisions", "sessions", "roadmap"]
        )
        self.site.write("docs/state.rst", ":orphan:\n\n" + USER_PAGE.format(view=view))
        return f"user page with {view}"

    def option(self) -> str:
        kind = self.chance.choice(["month", "session", "log", "none"])
        self.site.write("sessionlog.toml", f'pages = "{kind}"\n')
        return f"pages = {kind}"

    def touch(self) -> str:
        os.utime(self._log())
        return "touch"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 3))
def test_random_edits_give_what_a_clean_build_gives(tmp_path: Path, seed: int) -> None:
    site = make_site(tmp_path, conf=CONF + "html_last_updated_fmt = None\n")
    (site.root / "ROADMAP.md").unlink()
    site.write("roadmap.rst", ROADMAP)
    site.write("docs/roadmap.rst", ":orphan:\n\n.. include:: ../roadmap.rst\n")
    edit = Editor(site, seed)
    site.build(out="incremental", doctrees="doctrees-i")
    for _ in range(12):
        what = edit()
        incremental = site.build(out="incremental", doctrees="doctrees-i")
        for name in ("clean", "doctrees-c"):
            shutil.rmtree(site.root / "_build" / name, ignore_errors=True)
        clean = site.build(out="clean", doctrees="doctrees-c")
        assert incremental.warnings == "" == clean.warnings, what
        one, other = tree(incremental.out), tree(clean.out)
        assert sorted(one.keys() ^ other.keys()) == [], what
        assert [name for name in one if one[name] != other[name]] == [], what

"""Hostile and odd logs, built by both hosts: what is masked, what is cut, what stays readable.

What either host writes is the same here: pages, the page for agents, exports, feeds, the search.
"""

import csv
import io
import json
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from sessionlog_core import stubs
from tests.core.made_up import ANY, make
from tests.mkdocs.conftest import build, write_project
from tests.sphinx.sites import make_site

pytestmark = pytest.mark.slow

HEAD = "# Log\n\n"


@dataclass
class Made:
    """What a build wrote, by path, and what it said."""

    files: Mapping[str, str]
    said: str

    def __init__(self, site: Path, said: str) -> None:
        paths = [path for path in site.rglob("*") if path.is_file()]
        self.files = {
            path.relative_to(site).as_posix(): path.read_text("utf-8", "replace")
            for path in paths
            if path.suffix not in (".pickle", ".doctree", ".inv")
        }
        self.said = said

    def pages(self) -> str:
        return "\n".join(text for name, text in self.files.items() if name.endswith(".html"))

    def problems(self) -> list[str]:
        """Give what was said of the logs, without what each host puts before it."""
        lines = (line for line in self.said.splitlines() if "[sessionlog." in line)
        return [
            re.sub(r"^.*?(?:WARNING|INFO|sessionlog):? (?:sessionlog: )?", "", x) for x in lines
        ]


def with_sphinx(root: Path, logs: Mapping[str, str], **options: Any) -> Made:
    site = make_site(root)
    (site.root / "session-log.txt").unlink()
    (site.root / "ROADMAP.md").unlink()
    for name, text in logs.items():
        site.write(name, text)
    settings = {f"sessionlog_{name}": value for name, value in options.items()}
    built = site.build(html_baseurl="https://cargo.example/", **settings)
    return Made(built.out, built.warnings + built.status)


def with_mkdocs(root: Path, logs: Mapping[str, str], **options: Any) -> Made:
    plugins = ["search", {"sessionlog": options}]
    write_project(root, plugins=plugins, site_url="https://cargo.example/")
    (root / "session-log.md").unlink()
    (root / "ROADMAP.md").unlink()
    for name, text in logs.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, "utf-8")
    built = build(root, strict=False)
    return Made(built.site, "\n".join(built.messages))


Host = Callable[..., Made]
hosts = pytest.mark.parametrize("host", [with_sphinx, with_mkdocs], ids=["sphinx", "mkdocs"])


def sessions(number: int, text: str = "- shelf {n}") -> str:
    return HEAD + "".join(
        f"## Session {n} - 2026-01-{n % 28 + 1:02}: Shelf\n\n{text.format(n=n)}\n\n"
        for n in range(1, number + 1)
    )


# Private things ---------------------------------------------------------------------------------

PRIVATE = """\
# Log

## Session {n} - 2026-01-0{n}: Moved box7.corp.local

- in /home/brunhilde/app, for b.riese@riese-boats.de at 10.1.2.3, paid by Riesenkunde

### Next steps

- [ ] ask b.riese@riese-boats.de whether box7.corp.local moves, in step {n}
"""
LOGS = {"session-log.md": PRIVATE.format(n=1), "web/session-log.md": PRIVATE.format(n=2)}
VALUES = ("brunhilde", "box7", "riese-boats", "b.riese", "10.1.2.3", "riesenkunde")
ALL = {"privacy": ["paths", "hosts", "emails", "names"], "private_names": ["Riesenkunde"]}


@hosts
def test_private_things_have_the_same_label_in_every_file(host: Host, tmp_path: Path) -> None:
    made = host(tmp_path, LOGS, **ALL)
    held = [(v, name) for name, text in made.files.items() for v in VALUES if v in text.lower()]
    assert held == []
    assert not [v for v in VALUES if v in made.said.lower()]
    kinds = ("user", "host", "email", "name")
    labels = set(
        re.findall(rf"\b(?:{'|'.join(kinds)})-\d+", made.files["sessionlog/sessionlog.json"])
    )
    assert labels == {"user-1", "host-1", "host-2", "email-1", "name-1"}
    for name in ("sessionlog/feed.xml", "sessionlog/feed.json", "sessionlog/continue-here.md"):
        assert set(re.findall(r"\bhost-\d+|\bemail-\d+", made.files[name])) <= labels
    assert "[sessionlog.privacy]" not in made.said


@hosts
@pytest.mark.parametrize(
    ("kind", "gone"),
    [
        ("paths", "brunhilde"),
        ("hosts", "10.1.2.3"),
        ("emails", "b.riese"),
        ("names", "riesenkunde"),
    ],
)
def test_each_kind_is_masked_alone(host: Host, tmp_path: Path, kind: str, gone: str) -> None:
    made = host(tmp_path, LOGS, privacy=[kind], private_names=["Riesenkunde"])
    text = "\n".join(made.files.values()).lower()
    assert gone not in text
    assert "brunhilde" in text or kind == "paths"
    assert "riese-boats" in text or kind == "emails"


@hosts
def test_without_privacy_one_line_says_what_it_would_mask(host: Host, tmp_path: Path) -> None:
    made = host(tmp_path, LOGS, private_names=["Riesenkunde"])
    [told] = [line for line in made.problems() if "privacy" in line]
    assert told.startswith(
        "shown as written: 2 home folders, 6 private addresses and machines, 4 e-mail addresses, "
        "2 names; the option privacy masks"
    )
    assert not [v for v in VALUES if v in told.lower()]


# Images -----------------------------------------------------------------------------------------

BAD_IMAGES = (
    "javascript:fired(1)//x.png",
    "data:image/png;base64,iVBORw0KGgo=",
    "//beacon.invalid/x.png",
    "https://beacon.invalid/x.png",
    "drawing.svg",
    "docs/drawing.svg",
    "../outside.png",
    "docs/../../outside.png",
    "lead-out.png",
    "docs/lead-out.png",
    ".hidden/x.png",
    "gone.png",
)
HOSTILE_ALT = '" onerror="fired(1)" x=\'> <b>&quot;'


@hosts
@pytest.mark.parametrize("images", ["show", "link"])
def test_only_images_of_the_project_are_shown(host: Host, tmp_path: Path, images: str) -> None:
    root = tmp_path / "project"
    for name in ("shots/board.png", "docs/own.webp", ".hidden/x.png", "../outside.png"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("pixels")
    for folder in (root, root / "docs"):
        (folder / "drawing.svg").write_text("<svg/>")
        (folder / "lead-out.png").symlink_to(tmp_path / "outside.png")
    bad = "\n".join(f"- ![refused {n}](<{src}>)" for n, src in enumerate(BAD_IMAGES))
    good = f"- ![{HOSTILE_ALT}](shots/board.png)\n- ![own](docs/own.webp)\n- [link](docs/own.webp)"
    log = sessions(1, f"{bad}\n{good}")
    # Sphinx's projects are made in a folder of that name.
    made = host(tmp_path if host is with_sphinx else root, {"session-log.md": log}, images=images)
    shown = []
    for name, text in made.files.items():
        if name.startswith("sessionlog/") and name.endswith(".html"):
            html = BeautifulSoup(text, "html.parser")
            assert not [x for x in html.find_all(True) if any(a.startswith("on") for a in x.attrs)]
            shown += [(name, x) for x in html.select("img")]
    assert "refused 3" in made.pages()
    words = {x["alt"] for _, x in shown}
    assert words == ({HOSTILE_ALT.replace("&quot;", '"'), "own"} if images == "show" else set())
    for name, image in shown:
        assert set(image.attrs) == {"alt", "class", "loading", "src"}
        assert image["loading"] == "lazy"
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), image["src"]))
        assert made.files[path] == "pixels"
    assert ">link</a>" in made.pages()


# What is no credential --------------------------------------------------------------------------


@hosts
def test_a_comment_waives_a_credential_on_its_line_or_the_next(host: Host, tmp_path: Path) -> None:
    first, second, third = ("gh" + "p_" + make(ANY, 36, n) for n in (60, 61, 62))
    waiver = "<!-- sessionlog: allow-secret -->"
    log = sessions(1, f"- one {first} {waiver}\n\n{waiver}\n- two {second}\n- three {third}")
    made = host(tmp_path, {"session-log.md": log})
    pages = made.pages()
    assert [value in pages for value in (first, second, third)] == [True, True, False]
    assert third not in "\n".join(made.files.values())
    assert len(re.findall("masked as a credential", made.said)) == 1


# Limits -----------------------------------------------------------------------------------------


@hosts
def test_a_file_that_is_too_large_is_told_and_not_read(host: Host, tmp_path: Path) -> None:
    logs = {"session-log.md": sessions(30), "web/session-log.md": sessions(1, "- GOODWORDS")}
    made = host(tmp_path, logs, max_size=400)
    assert "GOODWORDS" in made.pages()
    [told] = made.problems()
    assert "session-log.md: is larger than 400 bytes, the option max_size, and is not read" in told


@hosts
def test_a_file_of_too_many_sessions_shows_its_newest(host: Host, tmp_path: Path) -> None:
    made = host(tmp_path, {"session-log.md": sessions(20)}, max_sessions=5)
    [told] = made.problems()
    assert "session-log.md: holds 20 sessions, max_sessions shows 5" in told
    shown = {n for n in range(1, 21) if re.search(rf"\bshelf {n}\b", made.pages())}
    assert shown == {16, 17, 18, 19, 20}


@hosts
def test_a_file_of_too_many_problems_tells_some_and_counts_the_rest(
    host: Host, tmp_path: Path
) -> None:
    log = sessions(9).replace("2026-01", "2026-13")
    told = host(tmp_path, {"session-log.md": log}, max_problems=3).problems()
    assert len(told) == 4
    assert told[-1].startswith("session-log.md: and 6 more problems in this file")


@hosts
def test_what_is_nested_too_deep_is_flattened(host: Host, tmp_path: Path) -> None:
    ladder = "\n".join(f"{'  ' * n}- rung{n}." for n in range(60)) + f"\n\n{'> ' * 60}bottom\n"
    made = host(tmp_path, {"session-log.md": sessions(1, ladder)})
    assert [n for n in range(60) if f"rung{n}." not in made.pages()] == []
    assert "bottom" in made.pages()
    assert any("nesting deeper than 24 levels was flattened" in x for x in made.problems())


@hosts
def test_front_matter_that_grows_when_it_is_read_stays_small(host: Host, tmp_path: Path) -> None:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    rows += [f"{y}: &{y} [{', '.join([f'*{x}'] * 9)}]" for x, y in pairwise("abcdefghij")]
    log = "---\n" + "\n".join(rows) + "\n---\n\n" + sessions(1, "- GOODWORDS")
    made = host(tmp_path, {"session-log.md": log})
    assert "GOODWORDS" in made.pages()
    assert sum(map(len, made.files.values())) < 20_000_000


# Dates and figures that cannot be ---------------------------------------------------------------

ODD = f"""\
# Log

## Session 1 - 2026-02-30: No such day

Tests: 0 passing. Coverage: 1e999%. FIRST

## Session 2 - 0000-01-01: Year nought

- Tests: 5 passing at 24:00. SECOND

## Session 3 - 2026-01-02 24:00: No such hour

Tests: {"9" * 5000} passing, coverage nan%. Duration: 1e999 h. THIRD

## Session 4 - 2026-13-45: No such month

Tests: 0 -> 5, coverage inf%. Duration: 99999999999999999999 h. FOURTH

## Session {"8" * 5000} - 9999-12-31: Far away

Tests: 1e999 passing, coverage 999999999999%. FIFTH

## Session 6 - 2026-01-04: After all

Tests: 1e308 passing. SIXTH

### Next steps

- [ ] by 2026-02-31
"""
ORDER = ("FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH", "SIXTH")
WRITTEN = (
    "2026-02-30",
    "0000-01-01",
    "24:00",
    "2026-13-45",
    "9999-12-31",
    "1e999%",
    "nan%",
    "inf%",
)
ROADMAP = "# Roadmap\n\n## Alpha (due 2026-02-30, 1e999%)\n\n- [ ] T1 nan%\n- [x] T2 0 -> 5\n"


def _no_number(word: str) -> None:
    raise AssertionError(word)


@hosts
def test_dates_and_figures_that_cannot_be_stay_words(host: Host, tmp_path: Path) -> None:
    made = host(tmp_path, {"session-log.md": ODD, "ROADMAP.md": ROADMAP})
    pages = made.pages()
    assert [word for word in (*ORDER, *WRITTEN, "9" * 5000, "8" * 5000) if word not in pages] == []
    told = made.problems()
    for date in ("2026-02-30", "2026-13-45"):
        assert any(f"not a date: {date}" in line for line in told)
    whole = json.loads(made.files["sessionlog/sessionlog.json"], parse_constant=_no_number)
    places = [s["source"]["line"] for s in whole["logs"][0]["sessions"] if not s["date"]]
    assert places == sorted(places)
    json.loads(made.files["sessionlog/feed.json"], parse_constant=_no_number)
    ET.fromstring(made.files["sessionlog/feed.xml"])
    for name in ("sessions.csv", "metrics.csv"):
        rows = list(csv.reader(io.StringIO(made.files[f"sessionlog/{name}"])))
        assert len({len(row) for row in rows}) == 1
        assert not {x.lower() for row in rows for x in row} & {"nan", "inf", "-inf", "infinity"}
    for picture in re.findall(r"<svg.*?</svg>", pages, re.DOTALL):
        ET.fromstring(picture)
        drawn = " ".join(re.findall(r'\b(?:d|x|y|width|height|points|viewBox)="([^"]*)"', picture))
        assert not re.search(r"(?i)nan|inf", drawn)


# What a Content-Security-Policy asks for --------------------------------------------------------

FULL = sessions(
    12, "Tests: 1{n} passing\n\n| a | b |\n|:--|--:|\n| {n} | x |\n\n```py\nx = {n}\n```"
)
TICKED = "# Roadmap\n\n## Alpha\n\n- [x] T1 shelf 3\n- [ ] T2 shelf 99\n"


@hosts
def test_pages_of_ours_hold_no_script_and_no_style(host: Host, tmp_path: Path) -> None:
    made = host(tmp_path, {"session-log.md": FULL, "ROADMAP.md": TICKED})
    pictures = 0
    for name, text in made.files.items():
        if name.startswith("sessionlog/") and name.endswith(".html"):
            main = BeautifulSoup(text, "html.parser").select_one("[role=main]")
            assert main is not None, name
            pictures += len(main.select("svg"))
            for element in main.select("*"):
                assert element.name not in ("script", "style", "link", "img", "iframe"), name
                assert not [x for x in element.attrs if x == "style" or x.startswith("on")], name
    assert pictures
    static = [Path(stubs.__file__).parent / "static" / f"sessionlog.{x}" for x in ("css", "js")]
    for file in static:
        assert not re.search(r"url\(|@import|\beval\b|\.style\b|innerHTML", file.read_text("utf-8"))

"""Names in logs become links to what they name: the cases of fixtures/autolinks.txt."""

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from sessionlog_core import autolinks
from sessionlog_core.autolinks import make_linker
from sessionlog_core.blocks import Block, List, Paragraph, Ref, Section
from sessionlog_core.blocks import Link as BlockLink
from sessionlog_core.checks import link_rules, web_address
from sessionlog_core.options import Options, find_repository
from sessionlog_core.query import Query
from sessionlog_core.views import VIEWS
from sessionlog_core.writers import markdown
from tests.core.small_projects import read_project
from tests.fixture_files import Case, read_cases

CASES = read_cases(Path(__file__).parent / "fixtures" / "autolinks.txt")


def read_settings(text: str) -> Options:
    """Read lines `name: value` before the first file; `links: pattern = target` may stand twice."""
    options = Options()
    for line in text.split("=== ")[0].splitlines():
        name, _, value = line.partition(": ")
        if name == "links":
            pattern, _, target = value.partition(" = ")
            options = replace(options, links=(*options.links, (pattern, target)))
        elif name:
            options = replace(options, **{name: value})
    return options


def bullets(blocks: tuple[Block, ...]) -> tuple[Paragraph, ...]:
    """Give the paragraphs of the entries of all lists."""
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, List):
            found += [x for item in block.items for x in item.blocks if isinstance(x, Paragraph)]
        elif isinstance(block, Section):
            found += bullets(block.blocks)
    return tuple(found)


def resolve(link: Ref | BlockLink) -> str:
    return f"{link.kind}/{link.key}" if isinstance(link, Ref) else link.href


@pytest.mark.parametrize("case", CASES, ids=str)
def test_names_become_links(case: Case) -> None:
    journal = read_project(case.input)
    linker = make_linker(journal, read_settings(case.input))
    found: list[str] = []
    for session in journal.sessions:
        shown = VIEWS["session"].function(journal, Query(session=session.key))
        for paragraph in bullets(linker.link(shown)):
            text = markdown.write((paragraph,), resolve).strip()
            found.append(re.sub(r"\\|(?<=\()<|>(?=\))", "", text))
    assert "\n".join(found) == case.expected


def test_what_holds_no_link_is_the_very_same() -> None:
    journal = read_project("=== log.md\n# 2026-01-10 One\n\n- words\n")
    shown = VIEWS["session"].function(journal, Query())
    assert make_linker(journal, Options()).link(shown) is shown


@pytest.mark.parametrize("value", ["ftp://example.org", "https://", "x", "javascript:alert(1)"])
def test_addresses_that_are_none(value: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        web_address(value)


@pytest.mark.parametrize("rule", [("(", "x"), ("a", "x{1}"), ("a", "javascript:alert(1)")])
def test_rules_that_are_none(rule: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=r"regular expression|no group|not an address"):
        link_rules((rule,))


def test_the_repository_is_found_in_the_project(tmp_path: Path) -> None:
    assert find_repository(tmp_path) == ""
    text = '[project.urls]\nHomepage = "https://x.org"\n"Source Code" = "https://g.org/a/b.git"\n'
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    assert find_repository(tmp_path) == "https://g.org/a/b"


HUB = "https://github.com/a/b"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'[project.urls]\nHomepage = "{HUB}"', HUB),
        (f'[project.urls]\nHomepage = "{HUB}#readme"', HUB),
        (f'[project.urls]\n"Bug Tracker" = "{HUB}/issues"', HUB),
        (f'[project.urls]\nIssues = "{HUB}/issues/"', HUB),
        (f'[project.urls]\nChangelog = "{HUB}/blob/main/CHANGELOG.md"', HUB),
        (f'[project.urls]\nSource = "{HUB}/tree/main"', HUB),
        (f'[project.urls]\nsource_code = "{HUB}.git"', HUB),
        (f'[tool.poetry]\nrepository = "{HUB}"', HUB),
        (f'[tool.poetry]\nhomepage = "{HUB}"', HUB),
        (f'[tool.poetry.urls]\n"Bug Tracker" = "{HUB}/issues"', HUB),
        # The surest label wins, whatever comes first; a table for all tools, over Poetry's own.
        (f'[project.urls]\nIssues = "https://github.com/a/bugs/issues"\nSource = "{HUB}"', HUB),
        (f'[project.urls]\nHomepage = "https://x.org"\nIssues = "{HUB}/issues"', HUB),
        (
            f'[tool.poetry]\nrepository = "{HUB}-old"\n[project.urls]\nRepository = "{HUB}"',
            HUB,
        ),
        # Forges that we know; GitLab has groups of groups.
        (
            '[project.urls]\nIssues = "https://gitlab.com/a/b/c/-/issues"',
            "https://gitlab.com/a/b/c",
        ),
        ('[project.urls]\nIssues = "https://gitlab.com/a/b/issues"', "https://gitlab.com/a/b"),
        ('[project.urls]\nHomepage = "https://codeberg.org/a/b/"', "https://codeberg.org/a/b"),
        (
            '[project.urls]\nIssues = "https://bitbucket.org/a/b/issues"',
            "https://bitbucket.org/a/b",
        ),
        # A host of one's own is believed under the sure labels alone.
        ('[project.urls]\nSource = "https://git.x.org/a/b"', "https://git.x.org/a/b"),
        ('[project.urls]\nHomepage = "https://git.x.org/a/b"', ""),
        ('[project.urls]\nIssues = "https://git.x.org/a/b/issues"', ""),
        # What is no repository.
        ('[project.urls]\nHomepage = "https://a.github.io/b"', ""),
        ('[project.urls]\nHomepage = "https://github.com/a"', ""),
        ('[project.urls]\nHomepage = "https://github.com/sponsors/a"', ""),
        ('[project.urls]\nIssues = "https://gitlab.com/groups/g/-/issues"', ""),
        ('[project.urls]\nHomepage = "https://github.com/a b/<c>"', ""),
        ('[project.urls]\nFunding = "https://github.com/a/b"', ""),
        ('[project.urls]\nHomepage = "https://[x/a/b"', ""),
        ('[project.urls]\nHomepage = "javascript://github.com/a/b"', ""),
        ("[project.urls]\nHomepage = 3", ""),
        ("[project]\nurls = 3", ""),
        ("tool = 3", ""),
    ],
)
def test_the_repository_is_taken_out_of_what_the_project_names(
    tmp_path: Path, text: str, expected: str
) -> None:
    (tmp_path / "pyproject.toml").write_text(text + "\n", "utf-8")
    assert find_repository(tmp_path) == expected


PLAIN_TOKEN = re.compile(
    r"(?P<sha>(?<![\w-])[0-9a-f]{7,40}(?![\w-]))"
    r"|(?P<number>(?<![\w&#/-])#\d{1,7}\b)"
    r"|(?P<name>(?<![\w-])[A-Za-z][A-Za-z-]{0,20}[-\s]?#?\d{1,6}(?:[.-]\d{1,4}){0,3}[a-z]?"
    r"(?!\w))"
)


def test_names_are_found_as_the_plain_pattern_finds_them() -> None:
    chance = random.Random(1)
    pieces = [*"abf120#- \n\t&/_.:()é日١", "1234567", "#26", "ADR", "T5", "x-", "v1.2", "a" * 20]
    pieces += ["session", "deadbee", "abc1234"]
    found = 0
    for _ in range(20_000):
        text = "".join(chance.choices(pieces, k=chance.randrange(1, 9)))
        plain = [(m.span(), m.lastgroup) for m in PLAIN_TOKEN.finditer(text)]
        assert [(m.span(), m.lastgroup) for m in autolinks.TOKEN.finditer(text)] == plain
        assert bool(autolinks.TOKEN.fullmatch(text)) == bool(PLAIN_TOKEN.fullmatch(text))
        assert bool(autolinks.MAY_NAME.search(text)) == bool(re.search(r"[0-9]|[^\0-\x7f]", text))
        found += len(plain)
    assert found > 1_000

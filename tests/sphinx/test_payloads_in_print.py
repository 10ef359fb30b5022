"""Payloads in formats that no browser shows: orders to TeX, to a terminal, to a reader of books."""

import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from tests.payloads import hostile_project
from tests.sphinx.sites import Built, make_site

pytestmark = pytest.mark.slow

Print = Callable[[str], Built]

ORDERS = re.compile(r"\\(?:[A-Za-z]+|.)")
"""Commands of TeX; a backslash behind another begins none."""

NEVER = frozenset(
    "\\" + name
    for name in (
        *("input", "include", "write", "immediate", "openin", "openout", "read", "special"),
        *("csname", "def", "let", "directlua", "usepackage", "href", "url"),
        *("includegraphics", "sphinxincludegraphics"),
    )
)
"""Commands that a document of ours has no use for, and an attack has."""

MACROS = re.compile(r"^[.'](\S*)", re.MULTILINE)
"""Orders of a manual page: a line that begins with a stop or a quote."""

FILES = frozenset(
    ("so", "mso", "cf", "trf", "sy", "pso", "pi", "open", "opena", "am", "am1", "als")
)
"""Those that read and run files, or make other orders."""

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Print:
    """Give builds of a project whose logs are hostile."""
    made = make_site(tmp_path_factory.mktemp("print"))
    (made.root / "session-log.txt").unlink()
    for name, text in hostile_project().items():
        made.write(name, text)
    return made.build


def text_of(built: Built, pattern: str) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(built.out.rglob(pattern)))


def test_tex_is_given_no_order(printed: Print) -> None:
    text = text_of(printed("latex"), "*.tex").partition("\\begin{document}")[2]
    assert {m[0] for m in ORDERS.finditer(text)} & NEVER == set()
    assert "\\textbackslash{}input\\{/etc/passwd\\}" in text
    assert "\\textbackslash{}write18\\{id\\}" in text
    schemes = {m[1].lower() for m in re.finditer(r"\\sphinxhref\{([^}:]*):", text)}
    assert schemes <= {"http", "https", "mailto"}


def test_a_book_is_well_formed_and_runs_nothing(printed: Print) -> None:
    built = printed("epub")
    [book] = built.out.glob("*.epub")
    pages = 0
    with zipfile.ZipFile(book) as files:
        for name in files.namelist():
            if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
                root = ET.fromstring(files.read(name))
                tags = {str(element.tag).rpartition("}")[2] for element in root.iter()}
                assert not tags & {"script", "iframe", "object", "embed", "base", "form", "img"}
                marks = [(k, v) for element in root.iter() for k, v in element.attrib.items()]
                assert not [k for k, _ in marks if k.startswith("on") or k == "style"]
                assert not [v for k, v in marks if k == "href" and "javascript:" in v.lower()]
                pages += name.startswith("sessionlog/")
    assert pages > 5


def test_xml_is_well_formed(printed: Print) -> None:
    for path in sorted(printed("xml").out.rglob("sessionlog/*.xml")):
        root = ET.fromstring(path.read_bytes())
        assert not [x for x in root.iter() if x.tag in ("raw", "image", "math", "pending")]
        schemes = {x.get("refuri", "").partition(":")[0].lower() for x in root.iter()}
        assert not schemes & {"javascript", "data", "file", "vbscript"}


def test_texinfo_is_given_no_order(printed: Print) -> None:
    text = text_of(printed("texinfo"), "*.texi").partition("@c %**start of body")[2]
    orders = {m[1] for m in re.finditer(r"@([a-z]+|.)", text)}
    assert orders & {"include", "verbatiminclude", "macro", "image", "tex", "html", "set"} == set()


@pytest.mark.parametrize(("builder", "pattern"), [("text", "*.txt"), ("man", "*.1")])
def test_a_terminal_is_given_no_order(printed: Print, builder: str, pattern: str) -> None:
    built = printed(builder)
    text = text_of(built, pattern)
    assert "etc/passwd" in text
    assert CONTROLS.search(text) is None
    assert CONTROLS.search(built.warnings + built.status) is None
    if builder == "man":
        assert {m[1] for m in MACROS.finditer(text)} & FILES == set()

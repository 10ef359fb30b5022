"""The pages of a site in, Markdown files out that hold a title and a fence each.

The MkDocs plugin makes its pages of them, and `sessionlog-docs build --format md` writes them for
hosts that run no plugins; with `--format plain` the files hold the views themselves. A stub carries
no text of a log but its title, in which every sign that could be markup is written as a character
reference.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from hashlib import sha256
from importlib.resources import files as resources
from typing import Any

from sessionlog_core.autolinks import make_linker
from sessionlog_core.blocks import Block, Link, Ref, RefKind
from sessionlog_core.escape import escape
from sessionlog_core.export import published_files
from sessionlog_core.generated import mark
from sessionlog_core.model import Journal
from sessionlog_core.options import Options
from sessionlog_core.pages import page_blocks, plan_site
from sessionlog_core.patterns import later
from sessionlog_core.query import Query
from sessionlog_core.site import Page
from sessionlog_core.urls import safe
from sessionlog_core.writers import markdown

__all__ = ["DOWNLOAD", "SCRIPT", "STYLE", "make_plain", "make_stubs", "read_static", "write_stub"]

DOWNLOAD = ".txt"
"""What stands behind the names of files beside the pages where `.md` means a page."""

STYLE, SCRIPT = "sessionlog.css", "sessionlog.js"
"""The names of the style sheet and of the script."""

REPEATING = frozenset({"sessions", "metrics", "decisions"})
"""Views whose words all stand on other pages too: a search would find them twice."""

_SCHEME = later(r"[A-Za-z][A-Za-z0-9+.-]*:")

# What is no letter, digit, blank or harmless sign: markup of Markdown, Jinja and HTML.
_MARKUP = later(r"[^\w\s.,;:/()+–—-]|_")


def make_stubs(journal: Journal, options: Options) -> Mapping[str, str]:
    """Give file name (`index.md`) -> text of each generated page, and of what stands beside them.

    Each page holds a digest of what its view shows, for hosts that render a page again only when
    its text has changed.
    """
    site, linker = plan_site(journal, options), make_linker(journal, options)
    stubs = {}
    for page in site.pages:
        blocks = linker.link(page_blocks(journal, page))
        digest = _digest_of(options.images + repr(blocks))
        stubs[f"{page.name}.md"] = write_stub(page, options, digest=digest)
    for name, text in _downloads(journal, options).items():
        # Python-Markdown would make a page of what is called `.md`, and we would read it as a log.
        is_page = name.endswith(".md")
        comment = f"{mark(_digest_of(text))}\n\n" if is_page else ""
        stubs[name + DOWNLOAD * is_page] = comment + text
    return stubs | {name: read_static(name) for name in (STYLE, SCRIPT)}


def make_plain(
    journal: Journal, options: Options, address: Callable[[str, str], str | None]
) -> Mapping[str, str]:
    """Give file name -> text of each generated page as plain Markdown, for a forge or any host.

    `address` gives the address of what a log links to, by the log and the relative link in it.
    """
    site, linker = plan_site(journal, options), make_linker(journal, options)
    downloads = _downloads(journal, options)

    def resolve(target: Ref | Link) -> str | None:
        match target:
            case Ref(kind=RefKind.FILE, key=key):
                return key if key in downloads else None
            case Ref(kind=kind, key=key):
                page, anchor = site.targets.get((kind, key), ("", ""))
                return f"{page}.md" + (f"#{anchor}" if anchor else "") if page else None
            case Link(href=href, path=path):
                clean = safe(href)
                return clean if not clean or _SCHEME.match(clean) else address(path, clean)

    pages = {}
    for page in site.pages:
        blocks = linker.link(page_blocks(journal, page))
        text = markdown.write(blocks, resolve, anchors=True)
        comment = mark(_digest(blocks))
        pages[f"{page.name}.md"] = f"# {_heading(page)}\n\n{comment}\n\n{text.rstrip()}\n"
    return downloads | pages


def _downloads(journal: Journal, options: Options) -> dict[str, str]:
    """Give the files beside the pages."""
    return published_files(journal, Query(budget=options.budget), lambda _: None)


def read_static(name: str) -> str:
    """Give the style sheet or the script, which all hosts share."""
    return (resources("sessionlog_core") / "static" / name).read_text("utf-8")


def write_stub(page: Page, options: Options, *, digest: str = "", folder: str = "") -> str:
    """Write the Markdown of a page: front matter, a title, and the fence of its view.

    `folder` names the edition that is shown where a site has several.
    """
    words: dict[str, Any] = {"title": _escaped(page.title)}
    weight = _weight(page, options)
    if weight is not None:
        words["search"] = {"boost": weight} if weight else {"exclude": True}
    front = "\n".join(f"{name}: {json.dumps(value)}" for name, value in words.items())
    values = {"folder": folder} if folder else {}
    for field in fields(Query):
        value = getattr(page.query, field.name)
        if value != field.default:
            values[field.name.replace("_", "-")] = str(value)
    chosen = "".join(f":{name}: {value}\n" for name, value in values.items())
    comment = f"{mark(digest)}\n\n" if digest else ""
    fence = f"```{{sessionlog}} {page.view}\n{chosen}```\n"
    return f"---\n{front}\n---\n\n# {_heading(page)}\n\n{comment}{fence}"


def _weight(page: Page, options: Options) -> float | None:
    """Give the weight of a page in the search: None is as any other page, 0 is left out."""
    if page.view == "session" and options.search in ("less", "none"):
        return 0.5 if options.search == "less" else 0
    in_full = page.view == "continue" and not page.listed
    repeats = page.view in REPEATING or in_full
    return 0 if repeats and options.search != "all" else None


def _escaped(title: str) -> str:
    """Give a title of the front matter, which themes write into a page as it is.

    Some take it for text when they name the window, so that no end of an element may stand in it.
    """
    return escape(title, quote=False).replace("&lt;/", "&lt;\u2060/") if "<" in title else title


def _heading(page: Page) -> str:
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", " ".join(page.title.split()))


def _digest(blocks: tuple[Block, ...]) -> str:
    return _digest_of(repr(blocks))


def _digest_of(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

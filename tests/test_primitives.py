"""Who may open files, follow paths, take addresses apart and escape without the helper for it.

There is one helper for each: `escape`, `urls`, `paths`, `source`. A module that uses what stands
behind a helper has a row here that says why; a new one is found by name, and so is a row that
nothing needs any more.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.test_layers import ROOT, modules

CALLS: Mapping[str, str] = {
    "builtins.open": "reading",
    "os.open": "reading",
    ".read_text": "reading",
    ".read_bytes": "reading",
    "shutil.copyfile": "reading",
    ".resolve": "paths",
    "os.path.realpath": "paths",
    "urllib.parse.urlsplit": "addresses",
    "urllib.parse.urlparse": "addresses",
    "html.escape": "escaping",
    "html.unescape": "escaping",
    "xml.sax.saxutils.escape": "escaping",
    "xml.sax.saxutils.quoteattr": "escaping",
    "markupsafe.Markup": "escaping",
    "markupsafe.escape": "escaping",
    "builtins.eval": "running",
    "builtins.exec": "running",
    "builtins.compile": "running",
    "builtins.__import__": "running",
    "importlib.import_module": "running",
    "os.system": "running",
    "os.popen": "running",
    "pickle.loads": "running",
    "pickle.load": "running",
    "marshal.loads": "running",
    "yaml.load": "running",
    "subprocess.run": "running",
    "subprocess.Popen": "running",
    "urllib.request.urlopen": "fetching",
    "socket.socket": "fetching",
}
"""Call -> what it does. One that begins with a dot is a method of whatever object."""


MAY: Mapping[str, Mapping[str, str]] = {
    "reading": {
        "sessionlog_core/raw.py": "it is the helper",
        "sessionlog_core/cli.py": "what it writes itself: the same page again; the closed output",
        "sessionlog_core/stubs.py": "files of the package",
        "sphinx_sessionlog/style.py": "files of the package, and their copies in the site",
        "sphinx_sessionlog/linkcheck.py": "what the builder of Sphinx wrote",
        "sphinx_sessionlog/downloads.py": "the copies of our files in the site; images, looked at"
        " by `images.is_published`",
        "sphinx_sessionlog/outputs.py": "our own note of what a build wrote",
        "mkdocs_sessionlog/fragments.py": "pages as MkDocs wrote them",
        "mkdocs_sessionlog/plugin.py": "the search index of the site; images, as above",
        "mkdocs_sessionlog/place.py": "the page that Zensical renders at this moment",
    },
    "paths": {
        "sessionlog_core/paths.py": "it is the helper",
        "sessionlog_core/project.py": "the root, which the host names",
        "sessionlog_core/files.py": "the root, which the host names",
        "sessionlog_core/discover.py": "the folder of the host's settings; the home folder",
        "sessionlog_core/explain.py": "the file that the user names, and where the user stands",
        "sphinx_sessionlog/views.py": "roadmaps, which were read",
        "mkdocs_sessionlog/plugin.py": "folders of the host's settings",
        "mkdocs_sessionlog/place.py": "folders of the host's settings",
    },
    "addresses": {
        "sessionlog_core/autolinks.py": "addresses of the team's options",
        "sessionlog_core/repository.py": "addresses of the team's `pyproject.toml`",
        "sessionlog_core/images.py": "behind `urls.safe`; what is left is a path",
        "sphinx_sessionlog/links.py": "only a path to a page of the site comes out",
        "mkdocs_sessionlog/edition.py": "behind `urls.safe`",
    },
    "escaping": {
        "sessionlog_core/urls.py": "it undoes what somebody may have escaped, to look at it",
        "sphinx_sessionlog/nodes.py": "words for the search, out of HTML that the helper wrote",
    },
    "running": {
        "sessionlog_core/__init__.py": "imports modules of the package, by a fixed list",
        "sessionlog_core/discover.py": "asks git, with a fixed list of words, what it ignores",
    },
    "fetching": {},
}
"""What is done -> module -> why it does so without the helper."""


def calls(tree: ast.Module) -> Iterator[str]:
    """Give the whole names of what a module calls or hands on; of methods, `.name`."""
    names = {"open", "eval", "exec", "compile", "__import__"}
    known = {name: f"builtins.{name}" for name in names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.split(".")[0]
                known[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield known.get(node.id, node.id)
        elif isinstance(node, ast.Attribute):
            whole = ast.unparse(node)
            first, _, rest = whole.partition(".")
            yield f"{known.get(first, first)}.{rest}"
            # Of a module of ours, or of `re`, it is no method of a path.
            if first not in known or not isinstance(node.value, ast.Name):
                yield f".{node.attr}"


def users(paths: list[Path]) -> dict[str, set[str]]:
    """Give what is done -> the modules that do it."""
    out: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        for name in calls(ast.parse(path.read_text("utf-8"))):
            if kind := CALLS.get(name):
                out[kind].add(path.relative_to(ROOT).as_posix())
    return out


def test_who_does_without_a_helper_is_in_the_table() -> None:
    found = users(modules())
    assert {kind: sorted(found[kind]) for kind in MAY} == {k: sorted(MAY[k]) for k in MAY}


def test_the_search_sees_calls_under_any_name() -> None:
    text = (
        "import html\nimport os.path\nfrom html import escape as e\nfrom pathlib import Path\n"
        "x = [html.escape(y), e(y), open(y), Path(y).read_text(), os.path.realpath(y)]"
        "\nimport subprocess as s\ns.run(map(eval, y))\n"
    )
    assert {CALLS[name] for name in calls(ast.parse(text)) if name in CALLS} == {
        "escaping",
        "reading",
        "paths",
        "running",
    }

"""Write the reference pages that are made of the code: options, views, problems, Python interface.

Usage: python docs/reference.py
"""

import ast
import inspect
from dataclasses import is_dataclass
from enum import Enum
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import sessionlog_core
from sessionlog_core import problems
from sessionlog_core.options import OPTIONS
from sessionlog_core.query import QUERY_OPTIONS, Query
from sessionlog_core.views import VIEWS
from sphinx_sessionlog import nodes, project

HERE = Path(__file__).parent / "reference"


def literal(value: object) -> str:
    """Show a default as TOML has it."""
    match value:
        case None:
            return "none"
        case bool():
            return f"`{str(value).lower()}`"
        case str():
            return f'`"{value}"`'
        case tuple() | list():
            return f"`[{', '.join(literal(x).strip('`') for x in value)}]`"
    return f"`{value}`"


def cell(text: str) -> str:
    """Escape the one character that ends a cell."""
    return text.replace("|", "\\|")


def options_page() -> str:
    """Give the page of the options, from their table."""
    rows = "\n".join(
        f"| `{o.name}` | {literal(o.default)} | {cell(o.metadata['help'])} |" for o in OPTIONS
    )
    return f"""# Options

Each option stands in `[tool.sessionlog]` of `pyproject.toml`, or in a `sessionlog.toml` beside it. `sessionlog_<name>` in `conf.py` and the plugin's entry in `mkdocs.yml` come after them. Paths start at the project's root, the folder with `.git` or `pyproject.toml`.

| Option | Default | Meaning |
|---|---|---|
{rows}

Where one value is as good as a list of them, a text alone will do. True and false may be written as `yes`, `on`, `1` and `no`, `off`, `0` too, as a command line gives them.

An unknown name or a wrong value is told with the values that are allowed, and the build goes on without it.
"""


def views_page() -> str:
    """Give the page of the views and their options, from both tables."""
    views = "\n".join(f"| `{v.name}` | {cell(v.help)} |" for v in VIEWS.values())
    fields = {f.replace("-", "_"): f for f in QUERY_OPTIONS}
    options = "\n".join(
        f"| `{fields[name]}` | {literal(field.default)} | {cell(field.metadata['help'])} |"
        for name, field in Query.__dataclass_fields__.items()
    )
    return f"""# Views and their options

| View | Shows |
|---|---|
{views}

Every view takes the same options; those that a view has no use for change nothing.

| Option | Default | Meaning |
|---|---|---|
{options}
"""


def problems_page() -> str:
    """Give the page of the problem codes, from the strings below each member."""
    tree = ast.parse(inspect.getsource(problems.Code)).body[0]
    assert isinstance(tree, ast.ClassDef)
    said = [x.value.value for x in tree.body[1:] if isinstance(x, ast.Expr)]  # type: ignore[attr-defined]
    rows = "\n".join(
        f"| `sessionlog.{code}` | {cell(' '.join(text.split()))} |"
        for code, text in zip(problems.Code, said, strict=True)
    )
    return f"""# Problems

A problem has a code, a message and the place where it stands: `path:line: message [sessionlog.code]`. What is wrong with settings or with a file that you named is a warning; what only concerns the text of a log is told as information and never fails a build.

| Code | Means |
|---|---|
{rows}

Sphinx silences a code by `suppress_warnings = ["sessionlog.link"]`.
"""


OWN_PAGES = {"Options": "options.md", "Query": "views.md", "Code": "problems.md"}
"""Classes whose fields have a page of their own."""


def python_page() -> str:
    """Give the page of the public names, from their signatures and docstrings."""
    names = sessionlog_core.__all__
    functions = [name for name in names if inspect.isfunction(getattr(sessionlog_core, name))]
    classes = [name for name in names if inspect.isclass(getattr(sessionlog_core, name))]
    values = [name for name in names if name not in (*functions, *classes)]
    records = [name for name in nodes.__all__ if name.startswith("sessionlog_")]
    events = {name: text for name, text in said_below(project).items() if name == "EVENT"}
    return "\n".join(
        (
            "# Python interface\n",
            docstring(sessionlog_core),
            "\n## Functions of `sessionlog_core`\n",
            *(entry(name, getattr(sessionlog_core, name)) for name in functions),
            *(constant(name, sessionlog_core) for name in values),
            "## Classes of `sessionlog_core`\n",
            "All records are frozen dataclasses or enumerations: they compare, pickle and become JSON by `to_json`.\n",
            *(entry(name, getattr(sessionlog_core, name)) for name in classes),
            "## The event of `sphinx_sessionlog`\n",
            *(f"### `{project.EVENT}`\n\n{text}\n" for text in events.values()),
            "## Nodes of `sphinx_sessionlog.nodes`\n",
            *(entry(name, getattr(nodes, name)) for name in records),
        )
    )


def entry(name: str, thing: Any) -> str:
    """Give the heading, signature, docstring and fields of a function or class."""
    out = [f"### `{name}`\n"]
    if inspect.isfunction(thing):
        out.append(f"```py\n{name}{signature(thing)}\n```\n")
    out.append(docstring(thing) + "\n")
    if name in OWN_PAGES:
        out.append(f"Its fields stand on a [page of their own]({OWN_PAGES[name]}).\n")
    elif isinstance(thing, type) and issubclass(thing, Enum):
        said = said_below(thing)
        out.append("| Member | Value | Means |\n|---|---|---|")
        out += [f"| `{x.name}` | `{x.value}` | {said.get(x.name, '')} |" for x in thing]
        out.append("")
    elif is_dataclass(thing):
        out.append("| Field | Type | Default |\n|---|---|---|")
        for field, kind, value in declared(thing):
            out.append(f"| `{field}` | `{cell(kind)}` | {value and f'`{value}`'} |")
        out.append("")
        methods = {k: x for k, x in vars(thing).items() if isinstance(x, property) and k[0] != "_"}
        out += [f"`{name}`: {docstring(method)}\n" for name, method in methods.items()]
    return "\n".join(out)


def signature(function: Any) -> str:
    """Show what a function takes and gives, as its source has it, a line for each parameter."""
    node: Any = ast.parse(inspect.getsource(function)).body[0]
    given = node.args
    values = [None] * (len(given.args) - len(given.defaults)) + given.defaults
    pairs = [*zip(given.args, values, strict=True)]
    named = [*zip(given.kwonlyargs, given.kw_defaults, strict=True)]
    words = [f"{shown(one)}{equals(value)}" for one, value in pairs]
    words += ["*"] * bool(named)
    words += [f"{shown(one)}{equals(value)}" for one, value in named]
    gives = f" -> {ast.unparse(node.returns)}"
    short = f"({', '.join(words)}){gives}"
    if len(short) < 80:
        return short
    return "(\n" + "".join(f"    {word},\n" for word in words) + f"){gives}"


def shown(node: ast.AST) -> str:
    """Show a name with its type; one that is not yet known where it is used stands in quotes."""
    return ast.unparse(node).replace("'", "")


def equals(value: ast.expr | None) -> str:
    """Show a default, if there is one."""
    return "" if value is None else f" = {ast.unparse(value)}"


def declared(thing: type) -> list[tuple[str, str, str]]:
    """Give name, type and default of each field, as the source has them."""
    tree: Any = ast.parse(inspect.getsource(thing)).body[0]
    return [
        (node.target.id, shown(node.annotation), equals(node.value).removeprefix(" = "))
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]


def docstring(thing: Any) -> str:
    """Give a docstring, its examples as code that is not indented."""
    lines = (inspect.getdoc(thing) or "").split("\n")
    out: list[str] = []
    inside = False
    for line in lines:
        code = line.startswith("    ") or (inside and not line)
        if code != inside:
            while out and not out[-1]:
                out.pop()
            out += ["```", ""] if inside else ["", "```pycon"]
        inside = code
        out.append(line[4:] if code else line)
    return "\n".join([*out, "```"] if inside else out)


def said_below(thing: ModuleType | type) -> dict[str, str]:
    """Give name -> string that stands below it, of a module or a class."""
    tree: Any = ast.parse(inspect.getsource(thing))
    body = tree.body if isinstance(thing, ModuleType) else tree.body[0].body
    found: dict[str, str] = {}
    for line, below in pairwise(body):
        text = below.value.value if isinstance(below, ast.Expr) else None  # type: ignore[attr-defined]
        if isinstance(line, ast.Assign | ast.AnnAssign) and isinstance(text, str):
            target = line.targets[0] if isinstance(line, ast.Assign) else line.target
            found[getattr(target, "id", "")] = " ".join(text.split())
    return found


def constant(name: str, module: ModuleType) -> str:
    """Give the heading and the string below a value, wherever it is defined."""
    home = inspect.getmodule(next(iter(getattr(module, name).values())))
    return f"### `{name}`\n\n{said_below(home or module)[name]}\n"


PAGES = {
    "options.md": options_page,
    "views.md": views_page,
    "problems.md": problems_page,
    "python.md": python_page,
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), "utf-8")

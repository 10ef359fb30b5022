"""Write the reference pages that are tables of the code: options, views and problem codes.

Usage: python docs/reference.py
"""

import ast
import inspect
from pathlib import Path

from sessionlog_core import problems
from sessionlog_core.options import OPTIONS
from sessionlog_core.query import QUERY_OPTIONS, Query
from sessionlog_core.views import VIEWS

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


PAGES = {"options.md": options_page, "views.md": views_page, "problems.md": problems_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), "utf-8")

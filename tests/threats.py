"""Hostile cases from beside the repository in, their files in a folder out; nothing of them runs.

A text may be written as an expression, such as `'[a' * 50000`. What such an expression may hold is
what `_value` reads, and nothing else.
"""

import ast
import base64
import json
import operator
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.corpus import THREATS

__all__ = ["bad_inputs", "text_of", "write_case"]

_OPERATIONS: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}


def bad_inputs() -> list[Any]:
    """Give the cases as parameters of a test; none where they are not there."""
    if not THREATS.is_dir():
        return []
    rows = map(json.loads, (THREATS / "bad_inputs.jsonl").read_text("utf-8").splitlines())
    return [pytest.param(row, id=f"{row['id']} {row['title']}") for row in rows]


def write_case(case: Mapping[str, Any], folder: Path) -> tuple[str, ...]:
    """Write the files of a case into a folder; give their names."""
    for file in case["files"]:
        data = base64.b64decode(file["b64"]) if "b64" in file else text_of(file["gen"]).encode()
        path = folder / file["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    if "setup" in case:
        if case["title"] not in _SETUPS:
            pytest.skip(f"no setup of ours for: {case['title']}")
        _SETUPS[case["title"]](folder)
    return tuple(file["name"] for file in case["files"])


def text_of(expression: str) -> str:
    """Give the text that an expression means; raises ValueError for what is none of texts."""
    value = _value(ast.parse(expression.strip(), mode="eval").body, {})
    if not isinstance(value, str):
        raise ValueError(f"not a text: {expression[:80]!r}")
    return value


def _value(node: ast.expr, names: Mapping[str, int]) -> Any:
    match node:
        case ast.Constant(value=str() | int() as value):
            return value
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.Tuple(elts=elements):
            return tuple(_value(x, names) for x in elements)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATIONS:
            return _OPERATIONS[type(sign)](_value(left, names), _value(right, names))
        case ast.Subscript(value=text, slice=ast.Slice(lower=None, upper=end, step=None)) if end:
            return _value(text, names)[: _value(end, names)]
        case ast.Call(
            func=ast.Attribute(value=between, attr="join"),
            args=[
                ast.GeneratorExp(
                    elt=each,
                    generators=[
                        ast.comprehension(
                            target=ast.Name(id=name),
                            iter=ast.Call(func=ast.Name(id="range"), args=ends),
                            ifs=[],
                        )
                    ],
                )
            ],
        ):
            numbers = range(*(_value(x, names) for x in ends))
            return _value(between, names).join(_value(each, {**names, name: n}) for n in numbers)
    raise ValueError(f"not part of a text: {ast.unparse(node)[:80]}")


# What no text can say ---------------------------------------------------------------------------


def _link_out(folder: Path) -> None:
    (folder / "SESSION_REPORT_2026-01-05.md").symlink_to("/etc/passwd")


def _link_to_nothing(folder: Path) -> None:
    (folder / "progress.md").symlink_to(folder / "gone.md")


def _lock_file(folder: Path) -> None:
    (folder / "progress.md").write_text("# x")
    (folder / "progress.md").chmod(0)


def _lock_folder(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "progress.md").write_text("# x")
    (folder / "sub").chmod(0)


def _write_many(folder: Path) -> None:
    for n in range(300):
        (folder / f"SESSION_REPORT_{n:03}.md").write_text(f"# 2026-01-05 S{n}\n")


_SETUPS: Mapping[str, Callable[[Path], None]] = {
    "symlink to /etc/passwd": _link_out,
    "dangling symlink": _link_to_nothing,
    "unreadable file (run the build as an ordinary user)": _lock_file,
    "unreadable folder (ordinary user)": _lock_folder,
    "64 open files at most": _write_many,
}
"""Title of a case -> what it asks for."""

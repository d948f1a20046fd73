"""A cell that shows what it prints, and not the value of its last line besides."""

from __future__ import annotations

import ast

from loopbook.syntax import tree

_NOTHING = frozenset({"print", "show"})


def quiet(source: str) -> str:
    """The cell with a semicolon behind its last statement, if Jupyter would show a value of it."""
    magic, _, code = source.partition("\n") if source.startswith("%%") else ("", "", source)
    last = tree(code).body[-1]
    if magic or not isinstance(last, ast.Expr) or _shows_nothing(last.value):
        return source
    lines = code.split("\n")
    line, column = (last.end_lineno or 1) - 1, last.end_col_offset or 0
    text = lines[line].encode("utf-8")
    lines[line] = f"{text[:column].decode('utf-8')};{text[column:].decode('utf-8')}"
    return "\n".join(lines)


def _shows_nothing(value: ast.expr) -> bool:
    """Whether this is a call that returns nothing."""
    if not isinstance(value, ast.Call):
        return False
    name = getattr(value.func, "attr", None) or getattr(value.func, "id", None)
    return name in _NOTHING

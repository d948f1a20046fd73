"""A script's cells: its parts between the lines ``# %%``, as editors and notebooks know them."""

from __future__ import annotations
import __future__

import ast
import re
from bisect import bisect_right
from types import CodeType

from loopbook.syntax import UNREADABLE, tree

_MARK = re.compile(rb"^# %%(?:\s.*)?$", re.MULTILINE)
_FUTURE = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})


def cell_lines(source: bytes) -> tuple[int, ...]:
    """The lines of the marks; none in a script without cells."""
    plain = source.replace(b"\r\n", b"\n")
    return tuple(plain.count(b"\n", 0, mark.start()) + 1 for mark in _MARK.finditer(plain))


def statements(source: bytes, path: str = "script") -> dict[int, list[ast.stmt]]:
    """The statements of each part, by the line on which it begins; parts without any left out.

    What stands before the first mark is a part. A script without cells has one part.

    Raises:
        SyntaxError: it is not Python.
    """
    starts = (1, *(line for line in cell_lines(source) if line > 1))
    found: dict[int, list[ast.stmt]] = {}
    for statement in tree(source, path).body:
        start = starts[bisect_right(starts, _first_line(statement)) - 1]
        found.setdefault(start, []).append(statement)
    return found


def cut(source: bytes) -> tuple[int, ...]:
    """How many statements each part has: where a script is cut, whatever stands around them."""
    try:
        return tuple(len(body) for body in statements(source).values())
    except UNREADABLE:
        return ()


def parts(source: bytes, path: str) -> list[CodeType]:
    """The code of each part that has any.

    Executed one after the other in one namespace, the parts are the script, line numbers included.
    """
    made: list[CodeType] = []
    flags = 0
    for body in statements(source, path).values():
        if made:  # a string at the head of a later part is not the script's docstring
            body = [statement for statement in body if not _is_constant(statement)]
        made.append(compile(ast.Module(body, []), path, "exec", flags, dont_inherit=True))
        flags |= made[-1].co_flags & _FUTURE
    return made


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def _is_constant(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)

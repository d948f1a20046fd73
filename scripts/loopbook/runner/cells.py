"""A script's cells: its parts between the lines ``# %%``, as editors and notebooks know them."""

from __future__ import annotations
import __future__

import ast
import re
from bisect import bisect_right
from types import CodeType

_MARK = re.compile(rb"^# %%(?:\s.*)?$", re.MULTILINE)
_FUTURE = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})


def cell_lines(source: bytes) -> tuple[int, ...]:
    """The lines of the marks; none in a script without cells."""
    plain = source.replace(b"\r\n", b"\n")
    return tuple(plain.count(b"\n", 0, mark.start()) + 1 for mark in _MARK.finditer(plain))


def parts(source: bytes, path: str) -> list[tuple[int, CodeType]]:
    """The line on which each part begins, and its code.

    Executed one after the other in one namespace, the parts are the script, line numbers
    included. A script without cells has one part. What stands before the first mark is a part.
    """
    starts = (1, *(line for line in cell_lines(source) if line > 1))
    bodies: list[list[ast.stmt]] = [[] for _ in starts]
    for statement in ast.parse(source, path).body:
        bodies[bisect_right(starts, _first_line(statement)) - 1].append(statement)
    made, flags = [], 0
    for number, (start, body) in enumerate(zip(starts, bodies, strict=True)):
        if number:  # a string at the head of a later part is not the script's docstring
            body = [statement for statement in body if not _is_constant(statement)]
        code = compile(ast.Module(body, []), path, "exec", flags, dont_inherit=True)
        flags |= code.co_flags & _FUTURE
        made.append((start, code))
    return made


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def _is_constant(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)

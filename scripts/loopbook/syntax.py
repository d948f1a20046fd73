"""Python's own parser, used by one thread at a time.

While Python turns a parsed source into objects, it counts how deep it is for all threads together:
if another thread gets its turn in between, both may end with ``SystemError: AST constructor
recursion depth mismatch``, as seen with Python 3.11.7.
"""

from __future__ import annotations

import ast
import threading

#: What Python raises for a source that it cannot parse; the last three, for one nested too deeply.
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError, SystemError)

_turn = threading.RLock()  # a finaliser that parses may run in the midst


def tree(source: str | bytes, path: str = "<unknown>") -> ast.Module:
    """The syntax tree of a Python source.

    Args:
        source: its text, or its bytes as a file holds them.
        path: what errors call it.

    Raises:
        SyntaxError: it is not Python.
        ValueError, RecursionError, MemoryError, SystemError: it holds a null byte, or is nested
            too deeply.
    """
    with _turn:
        return ast.parse(source, path)

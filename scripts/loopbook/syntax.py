"""Python's own parser, used by one thread at a time.

While Python turns a parsed source into objects, it counts how deep it is for all threads together:
if another thread gets its turn in between, both may end with ``SystemError: AST constructor
recursion depth mismatch``, as seen with Python 3.11.7.
"""

from __future__ import annotations

import ast
import io
import re
import threading
import tokenize

#: What Python raises for a source that it cannot parse; the last three, for one nested too deeply.
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError, SystemError)

_END = re.compile(rb"\r\n?|\n")
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
        try:
            made = ast.parse(source, path)
        except SyntaxError as error:
            if isinstance(source, bytes):
                _place(error, source, path)
            raise
        except UnicodeDecodeError as error:  # it stumbled while it was about to say so
            bad = _unreadable(source) if isinstance(source, bytes) else None
            line = 1 if bad is None or isinstance(source, str) else _line(source, bad)
            raise SyntaxError(str(error), (path, line, None, None)) from error
    at = None if isinstance(source, str) or source.isascii() else _unreadable(source)
    if isinstance(source, bytes) and at is not None:  # in a comment, where the parser reads on
        message = f"the byte 0x{source[at]:02x} cannot stand there: it is no text"
        raise SyntaxError(message, (path, _line(source, at), None, None))
    return made


def _place(error: SyntaxError, source: bytes, path: str) -> None:
    """Give an error about the source's bytes its line: Python knows none for it, or a later one."""
    if error.lineno and "' codec can't decode" not in error.msg.replace("escape' codec", ""):
        return
    lines = (number for number, text in enumerate(source.splitlines()[:2], 1) if b"coding" in text)
    at = _unreadable(source)
    line = next(lines, None) if at is None else _line(source, at)
    if line is not None:
        error.filename, error.lineno, error.offset, error.text = path, line, None, None


def _unreadable(source: bytes) -> int | None:
    """Where the first byte stands that is no text; ``None``: there is none."""
    null = source.find(b"\0")
    try:
        encoding = tokenize.detect_encoding(io.BytesIO(source).readline)[0].removesuffix("-sig")
    except SyntaxError:
        encoding = "utf-8"
    try:
        source.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start if null < 0 else min(null, error.start)
    except LookupError:  # it says that it is no text at all
        return None
    return null if null >= 0 else None


def _line(source: bytes, at: int) -> int:
    return len(_END.findall(source, 0, at)) + 1

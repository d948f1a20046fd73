"""Text files of the book, read the same on every system, whoever saved them."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path

from loopbook.errors import BookError, printable
from loopbook.regular import bytes_of
from loopbook.syntax import UNREADABLE, tree

# Signs that no text needs: controls, and those that the engine keeps for itself.
_SIGN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ue000-\ue002\ufeff]")


def plain(text: str) -> str:
    """The text without a byte order mark, its lines ended by one sign."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def plain_bytes(path: Path) -> bytes:
    """A published file as every machine has it, whatever its copy of the book does to line ends.

    Raises:
        BookError: it cannot be read.
    """
    data = _bytes(path, "")
    try:
        return plain(data.decode("utf-8")).encode("utf-8")
    except UnicodeDecodeError:
        return data  # a picture, say


def read(path: Path, called: str = "") -> str:
    """Text of a chapter or a script: a byte order mark and the ends of Windows' lines are free.

    Args:
        path: the file.
        called: how errors name it; its path from here by default.

    Raises:
        BookError: it cannot be read, is not UTF-8, or holds a sign that no text needs.
    """
    data = _bytes(path, called)
    if (good := _good(data)) is not None:
        return good
    text = _text(data, path, called)
    if sign := _SIGN.search(text):
        raise BookError(
            f"holds the sign U+{ord(sign[0]):04X}, which no text needs",
            file=called or _called(path),
            line=text.count("\n", 0, sign.start()) + 1,
            cure="take it out; a script writes it as an escape, such as \\x1b",
        )
    return text


def read_printed(path: Path, called: str = "") -> str:
    """Text that a script printed, which may hold any sign.

    Raises:
        BookError: it cannot be read, or is not UTF-8.
    """
    return _text(_bytes(path, called), path, called)


@lru_cache(maxsize=256)
def _good(data: bytes) -> str | None:
    """The text, if there is nothing wrong with it: pages are read in each build, and rarely new."""
    try:
        text = plain(data.decode("utf-8"))
    except UnicodeDecodeError:
        return None
    return None if _SIGN.search(text) else text


def _text(data: bytes, path: Path, called: str) -> str:
    try:
        return plain(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BookError(
            f"is not UTF-8: the byte 0x{data[error.start]:02x} cannot stand there",
            file=called or _called(path),
            line=plain(data[: error.start].decode("utf-8")).count("\n") + 1,
            cure="save it as UTF-8",
        ) from error


def shown(text: str) -> str:
    """Printed text as a page shows it: a mark in the place of each sign that no text needs."""
    return _SIGN.sub("\N{REPLACEMENT CHARACTER}", text)


def parsed(text: str, called: str) -> ast.Module:
    """The syntax tree of a Python file.

    Raises:
        BookError: it is not Python.
    """
    try:
        return tree(text)
    except SyntaxError as error:
        raise BookError(
            f"is not Python: {error.msg}", file=called, line=error.lineno or 1
        ) from error
    except UNREADABLE as error:
        raise BookError(
            f"cannot be read as Python: {error or type(error).__name__}",
            file=called,
            line=1,
            cure="make its longest expression shorter",
        ) from error


def short(text: str, most: int = 120) -> str:
    """The text in one line, its middle left out where it is long."""
    text = " ".join(text.split())
    half = most // 2
    return text if len(text) <= most else f"{text[:half]} … {text[-half:]}"


def check_name(name: str, called: Path | str = "") -> None:
    """A file's name must be text: no link could lead to another, and no record be named by it.

    Args:
        name: the name.
        called: how errors name the file; by default so.

    Raises:
        BookError: it is not UTF-8.
    """
    if printable(name) != name:
        message = "has a name that is not UTF-8"
        raise BookError(message, file=called or name, line=1, cure="rename it")


def _bytes(path: Path, called: str) -> bytes:
    if printable(str(path)) != str(path):
        check_name(called or _called(path))
    try:
        return bytes_of(path)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BookError(f"cannot be read: {why}", file=called or _called(path), line=1) from error


def _called(path: Path) -> str:
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)

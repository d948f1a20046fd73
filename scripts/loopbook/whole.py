"""A file that is written whole or not at all, whatever ends the process that writes it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from loopbook.errors import BookError

_ELSEWHERE = "name a file in a folder that you can write into"


def write_whole(path: Path, data: bytes) -> None:
    """Put these bytes in the place of a file; whoever reads it meanwhile reads the one before."""
    write_pieces(path, (data,))


def write_where_new(path: Path, data: bytes) -> None:
    """Put these bytes into a file, its folder made if need be, unless it holds just these."""
    if not holds(path, data):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def holds(path: str | Path, data: bytes) -> bool:
    """Whether there is such a file, and just these bytes are in it."""
    try:
        with open(path, "rb") as file:
            return os.fstat(file.fileno()).st_size == len(data) and file.read() == data
    except OSError:
        return False


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The same, of bytes that are never in memory all at once."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(number, "wb") as file:
            file.writelines(pieces)
        os.chmod(name, _mode(path))
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return 0o644


def check_place(path: Path) -> None:
    """See that a file can be written there, before there is anything to write.

    Raises:
        BookError: it cannot.
    """
    if path.exists() and not path.is_file():
        raise BookError("this is no file, and cannot become one", file=path, cure=_ELSEWHERE)
    try:
        number, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    except OSError as error:
        message = f"no file can be written here: {error.strerror}"
        raise BookError(message, file=path, cure=_ELSEWHERE) from error
    os.close(number)
    os.unlink(name)

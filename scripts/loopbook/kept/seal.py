"""Files below ``.build`` with a seal: bytes that are not as they were put are made again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from loopbook.errors import BookError
from loopbook.regular import in_the_way
from loopbook.whole import write_whole

#: Bytes of a seal.
SIZE = 16


def seal(data: bytes) -> bytes:
    """What other bytes do not have."""
    return hashlib.blake2b(data, digest_size=SIZE).digest()


def get(file: Path) -> bytes | None:
    """What was put into a file; none where there is none, or not every byte is as it was put."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    return data[SIZE:] if seal(data[SIZE:]) == data[:SIZE] else None


def put(file: Path, data: bytes) -> None:
    """Put bytes below their seal in the place of a file, whole or not at all.

    The file's folder is made if need be. The file has no name of what is in it, such as ``.svg``:
    only `get` can read it.

    Raises:
        BookError: a file stands in the place of a folder, or a folder in the place of the file.
        OSError: it cannot be written for another reason.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, seal(data) + data)
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
        raise BookError(
            "is in the way of what builds keep there",
            file=in_the_way(file.parent) or file,
            cure="delete it: the next build makes what belongs there",
        ) from error


def kept(file: Path, make: Callable[[], bytes]) -> bytes:
    """What was put into a file; where that is not to be had, it is made and put there."""
    data = get(file)
    if data is None:
        data = make()
        put(file, data)
    return data

"""Files below ``.build`` with a seal: bytes that are not as they were put are made again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

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
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, seal(data) + data)


def kept(file: Path, make: Callable[[], bytes]) -> bytes:
    """What was put into a file; where that is not to be had, it is made and put there."""
    data = get(file)
    if data is None:
        data = make()
        put(file, data)
    return data

"""Files that are files, and folders that are folders: to read a pipe may take for ever."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

# Opening a pipe waits for its other end, unless told not to; files do not care.
_AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFDIR: "a folder"}


def bytes_of(path: str | Path, most: int = -1) -> bytes:
    """All of a file, or its beginning.

    Args:
        path: the file.
        most: so many bytes of it; -1 for all.

    Raises:
        OSError: it cannot be read, or is a folder, a pipe, a socket or a device.
    """
    try:
        handle = os.open(path, _AT_ONCE)
    except OSError as error:
        if error.errno == errno.ENXIO:  # what a socket answers
            raise _odd(stat.S_IFSOCK, path) from error
        raise
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise _odd(mode, path)
        with open(handle, "rb", closefd=False) as file:
            return file.read(most)
    finally:
        os.close(handle)


def below(folder: Path, name: str = "") -> list[Path]:
    """All files of a name, or of any, below a folder, sorted; others may come and go meanwhile."""
    return sorted(
        Path(place, file)
        for place, _, files in os.walk(folder)
        for file in files
        if file == name or not name
    )


def in_the_way(folder: Path) -> Path | None:
    """What is no folder, and yet stands where this folder or one above it should be."""
    places = (folder, *folder.parents)
    return next((place for place in places if place.exists() and not place.is_dir()), None)


def _odd(mode: int, path: str | Path) -> OSError:
    kind = _KINDS.get(stat.S_IFMT(mode), "a device")
    return OSError(errno.EINVAL, f"it is {kind}, no file", str(path))

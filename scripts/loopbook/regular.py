"""Files that are files, and folders as they are while others write: a pipe may take for ever."""

from __future__ import annotations

import errno
import fnmatch
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from loopbook.errors import BookError

T = TypeVar("T")

# Opening a pipe waits for its other end, unless told not to; files do not care.
_AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFDIR: "a folder"}
_LOOKS = 10  # at a file that is there, and was not when it was read: editors put it aside
_VIM = "4913"  # it makes such a file, and removes it, before it saves another


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


def sign_of(path: str | Path) -> tuple[int, ...]:
    """What changes with each writing of a file; nothing where there is none."""
    try:
        known = os.stat(path)
    except OSError:
        return ()
    return known.st_mtime_ns, known.st_ino, known.st_size


def below(folder: Path, name: str = "") -> list[Path]:
    """All files of a name, or of any, below a folder, sorted; others may come and go meanwhile."""
    return sorted(
        Path(place, file)
        for place, _, files in os.walk(folder)
        for file in files
        if file == name or not name
    )


def written(folder: Path, pattern: str = "*", *, folders: bool = False) -> list[str]:
    """The files that an author keeps below a folder, named from there, with ``/``, part by part.

    Left out is what is hidden, kept by Python or kept by an editor for a moment. Links to folders
    are not followed; others may come and go meanwhile.

    Args:
        folder: where to look; it need not be there.
        pattern: what a file's own name is like.
        folders: whether folders of such names count, too.
    """
    found: list[str] = []
    start = len(os.path.join(folder, ""))
    for place, inner, files in os.walk(folder):
        inner[:] = [name for name in inner if not name.startswith((".", "__pycache__"))]
        names = fnmatch.filter([*files, *inner] if folders else files, pattern)
        above = f"{place[start:]}/".replace(os.sep, "/").lstrip("/")
        found += [above + name for name in names if not (name.startswith(".") or passing(name))]
    return sorted(found, key=lambda name: name.split("/"))


def passing(name: str) -> bool:
    """Whether a file of this name is one that an editor keeps beside another, or for a moment."""
    return name.endswith("~") or name == _VIM or (name.startswith("#") and name.endswith("#"))


def still_there(
    folder: Path, names: Iterable[str], look: Callable[[str], T]
) -> Iterator[tuple[str, T]]:
    """The names of a listing, each with what is read there; what has gone since was not listed.

    Args:
        folder: where the names lie.
        names: what was listed.
        look: reads one of them.

    Raises:
        OSError: one that is there cannot be read.
        BookError: the same, or there is something wrong with it.
    """
    for name in names:
        for _ in range(_LOOKS):
            try:
                found = look(name)
            except (OSError, BookError) as error:
                if not os.path.lexists(folder / name):
                    break
                if not isinstance(error.__cause__ or error, FileNotFoundError):
                    raise
                last = error
            else:
                yield name, found
                break
        else:
            raise last


def in_the_way(folder: Path) -> Path | None:
    """What is no folder, and yet stands where this folder or one above it should be."""
    places = (folder, *folder.parents)
    return next((place for place in places if place.exists() and not place.is_dir()), None)


def _odd(mode: int, path: str | Path) -> OSError:
    kind = _KINDS.get(stat.S_IFMT(mode), "a device")
    return OSError(errno.EINVAL, f"it is {kind}, no file", str(path))

"""A file that is held while something is done: by one alone, or by all who share it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path, *, shared: bool = False) -> Iterator[None]:
    """Wait until nobody else holds the file; the system lets go of it if the process dies.

    Args:
        path: the file; made if need be, in a folder that is there.
        shared: others may share it, and only those who do not have to wait. Where it cannot be
            written, nobody can change what it guards, and it is not held.

    Raises:
        OSError: it cannot be written.
    """
    try:
        file = path.open("a")
    except OSError:
        if not shared:
            raise
        yield
        return
    with file:
        try:
            import fcntl
        except ImportError:  # Windows, where all are alone
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield

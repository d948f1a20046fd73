"""A lock that processes share: a file, which the system lets go of if its process dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path, *, shared: bool = False) -> Iterator[None]:
    """Only one process, and one thread of it, at a time, or all those that share.

    Args:
        path: the file; it is made, unless it is shared.
        shared: others may share it meanwhile; the file is not written.

    Raises:
        OSError: the file is not there, or cannot be opened.
    """
    with path.open("r" if shared else "a") as file:
        try:
            import fcntl
        except ImportError:  # Windows, where all are alone
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield

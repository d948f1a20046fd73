"""Folders that last as long as their process, and the removal of those whose process was killed."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from loopbook.errors import BookError
from loopbook.runner.offspring import end_all

#: How the names begin of folders that nobody needs once their process has ended.
RUN = "loopbook-"


@contextmanager
def own_folder(place: Path, prefix: str) -> Iterator[Path]:
    """A new folder ``PREFIXpid-start-…``, removed in the end unless it was moved away.

    It is locked as long, so that another process sees that it is in use.
    """
    me = os.getpid()
    folder = Path(tempfile.mkdtemp(prefix=f"{prefix}{me}-{_started(me)}-", dir=place))
    lock = _locked(folder)
    try:
        yield folder
    finally:
        if lock is not None:
            os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def abandoned(place: Path, prefix: str) -> list[Path]:
    """The folders of this prefix whose process has ended without removing them."""
    if sys.platform == "win32":
        return []
    found = []
    for folder in sorted(place.glob(f"{prefix}[0-9]*-*")):
        pid, _, rest = folder.name.removeprefix(prefix).partition("-")
        try:
            if not pid.isdigit() or folder.lstat().st_uid != os.getuid():
                continue
        except FileNotFoundError:
            continue  # its process has just removed it
        if not _alive(int(pid), rest.partition("-")[0]):
            lock = _locked(folder)  # else it is in use on another machine that sees this folder
            if lock is not None:
                os.close(lock)
                found.append(folder)
    return found


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for one run of a script, among the system's temporary files.

    Raises:
        BookError: there is no room for it.
    """
    place = Path(tempfile.gettempdir())
    try:
        with own_folder(place, RUN) as folder:
            yield folder
    except OSError as error:
        raise BookError(
            f"a script cannot be run: {error.strerror}",
            file=error.filename or place,
            cure="make room there, or name another folder by the variable TMPDIR",
        ) from error


def empty(folder: Path) -> None:
    """End what runs in a folder and remove what lies there."""
    if any(folder.iterdir()):
        end_all(None, folder)
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def clear_scratch(place: Path | None = None) -> None:
    """End what runs that were killed have left running, and remove their folders.

    Args:
        place: where these lie; by default, among the system's temporary files.
    """
    for folder in abandoned(place or Path(tempfile.gettempdir()), RUN):
        end_all(None, folder)
        shutil.rmtree(folder, ignore_errors=True)


def _locked(folder: Path) -> int | None:
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    try:
        place = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(place)
        return None
    return place


def _alive(pid: int, start: str) -> bool:
    """Whether there is a process, or a thread, of this number and from this time."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    now = _started(pid)
    return not (start.isdigit() and now) or now == start  # else another one has the number now


def _started(pid: int) -> str:
    """When a process started, in ticks of the system's own clock; empty where nobody tells."""
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[19].decode()
    except OSError:
        return ""

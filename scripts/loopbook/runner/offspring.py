"""Processes that descend from a script's process, or belong to it, and their end."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path

_ROUNDS = 5
#: Seconds within which a process that is killed has ended, unless its machine is stuck.
_PATIENCE = 2.0


def adopt_orphans() -> None:
    """From now on what this process has started, directly or not, descends from it for good."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER


def alone() -> bool:
    """Whether this process has no child any more that runs."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except (AttributeError, ChildProcessError):
        return True
    return False


def offspring(*pids: int, folder: Path | None = None) -> set[int]:
    """Processes that descend from one of these, or belong to its session, or work in this folder.

    They work in it if it holds their current folder or standard streams, or if it was their
    temporary folder when they were started. Found below ``/proc``; elsewhere there are none.
    """
    parents: dict[int, int] = {}
    found: set[int] = set()
    for name in os.listdir("/proc") if sys.platform == "linux" else []:
        if not name.isdigit() or int(name) in (*pids, os.getpid()):
            continue
        try:
            with open(f"/proc/{name}/stat", "rb") as file:
                state, parent, _, session = file.read().rpartition(b")")[2].split()[:4]
            if state == b"Z":
                continue
            parents[int(name)] = int(parent)
            if int(session) in pids or (folder and _works_in(name, os.fsencode(folder))):
                found.add(int(name))
        except OSError:
            continue  # it has ended meanwhile, or is somebody else's
    grown = -1
    while grown != len(found):
        grown = len(found)
        known = found.union(pids)
        found |= {child for child, parent in parents.items() if parent in known}
    return found


def end_all(pid: int | None, folder: Path) -> None:
    """End a process and all that it started, wherever they went."""
    if sys.platform == "win32":
        return
    ended: set[int] = set()
    for _ in range(_ROUNDS):  # one that is ended may just have started another
        found = offspring(pid or -1, folder=folder)
        if pid is not None:
            _kill_group(pid)
        for left in found:
            try:
                os.kill(left, signal.SIGKILL)
            except OSError:
                continue
        if not found:
            break
        await_end(found - ended)
        ended |= found


def await_end(pids: Iterable[int]) -> None:
    """Wait until processes that are killed have ended; elsewhere than on Linux it is not waited.

    A process that holds much memory takes a moment to die, and one whose parent has died is
    nobody's to wait for.
    """
    for pid in pids if sys.platform == "linux" else ():
        with suppress(OSError):  # it has ended, or may not be asked about
            file = os.pidfd_open(pid)
            try:
                wait([file], _PATIENCE)
            finally:
                os.close(file)


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _works_in(name: str, folder: bytes) -> bool:
    for link in ("cwd", "fd/0", "fd/1", "fd/2"):
        try:
            if os.readlink(f"/proc/{name}/{link}".encode()).startswith(folder):
                return True
        except OSError:
            continue
    with open(f"/proc/{name}/environ", "rb") as file:
        return b"TMPDIR=" + folder in file.read()

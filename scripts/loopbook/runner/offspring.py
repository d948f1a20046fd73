"""Processes that a script started: which of them it left behind, and their end."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import textwrap
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from loopbook.runner.stack import line_in, write_stack

_ROUNDS = 5
_BIRTHS = frozenset({"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.system"})
_KILLS = frozenset({"os.kill", "os.killpg"})
_HEARD = _BIRTHS | _KILLS
_LONGEST = 70


class Births:
    """Remembers from which lines of its script this process starts others, or kills itself."""

    def __init__(self, script: str) -> None:
        self._script = script
        self._me = os.getpid()
        self._lines: list[tuple[int | None, str]] = []
        adopt_orphans()
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _HEARD or os.getpid() != self._me:
            return
        if event in _KILLS:
            whom, number = arguments
            ends = 0 < number < signal.NSIG and signal.getsignal(number) is signal.SIG_DFL
            if whom in (0, self._me) and ends:  # it leads a group of its own
                write_stack()
        else:
            words = arguments[1] if event == "subprocess.Popen" else ()
            words = [words] if isinstance(words, (str, bytes, os.PathLike)) else words
            line = line_in(self._script, sys._getframe(1))
            self._lines.append((line, " ".join(map(os.fsdecode, words))))

    def left(self) -> tuple[str, int | None] | None:
        """A process that still runs: its name and the line that started it; ``None``: none does.

        Those that no line of Python started, such as a library's helpers, do not count.
        """
        if alone() or not self._lines:
            return None
        for pid in sorted(offspring(self._me)):
            return named(_command(pid), _command(self._me), self._lines)
        return None


def adopt_orphans() -> None:
    """From now on what this process has started, directly or not, descends from it for good."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER


def named(
    command: Sequence[str], own: Sequence[str], births: Sequence[tuple[int | None, str]]
) -> tuple[str, int | None]:
    """What a process is called, without places of this machine, and the line that started it.

    Args:
        command: the words of its command; none if they cannot be read.
        own: those of the process that started it: a fork has the same.
        births: lines that started processes, at least one, each with the words of the command.
    """
    words, fork = " ".join(command), bool(command) and command == own
    known = [birth for birth in births if birth[1] == ("" if fork else words)] if command else []
    line, said = (known or births)[-1]
    words = (words or said).strip()
    if fork or not words:
        return "a copy of itself" if fork else "one that has no name", line
    program, _, rest = words.replace(sys.executable, "python").partition(" ")
    name = f"{os.path.basename(program) or program} {rest}"
    return textwrap.shorten(name, _LONGEST, placeholder=" …"), line


def alone() -> bool:
    """Whether this process has no child any more that runs."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except (AttributeError, ChildProcessError):
        return True
    return False


def offspring(pid: int, folder: Path | None = None) -> set[int]:
    """Processes that descend from one, or belong to its session, or work in this folder.

    They work in it if it holds their current folder or standard streams, or if it was their
    temporary folder when they were started. Found below ``/proc``; elsewhere there are none.
    """
    parents: dict[int, int] = {}
    found: set[int] = set()
    for name in os.listdir("/proc") if sys.platform == "linux" else []:
        if not name.isdigit() or int(name) in (pid, os.getpid()):
            continue
        try:
            with open(f"/proc/{name}/stat", "rb") as file:
                state, parent, _, session = file.read().rpartition(b")")[2].split()[:4]
            if state == b"Z":
                continue
            parents[int(name)] = int(parent)
            if int(session) == pid or (folder and _works_in(name, os.fsencode(folder))):
                found.add(int(name))
        except OSError:
            continue  # it has ended meanwhile, or is somebody else's
    grown = -1
    while grown != len(found):
        grown = len(found)
        found |= {child for child, parent in parents.items() if parent == pid or parent in found}
    return found


def end_all(pid: int | None, folder: Path) -> None:
    """End a process and all that it started, wherever they went."""
    if sys.platform == "win32":
        return
    for _ in range(_ROUNDS):  # one that is ended may just have started another
        found = offspring(pid or -1, folder)
        if pid is not None:
            _kill_group(pid)
        for left in found:
            try:
                os.kill(left, signal.SIGKILL)
            except OSError:
                continue
        if not found:
            return


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


def _command(pid: int) -> list[str]:
    """The words of a process's command; it may take a moment until a new one can be read."""
    for _ in range(_ROUNDS):
        try:
            if said := Path(f"/proc/{pid}/cmdline").read_bytes():
                return os.fsdecode(said).removesuffix("\0").split("\0")
        except OSError:
            break
        time.sleep(0.002)
    return []

"""Processes that a script starts: from which lines, and which of them it left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from os import O_APPEND, O_CREAT, O_TRUNC, O_WRONLY, close, getpid, write
from os import open as open_
from pathlib import Path
from typing import Any

from loopbook.regular import bytes_of
from loopbook.runner.hearing import hear
from loopbook.runner.leaving import LEFT
from loopbook.runner.offspring import adopt_orphans, alone, offspring
from loopbook.runner.stack import line_in, write_stack

_SPAWNS = frozenset({"subprocess.Popen", "os.posix_spawn"})
_BIRTHS = _SPAWNS | {"os.fork", "os.forkpty", "os.system"}
_KILLS = frozenset({"os.kill", "os.killpg"})
_HEARD = _BIRTHS | _KILLS | {"os.exec"}
_TOLD = "births.txt"
_HELPER = -1
_ROUNDS = 5
_LONGEST = 70


class Births:
    """Remembers from which lines of its script this process starts others, or ends itself.

    It ends itself by a signal, or by becoming another program.

    Which birth a process comes from is told by its number, in a file, since forks of this process
    tell it, too. A library's helpers, such as the tracker of what ``multiprocessing`` shares, are
    started past ``subprocess`` and its like: they are told to be of no birth.
    """

    def __init__(self, script: str, folder: Path) -> None:
        self._script = script
        self._folder = folder
        self._me = getpid()
        self._lines: list[tuple[int | None, str]] = []
        adopt_orphans()
        hear(_HEARD, self._hear)
        if sys.platform != "win32":
            import _posixsubprocess

            os.register_at_fork(after_in_child=lambda: self._tell(getpid(), self._last()))
            for module, name, birth in (
                (_posixsubprocess, "fork_exec", lambda: _HELPER),
                (subprocess, "_fork_exec", self._last),
                (os, "posix_spawn", self._last),
                (os, "posix_spawnp", self._last),
            ):
                if name in vars(module):
                    vars(module)[name] = self._noted(vars(module)[name], birth)

    def left(self) -> tuple[str, int | None] | None:
        """A process that still runs: its name and the line that started it; ``None``: none does.

        Those that no line of Python started, such as a library's helpers, do not count.
        """
        if alone() or not self._lines:
            return None
        found, births = offspring(self._me), self._births()
        if helpers := {pid for pid in found if births.get(pid) == _HELPER}:
            found -= helpers | offspring(*helpers)
        for pid in sorted(found):
            if pid in births or not _of_a_library(pid):
                birth = births.get(pid, len(self._lines))
                lines = self._lines[birth : birth + 1] or self._lines
                return named(_command(pid), _command(self._me), lines)
        return None

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if getpid() != self._me:
            return
        if event in _KILLS:
            whom, number = arguments
            ends = 0 < number < signal.NSIG and signal.getsignal(number) is signal.SIG_DFL
            if whom in (0, self._me) and ends:  # it leads a group of its own
                write_stack()
            return
        line = line_in(self._script, sys._getframe(2))
        if event == "os.exec":
            write_stack()
            self._write(LEFT, b"[null, %s]" % str(line or "null").encode(), O_TRUNC)
        else:
            words = arguments[1] if event in _SPAWNS else ()
            words = [words] if isinstance(words, (str, bytes, os.PathLike)) else words
            self._lines.append((line, " ".join(map(os.fsdecode, words))))

    def _last(self) -> int:
        """The last birth, from which a fork of this process comes, if it is one."""
        return len(self._lines) - 1

    def _noted(self, begin: Callable[..., int], birth: Callable[[], int]) -> Callable[..., int]:
        def noted(*arguments: Any, **options: Any) -> int:
            pid = begin(*arguments, **options)
            self._tell(pid, birth())
            return pid

        return noted

    def _tell(self, pid: int, birth: int) -> None:
        self._write(_TOLD, b"%d %d\n" % (pid, birth), O_APPEND)

    def _write(self, name: str, text: bytes, how: int) -> None:
        """Into a file that is opened each time: a script may close whatever is open."""
        with suppress(OSError):  # there is no room, or no descriptor
            file = open_(self._folder / name, O_WRONLY | O_CREAT | how, 0o644)
            write(file, text)
            close(file)

    def _births(self) -> dict[int, int]:
        found: dict[int, int] = {}
        with suppress(OSError, ValueError):  # nothing was told, or the script wrote there
            for line in bytes_of(self._folder / _TOLD).splitlines():
                pid, birth = map(int, line.split())
                found[pid] = birth
        return found


def named(
    command: Sequence[str], own: Sequence[str], births: Sequence[tuple[int | None, str]]
) -> tuple[str, int | None]:
    """What a process is called, without places of this machine, and the line that started it.

    Args:
        command: the words of its command; none if they cannot be read.
        own: those of the process that started it: a fork has the same.
        births: lines that may have started it, at least one, each with the words of the command.
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


def _of_a_library(pid: int) -> bool:
    """Whether a process runs a program that lies in a package which is imported here."""
    try:
        program = Path(os.readlink(f"/proc/{pid}/exe"))
    except OSError:
        return False  # it has just ended, or is somebody else's
    for folder in program.parents:
        package = sys.modules.get(folder.name)
        if str(folder) in map(os.path.realpath, getattr(package, "__path__", ())):
            return True
    return False


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

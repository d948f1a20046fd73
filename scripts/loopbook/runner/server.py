"""The server that scripts are forked from: woken, ended, and started again after it was ended."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from typing import Any

from loopbook.errors import BookError
from loopbook.runner.daemon import not_daemonic
from loopbook.runner.interpreter import new_interpreter
from loopbook.runner.offspring import await_end
from loopbook.runner.sockets import make_room_for_sockets

_PRELOAD = ["loopbook.runner.warm"]
#: How often it is started for one script before that is given up.
_STARTS = 3
_starting = threading.Lock()


class ServerGone(Exception):
    """The server ended while a script of its ran, and with it the script."""


def forks() -> bool:
    """Whether processes can be forked from a server here."""
    return "forkserver" in multiprocessing.get_all_start_methods()


def keep_warm() -> None:
    """Start the server that scripts are forked from, where forking exists, before any script.

    It imports torch and the like on the side, and lives as long as this process.
    """
    if forks():
        from multiprocessing import forkserver

        with _quietly():
            context().set_forkserver_preload(_PRELOAD)
            forkserver.ensure_running()


def context() -> ForkServerContext:
    """What makes processes that are forked from the server."""
    make_room_for_sockets()
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(_PRELOAD)
    return made


def started(make: Callable[[], BaseProcess], cancelled: Callable[[], bool]) -> BaseProcess:
    """A process that runs; a server that has been ended is started again for it.

    Raises:
        ServerGone: it is not wanted any more.
        BookError: the server ends each time before the process is there.
    """
    with _starting:
        for _ in range(_STARTS):
            if cancelled():
                raise ServerGone
            process = make()
            try:
                with _quietly():
                    process.start()
            except (EOFError, ConnectionError, FileNotFoundError):
                _drop()
                continue
            # Whoever starts the next process would look after this one, too; but a process's
            # status is told once.
            multiprocessing.process._children.discard(process)  # type: ignore[attr-defined]
            return process
        message = f"the process that scripts are forked from ended {_STARTS} times as it started"
        raise BookError(message, cure="see that there is enough memory, and that torch is imported")


def end_server(hurry: bool) -> None:
    """End the fork server: in any case in a hurry, else if a thread still waits for it to wake."""
    if (pid := server_pid()) is not None and (hurry or _starting.locked()):
        with suppress(ProcessLookupError):  # it was faster
            os.kill(pid, signal.SIGKILL)
            await_end([pid])


def server_pid() -> int | None:
    """The server's process, if this one has started it and does not know of its end."""
    pid: int | None = _server()._forkserver_pid if forks() else None
    return pid


def go_on(pid: int | None) -> None:
    """Let a server go on that was halted: it says when a script has ended."""
    if pid is not None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def ended_with(sentinel: int) -> bool:
    """Whether a process that has ended did so with its server, which told nothing of it."""
    import fcntl
    import termios

    waiting = fcntl.ioctl(sentinel, termios.FIONREAD, bytes(4))
    return not any(waiting)


def _server() -> Any:
    from multiprocessing import forkserver

    return vars(forkserver)["_forkserver"]


def _drop() -> None:
    """Have nothing to do any more with a server that cannot be reached; the next is a new one."""
    server = _server()
    end_server(hurry=True)
    with suppress(FileNotFoundError, ChildProcessError):
        server._stop()
    server._forkserver_pid = None


@contextmanager
def _quietly() -> Iterator[None]:
    """A process that is started meanwhile inherits nothing of us."""
    with _main_hidden(), new_interpreter(), not_daemonic(), _deaf():
        yield


@contextmanager
def _main_hidden() -> Iterator[None]:
    """Keep multiprocessing from importing our caller's main module into the script's process."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _deaf() -> Iterator[None]:
    """A process started meanwhile does not hear of Ctrl-C: the terminal tells all that it runs."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # it would let the signal in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

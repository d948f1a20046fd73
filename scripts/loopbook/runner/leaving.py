"""What the process of a script leaves behind, and how it left."""

from __future__ import annotations

import builtins
import errno
import io
import json
import json.encoder
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from os import _exit, getpid
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from loopbook.regular import bytes_of
from loopbook.runner.ending import Ending
from loopbook.runner.job import Job
from loopbook.runner.record import Problem
from loopbook.runner.stack import line_in

# What the last words are said with, as long as a script has not changed it.
_OURS: tuple[ModuleType, ...] = (builtins, io, json, json.encoder, os, threading, time)
#: Where a process notes by which status, none if it becomes another program, and line it leaves.
LEFT = "left.json"


class AsFound:
    """What is needed after a script, and what it may have put in its place."""

    def __init__(self) -> None:
        self._modules = [(module, dict(vars(module))) for module in _OURS]
        self._path = dict(vars(Path))

    def put_back(self) -> None:
        """From now on all is as it was found."""
        for module, found in self._modules:
            vars(module).update(found)
        for name, value in self._path.items():
            if vars(Path).get(name) is not value and name != "__dict__":
                setattr(Path, name, value)

    @contextmanager
    def lent(self) -> Iterator[None]:
        """For a moment all is as it was found; then it is again as the script has it."""
        theirs = AsFound()
        self.put_back()
        try:
            yield
        finally:
            theirs.put_back()


def end_copy(job: Job, ending: Ending, error: BaseException | None) -> NoReturn:
    """End a copy of a script's process that ran to its end: as Python ends, with all that it says.

    Args:
        job: what it is a copy of.
        ending: how that ends.
        error: the exception that ended it, if one did.
    """
    status = 0
    if isinstance(error, SystemExit):
        status = error.code if isinstance(error.code, int) else int(error.code is not None)
        if error.code is not None and not isinstance(error.code, int):
            print(error.code, file=sys.stderr)
    elif error is not None:
        status, trace = 1, error.__traceback__
        while trace and trace.tb_frame.f_code.co_filename != job.path:
            trace = trace.tb_next
        with suppress(Exception):
            sys.excepthook(type(error), error.with_traceback(trace), trace)
    if error is not None:
        BaseException.with_traceback(error, None)  # it held what the script made
    try:
        ending.finish()
        ending.dismantle(job.root)
    finally:
        _exit(status & 255)


def leave_result(folder: Path, result: dict[str, Any], problem: Problem | None) -> None:
    """Write ``result.json``, whole or not at all; at the very end, there is a descriptor for it."""
    text = json.dumps(result | {"problem": None if problem is None else asdict(problem)})
    try:
        (folder / "result.part").write_text(text, encoding="utf-8")
    except OSError as error:
        if error.errno != errno.EMFILE or result["threads"] is not None:
            raise
        os.close(0)  # the script has taken all others, and nobody reads any more
        (folder / "result.part").write_text(text, encoding="utf-8")
    os.replace(folder / "result.part", folder / "result.json")


def waiting_threads() -> list[tuple[str, int | None]]:
    """Names of the threads that a script's process waits for, and the lines that started them."""
    waiting = (thread for thread in threading.enumerate() if not thread.daemon)
    main = threading.main_thread()
    return [(thread.name, getattr(thread, "_line", None)) for thread in waiting if thread != main]


def last_blow(folder: Path) -> int | None:
    """The line by which a process last sent a signal to the one that it was forked from."""
    line: int | None = None
    with suppress(OSError, ValueError):  # it has not struck
        line = json.loads(bytes_of(folder / "blow.json"))
    return line


@contextmanager
def exits_noted(job: Job, folder: Path) -> Iterator[None]:
    """Note the lines by which this process leaves at once, or strikes its parent; of threads, too.

    Those that start its threads are kept with the threads.
    """
    leave, begin, blows = os._exit, threading.Thread.start, {"kill": os.kill}
    if sys.platform != "win32":
        blows["killpg"] = os.killpg
    me, parent = getpid(), os.getppid()

    def note(status: int) -> None:
        if getpid() == me:
            line = line_in(job.path, sys._getframe(1))
            (folder / LEFT).write_text(json.dumps([status, line]), encoding="utf-8")
        leave(status)

    def noted(strike: Callable[[int, int], None]) -> Callable[[int, int], None]:
        def kill(process: int, number: int, /) -> None:
            if process == parent and number:
                line = line_in(job.path, sys._getframe(1))
                (folder / "blow.json").write_text(json.dumps(line), encoding="utf-8")
            strike(process, number)

        return kill

    def start(thread: threading.Thread) -> None:
        thread._line = line_in(job.path, sys._getframe(1))  # type: ignore[attr-defined]
        begin(thread)

    os._exit = note  # type: ignore[assignment]
    vars(os).update({name: noted(strike) for name, strike in blows.items()})
    threading.Thread.start = start  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        os._exit = leave
        vars(os).update(blows)
        threading.Thread.start = begin  # type: ignore[method-assign]

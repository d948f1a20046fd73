"""What the process of a script leaves behind, and how it left."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from loopbook.runner.job import Job
from loopbook.runner.record import Problem
from loopbook.runner.stack import line_in


def leave_result(folder: Path, result: dict[str, Any], problem: Problem | None) -> None:
    """Write ``result.json``, whole or not at all."""
    text = json.dumps(result | {"problem": None if problem is None else asdict(problem)})
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
    if (told := folder / "blow.json").exists():
        line = json.loads(told.read_text("utf-8"))
    return line


@contextmanager
def exits_noted(job: Job, folder: Path) -> Iterator[None]:
    """Note the lines by which this process leaves at once, or strikes its parent; of threads, too.

    Those that start its threads are kept with the threads.
    """
    leave, strike, begin = os._exit, os.kill, threading.Thread.start
    me, parent = os.getpid(), os.getppid()

    def note(status: int) -> None:
        if os.getpid() == me:
            line = line_in(job.path, sys._getframe(1))
            (folder / "left.json").write_text(json.dumps([status, line]), encoding="utf-8")
        leave(status)

    def kill(process: int, number: int, /) -> None:
        if process == parent and number:
            line = line_in(job.path, sys._getframe(1))
            (folder / "blow.json").write_text(json.dumps(line), encoding="utf-8")
        strike(process, number)

    def start(thread: threading.Thread) -> None:
        thread._line = line_in(job.path, sys._getframe(1))  # type: ignore[attr-defined]
        begin(thread)

    os._exit, os.kill = note, kill  # type: ignore[assignment]
    threading.Thread.start = start  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        os._exit, os.kill = leave, strike
        threading.Thread.start = begin  # type: ignore[method-assign]

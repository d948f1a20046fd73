"""Where in a script a process is that is stuck or dying: its stack, as Python's fault handler says.

The handler writes from C, whatever the interpreter is doing, and starts no thread.
"""

from __future__ import annotations

import faulthandler
import os
import re
import signal
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

from loopbook.regular import bytes_of

_FILE = "stack.txt"
_ASKED: int | None = getattr(signal, "SIGUSR1", None)  # Windows has none
_PATIENCE = 0.5
_file: int | None = None  # the descriptor of the one that is written
_THREAD = re.compile(r"^(?=(?:Current thread|Thread) 0x)", re.MULTILINE)


def keep_stack(folder: Path) -> None:
    """Write this process's stack into the folder when it crashes, or when it is asked to."""
    file = os.open(folder / _FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    faulthandler.enable(file)
    if _ASKED is not None:
        faulthandler.register(_ASKED, file)
    global _file
    _file = file


def write_stack() -> None:
    """Write where this process is now, if its stack is kept: it is about to kill itself."""
    if _file is not None:
        faulthandler.dump_traceback(_file)


def ask_for_stack(pids: Sequence[int], folders: Iterable[Path]) -> None:
    """Have processes write where they are into their folders, and wait half a second for one."""
    if _ASKED is None:
        return
    for pid in pids:
        try:
            os.kill(pid, _ASKED)
        except OSError:
            continue  # it has ended meanwhile
    until, before = time.monotonic() + _PATIENCE, -1
    while pids and time.monotonic() < until:
        time.sleep(0.02)
        size = sum(size_of(folder / _FILE) for folder in folders)
        if 0 < size == before:
            return
        before = size


def size_of(file: Path) -> int:
    """How many bytes a file has; none if there is no such file."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def last_line(folder: Path, script: str) -> int | None:
    """The line of the script that a process was at when it wrote its stack, if it did.

    After a crash that is the line of the thread that crashed; otherwise the main thread's, and
    where that is done with the script, another thread's.
    """
    text = ""
    with suppress(OSError):  # there is none
        text = bytes_of(folder / _FILE).decode("utf-8", "replace")
    threads = _THREAD.split(text)[::-1]  # the main thread comes last
    if text.startswith("Fatal"):
        threads.sort(key=lambda thread: not thread.startswith("Current"))
    name = re.escape(script.encode("ascii", "backslashreplace").decode())
    for thread in threads:
        if found := re.search(rf'^  File "{name}", line (\d+)', thread, re.MULTILINE):
            return int(found[1])
    return None


def line_in(script: str, frame: FrameType | None) -> int | None:
    """The line of the script from which this frame was called, however deep."""
    while frame is not None:
        if frame.f_code.co_filename == script:
            return frame.f_lineno
        frame = frame.f_back
    return None

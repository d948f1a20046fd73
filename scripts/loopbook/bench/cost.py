"""What a command costs: seconds on the wall, of the processors, and of others in its way."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_REAPER = 36  # PR_SET_CHILD_SUBREAPER: orphans become ours, and with them their seconds
_PROC = Path("/proc")


@dataclass(frozen=True)
class Cost:
    """What one run of a command took.

    Attributes:
        seconds: on the wall, until the command itself ended.
        processor: seconds of processor time of it and of all that it started.
        others: share of all processors that other work had meanwhile, from 0 to 1.
        memory: most megabytes that the command's own process held at once.
        server: most megabytes that the first process which it started held at once.
    """

    seconds: float
    processor: float
    others: float
    memory: float = 0.0
    server: float = 0.0


def measure(command: Sequence[str], said: Path | None = None, **environment: str) -> Cost:
    """Run a command that must succeed, with modules compiled once, as Python does by itself.

    Args:
        command: the program and its arguments.
        said: where its standard output goes; nowhere by default.
        **environment: variables that it has besides those of this process.

    Processor time, other work and memory are told by Linux alone; elsewhere they are 0.

    Raises:
        SystemExit: the command failed.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_REAPER, 1)
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    others = _children()
    before, machine, start = _spent(), _machine(), time.perf_counter()
    # No pipes: a server that ends later holds them open.
    with tempfile.TemporaryFile() as errors, open(said or os.devnull, "wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            env=usual | environment,
        )
        marks = _Marks(process.pid)
        status = process.wait()
        seconds = time.perf_counter() - start
        marks.stop()
        _bury(others)
        if status:
            errors.seek(0)
            raise SystemExit(f"{' '.join(command)}\n{errors.read().decode('utf-8', 'replace')}")
    processor = _spent() - before
    busy, total = (now - then for now, then in zip(_machine(), machine, strict=True))
    elsewhere = max(0.0, busy - processor) / total if total else 0.0
    return Cost(seconds, processor, elsewhere, marks.own, marks.first)


def _spent() -> float:
    """Seconds of processor time of the children that have ended, orphans among them."""
    times = os.times()
    return times.children_user + times.children_system


def _children() -> set[int]:
    """The processes below this one, orphans that it took in among them."""
    if sys.platform != "linux":
        return set()
    lists = (_PROC / "self/task").glob("*/children")
    return {int(pid) for file in lists for pid in file.read_text().split()}


def _bury(others: set[int]) -> None:
    """Wait for what a command left behind; its fork server ends when it notices."""
    while left := _children() - others:
        for pid in left:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _machine() -> tuple[float, float]:
    """Seconds that all processors were busy or taken from this machine, and that they had."""
    try:
        ticks = [int(word) for word in (_PROC / "stat").read_text().split("\n")[0].split()[1:9]]
    except OSError:
        return 0.0, 0.0
    tick = os.sysconf("SC_CLK_TCK")
    idle = ticks[3] + ticks[4]
    return (sum(ticks) - idle) / tick, sum(ticks) / tick


class _Marks:
    """The high-water marks of a process and of the first one that it started."""

    def __init__(self, pid: int) -> None:
        self.own = self.first = 0.0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        children = _PROC / f"{self._pid}/task/{self._pid}/children"
        server = ""
        while not self._ended.wait(0.05):
            try:
                self.own = _mark(str(self._pid)) or self.own
                for child in children.read_text().split() if not server else ():
                    command = (_PROC / child / "cmdline").read_bytes()
                    server = child if b"multiprocessing.forkserver" in command else server
                self.first = (_mark(server) if server else 0.0) or self.first
            except OSError:
                continue


def _mark(pid: str) -> float:
    """The most megabytes that a process has held so far; 0 where it is no more."""
    try:
        for line in (_PROC / pid / "status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0

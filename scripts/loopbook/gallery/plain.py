"""A script as a reader runs it: plain Python, one process, nothing of the runner."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from loopbook.gallery import TALLY

_SCRIPTS = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Plain:
    """What plain Python made of a script.

    Attributes:
        seconds: wall-clock seconds of the whole process.
        figures: how many it showed; ``None`` where it chose a backend that does not count.
        problem: end of its standard error if it failed, or ``timeout``; empty if it did not.
    """

    seconds: float
    figures: int | None
    problem: str = ""


def run_plain(script: Path, timeout: float) -> Plain:
    """Run ``python script`` without a display, in an empty folder.

    Args:
        script: what to run.
        timeout: seconds; after them, it is ended with all that it started.
    """
    with tempfile.TemporaryDirectory(prefix="plain-") as folder:
        tally, said = Path(folder, "tally"), Path(folder, "stderr.txt")
        work = Path(folder, "cwd")
        work.mkdir()
        path = os.pathsep.join(filter(None, (str(_SCRIPTS), os.environ.get("PYTHONPATH"))))
        begun = time.monotonic()
        with said.open("wb") as stderr:
            process = subprocess.Popen(
                [sys.executable, str(script.resolve())],
                cwd=work,
                env=os.environ
                | {
                    "MPLBACKEND": "module://loopbook.gallery.counting",
                    "PYTHONPATH": path,
                    TALLY: str(tally),
                },
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                start_new_session=True,
            )
        try:
            status = process.wait(timeout)
            problem = "" if status == 0 else _last(said, status)
        except subprocess.TimeoutExpired:
            problem = "timeout"
        seconds = time.monotonic() - begun
        _end(process)
        return Plain(seconds, _figures(tally, process.pid), problem)


def _last(said: Path, status: int) -> str:
    """What a failed process said last, in one line."""
    lines = [line for line in said.read_text("utf-8", "replace").splitlines() if line.strip()]
    message = [line for line in lines if line[:1].isidentifier() and line[:9] != "Traceback"]
    return (message or lines or [f"status {status}"])[-1]


def _figures(tally: Path, pid: int) -> int | None:
    if not tally.exists():
        return None
    return sum(line.split()[0] == str(pid) for line in tally.read_text().splitlines())


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()

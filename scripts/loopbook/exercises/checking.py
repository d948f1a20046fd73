"""Check one file in a child process of its own, with a limit on its time."""

from __future__ import annotations

import multiprocessing
import re
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from loopbook.exercises.explain import place
from loopbook.exercises.judge import READY, judge
from loopbook.exercises.verdict import Verdict

if TYPE_CHECKING:  # ForkServerContext does not exist on Windows
    from multiprocessing.context import ForkServerContext, SpawnContext

Method = Literal["spawn", "forkserver"]
TIME_TO_START = 120.0
GRACE = 5.0


def check_file(
    folder: Path, file: Path, *, seconds: float = 20.0, method: Method = "spawn"
) -> Verdict:
    """Check a file with the ``check.py`` of an exercise's folder.

    Args:
        folder: the exercise's folder.
        file: the reader's file.
        seconds: how long the file and its check may take together.
        method: how the child process is started; with ``forkserver`` many checks in a row share
            one import of torch.
    """
    file = file.resolve()
    context = _context(method)
    with tempfile.TemporaryDirectory(prefix="check-", ignore_cleanup_errors=True) as made:
        log = Path(made) / "trace.txt"
        ours, theirs = context.Pipe(duplex=False)
        arguments = (folder.resolve(), file, seconds, log, theirs)
        process = context.Process(target=judge, args=arguments, daemon=True)
        process.start()
        theirs.close()
        try:
            verdict = _receive(ours, seconds)
        finally:
            ours.close()
            process.join(1.0)
            if process.is_alive():
                process.kill()
                process.join()
        return verdict or _silent(file, log, seconds)


def _context(method: Method) -> SpawnContext | ForkServerContext:
    if method == "spawn":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # The one server of this process may be the runner's too: it must suit both.
    context.set_forkserver_preload(["loopbook.runner.warm", "loopbook.exercises.judge"])
    return context


def _receive(answer: Connection, seconds: float) -> Verdict | None:
    """The child's verdict, or ``None`` if it went away without one."""
    try:
        if not answer.poll(TIME_TO_START) or answer.recv() != READY:
            return None
        if not answer.poll(seconds + GRACE):
            return None
        verdict: Verdict = answer.recv()
        return verdict
    except EOFError:
        return None


def _silent(file: Path, log: Path, seconds: float) -> Verdict:
    """Why there is no verdict: time was up, or the file ended Python itself."""
    trace = log.read_text("utf-8", "replace") if log.exists() else ""
    if "Timeout" not in trace:
        return Verdict(
            False, ("Python itself stopped while your file ran: does it call os._exit or quit()?",)
        )
    words = (
        f"Your file was still running after {seconds:g} seconds: "
        "is there a loop whose end never comes?"
    )
    found = re.search(rf'File "{re.escape(str(file))}", line (\d+) in (\S+)', trace)
    if found is None:
        return Verdict(False, (words,))
    return Verdict(False, (f"{words} It was here:\n{place(file, int(found[1]), found[2])}",))

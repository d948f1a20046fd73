"""Starts one script in a fresh process, watches over it, and says what came of it."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from loopbook.runner import child, surroundings
from loopbook.runner.child import Job
from loopbook.runner.daemon import not_daemonic
from loopbook.runner.places import Places
from loopbook.runner.record import Cell, Dependency, Problem
from loopbook.runner.watch import read_notes

_POLL = 0.05
_starting = threading.Lock()


@dataclass(frozen=True)
class Outcome:
    """What a run left, whole and in memory, so that it can come from another machine.

    Attributes:
        seconds: wall-clock seconds of the script alone.
        stdout: what it printed.
        stderr: what it wrote to standard error.
        figures: name and SVG of each figure, in the order shown.
        cells: its parts; of a launched script, those of the first process.
        reads: files below the root that it read.
        problem: why it did not go as expected.
        processor: seconds of processor time.
    """

    seconds: float
    stdout: str = ""
    stderr: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    cells: tuple[Cell, ...] = ()
    reads: dict[str, Dependency] = field(default_factory=dict)
    problem: Problem | None = None
    processor: float = 0.0


class _Running(Protocol):
    """A process that can be waited for and ended."""

    def wait(self, seconds: float) -> int | None: ...

    def end(self) -> None: ...


def execute(job: Job, cancelled: Callable[[], bool] = lambda: False) -> Outcome:
    """Run a script in a process of its own and wait for it.

    Whatever the script does to its process, the caller's is not touched, and nothing that it
    started is left running.

    Args:
        job: what to run, and its limits.
        cancelled: asked now and then; once it says yes, the run is ended.
    """
    folder = Path(tempfile.mkdtemp(prefix="run-"))
    start = time.monotonic()
    try:
        running: _Running = _Launched(job, folder) if job.launch else _Forked(job, folder)
        try:
            code, problem = _await(running, job, folder, start, cancelled)
        finally:
            running.end()
        outcome = _collect(job, folder, code, time.monotonic() - start)
        return replace(outcome, problem=problem) if problem else outcome
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Forked:
    """A fork of the warm server; where forking does not exist, a fresh interpreter."""

    def __init__(self, job: Job, folder: Path) -> None:
        with _starting, _main_hidden(), surroundings.new_interpreter(), not_daemonic():
            self._process = _process(job, folder)
            self._process.start()

    def wait(self, seconds: float) -> int | None:
        self._process.join(seconds)
        return self._process.exitcode

    def end(self) -> None:
        _end_group(self._process.pid)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._process.close()


class _Launched:
    """Several processes under ``torchrun``, each of them watched like a single one."""

    def __init__(self, job: Job, folder: Path) -> None:
        order = folder / "job.json"
        order.write_text(json.dumps(job.__dict__), encoding="utf-8")
        arguments = list(job.launch[1:])
        if not any(argument.startswith("--rdzv") for argument in arguments):
            arguments.insert(0, "--standalone")
        command = [sys.executable, "-m", "torch.distributed.run", *arguments, "-m"]
        with (folder / "launcher.txt").open("wb") as log:
            self._process = subprocess.Popen(
                [*command, "loopbook.runner.launched", str(order)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=surroundings.base() | _modules() | {"OMP_NUM_THREADS": str(job.threads)},
                start_new_session=True,
            )

    def wait(self, seconds: float) -> int | None:
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def end(self) -> None:
        _end_group(self._process.pid)
        self._process.wait()


def _await(
    running: _Running, job: Job, folder: Path, start: float, cancelled: Callable[[], bool]
) -> tuple[int | None, Problem | None]:
    while True:
        code = running.wait(_POLL)
        if code is not None:
            return code, None
        if cancelled():
            return None, Problem("stopped", "the run was stopped")
        if time.monotonic() - start > job.timeout:
            return None, _too_slow(job, folder)
        if any(path.stat().st_size > job.output for path in folder.glob("**/stdout.txt")):
            return None, Problem("output", f"printed more than {job.output:,} bytes")


def _too_slow(job: Job, folder: Path) -> Problem:
    if any(folder.glob("**/result.json")):
        message = "came to its end, but a thread or process that it started did not"
    else:
        message = "did not come to its end"
    return Problem("timeout", f"{message} within {job.timeout:g} seconds")


def _collect(job: Job, folder: Path, code: int | None, elapsed: float) -> Outcome:
    """One outcome from a run's folder; from all ranks, in order, where it was launched."""
    ranks = sorted(folder.glob("rank-*"), key=lambda path: int(path.name[5:])) or [folder]
    parts = [_collect_one(job, rank, code, elapsed) for rank in ranks]
    problems = [part.problem for part in parts if part.problem]
    problem = problems[0] if problems else None
    if job.launch and code and problem is None:
        log = (folder / "launcher.txt").read_text("utf-8", "replace").strip().splitlines()
        said = log[-1] if log else f"torchrun ended with {code}"
        problem = Problem("launch", Places.of(folder, job.root).out_of(said))
    return Outcome(
        seconds=max(part.seconds for part in parts),
        stdout="".join(part.stdout for part in parts),
        stderr="".join(part.stderr for part in parts),
        figures=tuple(figure for part in parts for figure in part.figures),
        cells=parts[0].cells,
        reads={name: read for part in parts for name, read in sorted(part.reads.items())},
        problem=problem,
        processor=sum(part.processor for part in parts),
    )


def _collect_one(job: Job, folder: Path, code: int | None, elapsed: float) -> Outcome:
    shown = Places.of(folder, job.root).out_of
    printed = _text(folder / "stdout.txt")
    outcome = Outcome(
        seconds=round(elapsed, 3),
        stdout=shown(printed),
        stderr=shown(_text(folder / "stderr.txt")),
    )
    try:
        result = json.loads((folder / "result.json").read_text("utf-8"))
    except FileNotFoundError:
        return replace(outcome, problem=_crash(code, outcome.stderr))
    figures = tuple(
        (name, shown(_text(folder / "figures" / f"{name}.svg"))) for name in result["figures"]
    )
    cells = tuple(Cell(**cell) for cell in result["cells"])
    if outcome.stdout != printed:
        cells = tuple(replace(cell, printed=_moved(cell, printed, shown)) for cell in cells)
    problem = result["problem"]
    if problem is not None:
        told = {key: shown(problem[key]) for key in ("message", "trace")}
        problem = Problem(**problem | told)
    return replace(
        outcome,
        seconds=result["seconds"],
        figures=figures,
        cells=cells,
        reads=read_notes(folder / "reads.jsonl"),
        problem=problem,
        processor=result["processor"],
    )


def _moved(cell: Cell, printed: str, shown: Callable[[str], str]) -> int:
    """Bytes printed before a cell, once paths of this machine are cut off."""
    before = printed.encode("utf-8")[: cell.printed].decode("utf-8", "replace")
    return len(shown(before).encode("utf-8"))


def _crash(code: int | None, stderr: str) -> Problem:
    if code is not None and code < 0:
        name = signal.Signals(-code).name
        return Problem("signal", f"its process was ended by {name}", trace=stderr)
    return Problem("exit", f"its process ended by itself with status {code}", trace=stderr)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace") if path.exists() else ""


def _end_group(pid: int | None) -> None:
    """End a process and all that it started in its session."""
    if pid is None or sys.platform == "win32":
        return
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _process(job: Job, folder: Path) -> BaseProcess:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn").Process(target=child.run, args=(job, folder))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["loopbook.runner.blank", "loopbook.runner.warm"])
    return context.Process(target=child.run, args=(job, folder))


@contextmanager
def _main_hidden() -> Iterator[None]:
    """Keep multiprocessing from importing our caller's main module into the script's process."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _modules() -> dict[str, str]:
    """Where a new interpreter finds this engine."""
    return {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}

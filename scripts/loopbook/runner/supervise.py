"""Starts one script in a fresh process, watches over it, and says what came of it."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import replace
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from loopbook.runner import child, surroundings, threads
from loopbook.runner.child import Job
from loopbook.runner.interpreter import fonts, modules
from loopbook.runner.leaving import last_blow
from loopbook.runner.offspring import await_end, end_all
from loopbook.runner.outcome import STOPPED, came_to_its_end, collect, folders
from loopbook.runner.outcome import Outcome as Outcome
from loopbook.runner.record import Problem
from loopbook.runner.room import Room
from loopbook.runner.scratch import empty, scratch
from loopbook.runner.server import (
    ServerGone,
    context,
    ended_with,
    forks,
    go_on,
    server_pid,
    started,
)
from loopbook.runner.stack import ask_for_stack, last_line, size_of

_POLL = 0.05
_STREAMS = ("stdout.txt", "stderr.txt")
_room = Room()


class _Running(Protocol):
    """A process that can be waited for and ended."""

    def wait(self, seconds: float) -> int | None: ...

    def pids(self) -> list[int]: ...

    def end(self) -> None: ...


def execute(
    job: Job,
    cancelled: Callable[[], bool] = lambda: False,
    slot: AbstractContextManager[object] | None = None,
) -> Outcome:
    """Run a script in a process of its own and wait for it.

    Whatever the script does to its process, the caller's is not touched, and nothing that it
    started is left running.

    Args:
        job: what to run, and its limits.
        cancelled: asked now and then; once it says yes, the run is ended.
        slot: entered for as long as the process lives; what it left is gathered outside.
    """
    with ExitStack() as kept:
        with slot or nullcontext():
            for alone in (False, True):
                folder = kept.enter_context(scratch())
                try:
                    with _room.entered(alone, cancelled):
                        code, elapsed, problem = _run(job, folder, cancelled)
                    break
                except ServerGone:
                    code, elapsed, problem = None, 0.0, _twice_gone(folder)
        outcome = collect(job, folder, code, elapsed)
        return replace(outcome, problem=problem) if problem else outcome


def _run(
    job: Job, folder: Path, cancelled: Callable[[], bool]
) -> tuple[int | None, float, Problem | None]:
    """Its status, its seconds, and what went wrong, as far as one sees it from here."""
    start = time.monotonic()
    running: _Running | None = None
    try:
        if cancelled():
            return None, 0.0, STOPPED
        running = _Launched(job, folder) if job.launch else _Forked(job, folder, cancelled)
        start = time.monotonic()  # the fork server is awake now
        code, problem = _await(running, job, folder, start, cancelled)
    except ServerGone:
        if not cancelled():  # else it was ended by us
            raise
        code, problem = None, STOPPED
    finally:
        if running:
            running.end()
    return code, time.monotonic() - start, problem


class _Forked:
    """A fork of the warm server; on a GPU, or where forking does not exist, a new interpreter."""

    def __init__(self, job: Job, folder: Path, cancelled: Callable[[], bool]) -> None:
        # CUDA cannot be used in the fork of a process that has so much as asked for it.
        forked = job.device == "cpu" and forks()
        made = context() if forked else multiprocessing.get_context("spawn")
        self._folder = folder

        def make() -> BaseProcess:
            empty(folder)  # of a fork whose server was ended before it had told of it
            return made.Process(target=child.run, args=(job, folder))

        self._process = started(make, cancelled)
        self._server = server_pid() if forked else None

    def wait(self, seconds: float) -> int | None:
        if self._server is None:
            self._process.join(seconds)
        elif not wait([self._process.sentinel], seconds):
            go_on(self._server)
            return None
        elif ended_with(self._process.sentinel):
            raise ServerGone
        return self._process.exitcode

    def pids(self) -> list[int]:
        return [pid] if (pid := self._process.pid) else []

    def end(self) -> None:
        if not (self._folder / "alone").exists():
            end_all(self._process.pid, self._folder)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        await_end(self.pids())  # join waits no longer than its server lives
        self._process.close()


class _Launched:
    """Several processes under ``torchrun``, each of them watched like a single one."""

    def __init__(self, job: Job, folder: Path) -> None:
        self._folder = folder
        order = folder / "job.json"
        order.write_text(json.dumps(job.__dict__), encoding="utf-8")
        arguments = list(job.launch[1:])
        if not any(argument.startswith("--rdzv") for argument in arguments):
            arguments.insert(0, "--standalone")
        rank = f"from loopbook.runner.launched import main\nsys.exit(main({str(order)!a}))\n"
        torchrun = "import runpy\nrunpy.run_module('torch.distributed.run', None, '__main__')\n"
        (folder / "rank.py").write_text(modules() + fonts() + rank, encoding="utf-8")
        (folder / "torchrun.py").write_text(modules() + torchrun, encoding="utf-8")
        with (folder / "launcher.txt").open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, folder / "torchrun.py", *arguments, folder / "rank.py"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=surroundings.bare() | threads.variables(job.threads),
                start_new_session=True,
            )

    def wait(self, seconds: float) -> int | None:
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def pids(self) -> list[int]:
        said = (path.read_text() for path in self._folder.glob("rank-*/pid"))
        return [int(pid) for pid in said if pid]

    def end(self) -> None:
        end_all(self._process.pid, self._folder)
        self._process.wait()


def _await(
    running: _Running, job: Job, folder: Path, start: float, cancelled: Callable[[], bool]
) -> tuple[int | None, Problem | None]:
    while True:
        code = running.wait(_POLL)
        if code is None and cancelled():
            return None, STOPPED
        places = folders(job, folder)
        if any(size_of(place / name) > job.output for place in places for name in _STREAMS):
            problem = Problem("output", f"printed more than {job.output:,} bytes")
        elif code is not None:
            return code, None
        elif time.monotonic() - start > job.timeout:
            problem = _too_slow(job, places)
        else:
            continue
        ask_for_stack([] if code is not None else running.pids(), places)
        lines = filter(None, (last_line(place, job.path) for place in places))
        return code, replace(problem, line=problem.line or next(lines, None))


def _too_slow(job: Job, places: Sequence[Path]) -> Problem:
    message, line = "did not come to its end", None
    for result in filter(None, map(came_to_its_end, places)):
        threads = result["threads"]
        what = "a process that it started" if result["processes"] else "what it calls there"
        what = f"the thread {threads[0][0]} that it started" if threads else what
        message = f"came to its end, but {what} did not"
        line = threads[0][1] if threads else None
    return Problem("timeout", f"{message} within {job.timeout:g} seconds", line)


def _twice_gone(folder: Path) -> Problem:
    message = (
        "the process that it is forked from was ended twice while it ran, the second time with no "
        "other script beside it: by the script, by the system for want of memory, or by hand"
    )
    return Problem("server", message, last_blow(folder))

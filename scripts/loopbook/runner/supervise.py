"""Starts one script in a fresh process, watches over it, and says what came of it."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import replace
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from loopbook.errors import BookError
from loopbook.runner import child, surroundings, threads
from loopbook.runner.child import Job
from loopbook.runner.daemon import not_daemonic
from loopbook.runner.interpreter import fonts, modules, new_interpreter
from loopbook.runner.offspring import end_all
from loopbook.runner.outcome import Outcome as Outcome
from loopbook.runner.outcome import collect
from loopbook.runner.record import Problem
from loopbook.runner.scratch import scratch
from loopbook.runner.sockets import make_room_for_sockets
from loopbook.runner.stack import ask_for_stack, last_line

_POLL = 0.05
_PRELOAD = ["loopbook.runner.warm"]
_STOPPED = Problem("stopped", "the run was stopped")
_starting = threading.Lock()


def end_server(hurry: bool) -> None:
    """End the fork server: in any case in a hurry, else if a thread still waits for it to wake."""
    if sys.platform == "win32" or not (hurry or _starting.locked()):
        return
    from multiprocessing import forkserver

    server: int | None = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    if server is not None:
        with suppress(ProcessLookupError):  # it was faster
            os.kill(server, signal.SIGKILL)


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
    with scratch() as folder:
        with slot or nullcontext():
            with _starting:
                if cancelled():
                    return Outcome(0.0, problem=_STOPPED)
                running: _Running = _Launched(job, folder) if job.launch else _Forked(job, folder)
            start = time.monotonic()  # the fork server is awake now
            try:
                code, problem = _await(running, job, folder, start, cancelled)
            finally:
                running.end()
            elapsed = time.monotonic() - start
        outcome = collect(job, folder, code, elapsed)
        return replace(outcome, problem=problem) if problem else outcome


class _Forked:
    """A fork of the warm server; on a GPU, or where forking does not exist, a new interpreter."""

    def __init__(self, job: Job, folder: Path) -> None:
        self._folder = folder
        with _main_hidden(), new_interpreter(), not_daemonic(), _deaf():
            self._process = _process(job, folder)
            try:
                self._process.start()
            except EOFError as error:
                message = "the process that scripts are forked from has ended: was it killed?"
                raise BookError(message, cure="see that there is enough memory") from error
        # Whoever starts the next process would look after this one, too; its status is told once.
        multiprocessing.process._children.discard(self._process)  # type: ignore[attr-defined]

    def wait(self, seconds: float) -> int | None:
        self._process.join(seconds)
        return self._process.exitcode

    def pids(self) -> list[int]:
        return [pid] if (pid := self._process.pid) else []

    def end(self) -> None:
        if not (self._folder / "alone").exists():
            end_all(self._process.pid, self._folder)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
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
        return [int(path.read_text()) for path in self._folder.glob("rank-*/pid")]

    def end(self) -> None:
        end_all(self._process.pid, self._folder)
        self._process.wait()


def _await(
    running: _Running, job: Job, folder: Path, start: float, cancelled: Callable[[], bool]
) -> tuple[int | None, Problem | None]:
    while True:
        code = running.wait(_POLL)
        if code is None and cancelled():
            return None, _STOPPED
        printed = [*folder.glob("std*.txt"), *folder.glob("rank-*/std*.txt")]
        if any(path.stat().st_size > job.output for path in printed):
            problem = Problem("output", f"printed more than {job.output:,} bytes")
        elif code is not None:
            return code, None
        elif time.monotonic() - start > job.timeout:
            problem = _too_slow(job, folder)
        else:
            continue
        ask_for_stack([] if code is not None else running.pids(), folder)
        return code, replace(problem, line=problem.line or last_line(folder, job.path))


def _too_slow(job: Job, folder: Path) -> Problem:
    message, line = "did not come to its end", None
    for path in folder.glob("**/result.json"):
        threads = json.loads(path.read_text("utf-8"))["threads"]
        what = f"the thread {threads[0][0]}" if threads else "a process"
        message = f"came to its end, but {what} that it started did not"
        line = threads[0][1] if threads else None
    return Problem("timeout", f"{message} within {job.timeout:g} seconds", line)


def keep_warm() -> None:
    """Start the server that scripts are forked from, where forking exists, before any script.

    It imports torch and the like on the side, and lives as long as this process.
    """
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver

        with _main_hidden(), new_interpreter(), not_daemonic(), _deaf():
            _context().set_forkserver_preload(_PRELOAD)
            forkserver.ensure_running()


def _context() -> ForkServerContext:
    make_room_for_sockets()
    return multiprocessing.get_context("forkserver")


def _process(job: Job, folder: Path) -> BaseProcess:
    # CUDA cannot be used in the fork of a process that has so much as asked for it.
    if job.device != "cpu" or "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn").Process(target=child.run, args=(job, folder))
    _context().set_forkserver_preload(_PRELOAD)
    return _context().Process(target=child.run, args=(job, folder))


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

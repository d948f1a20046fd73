"""What happens inside the process of its own in which a script runs."""

from __future__ import annotations

import builtins
import contextlib
import ctypes
import multiprocessing.util
import os
import random
import signal
import sys
import time
import types
from dataclasses import asdict, replace
from functools import partial
from os import getpid
from pathlib import Path
from typing import Any, cast

from loopbook.regular import bytes_of
from loopbook.runner import frames, memory, surroundings, threads, watchers
from loopbook.runner.births import Births
from loopbook.runner.cells import parts
from loopbook.runner.ending import Ending
from loopbook.runner.failure import after_exception, problem_of
from loopbook.runner.fence import Fence
from loopbook.runner.identity import be_the_main_process
from loopbook.runner.job import Job as Job
from loopbook.runner.leaving import (
    AsFound,
    end_copy,
    exits_noted,
    leave_result,
    waiting_threads,
)
from loopbook.runner.mark import mark
from loopbook.runner.offspring import alone
from loopbook.runner.places import Places
from loopbook.runner.record import Cell, Problem
from loopbook.runner.script import digest
from loopbook.runner.stack import keep_stack
from loopbook.runner.streams import flush_all, redirect
from loopbook.runner.watch import Watch

_RESERVE = 64 << 20
_HOME = os.getpid()  # where this module was imported: in the fork server, if there is one


def run(job: Job, folder: Path) -> None:
    """Run the script and leave in the folder what came of it.

    Files: ``stdout.txt``, ``stderr.txt``, ``reads.jsonl``, ``figures/``, and at the script's end
    ``result.json``; where that is missing, the process did not get so far. ``stack.txt`` and
    ``left.json`` say where it was when it crashed, was stuck, or left by ``os._exit`` or an exec.
    ``changed`` says that nothing was run: there is another script now than the job's, or none.
    """
    if not job.launch:  # there the launcher's own variables say which rank this is
        surroundings.forget()
    _leave_alone(job)
    keep_stack(folder)
    streams = redirect(folder)
    import matplotlib
    import numpy
    import torch

    from loopbook.runner import backend, device, house

    matplotlib.use("module://loopbook.runner.backend")
    house.apply_style(job.style)
    backend.keep_figures(folder / "figures", job.path, Places.of(folder, job.root).out_of)
    torch.set_num_threads(job.threads)
    random.seed()
    numpy.random.seed()
    torch.default_generator.seed()  # as in a new interpreter, not as the fork server had it
    frames.warn_of_nothing_above()
    frames.forget_our_start()
    be_the_main_process()
    me = getpid()
    surroundings.take(folder)
    mark(folder / "tmp")
    (folder / "cwd").mkdir()
    os.chdir(folder / "cwd")
    source = _source(job, folder)
    births = Births(job.path, folder)
    fence = Fence(Path(job.root), job.path, folder, folder.parent)
    Watch(Path(job.root), Path(job.path), folder / "reads.jsonl")
    ending, cells = Ending(), list[Cell]()
    start, worked = time.perf_counter(), time.process_time()

    def leave(problem: Problem | None, waits: list[tuple[str, int | None]] | None) -> None:
        result: dict[str, Any] = {
            "seconds": round(time.perf_counter() - start, 3),
            "processor": round(time.process_time() - worked, 3),
            "figures": backend.shown(),
            "hardware": {} if job.device == "cpu" else device.hardware(),
            "cells": [asdict(cell) for cell in cells],
            "threads": waits,
            "processes": bool(multiprocessing.process._children),  # type: ignore[attr-defined]
        }
        leave_result(folder, result, fence.explained(problem))

    with exits_noted(job, folder):
        found = AsFound()
        error = _run_as_main(job, source, cells, folder, ending)
        if getpid() != me:
            end_copy(job, ending, error)  # that the script forked and let run on
        with found.lent():
            problem = _problem(job, error)
            with contextlib.suppress(OSError):  # only the time limit asks for it
                leave(problem, waiting_threads())
        raised, error = error is not None and not _well(error), None
        problem = _wind_up(job, ending, found, problem, raised)
        found.put_back()
        ending.dismantle(job.root)
        flush_all(*streams)
        leave(problem, None)
    if (left := births.left()) and not problem:
        message = f"left a process behind: {left[0]}; wait for it, or end it"
        leave(Problem("process", message, left[1]), None)
    if alone():
        (folder / "alone").touch()


def _source(job: Job, folder: Path) -> bytes:
    """The bytes of the job's script; where it has others now, or is gone, this process ends."""
    with contextlib.suppress(OSError):
        source = bytes_of(job.path)
        if job.content in ("", digest(source)):
            return source
    (folder / "changed").touch()
    sys.exit(1)


def _run_as_main(
    job: Job, source: bytes, cells: list[Cell], folder: Path, ending: Ending
) -> BaseException | None:
    """Execute the script as ``__main__``, noting each cell as it begins; what it ended with."""
    from loopbook.runner import backend

    own = ending.watchers
    try:
        module = types.ModuleType("__main__")
        module.__dict__.update(__file__=job.path, __builtins__=builtins, __cached__=None)
        sys.modules["__main__"] = module
        sys.argv = [job.path]
        sys.path.insert(0, str(Path(job.path).parent))
        for code in parts(source, job.path):
            with contextlib.suppress(AttributeError, OSError, ValueError):  # closed by it
                sys.stdout.flush()
            printed = (folder / "stdout.txt").stat().st_size
            cells.append(Cell(printed, len(backend.shown())))
            try:
                for back in own.back():
                    back()
                partial(exec, code, module.__dict__)()
            finally:
                own.tracer, own.profiler = watchers.tracer(), watchers.profiler()
                watchers.no_tracer()
                watchers.no_profiler()
                for tool in watchers.TOOLS:
                    own.events[tool] = events = watchers.events_of(tool)
                    if events:
                        watchers.set_events(tool, 0)
    except BaseException as error:
        return error
    return None


def _well(error: BaseException) -> bool:
    """Whether what ended a script is no failure."""
    return issubclass(type(error), SystemExit) and cast(SystemExit, error).code in (None, 0)


def _problem(job: Job, error: BaseException | None) -> Problem | None:
    """What is wrong with a script that ended with this; none if nothing is, or it was declared."""
    if error is None or _well(error):
        return None
    if issubclass(type(error), SystemExit):
        code = cast(SystemExit, error).code
        return problem_of(job, error, "exit", f"ended by sys.exit({code!r})")
    return after_exception(job, error)


def _wind_up(
    job: Job, ending: Ending, found: AsFound, problem: Problem | None, raised: bool
) -> Problem | None:
    """Threads, what is called at the end, figures still open: what went wrong, if anything did."""
    from loopbook.runner import backend

    try:
        ending.finish()
        if problem is not None:
            return problem
        backend.show_all()
    except BaseException as error:
        found.put_back()
        return problem or after_exception(replace(job, expects="") if raised else job, error)
    if job.expects and not raised:
        message = f"was expected to end with {job.expects}, and ended without an exception"
        return Problem("unexpected success", message)
    return None


def _leave_alone(job: Job) -> None:
    """A session of its own, an end with its parent, a limit on memory, one kind of device."""
    if job.device == "cpu":
        os.environ["CUDA_VISIBLE_DEVICES"] = ""
    os.environ.update(threads.variables(job.threads))
    memory.fill_fresh()
    sys.dont_write_bytecode = True
    if sys.platform == "win32":
        return
    import resource

    _end_with_the_server()
    if os.getsid(0) != os.getpid() and not job.launch:
        os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if _orphaned():
            os._exit(1)
        if job.device == "cpu":
            resource.setrlimit(resource.RLIMIT_DATA, (job.memory, job.memory + _RESERVE))


def _end_with_the_server() -> None:
    """Hold no end of the pipe that keeps the fork server alive.

    Whoever watches over us may be killed: then the server ends, and we with it.
    """
    from multiprocessing import forkserver

    server: Any = forkserver._forkserver
    if server._forkserver_alive_fd is not None and server._forkserver_pid is None:
        os.close(server._forkserver_alive_fd)
        server._forkserver_alive_fd = None


def _orphaned() -> bool:
    """Whether the fork server, or who asked it, has gone before we could hear of it."""
    runner = multiprocessing.parent_process()
    return os.getpid() != _HOME != os.getppid() or bool(runner and not runner.is_alive())

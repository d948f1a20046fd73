"""What happens inside the process of its own in which a script runs."""

from __future__ import annotations

import atexit
import builtins
import ctypes
import io
import json
import multiprocessing
import os
import random
import signal
import sys
import time
import traceback
import types
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from loopbook.runner.cells import parts
from loopbook.runner.record import Cell, Problem
from loopbook.runner.watch import Watch


@dataclass(frozen=True)
class Job:
    """One run to make.

    Attributes:
        path: the script.
        name: its name below the folder that is run.
        root: files below this folder are noted when read.
        device: ``cpu`` or ``cuda``.
        threads: threads that torch may use.
        timeout: seconds.
        memory: bytes of private memory.
        output: bytes that it may print.
        expects: name of the exception it must end with.
        launch: launcher and its arguments; empty for a plain run.
    """

    path: str
    name: str
    root: str
    device: str
    threads: int
    timeout: float
    memory: int
    output: int
    expects: str | None = None
    launch: tuple[str, ...] = ()


def run(job: Job, folder: Path) -> None:
    """Run the script and leave in the folder what came of it.

    Files: ``stdout.txt``, ``stderr.txt``, ``reads.jsonl``, ``figures/``, and at the very end
    ``result.json``; where that is missing, the process did not get to its end.
    """
    _leave_alone(job)
    _redirect(folder)
    import matplotlib
    import numpy
    import torch

    from loopbook.runner import backend, house

    matplotlib.use("module://loopbook.runner.backend")
    house.apply_style()
    backend.keep_figures(folder / "figures")
    torch.set_num_threads(job.threads)
    random.seed()
    numpy.random.seed()
    torch.seed()  # as in a new interpreter, not as the fork server had it
    atexit._clear()
    multiprocessing.set_start_method(None, force=True)  # the platform's own, for its workers
    me = os.getpid()
    (folder / "cwd").mkdir()
    os.chdir(folder / "cwd")
    source = Path(job.path).read_bytes()
    Watch(Path(job.root), Path(job.path), folder / "reads.jsonl")
    start, worked = time.perf_counter(), time.process_time()
    cells: list[Cell] = []
    problem = _run_as_main(job, source, cells)
    if os.getpid() != me:
        os._exit(0)  # a copy that the script forked and let run on
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    sys.stdout.flush()
    sys.stderr.flush()
    result = {
        "seconds": round(seconds, 3),
        "processor": round(worked, 3),
        "figures": backend.shown(),
        "cells": [asdict(cell) for cell in cells],
        "problem": None if problem is None else asdict(problem),
    }
    (folder / "result.part").write_text(json.dumps(result), encoding="utf-8")
    os.replace(folder / "result.part", folder / "result.json")


def _run_as_main(job: Job, source: bytes, cells: list[Cell]) -> Problem | None:
    """Execute the script as ``__main__``, noting each cell as it begins.

    The figures still open at its end are shown.
    """
    from loopbook.runner import backend

    try:
        module = types.ModuleType("__main__")
        module.__dict__.update(__file__=job.path, __builtins__=builtins, __cached__=None)
        sys.modules["__main__"] = module
        sys.argv = [job.path]
        sys.path.insert(0, str(Path(job.path).parent))
        for code in parts(source, job.path):
            sys.stdout.flush()
            cells.append(Cell(os.fstat(1).st_size, len(backend.shown())))
            exec(code, module.__dict__)
        backend.show_all()
        atexit._run_exitfuncs()
    except SystemExit as error:
        if error.code not in (None, 0):
            return _problem(job, error, "exit", f"ended by sys.exit({error.code!r})")
        backend.show_all()
    except BaseException as error:
        return _expected(job, error)
    if job.expects:
        message = f"was expected to end with {job.expects}, and ended without an exception"
        return Problem("unexpected success", message)
    return None


def _expected(job: Job, error: BaseException) -> Problem | None:
    names = {kind.__name__ for kind in type(error).__mro__}
    if job.expects and job.expects.rpartition(".")[2] in names:
        from loopbook.runner import backend

        backend.show_all()
        print("".join(traceback.format_exception_only(error)), end="")
        return None
    return _problem(job, error, type(error).__name__, str(error))


def _problem(job: Job, error: BaseException, kind: str, message: str) -> Problem:
    """The exception as the script's author wants it: the lines below the root, no others."""
    frames = traceback.extract_tb(error.__traceback__)
    root = os.path.join(job.root, "")
    own = [frame for frame in frames if frame.filename.startswith(root)]
    lines = [frame.lineno for frame in own if frame.filename == job.path]
    line = lines[-1] if lines else None
    if isinstance(error, SyntaxError) and error.filename == job.path:
        line = error.lineno
    text = "".join(traceback.format_list(own)) + "".join(traceback.format_exception_only(error))
    return Problem(kind, message, line, text.replace(root, ""))


def _leave_alone(job: Job) -> None:
    """A session of its own, an end with its parent, a limit on memory, one kind of device."""
    if job.device == "cpu":
        os.environ["CUDA_VISIBLE_DEVICES"] = ""
    os.environ["OMP_NUM_THREADS"] = str(job.threads)
    sys.dont_write_bytecode = True
    if sys.platform == "win32":
        return
    import resource

    _end_with_the_server()
    if os.getsid(0) != os.getpid() and not job.launch:
        os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if job.device == "cpu":
            resource.setrlimit(resource.RLIMIT_DATA, (job.memory, job.memory))


def _end_with_the_server() -> None:
    """Hold no end of the pipe that keeps the fork server alive.

    Whoever watches over us may be killed: then the server ends, and we with it.
    """
    from multiprocessing import forkserver

    server: Any = forkserver._forkserver
    if server._forkserver_alive_fd is not None and server._forkserver_pid is None:
        os.close(server._forkserver_alive_fd)
        server._forkserver_alive_fd = None


def _redirect(folder: Path) -> None:
    """Standard output and error into files, standard input empty, for C code as for Python."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    for number, name in ((1, "stdout.txt"), (2, "stderr.txt")):
        target = os.open(folder / name, flags, 0o644)
        os.dup2(target, number)
        os.close(target)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), encoding="utf-8")
    sys.stdout = _text(1)
    sys.stderr = _text(2)


def _text(number: int) -> io.TextIOWrapper:
    raw = io.FileIO(number, "w", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding="utf-8",
        errors="backslashreplace",
        newline="\n",
        line_buffering=True,
    )

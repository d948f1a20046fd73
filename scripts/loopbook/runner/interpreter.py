"""A new interpreter for scripts: started like ``python`` alone, with nothing of its caller to see.

Every process can read the environment and the command line that its parents, and it itself if it
is a fork, were started with. So these hold what a script may know; where our modules are, and what
else makes the start quick, is told through a pipe or a file.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from multiprocessing import util
from typing import Any

from loopbook.runner import mark, memory, surroundings

_STARTING = ("_args_from_interpreter_flags", "spawnv_passfds")
# It removes what a script that was killed has left in shared memory, and need not talk of it.
_QUIET = "import warnings; warnings.simplefilter('ignore')\n"
_one_at_a_time = threading.Lock()


@contextmanager
def new_interpreter() -> Iterator[None]:
    """What ``multiprocessing`` starts in this thread meanwhile is a new interpreter for scripts.

    No option of the caller's reaches it, such as ``-O`` or ``-W error``, and no variable.
    """
    me = threading.get_ident()

    def begin(path: str | bytes, args: Sequence[str | bytes], passed: Sequence[int]) -> int:
        if threading.get_ident() != me:
            return start(path, args, passed)  # type: ignore[misc,no-any-return]
        return _begin(path, args, passed)

    with _one_at_a_time:
        options, start = (getattr(util, name, None) for name in _STARTING)
        replaced: dict[str, Any] = dict(zip(_STARTING, (list, begin), strict=True))
        vars(util).update(replaced)
        try:
            with _few_variables() if sys.platform == "win32" else nullcontext():
                yield
        finally:
            vars(util).update(zip(_STARTING, (options, start), strict=True))


def modules() -> str:
    """A line of Python: where a new interpreter finds what this one has found."""
    return f"import os, sys; sys.path[:] = {[path for path in sys.path if path]!a}\n"


def fonts() -> str:
    """A line of Python: what else we need and a script must not see; it forgets it later."""
    fonts = {"MPLCONFIGDIR": surroundings.fonts()}
    return f"os.environ.pop('TMPDIR', None); os.environ.update({fonts!a})\n"


def _begin(path: str | bytes, args: Sequence[str | bytes], passed: Sequence[int]) -> int:
    """Start ``python -c PROGRAM``, where the program comes through a pipe."""
    place = list(args).index("-c") + 1
    program = os.fsdecode(args[place])
    read, write = os.pipe()
    try:
        told = f"exec(open({read}).read())  # {program.split()[1]}"  # for who lists processes
        words = [*args[:place], told, *args[place + 1 :]]
        process = subprocess.Popen(
            words,
            executable=path,
            pass_fds=(*passed, read),
            env=_variables(),
            start_new_session=True,  # who ends its group does not end us
        )
    finally:
        os.close(read)
    process.returncode = 0  # for us: multiprocessing waits for it
    with open(write, "w", encoding="utf-8") as pipe:
        pipe.write(
            modules() + fonts() + (_QUIET if "resource_tracker" in program else "") + program
        )
    return process.pid


def _variables() -> dict[str, str]:
    """A script's own; but what is imported for all of them need not fill its memory."""
    bare = surroundings.bare()
    return mark.ROOM | {name: bare[name] for name in bare if name not in memory.VARIABLES}


@contextmanager
def _few_variables() -> Iterator[None]:
    """Where a process cannot be given an environment: of what Python reads, our own alone."""
    before = {name: value for name, value in os.environ.items() if name.startswith("PYTHON")}
    for name in before.keys() - {"PYTHONPATH"}:
        del os.environ[name]
    fixed = surroundings.FIXED
    os.environ.update({name: fixed[name] for name in fixed if name.startswith("PYTHON")})
    try:
        yield
    finally:
        for name in [name for name in os.environ if name.startswith("PYTHON")]:
            del os.environ[name]
        os.environ.update(before)

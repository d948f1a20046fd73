"""The standard streams of a script's process: files, for C code as for Python."""

from __future__ import annotations

import ctypes
import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

_C: Any = None if sys.platform == "win32" else ctypes.CDLL(None)
_C_STDOUT = "__stdoutp" if sys.platform == "darwin" else "stdout"
_BY_LINES = 1  # C's _IOLBF


def redirect(folder: Path) -> tuple[io.TextIOWrapper, io.TextIOWrapper]:
    """Standard output and error into files of the folder, standard input empty.

    What C code and Python print stands in the order printed, line by line, as in a terminal.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    for number, name in ((1, "stdout.txt"), (2, "stderr.txt")):
        target = os.open(folder / name, flags, 0o644)
        os.dup2(target, number)
        os.close(target)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdin = _text(io.BufferedReader(_raw(0, "<stdin>")), "r", "strict")
    sys.stdout = out = _text(io.BufferedWriter(_raw(1, "<stdout>")), "w", "strict")
    sys.stderr = err = _text(io.BufferedWriter(_raw(2, "<stderr>")), "w", "backslashreplace")
    vars(sys).update(__stdin__=sys.stdin, __stdout__=out, __stderr__=err)
    if _C:
        with suppress(ValueError):  # a C library that calls it otherwise
            _C.setvbuf(ctypes.c_void_p.in_dll(_C, _C_STDOUT), None, _BY_LINES, 0)
    return out, err


def flush_all(*streams: Any) -> None:
    """Write out what is held back: by these streams, then by C, in the order of Python's end."""
    for stream in streams:
        with suppress(Exception):  # closed by the script, or none
            stream.flush()
    if _C:
        _C.fflush(None)


def _raw(number: int, name: str) -> io.FileIO:
    raw = io.FileIO(number, "r" if number == 0 else "w", closefd=False)
    raw.name = name  # as Python's own is called
    return raw


def _text(
    buffer: io.BufferedReader | io.BufferedWriter, mode: str, errors: str
) -> io.TextIOWrapper:
    made = io.TextIOWrapper(
        buffer, encoding="utf-8", errors=errors, newline="\n", line_buffering=mode == "w"
    )
    made.mode = mode  # type: ignore[misc]
    return made

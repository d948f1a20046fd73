"""An exception that ended a script, as the script's author wants to read it."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any

from loopbook.errors import printable
from loopbook.runner.frames import is_ours
from loopbook.runner.job import Job
from loopbook.runner.record import Problem

# What Python itself knows of a type or an exception; a class may answer otherwise, or fail to.
_NAME: Any = type.__dict__["__name__"]
_MRO: Any = type.__dict__["__mro__"]
_TRACEBACK: Any = BaseException.__dict__["__traceback__"]
_FILE: Any = SyntaxError.__dict__["filename"]
_LINE: Any = SyntaxError.__dict__["lineno"]


def after_exception(job: Job, error: BaseException) -> Problem | None:
    """What is wrong with a script that ended with this exception; none if it was declared."""
    _more_memory()
    names = {_name(kind) for kind in _MRO.__get__(type(error))}
    if job.expects and job.expects.rpartition(".")[2] in names:
        print(printable(_last_lines(error)), end="")
        return None
    message = _words(error)
    if issubclass(type(error), MemoryError):
        limit = f"it may take {job.memory >> 20:,} MB"
        message = f"{message} ({limit})" if message else limit
    return problem_of(job, error, _name(type(error)), message)


def problem_of(job: Job, error: BaseException, kind: str, message: str) -> Problem:
    """The exception as the script's author wants it: the lines below the root, none of ours."""
    frames = traceback.extract_tb(_TRACEBACK.__get__(error))
    root = os.path.join(job.root, "")
    own = [one for one in frames if one.filename.startswith(root) and not is_ours(one.filename)]
    lines = [frame.lineno for frame in own if frame.filename == job.path]
    line = lines[-1] if lines else None
    if issubclass(type(error), SyntaxError) and _FILE.__get__(error) == job.path:
        line = _LINE.__get__(error)
    elif not own and (drawn := _drawn()):  # shown by us at the script's end
        line, message = drawn[1], f"figure {drawn[0]} cannot be drawn: {message}"
    text = "".join(traceback.format_list(own)) + _last_lines(error)
    return Problem(kind, message, line, text.replace(root, ""))


def _name(kind: type) -> str:
    """The name of a type."""
    return str(_NAME.__get__(kind))


def _words(error: BaseException) -> str:
    """What an exception says, also if it cannot; then as Python has it."""
    try:
        return str.__str__(str(error))  # a text of a class of its own may fail later
    except BaseException:
        return "<exception str() failed>"


def _last_lines(error: BaseException) -> str:
    """An exception as it stands below a traceback."""
    try:
        return "".join(traceback.format_exception_only(error))
    except BaseException:  # its type, or its notes, raise one themselves
        return f"{_name(type(error))}: {_words(error)}\n"


def _drawn() -> tuple[str, int | None] | None:
    from loopbook.runner import backend

    return backend.drawing()


def _more_memory() -> None:
    """After a script has used up its memory: enough for saying so."""
    if sys.platform == "linux":
        import resource

        most = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))

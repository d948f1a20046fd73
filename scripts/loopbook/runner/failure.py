"""An exception that ended a script, as the script's author wants to read it."""

from __future__ import annotations

import os
import sys
import traceback

from loopbook.runner.job import Job
from loopbook.runner.record import Problem


def after_exception(job: Job, error: BaseException) -> Problem | None:
    """What is wrong with a script that ended with this exception; none if it was declared."""
    _more_memory()
    names = {kind.__name__ for kind in type(error).__mro__}
    if job.expects and job.expects.rpartition(".")[2] in names:
        from loopbook.runner import backend

        try:
            backend.show_all()
        except BaseException as other:
            return problem_of(job, other, type(other).__name__, str(other))
        text = "".join(traceback.format_exception_only(error))
        print(text.encode("utf-8", "backslashreplace").decode("utf-8"), end="")
        return None
    message = str(error)
    if isinstance(error, MemoryError):
        limit = f"it may take {job.memory >> 20:,} MB"
        message = f"{message} ({limit})" if message else limit
    return problem_of(job, error, type(error).__name__, message)


def problem_of(job: Job, error: BaseException, kind: str, message: str) -> Problem:
    """The exception as the script's author wants it: the lines below the root, no others."""
    frames = traceback.extract_tb(error.__traceback__)
    root = os.path.join(job.root, "")
    own = [frame for frame in frames if frame.filename.startswith(root)]
    lines = [frame.lineno for frame in own if frame.filename == job.path]
    line = lines[-1] if lines else None
    if isinstance(error, SyntaxError) and error.filename == job.path:
        line = error.lineno
    elif not own and (drawn := _drawn()):  # shown by us at the script's end
        line, message = drawn[1], f"figure {drawn[0]} cannot be drawn: {message}"
    text = "".join(traceback.format_list(own)) + "".join(traceback.format_exception_only(error))
    return Problem(kind, message, line, text.replace(root, ""))


def _drawn() -> tuple[str, int | None] | None:
    from loopbook.runner import backend

    return backend.drawing()


def _more_memory() -> None:
    """After a script has used up its memory: enough for saying so."""
    if sys.platform == "linux":
        import resource

        most = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))

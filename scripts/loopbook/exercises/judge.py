"""What happens in the child process: run the reader's file, then the check on what it made."""

from __future__ import annotations

import faulthandler
import importlib.util
import io
import os
import sys
import types
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from loopbook.exercises.attempt import Attempt
from loopbook.exercises.explain import explain
from loopbook.exercises.verdict import NotYet, Verdict

MOST_PRINTED = 1_000_000
READY = "ready"


class _Printed(io.StringIO):
    """Text that the reader's file prints; far too much of it is an error."""

    def write(self, text: str) -> int:
        if self.tell() + len(text) > MOST_PRINTED:
            raise NotYet(
                "your file prints more than a million characters: "
                "is there a print in a loop that never ends?"
            )
        return super().write(text)


def judge(folder: Path, file: Path, seconds: float, log: Path, answer: Connection) -> None:
    """Check ``file`` with ``folder/check.py`` and send the verdict.

    The clock starts when torch is imported. When time is up, the process writes to ``log`` where
    it was, and ends.
    """
    os.environ["MPLBACKEND"] = "Agg"
    if "matplotlib" in sys.modules:  # a fork server may have chosen another backend
        sys.modules["matplotlib"].use("agg")
    import torch

    torch.set_num_threads(1)
    with log.open("w", encoding="utf-8") as trace:
        answer.send(READY)
        faulthandler.dump_traceback_later(seconds, exit=True, file=trace)
        try:
            verdict = _verdict(folder, file)
        finally:
            faulthandler.cancel_dump_traceback_later()
    answer.send(verdict)
    answer.close()


def _verdict(folder: Path, file: Path) -> Verdict:
    """Judge the file; where an exception stopped it, its functions all the same.

    What the check says of a function is often the reason why the file stopped further down.
    """
    printed = _Printed()
    crash: Exception | None = None
    with redirect_stdout(printed), redirect_stderr(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            source = _source(file)
            namespace, crash = _run(source, file)
            check = _load(folder / "check.py")
            words = check(Attempt(namespace, printed.getvalue(), source, crash is None))
        except NotYet as unmet:
            stopped = explain(crash, file, advise=False) if crash else None
            here = (f"Your file itself stops here:\n{stopped}",) if stopped else ()
            return Verdict(False, (str(unmet), *here))
        except BaseException as error:  # the reader's file may raise anything at all
            return Verdict(False, (_told(crash or error, file),))
    return Verdict(False, (_told(crash, file),)) if crash else Verdict(True, (words,))


def _source(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotYet(f"{file.name} cannot be read as text in UTF-8: {error}.") from error


def _run(source: str, file: Path) -> tuple[dict[str, Any], Exception | None]:
    """Run the file as ``python file`` would; return its names, and the exception that ended it."""
    module = types.ModuleType("__main__")
    module.__file__ = str(file)
    sys.modules["__main__"] = module
    sys.path.insert(0, str(file.parent))
    sys.argv = [str(file)]
    code = compile(source, str(file), "exec")
    try:
        exec(code, module.__dict__)
    except NotYet:
        raise
    except Exception as crash:
        return module.__dict__, crash
    return module.__dict__, None


def _load(path: Path) -> Callable[[Attempt], str]:
    spec = importlib.util.spec_from_file_location("exercise_check", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    check: Callable[[Attempt], str] = module.check
    return check


def _told(error: BaseException, file: Path) -> str:
    words = (
        "The check could not work with what your file returned "
        f"({type(error).__name__}: {error}). Print what your functions return, and its shape."
    )
    return explain(error, file) or "\n".join([words, *getattr(error, "__notes__", [])])

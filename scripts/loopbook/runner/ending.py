"""The end of a script, done as an interpreter does its own: but this process lives on."""

from __future__ import annotations

import atexit
import gc
import logging
import multiprocessing.util
import os
import sys
import threading
import weakref
from _lsprof import Profiler
from collections.abc import Callable
from functools import partial
from itertools import islice
from types import FrameType, FunctionType, ModuleType
from typing import Any

from loopbook.runner.frames import is_ours
from loopbook.runner.streams import flush_all

_FINALIZE: Any = weakref.finalize
_wait_for_threads = threading._shutdown  # type: ignore[attr-defined]
# Called from no line of the script, as at the end of an interpreter: warnings say where it was.
_NOWHERE = compile("for act in acts: act()", "sys", "exec")
# Unlike functions of ours, none of these is seen by the tracer that it asks for or takes away.
tracer, profiler = partial(sys.gettrace), partial(sys.getprofile)
no_tracer, no_profiler = partial(sys.settrace, None), partial(sys.setprofile, None)
_MUTE: Any = ("linecache", "tracemalloc")  # what a warning would say more cannot be imported then
_ANCHOR = "__end__"  # among the names of a module of the script


def keep_finalizers() -> None:
    """Of the objects that are there by now, none is told at a script's end."""
    for before in _FINALIZE._registry.values():
        before.atexit = False
    _FINALIZE._registered_with_atexit = False


class _Anchor:
    """Lives as long as the names of a module."""


class Ending:
    """The end of the script that is about to run.

    Attributes:
        seen_by: its tracer and its profiler, taken away where code of ours runs.
    """

    def __init__(self) -> None:
        """What a new interpreter ends with is done at its end, and nothing else as yet."""
        from torch.utils.data import _utils

        atexit._clear()
        atexit.register(logging.shutdown)
        atexit.register(_utils._set_python_exit_flag)
        atexit.register(multiprocessing.util._exit_function)  # type: ignore[attr-defined]
        atexit.register(no_tracer)
        atexit.register(no_profiler)
        if _FINALIZE._registered_with_atexit:  # else done by the server
            keep_finalizers()
        self._modules = len(sys.modules)
        gc.freeze()  # what is there by now is none of the script's, and need not be looked at
        self.seen_by: tuple[Any, Any] = None, None

    def finish(self) -> None:
        """Wait for the script's threads, then call what it wants to have called at its end."""
        _wait_for_threads()
        _from_nowhere(*self.watched(), partial(atexit._run_exitfuncs))

    def watched(self) -> list[Callable[[], object]]:
        """What puts the script's tracer and profiler back."""
        seen_by, profiled = self.seen_by
        acts: list[Callable[[], object]] = []
        if seen_by is not None:
            acts.append(partial(sys.settrace, seen_by))
        if isinstance(profiled, Profiler):
            acts.append(partial(profiled.enable))
        elif profiled is not None:
            acts.append(partial(sys.setprofile, profiled))
        return acts

    def dismantle(self, folder: str) -> None:
        """Let go of all that the script made, and so have it say what it says at its end.

        Args:
            folder: modules from files below it are the script's.
        """
        flush_all(sys.stdout, sys.stderr)
        sys.stdin, sys.stdout, sys.stderr = sys.__stdin__, sys.__stdout__, sys.__stderr__
        threading.excepthook = _say_nothing
        imported = list(islice(reversed(sys.modules), max(0, len(sys.modules) - self._modules)))
        places = os.path.join(folder, ""), os.path.join(sys.prefix, "")
        own = ["__main__", *(name for name in imported[::-1] if _lies(name, *places))]
        found = [sys.modules.pop(name, None) for name in own]
        modules = [module for module in found if issubclass(type(module), ModuleType)]
        del found
        anchors = []
        for module in modules:
            names, anchor = object.__getattribute__(module, "__dict__"), _Anchor()
            names[_ANCHOR] = anchor
            anchors.append(weakref.ref(anchor))
        if modules:
            del module, names, anchor
        quiet = {name: sys.modules[name] for name in _MUTE if name in sys.modules}
        sys.modules.update(dict.fromkeys(_MUTE))
        # Once before: only then is a file found before what it writes to, and told first to end.
        before = [gc.collect] if gc.isenabled() else []
        _from_nowhere(*before, *[partial(modules.pop, 0)] * len(modules), gc.collect)
        for reference in anchors:
            _empty(reference)
        for name in _MUTE:
            sys.modules.pop(name)
        sys.modules.update(quiet)
        flush_all(sys.stdout, sys.stderr)


def _from_nowhere(*acts: Callable[[], object]) -> None:
    exec(_NOWHERE, {"__name__": "sys", "acts": acts})


def _say_nothing(arguments: object) -> None:
    """Of a daemonic thread, which at an interpreter's end does not run any more."""


def _lies(name: str, folder: str, packages: str) -> bool:
    module = sys.modules.get(name)
    if not issubclass(type(module), ModuleType):
        return False
    file = object.__getattribute__(module, "__dict__").get("__file__")
    if not isinstance(file, str) or is_ours(file):  # the engine lies in the book
        return False
    return file.startswith(folder) and not file.startswith(packages)


def _empty(reference: weakref.ref[_Anchor]) -> None:
    """Empty a module's names that something still holds: of what has an end to tell, then of all.

    Functions, classes and modules stay, for what ends may need them.
    """
    for chosen in (_tells, _is_made):
        if (anchor := reference()) is None:
            return
        for names in gc.get_referrers(anchor):
            if type(names) is dict and names.get(_ANCHOR) is anchor and not _in_use(names):
                found = [name for name, value in names.items() if chosen(name, value)]
                acts = [partial(names.__setitem__, name, None) for name in found]
                _from_nowhere(*acts, gc.collect)


def _in_use(names: dict[str, Any]) -> bool:
    """Whether a daemonic thread is in a function of this module."""
    mine = threading.get_ident()
    for thread, top in sys._current_frames().items():
        frame: FrameType | None = top if thread != mine else None
        while frame is not None:
            if frame.f_globals is names:
                return True
            frame = frame.f_back
    return False


def _tells(name: object, value: object) -> bool:
    try:
        type.__getattribute__(type(value), "__del__")
    except AttributeError:
        return False
    return True


def _is_made(name: object, value: object) -> bool:
    given = isinstance(name, str) and name.startswith("__")
    return not given and not issubclass(type(value), (ModuleType, FunctionType, type))

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
from collections.abc import Callable
from functools import partial
from itertools import islice
from types import FrameType, FunctionType, ModuleType
from typing import Any

from loopbook.runner.frames import NOWHERE, is_ours
from loopbook.runner.streams import flush_all
from loopbook.runner.watchers import TOOLS, Watchers, events_of, no_profiler, no_tracer, set_events

_FINALIZE: Any = weakref.finalize
_wait_for_threads = threading._shutdown  # type: ignore[attr-defined]
_count_threads = threading.active_count
# Called from no line of the script, as at the end of an interpreter: warnings say where it was.
# Tools may have been called for, or ended, meanwhile; no function of ours may show them that.
_CALLS = """for act in acts: act()
for tool in tools:
    if events_of(tool): set_events(tool, 0)
"""
_NOWHERE = compile(_CALLS, NOWHERE[0], "exec").replace(co_firstlineno=NOWHERE[1])
_TAKEN_AWAY = {"tools": TOOLS, "events_of": events_of, "set_events": set_events}
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
        watchers: its own, taken away where code of ours runs.
    """

    def __init__(self) -> None:
        """Nothing is to be called at its end as yet but what a new interpreter ends with."""
        from torch.utils.data import _utils

        atexit._clear()
        self._last: tuple[Callable[[], object], ...] = (
            multiprocessing.util._exit_function,  # type: ignore[attr-defined]
            _utils._set_python_exit_flag,
            logging.shutdown,
        )
        if _FINALIZE._registered_with_atexit:  # else done by the server
            keep_finalizers()
        self._modules = len(sys.modules)
        gc.freeze()  # what is there by now is none of the script's, and need not be looked at
        self.watchers = Watchers()

    def finish(self) -> None:
        """Wait for the script's threads, then call what it wants to have called at its end."""
        wait, call = partial(_wait_for_threads), partial(atexit._run_exitfuncs)
        waits = [wait] if _count_threads() > 1 else []
        if not waits:  # a script without threads need not see that
            wait()
        _from_nowhere(*self.watchers.back(), *waits, call, no_tracer, no_profiler)
        for act in self._last[::-1]:
            atexit.register(act)
        _from_nowhere(call)

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
    exec(_NOWHERE, {"__name__": "sys", "acts": acts} | _TAKEN_AWAY)


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

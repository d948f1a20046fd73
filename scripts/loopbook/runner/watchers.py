"""What watches a script, at its own wish: a tracer, a profiler, tools of ``sys.monitoring``.

They are taken away where code of ours runs. What does that is no function of Python's, nor a
built-in one called as such, for these they would see until they are gone.
"""

from __future__ import annotations

import sys
from _lsprof import Profiler
from collections.abc import Callable
from functools import partial
from typing import Any

_MONITORING: Any = getattr(sys, "monitoring", None)
#: The numbers that a tool may have; Python 3.11 knows no tools, later ones know cProfile as one.
TOOLS = range(6 if _MONITORING else 0)
tracer, profiler = partial(sys.gettrace), partial(sys.getprofile)
no_tracer, no_profiler = partial(sys.settrace, None), partial(sys.setprofile, None)
events_of = partial(getattr(_MONITORING, "get_events", int))
set_events = partial(getattr(_MONITORING, "set_events", int))


class Watchers:
    """Those of one script, while they are taken away.

    Attributes:
        tracer: what `sys.settrace` was given.
        profiler: what `sys.setprofile` was given, or a profiler of `cProfile` on Python 3.11.
        events: of each tool, what it is told of.
    """

    def __init__(self) -> None:
        """As yet there is none."""
        self.tracer: Any = None
        self.profiler: Any = None
        self.events: dict[int, int] = {}

    def back(self) -> list[Callable[[], object]]:
        """What puts them back, each by a call that none of them sees."""
        acts: list[Callable[[], object]] = []
        if self.tracer is not None:
            acts.append(partial(sys.settrace, self.tracer))
        if isinstance(self.profiler, Profiler):
            acts.append(partial(self.profiler.enable))
        elif self.profiler is not None:
            acts.append(partial(sys.setprofile, self.profiler))
        for tool, events in self.events.items():
            if events and _MONITORING.get_tool(tool):  # else a thread has ended it meanwhile
                acts.append(partial(_MONITORING.set_events, tool, events))
        return acts

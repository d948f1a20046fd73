"""A matplotlib backend that counts the figures on show; plain Python finds it by MPLBACKEND.

It shares no code with the runner's backend, whose count it checks. A figure counts once, when a
show finds it open, or at the end. Each is drawn, as a window would draw it.
"""

from __future__ import annotations

import atexit
import os
import traceback
from typing import Any

from matplotlib import is_interactive, pyplot
from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg

from loopbook.gallery import TALLY

_me = os.getpid()


class FigureManager(FigureManagerBase):
    """A window that nobody sees."""

    counted = False

    @classmethod
    def pyplot_show(cls, *, block: bool | None = None) -> None:
        """``plt.show()``: count all; they close where the script waits for that."""
        _count_all()
        if block or (block is None and not is_interactive()):
            pyplot.close("all")

    def show(self) -> None:
        """``figure.show()``."""
        _count(self)


class FigureCanvas(FigureCanvasAgg):
    """Draws with Agg."""

    manager_class: Any = FigureManager


def _count(manager: Any) -> None:
    if os.getpid() != _me or getattr(manager, "counted", False):
        return
    manager.counted = True
    manager.canvas.draw()
    with open(os.environ[TALLY], "a") as tally:
        tally.write(f"{_me} {manager.num}\n")


def _count_all() -> None:
    for manager in Gcf.get_all_fig_managers():
        _count(manager)


def _at_the_end() -> None:
    try:
        _count_all()
    except Exception:
        traceback.print_exc()
        os._exit(1)  # of what fails now, Python itself says nothing in its status


open(os.environ[TALLY], "a").close()
atexit.register(_at_the_end)  # it runs before pyplot's own, which closes all

"""A matplotlib backend whose windows are files: what a script shows is kept as SVG."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from matplotlib import pyplot
from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg

from loopbook.runner.house import to_svg
from loopbook.runner.stack import line_in

_shown: list[str] = []
_folder: Path | None = None
_edited: Callable[[str], str] = str
_script = ""
_drawing: tuple[str, int | None] | None = None


def keep_figures(folder: Path, script: str, edited: Callable[[str], str] = str) -> None:
    """From now on write every figure that a script shows into this folder.

    Args:
        folder: the folder.
        script: the script's path.
        edited: makes of a figure's label the words that name its file.
    """
    global _folder, _script, _edited
    _folder, _script, _edited = folder, script, edited
    _shown.clear()


def drawing() -> tuple[str, int | None] | None:
    """Name of the figure that is being drawn, or could not be, and the line that made it."""
    return _drawing


def shown() -> tuple[str, ...]:
    """Names of the figures shown so far, in order."""
    return tuple(_shown)


def show_all() -> None:
    """Keep every open figure, in the order of their numbers, and close it."""
    for manager in Gcf.get_all_fig_managers():
        _keep(manager)
    pyplot.close("all")


def _keep(manager: FigureManagerBase) -> None:
    if _folder is None:
        return
    global _drawing
    figure = manager.canvas.figure
    words = _edited(str(figure.get_label()))
    label = re.sub(r"[^\w.-]+", "-", words).strip("-.") or str(manager.num)
    name, copies = label, 1
    while name in _shown:
        copies += 1
        name = f"{label}-{copies}"
    _drawing = name, getattr(manager, "line", None)
    _folder.mkdir(exist_ok=True)
    (_folder / f"{name}.svg").write_text(to_svg(figure), encoding="utf-8", newline="\n")
    _shown.append(name)
    _drawing = None


class FigureManager(FigureManagerBase):
    """A window that is a file.

    Attributes:
        line: the script's line that made the figure.
    """

    def __init__(self, canvas: Any, num: int | str) -> None:
        super().__init__(canvas, num)
        self.line = line_in(_script, sys._getframe(1))

    @classmethod
    def pyplot_show(cls, *, block: bool | None = None) -> None:
        """``plt.show()``: keep all open figures."""
        show_all()

    def show(self) -> None:
        """``figure.show()``: nothing yet; the figure is kept at the script's end."""


class FigureCanvas(FigureCanvasAgg):
    """A canvas that draws with Agg until it is kept."""

    manager_class: Any = FigureManager

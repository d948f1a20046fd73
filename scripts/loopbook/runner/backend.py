"""A matplotlib backend whose windows are files: what a script shows is kept as SVG."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, cast

from matplotlib import is_interactive, pyplot
from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.layout_engine import ConstrainedLayoutEngine

from loopbook.runner.frames import is_ours
from loopbook.runner.house import to_svg
from loopbook.runner.stack import line_in

#: Signs of a figure's label that its file's name takes; a name of 255 bytes is too long for some.
LONGEST = 60

_shown: list[str] = []
_folder: Path | None = None
_edited: Callable[[str], str] = str
_script = ""
_warned: dict[str | tuple[str, type[Warning], int], int] = {}
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


def _look(manager: FigureManagerBase) -> None:
    """Note that the script has shown this figure and goes on: it is kept when it is closed."""
    if isinstance(manager, FigureManager):
        manager.seen = True


def _keep(manager: FigureManagerBase) -> None:
    if _folder is None:
        return
    global _drawing
    if isinstance(manager, FigureManager):
        manager.seen = False
    figure = manager.canvas.figure
    words = _edited(str(figure.get_label()))
    label = re.sub(r"[^\w.-]+", "-", words)[:LONGEST].strip("-.") or str(manager.num)
    name, copies = label, 1
    while name in _shown:
        copies += 1
        name = f"{label}-{copies}"
    _drawing = name, getattr(manager, "line", None)
    _folder.mkdir(exist_ok=True)
    with _warnings_at(line_in(_script, sys._getframe(1)) or getattr(manager, "line", None)):
        svg = to_svg(figure)
    (_folder / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")
    _shown.append(name)
    _drawing = None


@contextmanager
def _warnings_at(at: int | None) -> Iterator[None]:
    """What drawing warns of is said of the script's line, not of one of ours."""
    before = warnings.showwarning

    def said(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if at is None or not is_ours(filename):
            before(message, category, filename, lineno, file, line)
        else:
            warnings.warn_explicit(message, category, _script, at, registry=_warned)

    warnings.showwarning = said
    try:
        yield
    finally:
        warnings.showwarning = before


class FigureManager(FigureManagerBase):
    """A window that is a file.

    Attributes:
        line: the script's line that made the figure.
        seen: whether the script has shown it without waiting, and it is not kept yet.
    """

    seen = False

    def __init__(self, canvas: Any, num: int | str) -> None:
        super().__init__(canvas, num)
        self.line = line_in(_script, sys._getframe(1))

    @classmethod
    def pyplot_show(cls, *, block: bool | None = None) -> None:
        """``plt.show()``: keep all open figures.

        Where the script does not wait for them to be closed (``block=False``, ``plt.pause``, after
        ``plt.ion()``), they stay open, and are kept as they are at the end or when it closes them.
        """
        if block is None:
            block = not is_interactive()
        if block:
            show_all()
        else:
            for manager in Gcf.get_all_fig_managers():
                _look(manager)

    def show(self) -> None:
        """``figure.show()``: nothing yet; the figure is kept when it closes."""
        _look(self)

    def destroy(self) -> None:
        """``plt.close()``: keep the figure if it was seen."""
        if self.seen:
            _keep(self)


class FigureCanvas(FigureCanvasAgg):
    """A canvas that draws with Agg until it is kept."""

    manager_class: Any = FigureManager

    def __init__(self, figure: Any = None) -> None:
        super().__init__(figure)
        if isinstance(self.figure.get_layout_engine(), ConstrainedLayoutEngine):
            cast(Any, self.figure).tight_layout = _is_tight


def _is_tight(**_: Any) -> None:
    """``tight_layout()`` of a figure that the house lays out, which fails behind a colour bar."""

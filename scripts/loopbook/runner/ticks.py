"""An axis's ticks, worked out once as long as nothing moves while its figure is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib.axis import Axis, XAxis, YAxis

_NAME = "_update_ticks"


@contextmanager
def worked_out_once() -> Iterator[None]:
    """Meanwhile, an axis whose limits and place are as they were has the ticks that it had.

    To lay out and draw one curve, matplotlib asks for the ticks of two axes some twenty times, and
    each time looks for places, writes labels and moves the marks. A third of a drawing's time.
    """
    usual = getattr(Axis, _NAME)
    known: dict[Any, tuple[object, list[Any]]] = {}

    def update(axis: Any) -> list[Any]:
        if type(axis) not in (XAxis, YAxis):  # those of other projections move theirs as they draw
            return list(usual(axis))
        state = _state(axis)
        before, ticks = known.get(axis, (None, []))
        if before != state:
            ticks = usual(axis)
            known[axis] = _state(axis), ticks
        return ticks

    setattr(Axis, _NAME, update)
    try:
        yield
    finally:
        setattr(Axis, _NAME, usual)


def _state(axis: Any) -> object:
    groups = (axis.major, axis.minor)
    return (
        tuple(axis.get_view_interval()),
        axis.axes.bbox.bounds,
        axis.get_figure(root=True).dpi,
        [(id(group.locator), id(group.formatter)) for group in groups],
        (len(axis.majorTicks), len(axis.minorTicks)),
    )

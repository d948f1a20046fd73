"""An axis's ticks and their labels' boxes, worked out once as long as nothing moves meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib.axis import Axis, XAxis, YAxis

_TICKS, _BOXES = "_update_ticks", "_get_ticklabel_bboxes"


@contextmanager
def worked_out_once() -> Iterator[None]:
    """Meanwhile, an axis whose limits and place are as they were has the ticks that it had.

    To lay out and draw one curve, matplotlib asks for the ticks of two axes some twenty times, and
    each time looks for places, writes labels and moves the marks. A third of a drawing's time.
    How large the labels are it asks a dozen times. A tenth.
    """
    usual, usual_boxes = getattr(Axis, _TICKS), getattr(Axis, _BOXES)
    known: dict[Any, tuple[object, list[Any]]] = {}
    measured: dict[Any, tuple[list[Any], Any, Any]] = {}

    def update(axis: Any) -> list[Any]:
        if type(axis) not in (XAxis, YAxis):  # those of other projections move theirs as they draw
            return list(usual(axis))
        state = _state(axis)
        before, ticks = known.get(axis, (None, []))
        if before != state:
            ticks = usual(axis)
            known[axis] = _state(axis), ticks
        return ticks

    def boxes(axis: Any, ticks: list[Any], renderer: Any) -> Any:
        before, drawn_by, found = measured.get(axis, (None, None, None))
        if before is not ticks or drawn_by is not renderer:  # else they are as they were
            found = usual_boxes(axis, ticks, renderer)
            measured[axis] = ticks, renderer, found
        return found

    setattr(Axis, _TICKS, update)
    setattr(Axis, _BOXES, boxes)
    try:
        yield
    finally:
        setattr(Axis, _TICKS, usual)
        setattr(Axis, _BOXES, usual_boxes)


def _state(axis: Any) -> object:
    groups = (axis.major, axis.minor)
    return (
        tuple(axis.get_view_interval()),
        axis.axes.bbox.bounds,
        axis.get_figure(root=True).dpi,
        [(id(group.locator), id(group.formatter)) for group in groups],
        (len(axis.majorTicks), len(axis.minorTicks)),
    )

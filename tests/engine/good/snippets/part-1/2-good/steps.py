"""The slope of a parabola."""


def slope(w: float) -> float:
    return 2 * (w - 2)

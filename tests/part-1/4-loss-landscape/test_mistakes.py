"""Angles on paper."""

import pytest

CHAPTER = "part-1/4-loss-landscape/"


def test_angle_is_right_only_where_both_axes_have_the_same_unit(run_snippet):
    run = run_snippet(CHAPTER + "unequal_axes.py")
    assert run.number("equal units: angle on paper") == pytest.approx(90, abs=0.05)
    assert abs(run.number("filled panel: angle on paper") - 90) > 20
    product = run["arrow"] @ run["along"]
    assert product.item() == pytest.approx(0, abs=1e-4), "in the parameters it is right"
    assert run.figures == ("angles",)

"""A rate in proportion to the batch keeps pace and cloud, until it meets its limit."""

import pytest

from loopbook.blocks.values import find_value


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/3-batch-and-stochastic/scaling.py")


def value(run, key):
    return float(find_value(run.printed, key, "scaling.py").text)


def test_scaled_rate_keeps_the_floor_up_to_twenty(run):
    floors = [value(run, f"{B} floor") for B in (1, 2, 5, 10, 20)]
    assert max(floors) < 1.25 * min(floors)
    assert value(run, "100 floor") > 10 * floors[0]


def test_scaled_rate_keeps_the_pace_up_to_ten(run):
    pace = [value(run, f"{B} cost after 100 samples") for B in (1, 2, 5, 10)]
    assert max(pace) < 1.05 * min(pace)


def test_constant_rate_lowers_the_floor_as_one_over_b(run):
    floors = [value(run, f"{B} floor at 0.01") for B in (1, 10, 100)]
    assert floors[0] / floors[1] == pytest.approx(10, rel=0.35)
    assert floors[0] / floors[2] == pytest.approx(100, rel=0.5)


def test_pace_is_that_of_the_factors(run):
    """Without noise, ten steps of 0.1 leave nearly what a hundred steps of 0.01 leave."""
    m2 = (run["x"] ** 2).mean().item()
    e_w = (run["w0"] - run["best_w"]).item()
    e_b = (run["b0"] - run["best_b"]).item()
    for B in (1, 10, 50):
        eta, steps = 0.01 * B, 100 // B
        left = m2 * (e_w * (1 - 2 * eta * m2) ** steps) ** 2
        left += (e_b * (1 - 2 * eta) ** steps) ** 2
        assert run["early"][B] == pytest.approx(left, rel=0.06)


def test_figures_are_named(run):
    assert run.figures == ("scaling",)

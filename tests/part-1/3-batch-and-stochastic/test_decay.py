"""A constant rate has a floor; a decaying one has none, unless it decays too fast."""

import math

import pytest
import torch

from loopbook.blocks.values import find_value


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/3-batch-and-stochastic/decay.py")


def late(run, name, low, high):
    values = [v for t, v in run["runs"][name].items() if low <= t <= high]
    return sum(values) / len(values)


@pytest.mark.parametrize("rate", [0.1, 0.01])
def test_floor_of_a_constant_rate_is_that_of_the_cloud(run, rate):
    x, y = run["x"].double(), run["y"].double()
    r = run["best_w"] * x + run["best_b"] - y
    u = torch.stack([x, torch.ones(100)])
    curvature = 2 * u.square().mean(dim=1)
    v = (2 * r * u).square().mean(dim=1)
    V = rate * v / (curvature * (2 - rate * curvature))
    floor = (curvature * V).sum().item() / 2
    measured = late(run, f"constant {rate}", 2000, 10_000)
    assert measured == pytest.approx(floor, rel=0.2)


def test_constant_rates_stop_falling_and_the_decaying_one_does_not(run):
    for rate in ("constant 0.1", "constant 0.01"):
        assert late(run, rate, 5000, 10_000) == pytest.approx(
            late(run, rate, 2000, 4000), rel=0.25
        )
    middle, end = (late(run, "decaying", *span) for span in ((900, 1100), (9000, 10_000)))
    assert end < middle / 5
    assert run.number("from step 1000 on") == pytest.approx(-1, abs=0.15)


def test_decaying_cloud_follows_its_rate(run):
    """At the end it is about as large as a constant rate of that size would leave it."""
    x, y = run["x"].double(), run["y"].double()
    r = run["best_w"] * x + run["best_b"] - y
    eta = run["rates"]["decaying"](10_000)
    rough = eta / 2 * r.square().mean().item() * 2 * ((x**2).mean().item() + 1)
    assert run["runs"]["decaying"][10_000] == pytest.approx(rough, rel=0.5)


def test_rate_that_decays_too_fast_leaves_what_its_factors_say(run):
    assert run.number("the rates add up to") == pytest.approx(0.1 / 0.05, abs=5e-3)
    factor = math.prod(1 - 0.1 * 0.95**t * 0.6801 for t in range(2000))
    assert factor == pytest.approx(math.exp(-2 * 0.68), rel=0.05)
    error = (run["w0"] - run["best_w"]).item() * factor
    left = (run["x"] ** 2).mean().item() * error**2
    assert run["runs"]["too fast"][10_000] == pytest.approx(left, rel=0.1)


def test_pace_needs_a_product_above_one_and_the_run_has_it(run):
    """With steps of eta_0 / (1 + t / tau) an error falls as t to the minus lambda eta_0 tau."""
    curvature = 2 * (run["x"].double() ** 2).mean().item()
    product = 2 * curvature * 0.1 * 100
    assert run.number("2 lambda eta_0 tau") == pytest.approx(product, abs=0.06)
    assert product > 1 > 2 * curvature * 0.1 * 1
    left = {t: math.prod(1 - 0.1 / (1 + k) * curvature for k in range(t)) for t in (100, 10_000)}
    assert left[100] / left[10_000] == pytest.approx(100 ** (0.1 * curvature), rel=0.02)


def test_table_and_figure(run):
    value = find_value(run.printed, "decaying after 10000", "decay.py").text
    assert float(value) == pytest.approx(run["runs"]["decaying"][10_000], abs=6e-7)
    assert run.figures == ("decay",)

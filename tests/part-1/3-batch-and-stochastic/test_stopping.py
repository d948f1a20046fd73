"""Four rules for stopping: right on one run, fooled on another."""

import numpy as np
import pytest

from loopbook.blocks.values import find_value

RULES = ["fixed", "plateau", "small_change", "small_gradient"]


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/3-batch-and-stochastic/stopping.py")


def value(run, key):
    return float(find_value(run.printed, key, "stopping.py").text)


@pytest.mark.parametrize("rule", RULES)
def test_rule_does_well_on_the_main_run_and_is_fooled_on_its_other(run, rule):
    assert value(run, f"{rule} cost above the minimum") < 1e-4
    assert value(run, f"fooled {rule} cost above minimum") > 0.1


def test_floor_is_the_loss_of_least_squares(run):
    x, y = run["x"].double(), run["y"].double()
    slope, offset = (x * y).mean() / (x**2).mean(), y.mean()
    least = (slope * x + offset - y).square().mean().item()
    assert run["floor"] == pytest.approx(least, rel=1e-5)


def test_small_change_is_small_gradient_times_the_rate(run):
    good = run["good"]
    assert run["small_change"](good, 1e-3) == run["small_gradient"](good, 1e-2)
    assert all(way == pytest.approx(0.1 * g) for _, way, g in good)


def test_plateau_waits_as_long_as_its_patience(run):
    log = [(cost, 0, 0) for cost in (3, 2, 2, 2, 1, 1, 1, 1)]
    assert run["plateau"](log, patience=3) == 8
    assert run["plateau"](log, patience=2) == 4
    assert run["plateau"](log, patience=4) is None


def test_small_change_is_fooled_at_the_first_step_by_a_tiny_rate(run):
    assert value(run, "fooled small_change stops at step") == 1


def test_lucky_sample_lies_on_the_line_far_from_the_minimum(run):
    _, log = run["fooled"][run["small_gradient"]]
    step = run["small_gradient"](log)
    assert log[step - 1][2] < 1e-2
    assert log[step - 2][2] > 0.03, "the sample before it pulled"


def test_a_lucky_sample_nearly_always_comes_whatever_the_order_and_the_noise():
    """Forty runs of our own, each with its own data, start and orders."""
    rng = np.random.default_rng(0)
    x, runs = np.linspace(-1, 1, 100), np.arange(40)
    y = 2 * x - 1 + 0.1 * rng.normal(size=(40, 100))
    w, b = rng.normal(size=(2, 40))
    stopped = np.full(40, np.nan)  # the cost above that of the true line
    for _ in range(30):
        order = rng.permuted(np.tile(np.arange(100), (40, 1)), axis=1)
        for i in order.T:
            r = w * x[i] + b - y[runs, i]
            lucky = (2 * np.hypot(r * x[i], r) < 1e-2) & np.isnan(stopped)
            cost = (w - 2) ** 2 * (x**2).mean() + (b + 1) ** 2
            stopped[lucky] = cost[lucky]
            w, b = w - 2e-4 * r * x[i], b - 2e-4 * r
    assert np.isnan(stopped).sum() <= 4, "nine in ten are fooled"
    assert np.nanmedian(stopped) > 1


def test_batches_never_meet_the_tolerance_that_the_full_batch_meets(run):
    assert 100 < run.number("full batch: stops at step") < 200
    assert "tolerance 1e-4, B = 10: stops at None" in run.printed


def test_figures_are_named(run):
    assert run.figures == ("stopping",)

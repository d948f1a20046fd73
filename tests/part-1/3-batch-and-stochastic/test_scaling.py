"""A rate in proportion to the batch keeps pace and cloud, until it meets its limit."""

import pytest
import torch

from loopbook.blocks.values import find_value


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/3-batch-and-stochastic/scaling.py")


def value(run, key):
    return float(find_value(run.printed, key, "scaling.py").text)


def test_scaled_rate_keeps_the_floor_up_to_twenty(run):
    floors = [value(run, f"{B} floor") for B in (1, 2, 5, 10, 20)]
    assert max(floors) < 1.25 * min(floors)
    line = next(line for line in run.printed.splitlines() if line.startswith("100 "))
    assert line.split()[3] == "none"


def test_at_the_limit_the_variance_grows_by_the_same_at_every_step(run):
    """At the rate 1 the factor of b is -1, and with 100 draws its noise is v / 100."""
    start = (run["best_w"], run["best_b"])
    excess = run["train"](start, 1.0, 100, steps=400)
    r = run["best_w"] * run["x"] + run["best_b"] - run["y"]
    each = (4 * r.square()).mean().item() / 100  # eta² v / B, for b
    for t in (100, 200, 400):
        assert excess[t - 1].item() == pytest.approx(t * each, rel=0.2)


def test_scaled_rate_keeps_the_pace_up_to_ten(run):
    pace = [value(run, f"{B} cost after 100 samples") for B in (1, 2, 5, 10)]
    assert max(pace) < 1.05 * min(pace)


def test_constant_rate_lowers_the_floor_as_one_over_b(run):
    floors = [value(run, f"{B} floor at 0.01") for B in (1, 10, 100)]
    assert floors[0] / floors[1] == pytest.approx(10, rel=0.1)
    assert floors[0] / floors[2] == pytest.approx(100, rel=0.15)


def test_floors_are_those_of_the_cloud(run):
    x, y = run["x"].double(), run["y"].double()
    r = run["best_w"] * x + run["best_b"] - y
    u = torch.stack([x, torch.ones(100)])
    curvature = 2 * u.square().mean(dim=1)
    v = (2 * r * u).square().mean(dim=1)
    for B in (1, 2, 5, 10, 20, 50, 100):
        for rate, name in ((0.01 * B, "floor"), (0.01, "floor at 0.01")):
            if rate < 1:
                V = rate * v / (B * curvature * (2 - rate * curvature))
                cost = 1e6 * (curvature * V).sum().item() / 2
                assert value(run, f"{B} {name}") == pytest.approx(cost, rel=0.1)


def test_pace_is_that_of_the_mean_squares(run):
    """The mean of e eᵀ, followed step by step: a batch's curvature is noisy, too."""
    u = torch.stack([run["x"], torch.ones(100)], dim=1).double()
    h = 2 * u[:, :, None] * u[:, None, :]
    H, eye = h.mean(dim=0), torch.eye(2).double()
    best = torch.stack([run["best_w"], run["best_b"]]).double()
    start = torch.cat([run["w0"], run["b0"]]).double()
    g = 2 * (u @ best - run["y"])[:, None] * u
    for B in (1, 10, 50):
        eta, S = 0.01 * B, torch.outer(start - best, start - best)
        for _ in range(100 // B):
            shaken = (h @ S @ h).mean(dim=0) - H @ S @ H + g.T @ g / 100
            S = (eye - eta * H) @ S @ (eye - eta * H) + eta**2 / B * shaken
        left = (H * S).sum().item() / 2
        assert run["early"][B] == pytest.approx(left, rel=0.04)


def test_figures_are_named(run):
    assert run.figures == ("scaling",)

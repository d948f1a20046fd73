"""Shuffled epochs hand out every sample once, and end closer to the minimum."""

import numpy as np
import pytest
import torch

from loopbook.blocks.values import find_value


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/3-batch-and-stochastic/shuffling.py")


def test_loaders_draw_without_and_with_replacement(run):
    seen = [row for (batch,) in run["shuffled"] for row in batch.tolist()]
    assert sorted(seen) == list(range(10))
    drawn = [row for _ in range(20) for (batch,) in run["drawn"] for row in batch.tolist()]
    assert len(drawn) == 200
    epochs = [drawn[k : k + 10] for k in range(0, 200, 10)]
    assert any(len(set(epoch)) < 10 for epoch in epochs)


def test_a_third_is_missed_with_replacement(run):
    assert run.number("foretold") == pytest.approx(100 * 0.99**100, abs=0.05)
    missed = run.number("missed in an epoch")
    assert missed == pytest.approx(100 * 0.99**100, abs=0.3)


def test_shuffled_orders_hold_every_sample_once(run):
    orders = run["orders"]("shuffled", 5)
    assert torch.equal(orders.sort(dim=1).values, torch.arange(100).repeat(5, 1))


def test_data_are_those_of_the_main_run(run, run_snippet):
    main = run_snippet("part-1/2-linear-regression/by_hand.py")
    assert torch.equal(run["y"], main["y"].flatten())


def value(run, key):
    return float(find_value(run.printed, key, "shuffling.py").text)


def ends(run, k):
    return [run["runs"][kind][k][0][-1].item() for kind in ("drawn", "shuffled")]


@pytest.mark.parametrize("k", range(4))
def test_shuffled_epochs_end_closer_and_most_so_at_a_small_rate(run, k):
    drawn, shuffled = ends(run, k)
    assert shuffled < 0.6 * drawn
    if k:
        before = ends(run, k - 1)
        assert drawn / shuffled < before[0] / before[1]
    assert value(run, f"{run['rates'][k]} drawn") == pytest.approx(1e6 * drawn, abs=0.06)
    assert value(run, f"{run['rates'][k]} shuffled") == pytest.approx(
        1e6 * shuffled, rel=5e-3
    )


def test_drawn_cloud_is_that_of_the_formula_and_level(run):
    x, y = run["x"].double(), run["y"].double()
    r = run["best_w"] * x + run["best_b"] - y
    u = torch.stack([x, torch.ones(100)])
    curvature = 2 * u.square().mean(dim=1)
    v = (2 * r * u).square().mean(dim=1)
    for lr, (curve, _) in zip(run["rates"], run["runs"]["drawn"], strict=True):
        V = lr * v / (10 * curvature * (2 - lr * curvature))
        floor = (curvature * V).sum().item() / 2
        assert curve.mean().item() == pytest.approx(floor, rel=0.06)
        assert value(run, f"{lr} formula") == pytest.approx(1e6 * floor, abs=0.06)


def test_later_batches_of_an_epoch_pull_back_harder_than_the_full_gradient(run):
    """Runs of our own in float64, for b: the regression of the batch's gradient on b's error."""
    rng = np.random.default_rng(0)
    x, y = run["x"].double().numpy(), run["y"].double().numpy()
    best_b, chains = y.mean(), 6000
    w = np.full(chains, (x * y).mean() / (x**2).mean())
    b = np.full(chains, best_b)
    for epoch in range(6):
        order = rng.permuted(np.tile(np.arange(100), (chains, 1)), axis=1)
        for m in range(10):
            batch = order[:, 10 * m : 10 * m + 10]
            r = w[:, None] * x[batch] + b[:, None] - y[batch]
            grad, e = 2 * r.mean(axis=1), b - best_b
            if epoch == 5 and m + 1 in (1, 2, 5, 10):
                pull = (grad * e).mean() / (2 * e * e).mean()
                assert value(run, f"batch {m + 1}") == pytest.approx(pull, abs=0.25)
                assert (pull > 1.15) == (m > 0)
            w, b = w - 0.2 * (r * x[batch]).mean(axis=1), b - 0.1 * grad
    fresh = run["runs"]["drawn"][2][1]
    assert fresh.tolist() == pytest.approx([1] * 10, abs=0.2)


def test_noise_is_largest_in_the_middle_of_an_epoch(run):
    curve = run["runs"]["shuffled"][1][0]
    assert 2 <= int(curve.argmax()) <= 6
    assert curve[-1] < curve.max() / 3


def test_ratio_and_figure(run):
    assert value(run, "0.02 drawn / shuffled") > 30
    assert run.figures == ("shuffled",)

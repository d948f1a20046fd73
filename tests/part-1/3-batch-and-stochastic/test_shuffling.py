"""Shuffled epochs hand out every sample once, and end closer to the minimum."""

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


@pytest.mark.parametrize("k", range(4))
def test_shuffled_epochs_end_closer_and_most_so_at_a_small_rate(run, k):
    drawn, shuffled = (run["ends"][kind][k][-1] for kind in ("drawn", "shuffled"))
    assert shuffled < 0.6 * drawn
    if k:
        assert drawn / shuffled < (run["ends"]["drawn"][k - 1][-1]) / (
            run["ends"]["shuffled"][k - 1][-1]
        )


def test_drawn_cloud_is_that_of_the_formula_and_level(run):
    x, y = run["x"].double(), run["y"].double()
    r = run["best_w"] * x + run["best_b"] - y
    u = torch.stack([x, torch.ones(100)])
    curvature = 2 * u.square().mean(dim=1)
    v = (2 * r * u).square().mean(dim=1)
    for lr, curve in zip(run["rates"], run["ends"]["drawn"], strict=True):
        if lr == 0.02:
            continue  # a rate so small has not forgotten its start after ten epochs
        V = lr * v / (10 * curvature * (2 - lr * curvature))
        floor = (curvature * V).sum().item() / 2
        assert curve.mean().item() == pytest.approx(floor, rel=0.12)


def test_noise_is_largest_in_the_middle_of_an_epoch(run):
    curve = run["ends"]["shuffled"][1]
    assert 2 <= int(curve.argmax()) <= 6
    assert curve[-1] < curve.max() / 3


def test_table_and_figure(run):
    ratio = find_value(run.printed, "0.02 drawn / shuffled", "shuffling.py").text
    assert float(ratio) > 30
    assert run.figures == ("shuffled",)

"""The same runs against samples, steps and time: three winners."""

import pytest
import torch

from loopbook.blocks.values import find_value


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/3-batch-and-stochastic/three_axes.py")


def value(run, B, what):
    return float(find_value(run.printed, f"{B} {what}", "three_axes.py").text)


@pytest.mark.parametrize(
    ("what", "winner"), [("samples", 1), ("steps", 16_384), ("ms", 256)]
)
def test_each_count_has_its_own_winner(run, what, winner):
    counts = {B: value(run, B, what) for B in (1, 256, 16_384)}
    assert min(counts, key=counts.get) == winner
    others = [count for B, count in counts.items() if B != winner]
    assert min(others) > 1.3 * counts[winner]
    assert value(run, 64, "ms") > 1.3 * value(run, 256, "ms")


def test_cost_above_the_minimum_is_that_of_the_data(run):
    X, y = run["X"].double(), run["y"].double()
    at_zero = y.square().mean() - (X @ run["best"].double() - y).square().mean()
    for curve in run["curves"].values():
        assert curve[0] == pytest.approx(at_zero.item(), rel=1e-3)


def test_full_batch_steps_are_those_of_autograd(run):
    X, y = run["X"], run["y"]
    theta = torch.zeros(64, requires_grad=True)
    torch.nn.functional.mse_loss(X @ theta, y).backward()
    after = (-0.8 * theta.grad - run["best"]).double()
    spread = (X.T @ X / len(X)).double()
    assert run["curves"][16_384][1] == pytest.approx(
        (after @ spread @ after).item(), rel=1e-3
    )


def test_counts_are_steps_times_batch_and_kept_time(run):
    for B, steps in run["needed"].items():
        assert value(run, B, "samples") == steps * B
        assert run["curves"][B][steps] < 0.1 <= run["curves"][B][steps - 1]
        kept = 1e3 * steps * run["seconds"][B]
        assert value(run, B, "ms") == pytest.approx(kept, rel=5e-3)


@pytest.mark.parametrize("B", [1, 64, 256, 16_384])
@pytest.mark.parametrize("factor", [0.5, 2])
def test_neither_half_nor_twice_the_rate_is_as_fast(run, B, factor):
    torch.manual_seed(1)
    rate, steps = run["runs"][B][0], run["needed"][B]
    assert not any(e < 0.1 for e in run["train"](B, factor * rate, steps + 1))


def test_figures_are_named(run):
    assert run.figures == ("three-axes",)

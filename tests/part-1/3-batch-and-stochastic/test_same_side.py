"""On the same side of the line the samples' gradients add up; on both sides they cancel."""

import pytest
import torch

from loopbook.blocks.values import find_value


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/3-batch-and-stochastic/same_side.py")


def per_sample(run, w, b):
    """Gradients of the samples' own losses, by autograd."""

    def loss(theta, x, y):
        return (theta[0] * x + theta[1] - y) ** 2

    theta = torch.tensor([w, b], dtype=torch.float64)
    x, y = run["x"].double(), run["y"].double()
    return torch.func.vmap(torch.func.grad(loss), in_dims=(None, 0, 0))(theta, x, y)


def test_sample_gradients_are_those_of_autograd(run):
    for w, b in run["lines"].values():
        ours = torch.stack(run["sample_gradients"](w, b), dim=1).double()
        torch.testing.assert_close(ours, per_sample(run, w, b), rtol=1e-4, atol=1e-5)


def test_above_all_samples_nothing_cancels(run):
    for_b = per_sample(run, *run["lines"]["lifted"])[:, 1]
    assert (for_b > 0).all()
    assert for_b.mean().item() == pytest.approx(for_b.abs().mean().item())
    assert run.number("lifted 100 0.800 0.800") == 1


def test_at_the_best_line_everything_cancels_though_samples_pull(run):
    for_b = per_sample(run, *run["lines"]["best"])[:, 1]
    assert abs(for_b.mean()) < 1e-5 * for_b.abs().mean()
    value = find_value(run.printed, "best mean size", "same_side.py").text
    assert float(value) == pytest.approx(for_b.abs().mean().item(), abs=5e-4)
    assert float(value) > 0.1


@pytest.mark.parametrize("name", ["lifted", "first guess"])
def test_printed_quotient_is_noise_over_squared_slope(run, name):
    g = per_sample(run, *run["lines"][name])
    quotient = g.var(dim=0, correction=0).sum() / g.mean(dim=0).square().sum()
    value = find_value(run.printed, f"{name} batch where they are equal", "x").text
    assert float(value) == pytest.approx(quotient.item(), abs=6e-3)


def test_figures_are_named(run):
    assert run.figures == ("same-side",)

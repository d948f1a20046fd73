"""A gradient under a wrong name raises nothing; the loss stalls above its minimum."""

import numpy as np
import pytest

SNIPPET = "part-1/2-linear-regression/wrong_name.py"


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet(SNIPPET)


@pytest.fixture(scope="module")
def least_squares(run):
    x, y = run["X"].ravel().double().numpy(), run["y"].ravel().double().numpy()
    slope, offset = np.polyfit(x, y, 1)
    return slope, offset, np.square(slope * x + offset - y).mean()


def test_stale_gradient_leaves_the_bias_where_it_began(run, least_squares):
    slope, offset, floor = least_squares
    assert run.number("stale", "b") == pytest.approx(run["b0"].item(), abs=5e-5)
    assert run.number("stale", "w") == pytest.approx(slope, abs=5e-5)
    stalled = floor + (run["b0"].item() - offset) ** 2
    assert run["losses"]["stale"][-1] == pytest.approx(stalled, rel=1e-4)


def test_overwritten_gradient_moves_both_parameters_alike(run, least_squares):
    shift = least_squares[1] - run["b0"].item()
    assert run.number("overwritten", "b") == pytest.approx(least_squares[1], abs=1e-4)
    assert run.number("overwritten", "w") == pytest.approx(
        run["w0"].item() + shift, abs=1e-4
    )


def test_overwritten_gradient_never_changes_the_difference(run):
    stays = run.number("w - b stays at")
    assert stays == pytest.approx((run["w0"] - run["b0"]).item(), abs=6e-5)
    seen = run.number("overwritten", "w") - run.number("overwritten", "b")
    assert stays == pytest.approx(seen, abs=1.6e-4)


@pytest.mark.parametrize("name", ["stale", "overwritten"])
def test_loss_stalls_above_the_minimum(run, least_squares, name):
    losses = run["losses"][name]
    assert losses[-1] == pytest.approx(losses[-20], rel=1e-3)
    assert losses[-1] > 10 * least_squares[2]


def test_right_names_reach_the_minimum(run, least_squares):
    assert run["losses"]["right"][-1] == pytest.approx(least_squares[2], rel=1e-4)
    assert run.number("right", "w") == pytest.approx(least_squares[0], abs=5e-5)
    assert run.number("right", "b") == pytest.approx(least_squares[1], abs=5e-5)


def test_autograd_finds_the_stale_gradient(run):
    w, b = run["w0"].clone().requires_grad_(), run["b0"].clone().requires_grad_()
    ((w * run["X"] + b - run["y"]) ** 2).mean().backward()
    assert b.grad.item() == pytest.approx(2 * (run["b0"] - run["y"].mean()).item())
    assert abs(b.grad.item()) > 0.5  # and the snippet's stale value is 0


def test_figure_is_named(run):
    assert run.figures == ("stalled",)

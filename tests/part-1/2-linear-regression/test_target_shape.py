"""A target (N,) against a prediction (N, 1) learns the mean and nothing else."""

import pytest
import torch

SNIPPET = "part-1/2-linear-regression/target_shape.py"


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet(SNIPPET)


def test_slope_is_zero_and_loss_equals_the_variance_of_y(run):
    y = run["y"].double().numpy()
    assert run["w"] == pytest.approx(0, abs=1e-4)
    assert run["b"] == pytest.approx(y.mean(), abs=1e-5)
    assert run.number("wrong shape", "loss") == pytest.approx(y.var(), abs=5e-5)
    assert run.number("variance of y") == pytest.approx(y.var(), abs=5e-5)


def test_broadcast_loss_has_its_minimum_at_slope_zero(run):
    X, y = run["X"].double(), run["y"].double()
    theta = torch.stack([torch.zeros_like(y.mean()), y.mean()]).requires_grad_()
    table = theta[0] * X + theta[1] - y
    assert table.shape == (100, 100)
    table.square().mean().backward()
    assert theta.grad.tolist() == pytest.approx([0, 0], abs=1e-12)


def test_torch_warns_of_the_shapes(run):
    warning = (
        "UserWarning: Using a target size (torch.Size([100])) that is different to the "
        "input size (torch.Size([100, 1]))."
    )
    assert warning in run.printed.splitlines()
    column, row = torch.zeros(100, 1), torch.zeros(100)
    with pytest.warns(UserWarning, match="Using a target size"):
        torch.nn.functional.mse_loss(column, row)


def test_loss_written_by_hand_gives_a_table_and_no_warning(run):
    assert "by hand: shape (100, 100), number of warnings 0" in run.printed


def test_target_as_a_column_gives_least_squares(run):
    A = torch.cat([run["X"], torch.ones(100, 1)], dim=1).double()
    best = torch.linalg.lstsq(A, run["column"].double()).solution.ravel().tolist()
    assert (run["w_right"], run["b_right"]) == pytest.approx(best, abs=1e-4)


@pytest.mark.equation("shape-identity")
def test_mean_over_all_pairs_splits_into_two_parts(run):
    y = run["y"].double().tolist()
    mean = sum(y) / len(y)
    y_hat = [0.7 * x + 0.2 for x in run["X"].double().ravel().tolist()]
    pairs = sum((p - t) ** 2 for p in y_hat for t in y) / len(y) ** 2
    to_mean = sum((p - mean) ** 2 for p in y_hat) / len(y)
    spread = sum((t - mean) ** 2 for t in y) / len(y)
    assert pairs == pytest.approx(to_mean + spread, rel=1e-12)
    assert run.number("all pairs") == pytest.approx(pairs, abs=6e-5)
    assert run.number("two parts") == pytest.approx(to_mean + spread, abs=6e-5)


def test_figure_is_named(run):
    assert run.figures == ("flat-line",)

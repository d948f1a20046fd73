"""The Hessian says why one rate explodes on raw features, and which direction is late."""

import pytest
import torch
from torch import nn

from loopbook.blocks.values import find_value

TABLE = (
    (73, 67, 43, 56, 70),
    (91, 88, 64, 81, 101),
    (87, 134, 58, 119, 133),
    (102, 43, 37, 22, 37),
    (69, 96, 70, 103, 119),
)


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/2-linear-regression/crop_limit.py")


@pytest.fixture(scope="module")
def hessian_eigenvalues():
    """From autograd twice, for all eight parameters, in float64."""
    data = torch.tensor(TABLE, dtype=torch.float64)

    def loss(theta):
        W, b = theta[:6].view(2, 3), theta[6:]
        return nn.functional.mse_loss(data[:, :3] @ W.T + b, data[:, 3:])

    start = torch.zeros(8, dtype=torch.float64)
    return torch.linalg.eigvalsh(torch.autograd.functional.hessian(loss, start))


def test_largest_eigenvalue_limit_and_condition_number(run, hessian_eigenvalues):
    largest, smallest = hessian_eigenvalues[-1].item(), hessian_eigenvalues[0].item()
    value = find_value(run.printed, "largest eigenvalue", "crop_limit.py")
    assert float(value.text) == 17909 == round(largest)
    assert run.number("smallest") == pytest.approx(smallest, rel=1e-3)
    assert run.number("limit of the rate") == 1.117e-4
    assert 2 / largest == pytest.approx(1.117e-4, rel=1e-3)
    assert run.number("condition number") == 2.2
    assert "condition number: 2.2 million" in run.printed
    assert largest / smallest == pytest.approx(2.2e6, rel=0.01)


def test_hessian_has_the_same_block_for_each_target(run, hessian_eigenvalues):
    block = torch.linalg.eigvalsh(run["H"]).repeat_interleave(2)
    torch.testing.assert_close(block, hessian_eigenvalues, rtol=1e-8, atol=1e-9)


def test_flattest_direction_is_essentially_the_bias(run):
    data = torch.tensor(TABLE, dtype=torch.float64)

    def loss(theta):
        return (data[:, :3] @ theta[:3] + theta[3] - data[:, 3]).square().mean()

    start = torch.zeros(4, dtype=torch.float64)
    H = torch.autograd.functional.hessian(loss, start)
    v = torch.ones(4, dtype=torch.float64)
    for _ in range(20):  # inverse iteration turns any vector to the flattest direction
        v = torch.linalg.solve(H, v)
        v = v / v.norm()
    assert run.number("bias in direction 1") == pytest.approx(
        v[3].abs().item(), abs=5e-6
    )


def test_least_squares_rmse_is_that_of_the_projection(run):
    data = torch.tensor(TABLE, dtype=torch.float64)
    Q, _ = torch.linalg.qr(torch.cat([data[:, :3], torch.ones(5, 1)], dim=1))
    Y = data[:, 3:]
    rmse = (Y - Q @ (Q.T @ Y)).square().mean().sqrt().item()
    assert run.number("least squares", "RMSE") == pytest.approx(rmse, abs=5e-4)


@pytest.mark.parametrize(("lr", "falls"), [(1.10e-4, True), (1.13e-4, False)])
def test_limit_divides_falling_from_growing_losses(run, lr, falls):
    theta = run["start"]
    losses = []
    for _ in range(1000):
        residual = run["X1"] @ theta - run["Y"]
        losses.append(residual.square().mean().item())
        theta = theta - lr * 2 / 10 * run["X1"].T @ residual
    assert (losses[-1] < losses[500]) is falls


@pytest.mark.parametrize("updates", [99, 500])
def test_rmse_foretold_is_that_of_the_loop(run, updates):
    torch.manual_seed(1337)
    W, b = nn.Parameter(torch.randn(2, 3)), nn.Parameter(torch.rand(2))
    X, Y = run["X"].float(), run["Y"].float()
    optimizer = torch.optim.SGD([W, b], lr=1e-4)
    for _ in range(updates):
        optimizer.zero_grad()
        nn.functional.mse_loss(nn.functional.linear(X, W, b), Y).backward()
        optimizer.step()
    loss = nn.functional.mse_loss(nn.functional.linear(X, W, b), Y)
    foretold = run.number(f"foretold after {updates} updates", "RMSE")
    assert foretold == pytest.approx(loss.sqrt().item(), abs=1e-3)


def test_nearly_all_that_is_left_lies_in_the_second_flattest_direction(run):
    left = [
        float(find_value(run.printed, f"{k} left of the loss", "crop_limit.py").text)
        for k in (1, 2, 3, 4)
    ]
    floor = run.number("least squares", "loss")
    assert left[1] > 0.9 * sum(left)
    assert sum(left) + floor == pytest.approx(2.369**2, abs=0.02)

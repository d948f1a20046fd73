"""On raw features a rate is either too large or very slow; the Hessian says why."""

import pytest
import torch
from torch import nn

from loopbook.blocks.values import find_value

SNIPPET = "part-1/2-linear-regression/crop_yields.py"
TABLE = {
    "Kanto": (73, 67, 43, 56, 70),
    "Johto": (91, 88, 64, 81, 101),
    "Hoenn": (87, 134, 58, 119, 133),
    "Sinnoh": (102, 43, 37, 22, 37),
    "Unova": (69, 96, 70, 103, 119),
}


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet(SNIPPET)


@pytest.fixture(scope="module")
def hessian_eigenvalues():
    """From autograd twice, for all eight parameters, in float64."""
    data = torch.tensor(list(TABLE.values()), dtype=torch.float64)

    def loss(theta):
        W, b = theta[:6].view(2, 3), theta[6:]
        return nn.functional.mse_loss(data[:, :3] @ W.T + b, data[:, 3:])

    start = torch.zeros(8, dtype=torch.float64)
    return torch.linalg.eigvalsh(torch.autograd.functional.hessian(loss, start))


def test_data_are_the_five_regions(run):
    rows = torch.cat([run["X"], run["Y"]], dim=1).tolist()
    assert dict(zip(run["regions"], map(tuple, rows), strict=True)) == TABLE


def test_weights_and_biases_have_one_row_a_target(run):
    assert run["W0"].shape == (2, 3)
    assert run["b0"].shape == (2,)
    assert "W: shape (2, 3)\nb: shape (2,)\n" in run.printed
    assert "X @ W.T + b: shape (5, 2)\n" in run.printed


def test_bias_is_added_to_every_row(run):
    affine = nn.functional.linear(run["X"], run["W0"], run["b0"])
    torch.testing.assert_close(run["X"] @ run["W0"].T + run["b0"], affine)
    assert "b is added to every row: True" in run.printed


@pytest.mark.parametrize(
    ("lr", "rmse"), [("1e-03", "nan"), ("1e-04", "2.369"), ("1e-05", "12.654")]
)
def test_rmse_is_the_expected_one(run, lr, rmse):
    key = f"{lr} RMSE in the last epoch"
    assert find_value(run.printed, key, "crop_yields.py").text == rmse


@pytest.mark.parametrize("lr", [1e-4, 1e-5])
def test_losses_are_those_of_torch_sgd(run, lr):
    torch.manual_seed(1337)
    W, b = nn.Parameter(torch.randn(2, 3)), nn.Parameter(torch.rand(2))
    optimizer = torch.optim.SGD([W, b], lr=lr)
    losses = []
    for _ in range(100):
        loss = nn.functional.mse_loss(nn.functional.linear(run["X"], W, b), run["Y"])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    torch.testing.assert_close(
        run["runs"][lr][0], torch.stack(losses), rtol=1e-4, atol=0
    )


def test_largest_eigenvalue_limit_and_condition_number(run, hessian_eigenvalues):
    largest, smallest = hessian_eigenvalues[-1].item(), hessian_eigenvalues[0].item()
    value = find_value(run.printed, "largest eigenvalue", "crop_yields.py")
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
    data = torch.tensor(list(TABLE.values()), dtype=torch.float64)

    def loss(theta):
        return (data[:, :3] @ theta[:3] + theta[3] - data[:, 3]).square().mean()

    start = torch.zeros(4, dtype=torch.float64)
    H = torch.autograd.functional.hessian(loss, start)
    v = torch.ones(4, dtype=torch.float64)
    for _ in range(20):  # inverse iteration turns any vector to the flattest direction
        v = torch.linalg.solve(H, v)
        v = v / v.norm()
    assert run.number("bias in the flattest direction") == pytest.approx(
        v[3].abs().item(), abs=5e-6
    )


def test_least_squares_rmse_is_that_of_the_projection(run):
    data = torch.tensor(list(TABLE.values()), dtype=torch.float64)
    Q, _ = torch.linalg.qr(torch.cat([data[:, :3], torch.ones(5, 1)], dim=1))
    Y = data[:, 3:]
    rmse = (Y - Q @ (Q.T @ Y)).square().mean().sqrt().item()
    assert run.number("least squares RMSE") == pytest.approx(rmse, abs=5e-4)


@pytest.mark.parametrize(("lr", "falls"), [(1.10e-4, True), (1.13e-4, False)])
def test_limit_divides_falling_from_growing_losses(run, lr, falls):
    A = torch.cat([run["X"], torch.ones(5, 1)], dim=1).double()
    theta = torch.cat([run["W0"].T, run["b0"][None]]).double()
    losses = []
    for _ in range(1000):
        error = A @ theta - run["Y"]
        losses.append(error.square().mean().item())
        theta = theta - lr * 2 / 10 * A.T @ error
    assert (losses[-1] < losses[500]) is falls


def test_too_large_a_rate_multiplies_the_loss_by_the_squared_factor(
    run, hessian_eigenvalues
):
    losses = run["runs"][1e-3][0]
    factor = (1 - 1e-3 * hessian_eigenvalues[-1].item()) ** 2
    assert (losses[10] / losses[9]).item() == pytest.approx(factor, rel=1e-3)
    assert run.number("last finite loss in epoch") == 14
    assert losses[13].isfinite() and losses[13] * factor > torch.finfo().max


def test_figures_are_named(run):
    assert run.figures == ("yields", "rates")

"""On raw features one rate explodes, and the others are slow."""

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







def test_too_large_a_rate_multiplies_the_loss_by_the_squared_factor(run):
    losses = run["runs"][1e-3][0]
    X1 = torch.cat([run["X"], torch.ones(5, 1)], dim=1).double()
    steepest = torch.linalg.eigvalsh(2 / 10 * X1.T @ X1)[-1].item()
    factor = (1 - 1e-3 * steepest) ** 2
    assert (losses[10] / losses[9]).item() == pytest.approx(factor, rel=1e-3)
    assert run.number("last finite loss in epoch") == 14
    assert losses[13].isfinite() and losses[13] * factor > torch.finfo().max


def test_figures_are_named(run):
    assert run.figures == ("yields", "rates")

"""The function fit on fifteen rows of crops, in batches of five."""

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from loopbook.blocks.values import find_value


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/3-batch-and-stochastic/fit_crops.py")


def value(run, key):
    return float(find_value(run.printed, key, "fit_crops.py").text)


def test_rows_are_those_of_chapter_1_2_three_times(run, run_snippet):
    crops = run_snippet("part-1/2-linear-regression/crop_yields.py")
    for k in range(3):
        assert torch.equal(run["X"][5 * k : 5 * k + 5], crops["X"])
        assert torch.equal(run["Y"][5 * k : 5 * k + 5], crops["Y"])
    assert run["X"].shape == (15, 3)


def test_three_copies_have_the_gradient_of_one(run):
    torch.manual_seed(0)
    model = nn.Linear(3, 2)
    gradients = []
    for rows in (slice(0, 15), slice(0, 5)):
        model.zero_grad()
        nn.MSELoss()(model(run["X"][rows]), run["Y"][rows]).backward()
        gradients.append(model.weight.grad.clone())
    torch.testing.assert_close(*gradients, rtol=1e-5, atol=1e-3)


def test_full_batch_fit_is_plain_gradient_descent(run):
    torch.manual_seed(3)
    model = nn.Linear(3, 2)
    W, b = model.weight.detach().clone(), model.bias.detach().clone()
    X, Y = run["X"], run["Y"]
    opt = torch.optim.SGD(model.parameters(), lr=1e-5)
    loader = DataLoader(TensorDataset(X, Y), batch_size=15)
    losses = run["fit"](10, model, nn.MSELoss(), opt, loader)
    for loss in losses:
        R = X @ W.T + b - Y
        assert loss == pytest.approx(R.square().mean().item(), rel=1e-4)
        W, b = W - 1e-5 * 2 / 30 * R.T @ X, b - 1e-5 * 2 / 30 * R.sum(dim=0)
    torch.testing.assert_close(model.weight.detach(), W, rtol=1e-4, atol=1e-4)


def test_loss_of_an_epoch_weights_a_short_batch_with_its_size(run):
    model = nn.Linear(3, 2)
    opt = torch.optim.SGD(model.parameters(), lr=0.0)
    loader = DataLoader(TensorDataset(run["X"][:7], run["Y"][:7]), batch_size=4)
    (loss,) = run["fit"](1, model, nn.MSELoss(), opt, loader)
    with torch.no_grad():
        whole = nn.MSELoss()(model(run["X"][:7]), run["Y"][:7]).item()
    assert loss == pytest.approx(whole, rel=1e-5)


def test_more_steps_an_epoch_are_further_after_as_many_epochs(run):
    for epochs in ("after 100 epochs", "after 300"):
        rmse = [value(run, f"{B} {'RMSE ' * (epochs != 'after 300')}{epochs}")
                for B in (15, 5, 1)]  # fmt: skip
        assert rmse[0] > 2 * rmse[1] > 4 * rmse[2]


def test_full_batch_can_take_ten_times_the_rate_and_the_largest_row_cannot(run):
    limits = {}
    for name, rows in (("for all rows", slice(0, 15)), ("for the largest row alone", slice(2, 3))):
        X, Y = run["X"][rows].double(), run["Y"][rows].double()
        H = torch.autograd.functional.hessian(
            lambda row, X=X, Y=Y: nn.functional.mse_loss(
                torch.stack([X @ row[:3] + row[3], X @ row[4:7] + row[7]], dim=1), Y
            ),
            torch.zeros(8, dtype=torch.float64),
        )
        limits[name] = 2 / torch.linalg.eigvalsh(H)[-1].item()
        assert run.number(name) == pytest.approx(limits[name], rel=5e-3)
    assert run["X"].norm(dim=1).argmax() % 5 == 2
    assert limits["for the largest row alone"] < 1e-4 < limits["for all rows"]


def test_no_run_is_below_least_squares(run):
    X1 = torch.cat([run["X"], torch.ones(15, 1)], dim=1).double()
    best = torch.linalg.lstsq(X1, run["Y"].double()).solution
    least = (X1 @ best - run["Y"]).square().mean().sqrt().item()
    assert least < value(run, "1 after 300") < 1.1 * least


def test_figures_are_named(run):
    assert run.figures == ("crops",)

"""What the eigenvalues foretell of three choices of units is what the loop does."""

import pytest
import torch

from loopbook.blocks.values import find_value

UNITS = {"raw": 1e-4, "other units": 0.5, "standardised": 0.5}


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/2-linear-regression/crop_units.py")


def printed(run, key):
    return float(find_value(run.printed, key, "crop_units.py").text.replace(",", ""))


def descend(run, name, updates):
    """RMSE after so many updates: the loop's linear map, applied by a matrix power."""
    features, lr = run["units"][name]
    X1 = torch.cat([features, torch.ones(5, 1)], dim=1)
    Y = run["Y"]
    H = 2 / Y.numel() * X1.T @ X1
    best = torch.linalg.solve(H, 2 / Y.numel() * X1.T @ Y)
    power = torch.linalg.matrix_power(torch.eye(4, dtype=torch.float64) - lr * H, updates)
    theta = best + power @ (run["start"] - best)
    return (X1 @ theta - Y).square().mean().sqrt().item()


@pytest.mark.parametrize("name", UNITS)
def test_rmse_after_99_updates_is_that_of_autograd_and_sgd(run, name):
    features, lr = run["units"][name]
    assert lr == UNITS[name]
    theta = torch.nn.Parameter(run["start"].clone())
    optimizer = torch.optim.SGD([theta], lr=lr)
    X1 = torch.cat([features, torch.ones(5, 1)], dim=1)

    def cost():
        return torch.nn.functional.mse_loss(X1 @ theta, run["Y"])

    for _ in range(99):
        optimizer.zero_grad()
        cost().backward()
        optimizer.step()
    rmse = cost().sqrt().item()
    assert printed(run, f"{name} RMSE after 99") == pytest.approx(rmse, abs=6e-4)


@pytest.mark.parametrize("name", UNITS)
def test_the_goal_is_reached_with_the_updates_foretold_and_not_before(run, name):
    updates = int(printed(run, f"{name} updates to 0.70"))
    slack = updates // 1000  # rounding differs from processor to processor
    after, before = updates + slack, updates - slack - 1
    assert descend(run, name, after) <= 0.70 < descend(run, name, before)


def test_other_units_are_worse_at_first_and_better_in_the_end(run):
    first = {name: printed(run, f"{name} RMSE after 99") for name in UNITS}
    last = {name: printed(run, f"{name} updates to 0.70") for name in UNITS}
    assert first["other units"] > 5 * first["raw"]
    assert last["other units"] < last["raw"] / 50
    assert last["standardised"] < 100

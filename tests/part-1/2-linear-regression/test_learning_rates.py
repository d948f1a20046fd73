"""Three rates differ in speed; the minimum that they reach is the same."""

import numpy as np
import pytest
import torch

from loopbook.blocks.values import find_value

SNIPPET = "part-1/2-linear-regression/learning_rates.py"


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet(SNIPPET)


@pytest.fixture(scope="module")
def least_squares(run):
    x, y = run["X"].ravel().double().numpy(), run["y"].ravel().double().numpy()
    return np.polyfit(x, y, 1)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("0.01 w after 100", "2.2193"),
        ("0.01 b after 100", "1.0283"),
        ("0.01 w after 1000", "2.5059"),
        ("0.01 b after 1000", "1.0178"),
    ],
)
def test_middle_rate_repeats_the_second_run(run, key, value):
    assert find_value(run.printed, key, "learning_rates.py").text == value


@pytest.mark.parametrize("lr", [0.001, 0.01, 0.1])
def test_every_rate_reaches_the_least_squares_answer(run, lr, least_squares):
    assert run["paths"][lr][20_000].tolist() == pytest.approx(least_squares, abs=1e-9)
    key = f"{lr} distance after 20000"
    assert find_value(run.printed, key, "learning_rates.py").text == "0.0000"


@pytest.mark.parametrize("lr", [0.001, 0.01, 0.1])
def test_path_is_that_of_torch_sgd(run, lr):
    theta = run["start"].clone().requires_grad_()
    optimizer = torch.optim.SGD([theta], lr=lr)
    for row in run["paths"][lr][:200]:
        torch.testing.assert_close(theta.detach(), row, rtol=1e-12, atol=1e-12)
        optimizer.zero_grad()
        y_hat = theta[0] * run["X"].double() + theta[1]
        torch.nn.functional.mse_loss(y_hat.ravel(), run["y"]).backward()
        optimizer.step()


@pytest.mark.parametrize("epochs", [100, 1000])
def test_larger_rate_is_closer_to_the_optimum_and_not_worse(run, epochs, least_squares):
    best = torch.tensor(least_squares.copy())
    slow, middle, fast = (
        (run["paths"][lr][epochs] - best).norm().item() for lr in (0.001, 0.01, 0.1)
    )
    assert slow > middle > fast


def test_ten_times_the_rate_needs_about_a_tenth_of_the_epochs(run):
    torch.testing.assert_close(
        run["paths"][0.001][1000], run["paths"][0.01][100], rtol=0, atol=0.01
    )


def test_last_plotted_loss_of_every_rate_is_that_of_least_squares(run, least_squares):
    x, y = run["X"].ravel().double().numpy(), run["y"].numpy()
    floor = np.square(np.polyval(least_squares, x) - y).mean()
    *curves, level = run["ax"].lines
    assert len(curves) == 3
    for curve in curves:
        updates, losses = curve.get_data()
        assert updates[-1] == 20_000
        assert losses[-1] == pytest.approx(floor, rel=1e-9)
        assert losses[0] > 10 * floor
    assert level.get_ydata()[0] == pytest.approx(floor, rel=1e-9)


def test_eigenvalues_and_limit_are_those_of_torchs_hessian(run):
    x, y = run["X"].ravel().double(), run["y"]

    def loss(theta):
        return torch.nn.functional.mse_loss(theta[0] * x + theta[1], y)

    start = torch.zeros(2, dtype=torch.float64)
    hessian = torch.autograd.functional.hessian(loss, start)
    smaller, larger = torch.linalg.eigvalsh(hessian).tolist()
    assert run.number("smaller eigenvalue") == pytest.approx(smaller, abs=5e-5)
    assert run.number("larger eigenvalue") == pytest.approx(larger, abs=5e-5)
    assert run.number("limit of the rate") == pytest.approx(2 / larger, abs=5e-5)


@pytest.mark.parametrize(("share", "arrives"), [(0.99, True), (1.01, False)])
def test_limit_divides_the_rates_that_arrive_from_those_that_do_not(
    run, least_squares, share, arrives
):
    theta = run["train"](share * run.number("limit of the rate"), 2000)[-1]
    distance = (theta - torch.tensor(least_squares.copy())).norm().item()
    assert (distance < 1e-6) is arrives


def test_figures_are_named(run):
    assert run.figures == ("paths", "losses")

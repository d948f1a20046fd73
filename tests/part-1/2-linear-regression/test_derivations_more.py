"""Evaluates the steps between the chapter's main formulas, in the form they are printed."""

import pytest
import sympy
import torch
from torch import nn
from torch.autograd.functional import hessian

CLOSE = {"rtol": 1e-10, "atol": 1e-12}


@pytest.fixture
def line():
    """One feature whose mean is not 0, targets around a line, and X with its ones."""
    generator = torch.Generator().manual_seed(3)
    x = torch.randn(40, dtype=torch.float64, generator=generator) + 0.7
    y = 1.7 * x - 0.4 + torch.randn(40, dtype=torch.float64, generator=generator)
    return x, y, torch.stack([x, torch.ones_like(x)], dim=1)


@pytest.mark.equation("residual-balance")
def test_residuals_of_the_best_line_average_to_zero_and_hold_no_slope(line):
    x, y, X = line
    r = X @ torch.linalg.lstsq(X, y).solution - y
    zero = torch.zeros((), dtype=torch.float64)
    torch.testing.assert_close(r.mean(), zero, **CLOSE)
    torch.testing.assert_close((r * x).mean(), zero, **CLOSE)


@pytest.mark.equation("residual-balance")
def test_residuals_of_another_line_do_not_balance(line):
    x, y, X = line
    r = X @ (torch.linalg.lstsq(X, y).solution + torch.tensor([0.1, 0.0])) - y
    assert abs(r.mean()) > 0.01
    assert abs((r * x).mean()) > 0.01


@pytest.mark.equation("closed-form-line")
def test_closed_form_of_the_line_solves_both_balances_symbolically():
    w, b, mean_x, mean_y, mean_xx, mean_xy = sympy.symbols("w b x y xx xy")
    # The balances divided by 2: mean((w x + b - y) x) = 0 and mean(w x + b - y) = 0.
    balances = [w * mean_xx + b * mean_x - mean_xy, w * mean_x + b - mean_y]
    solution = sympy.solve(balances, [w, b], dict=True)[0]
    best_w = (mean_xy - mean_x * mean_y) / (mean_xx - mean_x**2)
    assert sympy.simplify(solution[w] - best_w) == 0
    assert sympy.simplify(solution[b] - (mean_y - best_w * mean_x)) == 0


@pytest.mark.equation("hessian")
def test_hessian_of_a_line_holds_the_means_of_x_and_of_its_square(line):
    x, y, X = line
    theta = torch.tensor([0.3, -1.1], dtype=torch.float64)
    by_torch = hessian(lambda theta: ((X @ theta - y) ** 2).mean(), theta)
    one = torch.ones((), dtype=torch.float64)
    rows = [torch.stack([(x**2).mean(), x.mean()]), torch.stack([x.mean(), one])]
    torch.testing.assert_close(2 * torch.stack(rows), by_torch, **CLOSE)


@pytest.mark.equation("convexity")
def test_second_derivative_along_a_direction_is_the_mean_square_of_x_times_it(line):
    _, y, X = line
    theta = torch.tensor([0.3, -1.1], dtype=torch.float64)
    v = torch.tensor([-0.8, 2.5], dtype=torch.float64)

    def g(s):
        return ((X @ (theta + s * v) - y) ** 2).mean()

    for place in (-3.0, 0.0, 10.0):
        s = torch.tensor(place, dtype=torch.float64)
        curvature = torch.func.grad(torch.func.grad(g))(s)
        torch.testing.assert_close(curvature, 2 * ((X @ v) ** 2).mean(), **CLOSE)


@pytest.mark.equation("mse-stationary")
def test_slope_over_a_constant_is_twice_its_distance_from_the_mean(line):
    _, y, _ = line
    for constant in (-2.0, y.mean().item(), 5.0):
        c = torch.tensor(constant, dtype=torch.float64, requires_grad=True)
        ((c - y) ** 2).mean().backward()
        torch.testing.assert_close(c.grad, 2 * (c.detach() - y.mean()), **CLOSE)


@pytest.mark.equation("slope-along")
def test_slope_along_a_direction_is_the_direction_times_the_gradient(line):
    _, y, X = line
    theta = torch.tensor([0.3, -1.1], dtype=torch.float64)
    v = torch.tensor([-0.8, 2.5], dtype=torch.float64)

    def L(theta):
        return ((X @ theta - y) ** 2).mean()

    at_the_start = torch.tensor(0.0, dtype=torch.float64)
    slope = torch.func.grad(lambda s: L(theta + s * v))(at_the_start)
    torch.testing.assert_close(2 * ((X @ v) * (X @ theta - y)).mean(), slope, **CLOSE)
    torch.testing.assert_close(v @ torch.func.grad(L)(theta), slope, **CLOSE)


@pytest.mark.equation("slope-along")
def test_loop_never_moves_along_a_direction_that_changes_no_prediction(line):
    x, y, _ = line
    X = torch.stack([x, 3 * x, torch.ones_like(x)], dim=1)  # metres and feet, nearly
    v = torch.tensor([3.0, -1.0, 0.0], dtype=torch.float64)
    torch.testing.assert_close(X @ v, torch.zeros_like(x), **CLOSE)
    best = torch.linalg.lstsq(X[:, [0, 2]], y).solution
    smallest = ((X[:, [0, 2]] @ best - y) ** 2).mean()
    ends = []
    for start in ([0.0, 0.0, 0.0], [5.0, 1.0, -2.0]):
        first = theta = torch.tensor(start, dtype=torch.float64)
        for _ in range(3000):
            theta = theta - 0.05 * 2 / len(X) * X.T @ (X @ theta - y)
        torch.testing.assert_close(theta @ v, first @ v, rtol=1e-9, atol=1e-9)
        torch.testing.assert_close(((X @ theta - y) ** 2).mean(), smallest, **CLOSE)
        ends.append(theta)
    assert (ends[0] - ends[1]).norm() > 1  # two best points: the start decides


@pytest.mark.equation("error-update")
@pytest.mark.parametrize("eta", [0.05, 0.3, 2.0])
def test_an_update_takes_eta_times_hessian_times_error_from_the_error(line, eta):
    _, y, X = line
    best = torch.linalg.lstsq(X, y).solution
    theta = torch.tensor([0.3, -1.1], dtype=torch.float64, requires_grad=True)
    loss = nn.MSELoss()(X @ theta, y)
    H = hessian(lambda theta: nn.MSELoss()(X @ theta, y), theta.detach())
    loss.backward()
    e = (theta - best).detach()
    torch.optim.SGD([theta], lr=eta).step()
    torch.testing.assert_close(e - eta * H @ e, (theta - best).detach(), **CLOSE)


@pytest.mark.equation("error-update")
def test_a_piece_of_the_error_along_an_eigenvector_is_multiplied_by_its_factor(line):
    _, y, X = line
    eta = 0.3
    eigenvalues, directions = torch.linalg.eigh(2 / len(X) * X.T @ X)
    best = torch.linalg.lstsq(X, y).solution
    theta = torch.tensor([0.3, -1.1], dtype=torch.float64)
    after = theta - eta * 2 / len(X) * X.T @ (X @ theta - y)
    pieces, pieces_after = directions.T @ (theta - best), directions.T @ (after - best)
    torch.testing.assert_close((1 - eta * eigenvalues) * pieces, pieces_after, **CLOSE)


CROPS = torch.tensor(
    [
        [73.0, 67, 43],
        [91.0, 88, 64],
        [87.0, 134, 58],
        [102.0, 43, 37],
        [69.0, 96, 70],
    ],
    dtype=torch.float64,
)


@pytest.mark.equation("hessian-targets")
def test_hessian_for_several_targets_falls_into_one_block_a_target():
    generator = torch.Generator().manual_seed(5)
    N, D, K = 7, 3, 2
    X = torch.randn(N, D, dtype=torch.float64, generator=generator)
    Y = torch.randn(N, K, dtype=torch.float64, generator=generator)
    X1 = torch.cat([X, torch.ones(N, 1, dtype=torch.float64)], dim=1)

    def L(theta):  # row k of theta: target k's weights and, last, its bias
        W, b = theta.view(K, D + 1)[:, :D], theta.view(K, D + 1)[:, D]
        return nn.MSELoss()(X @ W.T + b, Y)

    theta = torch.randn(K * (D + 1), dtype=torch.float64, generator=generator)
    block = 2 / (N * K) * X1.T @ X1
    by_torch = hessian(L, theta)
    torch.testing.assert_close(torch.block_diag(block, block), by_torch, **CLOSE)
    of_a_block = torch.linalg.eigvalsh(block).repeat_interleave(K)
    torch.testing.assert_close(of_a_block, torch.linalg.eigvalsh(by_torch), **CLOSE)


@pytest.mark.equation("hessian-targets")
def test_diagonal_of_the_crops_hessian_sums_to_the_printed_figure():
    X1 = torch.cat([CROPS, torch.ones(5, 1, dtype=torch.float64)], dim=1)
    eigenvalues = torch.linalg.eigvalsh(2 / (5 * 2) * X1.T @ X1)
    assert round(eigenvalues.sum().item()) == round(0.2 * (X1**2).sum().item()) == 18636
    assert eigenvalues[-1] > 0.95 * eigenvalues.sum()  # nearly all of it
    assert 1e-4 * eigenvalues[-1] < 2 < 1e-3 * eigenvalues[-1]
    assert 8.5 < 1e-3 * eigenvalues[-1] / 2 < 9.5  # about nine times above the limit


@pytest.mark.equation("rate-limit")
def test_condition_number_is_the_number_of_steps_to_a_third():
    for kappa in (10.0, 1000.0, 2.2e6):
        left = (1 - 1 / kappa) ** kappa
        assert left == pytest.approx(1 / 3, abs=0.04)


@pytest.mark.equation("gradient-w")
@pytest.mark.equation("gradient-b")
def test_second_step_on_the_three_dots_is_the_one_worked_out_with_a_pencil():
    x = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)
    y = torch.tensor([1.0, 5.0, 6.0], dtype=torch.float64)
    theta = torch.tensor([1.6, 1.2], dtype=torch.float64)

    def L(theta):
        return ((theta[0] * x + theta[1] - y) ** 2).mean()

    gradient = torch.func.grad(L)(theta)
    assert gradient.tolist() == pytest.approx([0.4, 0.8])
    after = theta - 0.1 * gradient
    assert after.tolist() == pytest.approx([1.56, 1.12])
    assert L(after).item() == pytest.approx(1.15, abs=0.005)
    best = torch.linalg.lstsq(torch.stack([x, torch.ones_like(x)], dim=1), y).solution
    assert best.tolist() == pytest.approx([2.5, -1.0])


def test_mean_square_of_a_hundred_even_points_is_the_printed_fraction():
    x = torch.linspace(-1, 1, 100, dtype=torch.float64)
    assert (x**2).mean().item() == pytest.approx(101 / 297)


@pytest.mark.equation("shape-identity")
def test_all_pairs_cost_is_smallest_when_every_prediction_is_the_mean(line):
    _, y, _ = line
    y_hat = (0.4 * y.flip(0) + 1).requires_grad_()
    all_pairs = ((y_hat.unsqueeze(1) - y) ** 2).mean()  # what (N, 1) against (N,) does
    two_parts = ((y_hat - y.mean()) ** 2).mean() + y.var(correction=0)
    torch.testing.assert_close(two_parts, all_pairs, **CLOSE)
    all_pairs.backward()
    expected = 2 / len(y) * (y_hat.detach() - y.mean())  # zero at the mean alone
    torch.testing.assert_close(y_hat.grad, expected, **CLOSE)

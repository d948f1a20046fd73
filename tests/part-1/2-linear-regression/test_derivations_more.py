"""Evaluates the steps between the chapter's main formulas, in the form they are printed."""

import pytest
import sympy
import torch
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

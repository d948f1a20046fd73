"""Evaluates every labelled formula of the chapter against an independent source."""

import math

import pytest
import sympy
import torch
from torch import nn
from torch.autograd.functional import hessian
from torch.distributions import Normal

CLOSE = {"rtol": 1e-10, "atol": 1e-12}


def line_data(N=30, seed=0):
    """N samples of one feature around some line; the feature's mean is not 0."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(N, dtype=torch.float64, generator=generator) + 0.7
    noise = torch.randn(N, dtype=torch.float64, generator=generator)
    return x, 1.7 * x - 0.4 + 0.3 * noise


def design_data(N=30, D=4, seed=0):
    """X (N, D) whose last column is ones, targets y (N,) and some theta (D,)."""
    generator = torch.Generator().manual_seed(seed)
    X = torch.randn(N, D, dtype=torch.float64, generator=generator)
    X[:, -1] = 1
    y = torch.randn(N, dtype=torch.float64, generator=generator)
    theta = torch.randn(D, dtype=torch.float64, generator=generator)
    return X, y, theta


def mean_squared(X, y):
    return lambda theta: ((X @ theta - y) ** 2).mean()


def parameter(value):
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


@pytest.mark.equation("mse")
def test_mse_is_the_mean_over_the_samples_of_the_squared_residual_as_in_torch():
    x, y = line_data()
    w, b = 0.3, -1.1
    L = sum((w * x_i + b - y_i) ** 2 for x_i, y_i in zip(x, y, strict=True)) / len(x)
    torch.testing.assert_close(L, nn.MSELoss()(w * x + b, y), **CLOSE)


@pytest.mark.equation("gradient-w")
def test_gradient_for_w_is_twice_the_mean_of_residual_times_feature():
    x, y = line_data()
    w, b = parameter(0.3), parameter(-1.1)
    nn.MSELoss()(w * x + b, y).backward()
    by_formula = 2 / len(x) * ((w * x + b - y) * x).sum()
    torch.testing.assert_close(by_formula.detach(), w.grad, **CLOSE)


@pytest.mark.equation("gradient-b")
def test_gradient_for_b_is_twice_the_mean_residual():
    x, y = line_data()
    w, b = parameter(0.3), parameter(-1.1)
    nn.MSELoss()(w * x + b, y).backward()
    by_formula = 2 / len(x) * (w * x + b - y).sum()
    torch.testing.assert_close(by_formula.detach(), b.grad, **CLOSE)


@pytest.mark.equation("gradient-w")
@pytest.mark.equation("gradient-b")
def test_gradients_of_a_line_agree_with_symbolic_differentiation():
    w, b = sympy.symbols("w b")
    samples = [(sympy.Symbol(f"x{i}"), sympy.Symbol(f"y{i}")) for i in range(3)]
    L = sum((w * x + b - y) ** 2 for x, y in samples) / 3
    for_w = sympy.Rational(2, 3) * sum((w * x + b - y) * x for x, y in samples)
    for_b = sympy.Rational(2, 3) * sum(w * x + b - y for x, y in samples)
    assert sympy.expand(sympy.diff(L, w) - for_w) == 0
    assert sympy.expand(sympy.diff(L, b) - for_b) == 0


@pytest.mark.equation("gradient-vector")
def test_gradient_vector_is_two_over_n_x_transposed_times_the_residuals():
    X, y, theta = design_data()
    by_formula = 2 / len(X) * X.T @ (X @ theta - y)
    by_autograd = torch.func.grad(mean_squared(X, y))(theta)
    torch.testing.assert_close(by_formula, by_autograd, **CLOSE)


@pytest.mark.equation("normal-equation")
def test_normal_equation_gives_the_least_squares_answer_where_the_gradient_vanishes():
    X, y, _ = design_data()
    theta = torch.linalg.solve(X.T @ X, X.T @ y)
    torch.testing.assert_close(theta, torch.linalg.lstsq(X, y).solution, **CLOSE)
    gradient = torch.func.grad(mean_squared(X, y))(theta)
    torch.testing.assert_close(gradient, torch.zeros_like(gradient), **CLOSE)


@pytest.mark.equation("gaussian-likelihood")
@pytest.mark.parametrize("sigma", [0.1, 0.7, 3.0])
def test_gaussian_negative_log_likelihood_is_a_multiple_of_mse_plus_a_constant(sigma):
    x, y = line_data()
    N = len(x)
    for w, b in ((0.3, -1.1), (1.7, -0.4), (-2.0, 5.0)):
        NLL = -Normal(w * x + b, sigma).log_prob(y).sum()
        L = nn.MSELoss()(w * x + b, y)
        by_formula = N / (2 * sigma**2) * L + N / 2 * math.log(2 * math.pi * sigma**2)
        torch.testing.assert_close(by_formula, NLL, **CLOSE)


@pytest.mark.equation("closed-form-line")
def test_best_line_has_slope_covariance_over_variance_and_meets_the_means():
    x, y = line_data()
    w = ((x - x.mean()) * (y - y.mean())).mean() / ((x - x.mean()) ** 2).mean()
    b = y.mean() - w * x.mean()
    X = torch.stack([x, torch.ones_like(x)], dim=1)
    best = torch.linalg.lstsq(X, y).solution
    torch.testing.assert_close(torch.stack([w, b]), best, **CLOSE)


@pytest.mark.equation("update-rule")
def test_update_rule_moves_the_parameters_as_optim_sgd_does():
    X, y, theta = design_data()
    eta = 0.07
    by_torch = theta.clone().requires_grad_()
    optimizer = torch.optim.SGD([by_torch], lr=eta)
    for _ in range(5):
        theta = theta - eta * torch.func.grad(mean_squared(X, y))(theta)
        optimizer.zero_grad()
        nn.MSELoss()(X @ by_torch, y).backward()
        optimizer.step()
        torch.testing.assert_close(theta, by_torch.detach(), **CLOSE)


def errors_along_a_run(eta, num_steps=6):
    """The errors of w and b after each step, mean(x) being 0, and mean(x²)."""
    x, y = line_data()
    x = x - x.mean()
    X = torch.stack([x, torch.ones_like(x)], dim=1)
    best = torch.linalg.lstsq(X, y).solution
    theta = torch.tensor([-0.5, 2.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=eta)
    errors = [(theta - best).detach()]
    for _ in range(num_steps):
        optimizer.zero_grad()
        nn.MSELoss()(X @ theta, y).backward()
        optimizer.step()
        errors.append((theta - best).detach())
    return torch.stack(errors), (x**2).mean()


@pytest.mark.equation("error-factor-b")
@pytest.mark.parametrize("eta", [0.01, 0.1, 0.5, 1.0, 1.1])
def test_error_of_b_is_multiplied_by_one_minus_two_eta_each_step(eta):
    errors, _ = errors_along_a_run(eta)
    expected = (1 - 2 * eta) * errors[:-1, 1]
    torch.testing.assert_close(errors[1:, 1], expected, rtol=1e-9, atol=1e-12)


@pytest.mark.equation("error-factor-w")
@pytest.mark.parametrize("eta", [0.01, 0.1, 0.5, 1.0, 1.1])
def test_error_of_w_is_multiplied_by_one_minus_two_eta_mean_square_each_step(eta):
    errors, mean_square = errors_along_a_run(eta)
    expected = (1 - 2 * eta * mean_square) * errors[:-1, 0]
    torch.testing.assert_close(errors[1:, 0], expected, rtol=1e-9, atol=1e-12)


@pytest.mark.equation("rate-limit")
def test_descent_converges_just_below_two_over_the_largest_eigenvalue_and_not_above():
    X, y, theta = design_data()
    best = torch.linalg.lstsq(X, y).solution
    H = hessian(mean_squared(X, y), theta)
    limit = 2 / torch.linalg.eigvalsh(H)[-1]

    def distance_after(eta, num_steps=3000):
        end = theta.clone()
        for _ in range(num_steps):
            end = end - eta * 2 / len(X) * X.T @ (X @ end - y)
        return (end - best).norm()

    start = (theta - best).norm()
    assert distance_after(0.99 * limit) < 1e-9 * start
    assert distance_after(1.01 * limit) > 1e9 * start


@pytest.mark.equation("gradient-matrix")
def test_gradients_for_several_targets_agree_with_mseloss_over_all_elements():
    generator = torch.Generator().manual_seed(0)
    N, D, K = 12, 3, 2
    X = torch.randn(N, D, dtype=torch.float64, generator=generator)
    Y = torch.randn(N, K, dtype=torch.float64, generator=generator)
    model = nn.Linear(D, K, dtype=torch.float64)
    nn.MSELoss()(model(X), Y).backward()
    Y_hat = model(X).detach()
    for_W = 2 / (N * K) * (Y_hat - Y).T @ X
    for_b = 2 / (N * K) * (Y_hat - Y).sum(dim=0)
    assert for_W.shape == model.weight.shape == (K, D)
    assert for_b.shape == model.bias.shape == (K,)
    torch.testing.assert_close(for_W, model.weight.grad, **CLOSE)
    torch.testing.assert_close(for_b, model.bias.grad, **CLOSE)


@pytest.mark.equation("hessian")
def test_hessian_is_two_over_n_x_transposed_x_wherever_it_is_taken():
    X, y, theta = design_data()
    for place in (theta, 100 * theta):
        by_torch = hessian(mean_squared(X, y), place)
        torch.testing.assert_close(2 / len(X) * X.T @ X, by_torch, **CLOSE)


@pytest.mark.equation("half-factor")
def test_halved_cost_with_twice_the_rate_takes_the_same_step():
    X, y, theta = design_data()
    eta = 0.07
    alpha = 2 * eta

    def J(theta):
        return ((X @ theta - y) ** 2).sum() / (2 * len(X))

    gradient_J = torch.func.grad(J)(theta)
    gradient_L = torch.func.grad(mean_squared(X, y))(theta)
    torch.testing.assert_close(gradient_J, gradient_L / 2, **CLOSE)
    torch.testing.assert_close(
        theta - alpha * gradient_J, theta - eta * gradient_L, **CLOSE
    )


@pytest.mark.equation("mae-gradient")
def test_gradient_of_mae_is_the_mean_of_the_residuals_sign_times_feature():
    x, y = line_data()
    w, b = parameter(0.3), parameter(-1.1)
    nn.L1Loss()(w * x + b, y).backward()
    r = (w * x + b - y).detach()
    torch.testing.assert_close((r.sign() * x).sum() / len(x), w.grad, **CLOSE)
    torch.testing.assert_close(r.sign().sum() / len(x), b.grad, **CLOSE)


@pytest.mark.equation("mse-stationary")
def test_best_constant_under_mse_is_the_mean():
    c = sympy.Symbol("c")
    y = sympy.symbols("y1:6")
    L = sum((c - y_i) ** 2 for y_i in y) / len(y)
    (stationary,) = sympy.solve(sympy.diff(L, c), c)
    assert sympy.expand(stationary - sum(y) / len(y)) == 0
    assert sympy.diff(L, c, 2) == 2  # so the only stationary point is the minimum


@pytest.mark.equation("convexity")
def test_hessian_measures_a_direction_by_its_squared_length_after_x():
    X, y, theta = design_data()
    H = hessian(mean_squared(X, y), theta)
    generator = torch.Generator().manual_seed(1)
    for z in torch.randn(20, X.shape[1], dtype=torch.float64, generator=generator):
        curvature = z @ H @ z
        torch.testing.assert_close(curvature, 2 / len(X) * (X @ z).norm() ** 2, **CLOSE)
        assert curvature >= 0

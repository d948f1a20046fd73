"""Evaluates every labelled formula of the chapter against an independent source."""

import pytest
import sympy
import torch

CLOSE = {"rtol": 1e-10, "atol": 1e-12}


def separable(seed, N=60, D=3):
    """Samples (N, D + 1) with a last feature of 1, labels, and a unit vector u."""
    generator = torch.Generator().manual_seed(seed)
    u = torch.randn(D + 1, dtype=torch.float64, generator=generator)
    u /= u.norm()
    X = torch.randn(20 * N, D, dtype=torch.float64, generator=generator)
    X1 = torch.cat([X, torch.ones(20 * N, 1, dtype=torch.float64)], dim=1)
    X1 = X1[(X1 @ u).abs() >= 0.1][:N]
    return X1, torch.sign(X1 @ u), u


def mistakes(X1, y):
    """Every sample that was answered wrongly, with theta before and after it."""
    theta = torch.zeros(X1.shape[1], dtype=torch.float64)
    clean = False
    while not clean:
        clean = True
        for x_i, y_i in zip(X1, y, strict=True):
            if y_i * (theta @ x_i) <= 0:
                yield theta, theta + y_i * x_i, x_i, y_i
                theta = theta + y_i * x_i
                clean = False


@pytest.mark.equation("perceptron-update")
@pytest.mark.parametrize("label", [1.0, -1.0])
def test_a_correction_is_a_step_down_the_slope_of_minus_y_times_z(label):
    # The slope that autograd finds for -y z, in w and b, with a rate of 1.
    x = torch.tensor([0.7, -1.3], dtype=torch.float64)
    w = torch.tensor([0.2, 0.4], dtype=torch.float64, requires_grad=True)
    b = torch.tensor(-0.1, dtype=torch.float64, requires_grad=True)
    (-label * (w @ x + b)).backward()
    torch.testing.assert_close(w - w.grad, w + label * x, **CLOSE)
    torch.testing.assert_close(b - b.grad, b + label, **CLOSE)


@pytest.mark.equation("perceptron-gain")
def test_a_correction_raises_y_z_by_the_squared_length_and_one():
    w1, w2, b, x1, x2, z = sympy.symbols("w1 w2 b x1 x2 z")
    for y in (1, -1):
        old = w1 * x1 + w2 * x2 + b
        new = (w1 + y * x1) * x1 + (w2 + y * x2) * x2 + b + y
        assert sympy.expand(y * new - y * old - (x1**2 + x2**2 + 1)) == 0


@pytest.mark.equation("perceptron-along")
@pytest.mark.parametrize("seed", range(5))
def test_after_k_mistakes_theta_has_come_at_least_k_gamma_along_u(seed):
    X1, y, u = separable(seed)
    gamma = (y * (X1 @ u)).min()
    assert gamma >= 0.1
    for k, (before, after, _, _) in enumerate(mistakes(X1, y), start=1):
        assert u @ after >= u @ before + gamma - 1e-12
        assert u @ after >= k * gamma - 1e-12


@pytest.mark.equation("perceptron-length")
@pytest.mark.parametrize("seed", range(5))
def test_after_k_mistakes_the_squared_length_is_at_most_k_times_r_squared(seed):
    X1, y, _ = separable(seed)
    R = X1.norm(dim=1).max()
    for k, (before, after, x_i, y_i) in enumerate(mistakes(X1, y), start=1):
        expanded = before @ before + 2 * y_i * (before @ x_i) + x_i @ x_i
        torch.testing.assert_close(after @ after, expanded, **CLOSE)
        assert after @ after <= k * R**2 + 1e-12


@pytest.mark.equation("mistake-bound")
@pytest.mark.parametrize("seed", range(20))
def test_mistakes_are_finite_and_at_most_r_over_gamma_squared(seed):
    X1, y, u = separable(seed)
    bound = (X1.norm(dim=1).max() / (y * (X1 @ u)).min()) ** 2
    made = list(mistakes(X1, y))
    assert 0 < len(made) <= bound
    theta = made[-1][1]
    assert (y * (X1 @ theta) > 0).all(), "and then all are right"


@pytest.mark.equation("mistake-bound")
@pytest.mark.parametrize("D", [1, 9, 25])
def test_one_sample_a_direction_meets_the_bound_exactly(D):
    X = torch.eye(D, dtype=torch.float64)
    y = torch.ones(D, dtype=torch.float64)
    u = y / D**0.5
    assert float((1 / (X @ u).min()) ** 2) == pytest.approx(D)
    assert len(list(mistakes(X, y))) == D


@pytest.mark.equation("xor-contradiction")
def test_the_demands_of_xor_add_up_to_opposites():
    w1, w2, b = sympy.symbols("w1 w2 b", real=True)
    demands = {}
    for x1 in (0, 1):
        for x2 in (0, 1):
            demands[x1, x2] = w1 * x1 + w2 * x2 + b
    positive = demands[0, 1] + demands[1, 0]  # both must be above zero
    negative = demands[0, 0] + demands[1, 1]  # both must be below zero
    assert sympy.expand(positive - (w1 + w2 + 2 * b)) == 0
    assert sympy.expand(negative - positive) == 0


@pytest.mark.equation("parabola-slope")
@pytest.mark.parametrize("at", [-4.0, 0.0, 3.0, 5.0])
def test_slope_of_the_parabola_is_that_of_autograd(at):
    x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    ((x - 3) ** 2 + 2).backward()
    assert x.grad.item() == pytest.approx(2 * (at - 3), rel=1e-12)


@pytest.mark.equation("parabola-factor")
def test_a_step_multiplies_the_error_by_one_minus_twice_the_rate():
    x, lr = sympy.symbols("x eta")
    loss = (x - 3) ** 2 + 2
    after = x - lr * sympy.diff(loss, x)
    assert sympy.expand((after - 3) - (1 - 2 * lr) * (x - 3)) == 0


@pytest.mark.equation("parabola-path")
@pytest.mark.parametrize("lr", [0.1, 0.5, 0.9, 1.0, 1.1])
def test_path_and_loss_after_t_steps_are_those_of_torch(lr):
    x = torch.tensor(5.0, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=lr)
    for t in range(21):
        loss = (x - 3) ** 2 + 2
        assert x.item() == pytest.approx(3 + (1 - 2 * lr) ** t * 2, rel=1e-9)
        assert loss.item() - 2 == pytest.approx(
            (1 - 2 * lr) ** (2 * t) * 4, rel=1e-9, abs=1e-12
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


@pytest.mark.equation("any-parabola")
def test_factor_of_any_parabola_and_its_two_rates():
    x, a, c, d, lr = sympy.symbols("x a c d eta")
    after = x - lr * sympy.diff(a * (x - c) ** 2 + d, x)
    factor = sympy.simplify((after - c) / (x - c))
    assert sympy.simplify(factor - (1 - 2 * a * lr)) == 0
    assert sympy.solve(factor + 1, lr) == [1 / a]  # jumps: the limit
    assert sympy.solve(factor, lr) == [1 / (2 * a)]  # lands

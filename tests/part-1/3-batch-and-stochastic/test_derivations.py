"""Evaluates every labelled formula of the chapter against an independent source."""

from itertools import permutations, product

import numpy as np
import pytest
import sympy
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

CLOSE = {"rtol": 1e-10, "atol": 1e-12}


def line_data(N=6, seed=0):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(N, dtype=torch.float64, generator=generator) + 0.4
    noise = torch.randn(N, dtype=torch.float64, generator=generator)
    return torch.stack([x, torch.ones_like(x)], dim=1), 1.7 * x - 0.4 + noise


def loss_of(theta, X, y):
    return nn.functional.mse_loss(X @ theta, y)


def sample_gradients(theta, X, y):
    """One row for each sample, by autograd."""
    per_sample = torch.func.vmap(torch.func.grad(loss_of), in_dims=(None, 0, 0))
    return per_sample(theta, X[:, None], y[:, None])


THETA = torch.tensor([0.3, -1.1], dtype=torch.float64)


@pytest.mark.equation("batch-gradient")
@pytest.mark.parametrize("batch", [[2], [0, 3, 5], [1, 1, 4], [0, 1, 2, 3, 4, 5]])
def test_batch_gradient_is_that_of_the_loss_of_the_batch_and_sgd_steps_along_it(batch):
    X, y = line_data()
    g_B = sample_gradients(THETA, X, y)[batch].mean(dim=0)
    theta = THETA.clone().requires_grad_()
    optimizer = torch.optim.SGD([theta], lr=0.07)
    loss_of(theta, X[batch], y[batch]).backward()
    torch.testing.assert_close(g_B, theta.grad, **CLOSE)
    optimizer.step()
    torch.testing.assert_close(THETA - 0.07 * g_B, theta.detach(), **CLOSE)


def all_batches(N, B, replacement):
    """Every ordered batch; all are equally probable."""
    return list(
        product(range(N), repeat=B) if replacement else permutations(range(N), B)
    )


def batch_gradients(N, B, replacement):
    X, y = line_data(N)
    g = sample_gradients(THETA, X, y)
    drawn = torch.stack(
        [g[list(b)].mean(dim=0) for b in all_batches(N, B, replacement)]
    )
    return g, drawn


@pytest.mark.equation("unbiased")
@pytest.mark.parametrize("replacement", [True, False])
@pytest.mark.parametrize("B", [1, 2, 3, 5])
def test_mean_over_all_batches_is_the_full_gradient(B, replacement):
    X, y = line_data(5)
    full = torch.func.grad(loss_of)(THETA, X, y)
    _, drawn = batch_gradients(5, B, replacement)
    torch.testing.assert_close(drawn.mean(dim=0), full, **CLOSE)


@pytest.mark.equation("unbiased")
def test_given_the_place_a_later_batch_of_a_shuffled_epoch_is_off_and_a_fresh_one_is_not():
    """Two samples drawn; the third place of the epoch is made by them."""
    X, y = line_data(5)
    gradient = torch.func.grad(loss_of)
    for first in permutations(range(5), 2):
        theta = THETA
        for i in first:
            theta = theta - 0.1 * gradient(theta, X[[i]], y[[i]])
        g, full = sample_gradients(theta, X, y), gradient(theta, X, y)
        left = [i for i in range(5) if i not in first]
        torch.testing.assert_close(g.mean(dim=0), full, **CLOSE)  # a fresh draw
        expected = (5 * full - g[list(first)].sum(dim=0)) / 3
        torch.testing.assert_close(g[left].mean(dim=0), expected, **CLOSE)
        assert (g[left].mean(dim=0) - full).norm() > 1e-3


@pytest.mark.equation("variance-with")
@pytest.mark.parametrize("B", [1, 2, 3, 4])
def test_variance_over_all_batches_with_replacement_is_that_of_one_over_b(B):
    g, drawn = batch_gradients(5, B, True)
    s2 = np.var(g.numpy(), axis=0)
    np.testing.assert_allclose(np.var(drawn.numpy(), axis=0), s2 / B, rtol=1e-10)


@pytest.mark.equation("pair-covariance")
@pytest.mark.parametrize("N", [2, 3, 6])
def test_covariance_of_two_draws_without_replacement_is_minus_s2_over_n_minus_1(N):
    a = sympy.symbols(f"a1:{N + 1}")
    mean = sum(a) / N
    pairs = [(x - mean) * (y - mean) for x, y in permutations(a, 2)]
    s2 = sum((x - mean) ** 2 for x in a) / N
    assert sympy.expand(sum(pairs) / len(pairs) + s2 / (N - 1)) == 0


@pytest.mark.equation("variance-without")
@pytest.mark.parametrize("B", [1, 2, 3, 5, 6])
def test_variance_over_all_batches_without_replacement_has_the_finite_factor(B):
    N = 6
    g, drawn = batch_gradients(N, B, False)
    s2 = np.var(g.numpy(), axis=0)
    expected = s2 / B * (N - B) / (N - 1)
    np.testing.assert_allclose(
        np.var(drawn.numpy(), axis=0), expected, rtol=1e-9, atol=1e-12
    )


def exact_spread(eta, lam, noise, steps):
    """Variance of e after some steps, by listing every sequence of two-valued noise."""
    ends = [0.0]
    for _ in range(steps):
        ends = [(1 - eta * lam) * e - eta * xi for e in ends for xi in noise]
    return np.var(ends)


@pytest.mark.equation("cloud-recursion")
@pytest.mark.parametrize("steps", [1, 2, 5, 10])
def test_recursion_gives_the_variance_over_all_sequences_of_noise(steps):
    eta, lam, xi = 0.3, 0.8, 1.5  # noise of variance xi², that is v / B
    V = 0.0
    for _ in range(steps):
        V = (1 - eta * lam) ** 2 * V + eta**2 * xi**2
    assert exact_spread(eta, lam, (xi, -xi), steps) == pytest.approx(V, rel=1e-12)


@pytest.mark.equation("cloud-width")
def test_width_is_the_only_fixed_point_of_the_recursion():
    V, eta, v, B, lam = sympy.symbols("V eta v B lambda", positive=True)
    (at_rest,) = sympy.solve(sympy.Eq(V, (1 - eta * lam) ** 2 * V + eta**2 * v / B), V)
    assert sympy.simplify(at_rest - eta * v / (B * lam * (2 - eta * lam))) == 0


@pytest.mark.equation("cloud-width")
def test_offset_alone_has_exactly_the_width_of_the_formula():
    """For b alone every sample has the curvature 2, so that nothing is left out."""
    rng = np.random.default_rng(0)
    y = rng.normal(size=50)
    eta, B, b = 0.2, 4, np.full(40_000, y.mean())
    for _ in range(60):
        b = b - eta * 2 * (b - y[rng.integers(50, size=(B, len(b)))].mean(axis=0))
    v = np.var(2 * (y.mean() - y))
    assert np.var(b) == pytest.approx(eta * v / (B * 2 * (2 - eta * 2)), rel=0.03)


@pytest.mark.equation("cloud-cost")
def test_rough_cloud_is_the_limit_of_the_formula_when_residuals_are_all_of_one_size():
    N, B, size = 400, 8, 0.3
    x = np.linspace(-1, 1, N)
    r = size * np.where(np.arange(N) % 2, 1, -1)
    eigenvalues = 2 * np.array([np.mean(x**2), 1.0])
    v = np.array([np.mean((2 * r * x) ** 2), np.mean((2 * r) ** 2)])
    for eta in (1e-3, 1e-6):
        V = eta * v / (B * eigenvalues * (2 - eta * eigenvalues))
        np.testing.assert_allclose(V, eta / B * size**2, rtol=2 * eta)
        # the cost is ½ eᵀHe above its minimum, and H is the mean of 2 u uᵀ
        u = np.stack([x, np.ones(N)])
        draws = np.sqrt(V)[:, None] * np.array([[1, 1, -1, -1], [1, -1, 1, -1]])
        cost = np.mean([np.mean((u.T @ e) ** 2) for e in draws.T])
        rough = eta / (2 * B) * size**2 * eigenvalues.sum()
        assert cost == pytest.approx(rough, rel=2 * eta)


@pytest.mark.equation("cloud-exact")
@pytest.mark.parametrize("B", [1, 2])
def test_one_step_changes_the_covariance_as_the_exact_equation_says(B):
    """From two opposite errors, over every batch that may be drawn with replacement."""
    X, y = line_data(5)
    best = torch.linalg.lstsq(X, y[:, None]).solution[:, 0]
    e, eta = torch.tensor([0.4, -0.7], dtype=torch.float64), 0.13
    S = torch.outer(e, e)
    after = [
        best
        + sign * e
        - eta * torch.func.grad(loss_of)(best + sign * e, X[b], y[b])
        - best
        for b in map(list, product(range(5), repeat=B))
        for sign in (1, -1)
    ]
    after = torch.stack(after)
    measured = after.T @ after / len(after)
    h = 2 * X[:, :, None] * X[:, None, :]
    H, eye = h.mean(dim=0), torch.eye(2, dtype=torch.float64)
    g = sample_gradients(best, X, y)
    C = g.T @ g / 5
    shaken = (h @ S @ h).mean(dim=0) - H @ S @ H
    formula = (eye - eta * H) @ S @ (eye - eta * H) + eta**2 / B * (C + shaken)
    torch.testing.assert_close(measured, formula, **CLOSE)


@pytest.mark.equation("epoch-sum")
@pytest.mark.parametrize("B", [1, 2, 4, 12])
def test_gradients_of_an_epochs_batches_sum_to_the_full_one_times_their_number(B):
    X, y = line_data(12)
    loader = DataLoader(TensorDataset(X, y), batch_size=B, shuffle=True)
    total = sum(torch.func.grad(loss_of)(THETA, *batch) for batch in loader)
    full = torch.func.grad(loss_of)(THETA, X, y)
    torch.testing.assert_close(total, 12 / B * full, **CLOSE)


@pytest.mark.equation("epoch-time")
def test_time_of_an_epoch_is_that_of_its_steps_and_doubling_b_saves_at_most_half():
    N, B, alpha, beta = sympy.symbols("N B alpha beta", positive=True)
    epoch = N / B * (alpha + beta * B)
    assert sympy.expand(epoch - N * (alpha / B + beta)) == 0
    ratio = epoch.subs(B, 2 * B) / epoch
    assert sympy.limit(ratio, beta, 0) == sympy.Rational(1, 2)
    assert sympy.limit(ratio, B, sympy.oo) == 1
    steps = [2.0 + 0.5 * 4] * 8  # 32 samples in batches of 4
    assert sum(steps) == epoch.subs({N: 32, B: 4, alpha: 2, beta: 0.5})


@pytest.mark.equation("weighted-mean")
@pytest.mark.parametrize("B", [1, 4, 5, 7])
def test_means_weighted_with_the_sizes_give_the_loss_over_all(B):
    X, y = line_data(12)
    loader = DataLoader(TensorDataset(X, y), batch_size=B, shuffle=True)
    weighted = sum(len(t) * loss_of(THETA, x, t) for x, t in loader) / 12
    torch.testing.assert_close(weighted, loss_of(THETA, X, y), **CLOSE)


@pytest.mark.equation("rate-limit-batch")
@pytest.mark.parametrize("B", [1, 2, 3])
def test_at_the_limit_the_mean_square_of_the_factor_over_all_batches_is_one(B):
    x = np.array([0.2, -1.0, 0.7, 1.3])
    h = 2 * x**2  # curvature for a slope alone
    lam, s2 = h.mean(), h.var()
    limit = 2 * lam / (lam**2 + s2 / B)
    batches = [h[list(batch)].mean() for batch in product(range(4), repeat=B)]

    def square(eta):
        return np.mean([(1 - eta * h_B) ** 2 for h_B in batches])

    assert square(limit) == pytest.approx(1, rel=1e-12)
    assert square(0.99 * limit) < 1 < square(1.01 * limit)
    assert limit < 2 / lam

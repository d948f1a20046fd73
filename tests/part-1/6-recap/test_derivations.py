"""The chapter's formulas, evaluated against torch, SymPy or a simulation."""

import math

import pytest
import sympy
import torch
from torch import nn

F64 = torch.float64


@pytest.mark.equation("paired-variance")
def test_variance_of_a_difference_loses_twice_the_covariance():
    torch.manual_seed(1)
    a, b = torch.randn(2, 50, dtype=F64)
    b = b + 2 * a
    cov = torch.cov(torch.stack([a, b]))
    expected = cov[0, 0] + cov[1, 1] - 2 * cov[0, 1]
    assert (b - a).var().item() == pytest.approx(expected.item(), rel=1e-12)
    assert (b - a).var() < 0.5 * (a.var() + b.var())


@pytest.mark.equation("paired-interval")
def test_interval_with_t_holds_the_mean_in_95_of_100_experiments(run_snippet):
    trials = run_snippet("part-1/6-recap/trials.py")
    x, nu = sympy.symbols("x nu", positive=True)
    density = (
        sympy.gamma((nu + 1) / 2)
        / (sympy.sqrt(nu * sympy.pi) * sympy.gamma(nu / 2))
        * (1 + x**2 / nu) ** (-(nu + 1) / 2)
    ).subs(nu, 19)
    inside = sympy.Integral(density, (x, -trials["T_95"], trials["T_95"])).evalf(8)
    assert float(inside) == pytest.approx(0.95, abs=2e-5)
    torch.manual_seed(7)
    d = 3 + 2 * torch.randn(20_000, 20, dtype=F64)
    half = trials["T_95"] * d.std(dim=1) / math.sqrt(20)
    share = ((d.mean(dim=1) - 3).abs() <= half).double().mean().item()
    assert share == pytest.approx(0.95, abs=0.005)
    mean, mine = trials["interval"](d[0])
    assert (mean, mine) == pytest.approx((d[0].mean().item(), half[0].item()))


@pytest.mark.equation("clip-norm")
@pytest.mark.parametrize("c", [0.5, 3.0, 1e6])
def test_clipping_is_pytorch_s_keeps_the_direction_and_bounds_the_length(c):
    torch.manual_seed(2)
    parameters = [nn.Parameter(torch.zeros(k, dtype=F64)) for k in (3, 5)]
    for p in parameters:
        p.grad = torch.randn_like(p)
    g = torch.cat([p.grad for p in parameters])
    mine = min(1, c / g.norm().item()) * g
    nn.utils.clip_grad_norm_(parameters, c)
    theirs = torch.cat([p.grad for p in parameters])
    # PyTorch divides by the norm plus 1e-6.
    torch.testing.assert_close(mine, theirs, rtol=2e-6, atol=0)
    assert torch.cosine_similarity(mine, g, dim=0).item() == pytest.approx(1, abs=1e-12)
    assert mine.norm().item() == pytest.approx(min(g.norm().item(), c))


@pytest.mark.equation("clip-reach")
def test_clipped_steps_are_at_most_lr_times_c_and_reach_t_times_as_far():
    torch.manual_seed(3)
    X, y = torch.randn(50, 4, dtype=F64), 100 * torch.randn(50, dtype=F64)
    theta = torch.zeros(4, dtype=F64, requires_grad=True)
    lr, c, steps = 0.1, 2.0, 30
    optimizer = torch.optim.SGD([theta], lr=lr)
    for _ in range(steps):
        before = theta.detach().clone()
        optimizer.zero_grad()
        ((X @ theta - y) ** 2).mean().backward()
        nn.utils.clip_grad_norm_([theta], c)
        optimizer.step()
        assert (theta - before).norm().item() <= lr * c * (1 + 1e-9)
    assert 0 < theta.norm().item() <= steps * lr * c


@pytest.mark.equation("cosine")
def test_cosine_is_the_schedule_of_pytorch():
    w = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.3)
    T = 17
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=T)
    for t in range(T + 1):
        mine = 0.3 / 2 * (1 + math.cos(math.pi * t / T))
        assert scheduler.get_last_lr()[0] == pytest.approx(mine, abs=1e-12)
        optimizer.step()
        scheduler.step()

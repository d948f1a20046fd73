"""What the worked solutions compute, beyond what their checks ask for."""

import pytest
import torch

CHAPTER = "part-1/5-gradients"


def test_derived_step_beats_its_neighbours_for_sin_of_50_x(solved):
    names = solved(f"{CHAPTER}/best-step")
    eps = torch.finfo(torch.float64).eps
    x = torch.linspace(0.29, 0.31, 1001, dtype=torch.float64)

    def error(h):
        slope = (torch.sin(50 * (x + h)) - torch.sin(50 * (x - h))) / (2 * h)
        return (slope - 50 * torch.cos(50 * x)).abs().mean().item()

    size, _, M3 = names["sizes"]
    best = names["best_central"](size, M3, eps)
    assert error(best) < 0.5 * error(10 * best) and error(best) < 0.5 * error(best / 10)
    assert error(eps ** (1 / 3)) > 50 * error(best)
    rule = names["best_forward"](1, 1, eps)
    assert names["best_forward"](size, names["sizes"][1], eps) == pytest.approx(rule / 50)


def test_three_points_have_twice_the_constant_of_two_and_the_other_sign(solved):
    three = solved(f"{CHAPTER}/three-points")["three_point"]
    x, h = torch.tensor(0.7, dtype=torch.float64), 1e-3
    exact = torch.cos(x)
    central = (torch.sin(x + h) - torch.sin(x - h)) / (2 * h) - exact
    assert ((three(torch.sin, x, h) - exact) / central).item() == pytest.approx(-2, rel=5e-3)


def test_mended_gradient_is_that_of_autograd(solved):
    names = solved(f"{CHAPTER}/find-the-error")
    expected = torch.func.grad(names["cost"])(names["theta"])
    torch.testing.assert_close(names["gradient"](names["theta"]), expected)

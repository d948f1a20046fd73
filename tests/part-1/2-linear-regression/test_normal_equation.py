"""The closed form, and how the loop approaches it."""

import numpy as np
import pytest
import torch
from torch.autograd.functional import hessian


@pytest.fixture
def normal(run_snippet):
    return run_snippet("part-1/2-linear-regression/normal_equation.py")


def test_closed_form_is_the_least_squares_line_of_numpy(normal):
    w, b = np.polyfit(normal["x"].double().numpy(), normal["y"].numpy(), 1)
    for name in ("solve", "lstsq"):
        assert normal.number(name, "w") == pytest.approx(w, abs=6e-5)
        assert normal.number(name, "b") == pytest.approx(b, abs=6e-5)


def test_data_and_start_are_those_of_the_main_run(normal, run_snippet):
    by_hand = run_snippet("part-1/2-linear-regression/by_hand.py")
    torch.testing.assert_close(normal["y"], by_hand["y"].squeeze(1).double())
    assert normal.number("epoch 50", "w") == by_hand.number("learned line", "w")


def test_long_loop_ends_at_the_closed_form(normal):
    assert (normal["theta"] - normal["best"]).norm() < 1e-8


def test_distance_falls_by_the_factor_of_the_hessians_eigenvalue(normal):
    x = normal["x"].double()
    factors = {"w": 1 - 0.1 * 2 * (x**2).mean().item(), "b": 1 - 0.1 * 2}
    for k, name in enumerate("wb"):
        fall = normal["distances"][1:80, k] / normal["distances"][:79, k]
        expected = torch.full_like(fall, factors[name])
        torch.testing.assert_close(fall, expected, rtol=1e-5, atol=0)


def test_eigenvalues_are_those_of_torchs_hessian(normal):
    X, y = normal["X1"], normal["y"]
    H = hessian(lambda theta: ((X @ theta - y) ** 2).mean(), normal["best"])
    torch.testing.assert_close(normal["eigenvalues"], torch.linalg.eigvalsh(H))


def test_operations_of_a_step_are_counted_as_a_walk_through_the_products(normal):
    B, D = 3, 5
    forward = sum(2 for _ in range(B) for _ in range(D))  # one product, one sum each
    backward = sum(2 for _ in range(D) for _ in range(B))
    assert normal["step_operations"](B, D) == forward + backward


def test_solving_grows_with_the_square_and_then_the_cube_of_the_features(normal):
    solve = normal["solve_operations"]
    assert solve(1e9, 20) / solve(1e9, 10) == pytest.approx(4, rel=1e-3)
    assert solve(1, 2e6) / solve(1, 1e6) == pytest.approx(8, rel=1e-3)


def test_elimination_takes_two_thirds_of_the_cube_of_the_features(normal):
    D = 300
    counted = sum(2 * (D - k) ** 2 + (D - k) for k in range(1, D + 1))
    assert normal["solve_operations"](0, D) == pytest.approx(counted, rel=1e-2)


def test_two_figures_are_shown(normal):
    assert normal.figures == ("distance", "cost")

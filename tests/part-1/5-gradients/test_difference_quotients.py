"""Secants, U-curves and complex steps: what the chapter says of their errors."""

import math

import pytest
import torch

FOLDER = "part-1/5-gradients/"


@pytest.fixture
def secant(run_snippet):
    return run_snippet(FOLDER + "secant.py")


@pytest.fixture
def u_curve(run_snippet):
    return run_snippet(FOLDER + "u_curve.py")


@pytest.mark.parametrize("h", [0.8, 0.4, 0.1])
def test_error_of_a_secant_of_the_cube_is_3xh_plus_h_squared(secant, h):
    assert secant.number(f"h {h}", "error") == pytest.approx(3 * 1.3 * h + h * h, abs=6e-5)


def test_in_float32_a_step_of_1e_8_is_lost_and_the_slope_is_zero(secant):
    x = torch.tensor(1.3)
    assert x + 1e-8 == x
    assert secant.number("float32", "h 1e-08", "slope") == 0
    assert abs(secant.number("float32", "h 1e-06", "slope") - 5.07) > 0.1
    assert abs(secant.number("float64", "h 1e-08", "slope") - 5.07) < 1e-4


def test_treads_of_the_staircase_are_one_gap_of_x_wide(secant):
    near, seen = secant["near"] / secant["gap"], secant["seen"]
    assert torch.nextafter(torch.tensor(1.3), torch.tensor(2.0)) - 1.3 == pytest.approx(
        secant["gap"], rel=0.3
    )
    edges = near[1:][seen.diff() != 0]
    assert (edges.diff() - 1).abs().max() < 0.02
    jumps = seen.diff()[seen.diff() != 0] / secant["gap"]
    assert jumps.min() >= 4 and jumps.max() <= 6


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("quotient", "order"), [("forward", 1), ("central", 2)])
def test_error_curves_have_the_slopes_1_and_2_and_minus_1(u_curve, dtype, quotient, order):
    table = u_curve.printed.splitlines()[6:]
    row = next(line for line in table if line.startswith(f"{dtype} {quotient}"))
    right, left = (float(word) for word in row.split()[2:])
    assert right == pytest.approx(order, abs=0.05)
    assert left == pytest.approx(-1, abs=0.05)


def test_rounding_the_stride_moves_the_slope_of_the_cube_more_than_rounding_its_heights():
    """Half of epsilon x f' / h, at most, and that is 1.5 times epsilon f / h."""
    eps, step = torch.finfo(torch.float32).eps, torch.tensor(1e-4)
    worst = []
    for k in range(8):  # just above a power of two, a gap is as large as it can be
        places = 2.0 ** (k - 4) * torch.linspace(1, 1.01, 20_001)
        taken = (places + step).double() - places.double()
        off = 3 * places.double() ** 2 * (taken - step.double()).abs() / step
        bound = eps / 2 * (places + step).double() * 3 * places.double() ** 2 / step
        assert (off <= bound).all()
        worst.append((off / bound).max().item())
        heights = eps * places.double() ** 3 / step
        assert (bound / heights).mean().item() == pytest.approx(1.5, rel=1e-2)
    assert max(worst) > 0.8, "the bound is nearly reached"


@pytest.mark.parametrize("speed", [1, 50])
def test_best_step_is_the_root_of_epsilon_times_the_length_on_which_f_changes(speed):
    """Of sin(speed x), where it and its derivatives are of their largest size."""
    eps = torch.finfo(torch.float64).eps
    forward = math.sqrt(2 * eps / speed**2)
    central = (3 * eps / (2 * speed**3)) ** (1 / 3)
    assert forward == pytest.approx(1.4 * math.sqrt(eps) / speed, rel=0.02)
    assert central == pytest.approx(1.1 * eps ** (1 / 3) / speed, rel=0.05)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("quotient", ["forward", "central"])
def test_best_step_measured_is_within_a_factor_3_of_the_derived_one(u_curve, dtype, quotient):
    row = next(line for line in u_curve.printed.splitlines() if f"{dtype} {quotient}" in line)
    derived, best, error = (float(word) for word in row.split()[2:])
    eps = torch.finfo(getattr(torch, dtype)).eps
    expected = (
        math.sqrt(2 * eps * 1.5**3 / 9) if quotient == "forward" else (eps * 1.5**3 / 4) ** (1 / 3)
    )
    assert derived == pytest.approx(expected, rel=0.05)
    assert 1 / 3 < best / derived < 3
    assert best < derived, "the mean rounding error is smaller than the worst"
    bound = math.sqrt(2 * eps * 1.5**3 * 9) if quotient == "forward" else 3 * expected**2
    assert bound / 5 < error < bound


@pytest.mark.parametrize("f", ["exp", "sin", "x^5", "sqrt"])
def test_other_functions_have_the_same_orders(run_snippet, f):
    orders = run_snippet(FOLDER + "orders.py")
    row = next(line for line in orders.printed.splitlines() if line.startswith(f))
    forward, central = (float(word) for word in row.split()[1:])
    assert forward == pytest.approx(1, abs=0.05)
    assert central == pytest.approx(2, abs=0.05)
    value, derivative = orders["functions"][f]
    x = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
    value(x).backward()
    assert x.grad.item() == pytest.approx(derivative(x).item())


def test_complex_step_is_exact_where_differences_are_worthless(run_snippet):
    run = run_snippet(FOLDER + "complex_step.py")
    x = torch.tensor(1.3, dtype=torch.float64, requires_grad=True)
    run["f"](x).backward()
    assert run["exact"].item() == pytest.approx(x.grad.item(), rel=1e-14)
    assert run.printed.count("below 1e-15") == 2
    for h in (1e-12, 1e-50, 1e-200):
        mine = run["complex_step"](run["f"], run["x"], h)
        assert mine.item() == pytest.approx(x.grad.item(), rel=1e-15)
    assert run["quotients"]["central"](torch.tensor(1e-17)).item() == 0


def test_complex_step_of_x_times_its_size_is_silently_half(run_snippet):
    run = run_snippet(FOLDER + "complex_step.py")
    assert run.number("complex step") * 2 == run.number("by hand") == 2.6


def test_digits_and_factors_of_the_two_epsilons():
    for dtype, digits in ((torch.float64, (8, 10.5)), (torch.float32, (3.5, 4.7))):
        eps = torch.finfo(dtype).eps
        assert (-math.log10(eps) / 2, -math.log10(eps) * 2 / 3) == pytest.approx(digits, abs=0.3)
    ratio = torch.finfo(torch.float32).eps / torch.finfo(torch.float64).eps
    assert ratio == 2**29
    assert ratio**0.5 == pytest.approx(23_000, rel=0.02)
    assert ratio ** (1 / 3) == pytest.approx(800, rel=0.03)

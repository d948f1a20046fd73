"""Evaluates every labelled formula of the chapter against an independent source."""

import cmath
import math

import pytest
import sympy
import torch

x, h, t = sympy.symbols("x h t")
CLOSE = {"rtol": 1e-10, "atol": 1e-12}
FUNCTIONS = [sympy.exp(x), sympy.sin(x), 1 / x, sympy.sqrt(x)]
PLACE = sympy.Rational(13, 10)


def between(derivative, value, low, high):
    """Whether a function takes a value somewhere on an interval (all ours are monotone)."""
    ends = sorted(float(derivative.subs(x, end)) for end in (low, high))
    return ends[0] <= float(value) <= ends[1]


@pytest.mark.equation("forward-error")
@pytest.mark.parametrize("f", FUNCTIONS)
@pytest.mark.parametrize("step", [0.2, 0.01])
def test_forward_error_is_half_h_times_a_second_derivative_on_the_way(f, step):
    step = sympy.Rational(str(step))
    quotient = (f.subs(x, PLACE + step) - f.subs(x, PLACE)) / step
    second = (quotient - sympy.diff(f, x).subs(x, PLACE)) * 2 / step
    assert between(sympy.diff(f, x, 2), second.evalf(30), PLACE, PLACE + step)


@pytest.mark.equation("central-error")
@pytest.mark.parametrize("f", FUNCTIONS)
@pytest.mark.parametrize("step", [0.2, 0.01])
def test_central_error_is_a_sixth_of_h_squared_times_a_third_derivative_on_the_way(f, step):
    step = sympy.Rational(str(step))
    quotient = (f.subs(x, PLACE + step) - f.subs(x, PLACE - step)) / (2 * step)
    third = (quotient - sympy.diff(f, x).subs(x, PLACE)) * 6 / step**2
    assert between(sympy.diff(f, x, 3), third.evalf(30), PLACE - step, PLACE + step)


@pytest.mark.equation("cube-errors")
def test_errors_of_the_cube_are_those_of_multiplying_out():
    forward = ((x + h) ** 3 - x**3) / h
    central = ((x + h) ** 3 - (x - h) ** 3) / (2 * h)
    assert sympy.simplify(forward - (3 * x**2 + 3 * x * h + h**2)) == 0
    assert sympy.simplify(central - (3 * x**2 + h**2)) == 0


@pytest.mark.equation("round-off")
@pytest.mark.parametrize("dtype", [torch.float16, torch.float32])
def test_rounding_two_heights_moves_the_slope_by_at_most_the_bound(dtype):
    eps = torch.finfo(dtype).eps
    places = torch.linspace(1, 3, 20_001, dtype=torch.float64)
    worst = 0.0
    for step in (1e-1, 1e-2, 1e-3):
        heights = [torch.exp(places + k * step) for k in (-1, 0, 1)]
        left, here, right = (height - height.to(dtype).double() for height in heights)
        size = heights[2]  # the largest of the three
        forward = (right - here).abs() / step / (eps * size / step)
        central = (right - left).abs() / (2 * step) / (eps * size / (2 * step))
        assert forward.max() <= 1 and central.max() <= 1
        worst = max(worst, forward.max().item(), central.max().item())
    assert worst > 0.8, "the bound is nearly reached"


@pytest.mark.equation("total-error")
def test_total_error_bounds_what_is_measured_and_is_not_far_above():
    places = torch.linspace(1.4, 1.6, 1001, dtype=torch.float32)

    def cube(z):  # rounded once, as the derivation has it
        return (z.double() ** 3).float()

    eps = torch.finfo(torch.float32).eps
    for k in range(2, 16):
        step = 2.0**-k
        exact = 3 * places.double() ** 2
        ahead, back = places + step, places - step
        forward = ((cube(ahead) - cube(places)).double() / (ahead - places).double() - exact).abs()
        central = ((cube(ahead) - cube(back)).double() / (ahead - back).double() - exact).abs()
        size = (1.6 + step) ** 3
        bound = 6 * (1.6 + step) / 2 * step + eps * size / step
        assert 0.2 * bound < forward.max() <= 1.001 * bound
        bound = step**2 + eps * size / (2 * step)
        assert 0.2 * bound < central.max() <= 1.001 * bound


size, bend, eps = sympy.symbols("size M epsilon", positive=True)


@pytest.mark.equation("best-forward")
def test_best_forward_step_and_its_error_solve_the_minimum():
    step = sympy.symbols("step", positive=True)
    total = bend / 2 * step + eps * size / step
    (best,) = sympy.solve(sympy.diff(total, step), step)
    assert sympy.simplify(best - sympy.sqrt(2 * eps * size / bend)) == 0
    assert sympy.simplify(total.subs(step, best) - sympy.sqrt(2 * eps * size * bend)) == 0
    assert sympy.diff(total, step, 2).is_positive


@pytest.mark.equation("best-central")
def test_best_central_step_and_its_error_solve_the_minimum():
    step = sympy.symbols("step", positive=True)
    total = bend / 6 * step**2 + eps * size / (2 * step)
    best = sympy.cbrt(3 * eps * size / (2 * bend))
    assert sympy.simplify(sympy.diff(total, step).subs(step, best)) == 0
    assert sympy.simplify(total.subs(step, best) - bend / 2 * best**2) == 0
    assert sympy.diff(total, step, 2).is_positive


@pytest.mark.equation("complex-step")
@pytest.mark.parametrize(
    ("f", "by_cmath"),
    [(sympy.exp(x) * sympy.sin(x), lambda z: cmath.exp(z) * cmath.sin(z)), (x**3, lambda z: z**3)],
)
def test_complex_step_is_the_slope_minus_a_sixth_of_h_squared_f_three(f, by_cmath):
    place, step = 1.3, 1e-2
    slope, third = (float(sympy.diff(f, x, n).subs(x, place)) for n in (1, 3))
    left = by_cmath(complex(place, step)).imag / step
    assert left == pytest.approx(slope - step**2 / 6 * third, abs=step**4)
    assert abs(left - slope) > 10 * step**4, "the term of order two is there"


@pytest.mark.equation("evaluations")
@pytest.mark.parametrize("P", [1, 4, 17])
def test_gradient_by_forward_differences_takes_one_evaluation_more_than_parameters(P):
    asked = []

    def L(theta):
        asked.append(1)
        return (torch.sin(theta) * theta).sum()

    theta = torch.linspace(0.1, 1, P, dtype=torch.float64)
    base, step = L(theta), 1e-7
    slopes = torch.stack([(L(theta + step * e) - base) / step for e in torch.eye(P).double()])
    assert len(asked) == P + 1
    expected = torch.func.grad(L)(theta)
    torch.testing.assert_close(slopes, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.equation("jacobian-chain")
def test_gradient_is_the_product_of_the_jacobians_from_either_end():
    generator = torch.Generator().manual_seed(3)
    A, B = (torch.randn(3, 3, dtype=torch.float64, generator=generator) for _ in range(2))
    pieces = [lambda z: torch.tanh(A @ z), lambda z: torch.sin(B @ z), lambda z: (z**2).sum()]
    theta = torch.randn(3, dtype=torch.float64, generator=generator)
    jacobians, value = [], theta
    for piece in pieces:
        jacobians.append(torch.func.jacrev(piece)(value).reshape(-1, 3))
        value = piece(value)
    J1, J2, J3 = jacobians
    whole = torch.func.grad(lambda z: pieces[2](pieces[1](pieces[0](z))))(theta)
    torch.testing.assert_close((J3 @ J2 @ J1)[0], whole, **CLOSE)
    torch.testing.assert_close((J3 @ (J2 @ J1))[0], whole, **CLOSE)


@pytest.mark.equation("dual-product")
def test_product_of_duals_carries_the_product_rule():
    u, v = sympy.Function("u")(x), sympy.Function("v")(x)
    a, b = u + sympy.diff(u, x) * t, v + sympy.diff(v, x) * t
    product = sympy.series(sympy.expand(a * b), t, 0, 2).removeO()
    expected = u * v + sympy.diff(u * v, x) * t
    assert sympy.simplify(sympy.expand(product - expected)) == 0


@pytest.mark.equation("dual-function")
@pytest.mark.parametrize("f", FUNCTIONS)
def test_function_of_a_dual_carries_its_derivative_times_the_slope(f):
    value, slope = sympy.Rational(13, 10), sympy.Rational(-7, 3)
    series = sympy.series(f.subs(x, value + slope * t), t, 0, 2).removeO()
    expected = f.subs(x, value) + sympy.diff(f, x).subs(x, value) * slope * t
    assert float(sympy.Abs((series - expected).subs(t, 1))) == pytest.approx(0, abs=1e-12)


@pytest.mark.equation("fan-out")
def test_gradient_of_a_number_used_thrice_is_the_sum_over_its_uses():
    v = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
    parts = [torch.sin(v), v**2, torch.exp(-v)]
    result = parts[0] * parts[1] + parts[2] ** 2
    handed = torch.autograd.grad(result, parts, retain_graph=True)
    slopes = [math.cos(0.7), 1.4, -math.exp(-0.7)]
    by_formula = sum(g.item() * slope for g, slope in zip(handed, slopes, strict=True))
    assert by_formula == pytest.approx(torch.autograd.grad(result, v)[0].item(), rel=1e-12)


@pytest.mark.equation("three-point-error")
def test_three_point_formula_has_order_two_and_constant_minus_a_third():
    f = sympy.exp(x) * sympy.sin(x)
    quotient = (-3 * f + 4 * f.subs(x, x + h) - f.subs(x, x + 2 * h)) / (2 * h)
    series = sympy.series(quotient, h, 0, 3).removeO()
    expected = sympy.diff(f, x) - h**2 / 3 * sympy.diff(f, x, 3)
    for place in (0.2, 1.3):
        difference = (series - expected).subs({x: place, h: 0.1})
        assert float(difference) == pytest.approx(0, abs=1e-12)


@pytest.mark.equation("decay-gradient")
def test_gradient_for_the_decay_rate_is_that_of_autograd():
    generator = torch.Generator().manual_seed(4)
    X = torch.rand(20, dtype=torch.float64, generator=generator)
    y = torch.rand(20, dtype=torch.float64, generator=generator)
    a, k, c = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (1.2, 0.7, -0.3))
    ((a * torch.exp(-k * X) + c - y) ** 2).mean().backward()
    with torch.no_grad():
        r = a * torch.exp(-k * X) + c - y
        by_formula = 2 / 20 * (r * a * -X * torch.exp(-k * X)).sum()
    torch.testing.assert_close(by_formula, k.grad, **CLOSE)


@pytest.mark.equation("dual-quotient-rule")
def test_quotient_of_duals_carries_the_quotient_rule():
    u, v = sympy.Function("u")(x), sympy.Function("v")(x)
    by_formula = (sympy.diff(u, x) * v - u * sympy.diff(v, x)) / v**2
    assert sympy.simplify(by_formula - sympy.diff(u / v, x)) == 0

"""Each labelled formula of the chapter, evaluated against autograd, SymPy or by trying."""

import math

import pytest
import sympy
import torch
from torch.autograd.functional import hessian

CHAPTER = "part-1/4-loss-landscape/"
F64 = torch.float64


@pytest.fixture
def line():
    """A line's features and targets with noise, and a mean of x that is not zero."""
    generator = torch.Generator().manual_seed(4)
    x = torch.rand(12, generator=generator, dtype=F64) * 3
    return x, 2 * x - 1 + torch.randn(12, generator=generator, dtype=F64)


def mse(theta, x, y):
    return ((theta[0] * x + theta[1] - y) ** 2).mean()


def autograd(function, *place):
    theta = torch.tensor(place, dtype=F64, requires_grad=True)
    function(theta).backward()
    return theta.grad


@pytest.mark.equation("one-sample")
def test_cost_of_one_sample_is_a_parabola_with_its_minimum_at_minus_two():
    w = sympy.Symbol("w")
    cost = (-2 * w - 4) ** 2
    assert sympy.expand(cost - 4 * (w + 2) ** 2) == 0
    assert sympy.expand(sympy.diff(cost, w) - 8 * (w + 2)) == 0
    assert sympy.solve(sympy.diff(cost, w), w) == [-2]


@pytest.mark.equation("slope-factor")
@pytest.mark.parametrize("noise", [0.0, 1.0, 50.0])
def test_error_of_a_slope_alone_shrinks_by_the_factor_whatever_the_noise(noise):
    x = torch.arange(-30, 30, dtype=F64) / 10
    generator = torch.Generator().manual_seed(1)
    y = -3 * x + noise * torch.randn(60, generator=generator, dtype=F64)
    best = torch.linalg.lstsq(x.unsqueeze(1), y.unsqueeze(1)).solution.item()
    assert ((x * y).mean() / (x**2).mean()).item() == pytest.approx(best)
    w = torch.tensor(-10.0, dtype=F64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1)
    before = w.item() - best
    optimizer.zero_grad()
    ((w * x - y) ** 2).mean().backward()
    optimizer.step()
    factor = 1 - 2 * 0.1 * (x**2).mean().item()
    assert (w.item() - best) / before == pytest.approx(factor, rel=1e-10)


@pytest.mark.equation("slice-minimum")
@pytest.mark.parametrize("b", [-2.0, 0.0, 1.5])
def test_best_slope_at_a_fixed_offset_has_slope_zero(line, b):
    x, y = line
    w = (((x * y).mean() - b * x.mean()) / (x**2).mean()).item()
    assert autograd(lambda theta: mse(theta, x, y), w, b)[0].item() == pytest.approx(
        0, abs=1e-12
    )


@pytest.mark.equation("contour-perpendicular")
def test_gradient_has_no_part_along_a_contour_given_by_a_formula():
    # L = w^4 + b^2 = 1 is the curve w = sqrt(cos s), b = sin s: no derivative of L in it.
    for s in (-1.2, -0.3, 0.4, 1.1):
        s = torch.tensor(s, dtype=F64, requires_grad=True)
        curve = s.cos().sqrt(), s.sin()
        way = torch.stack([torch.autograd.grad(part, s)[0] for part in curve])
        place = [part.item() for part in curve]
        gradient = autograd(lambda theta: theta[0] ** 4 + theta[1] ** 2, *place)
        assert (gradient @ way).item() == pytest.approx(0, abs=1e-12)
        assert gradient.norm() > 0.5


@pytest.mark.equation("contour-spacing")
def test_spacing_approaches_rise_over_steepness_in_first_order(line):
    x, y = line
    place = torch.tensor([3.0, 2.0], dtype=F64)
    gradient = autograd(lambda theta: mse(theta, x, y), 3.0, 2.0)
    steepness, errors = gradient.norm(), []
    for rise in (0.1, 0.01, 0.001):
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            there = mse(place + middle * gradient / steepness, x, y)
            low, high = (
                (low, middle) if there - mse(place, x, y) > rise else (middle, high)
            )
        errors.append(abs(low / (rise / steepness.item()) - 1))
    assert errors[0] / errors[1] == pytest.approx(10, rel=0.05)
    assert errors[1] / errors[2] == pytest.approx(10, rel=0.05)


@pytest.fixture
def bowl(line):
    x, y = line
    X1 = torch.stack([x, torch.ones_like(x)], dim=1)
    best = torch.linalg.lstsq(X1, y.unsqueeze(1)).solution.squeeze()
    H = hessian(lambda theta: mse(theta, x, y), best)
    return (lambda theta: mse(theta, x, y)), best, H


@pytest.mark.equation("bowl-form")
def test_cost_is_its_minimum_plus_half_the_form_of_the_hessian(bowl):
    cost, best, H = bowl
    for e in ((1.0, 0.0), (-0.7, 2.5), (30.0, -4.0)):
        e = torch.tensor(e, dtype=F64)
        assert cost(best + e).item() == pytest.approx(
            (cost(best) + e @ H @ e / 2).item()
        )


@pytest.mark.equation("eigen-sum")
def test_form_of_a_symmetric_matrix_is_the_sum_over_its_eigenvectors():
    generator = torch.Generator().manual_seed(11)
    A = torch.randn(5, 5, generator=generator, dtype=F64)
    H = A + A.T  # eigenvalues of both signs
    values, V = torch.linalg.eigh(H)
    assert values[0] < 0 < values[-1]
    for _ in range(4):
        e = torch.randn(5, generator=generator, dtype=F64)
        pieces = V.T @ e
        assert (e @ H @ e).item() == pytest.approx((values * pieces**2).sum().item())
        v = e / e.norm()
        assert (pieces / e.norm()).square().sum().item() == pytest.approx(1), "a mean"
        assert values[0] <= v @ H @ v <= values[-1]


@pytest.mark.equation("half-axis")
def test_half_axes_end_on_the_contour_and_nothing_on_it_is_nearer_or_further(bowl):
    cost, best, H = bowl
    (flat, steep), V = torch.linalg.eigh(H)
    c = 0.8
    long, short = (2 * c / flat) ** 0.5, (2 * c / steep) ** 0.5
    assert (cost(best + long * V[:, 0]) - cost(best)).item() == pytest.approx(c)
    assert (cost(best + short * V[:, 1]) - cost(best)).item() == pytest.approx(c)
    assert (long / short).item() == pytest.approx((steep / flat).sqrt().item())
    turn = torch.linspace(0, 2 * math.pi, 721, dtype=F64)
    ways = torch.stack([turn.cos(), turn.sin()])
    unit = torch.stack([cost(best + way) - cost(best) for way in ways.T])
    radius = (c / unit) ** 0.5  # the cost grows with the square of the way
    assert radius.max().item() == pytest.approx(long.item(), rel=1e-3)
    assert radius.min().item() == pytest.approx(short.item(), rel=1e-3)


@pytest.mark.equation("round-bowl")
def test_standardised_feature_has_a_round_bowl_and_a_limit_of_one(line):
    x, y = line
    z = (x - x.mean()) / x.std(correction=0)
    H = hessian(lambda theta: mse(theta, z, y), torch.zeros(2, dtype=F64))
    torch.testing.assert_close(H, 2 * torch.eye(2, dtype=F64))
    assert (2 / torch.linalg.eigvalsh(H)[-1]).item() == pytest.approx(1)


@pytest.mark.equation("slice-curvature")
def test_slices_have_slope_and_curvature_of_gradient_and_hessian():
    def cost(theta):  # any smooth land
        return (
            torch.sin(theta[0] * theta[1]) + theta[2] ** 3 * theta[0] + theta[1].exp()
        )

    place = torch.tensor([0.4, -1.1, 0.8], dtype=F64)
    v = torch.tensor([0.5, 2.0, -1.0], dtype=F64)
    first = torch.func.grad(lambda s: cost(place + s * v))
    zero = torch.zeros((), dtype=F64)
    slope = v @ torch.func.grad(cost)(place)
    curvature = v @ hessian(cost, place) @ v
    assert first(zero).item() == pytest.approx(slope.item())
    assert torch.func.grad(first)(zero).item() == pytest.approx(curvature.item())


@pytest.fixture
def net():
    x = torch.tensor([-2.0, -0.5, 0.7, 1.9], dtype=F64)
    y = torch.tensor([-1.3, 0.2, 0.4, 1.6], dtype=F64)
    return x, y, lambda theta: ((theta[1] * torch.tanh(theta[0] * x) - y) ** 2).mean()


@pytest.mark.equation("sign-symmetry")
def test_turning_both_signs_changes_no_cost(net):
    _, _, cost = net
    for place in ((0.3, 1.0), (-2.0, 0.7), (4.0, -1.5)):
        theta = torch.tensor(place, dtype=F64)
        assert cost(-theta).item() == pytest.approx(cost(theta).item(), rel=1e-14)


@pytest.mark.equation("saddle-hessian")
def test_hessian_at_the_origin_is_that_of_a_saddle(net):
    x, y, cost = net
    origin = torch.zeros(2, dtype=F64)
    assert autograd(cost, 0.0, 0.0).tolist() == [0, 0]
    mixed = -2 * (x * y).mean().item()
    H = hessian(cost, origin)
    expected = torch.tensor([[0, mixed], [mixed, 0]], dtype=F64)
    torch.testing.assert_close(H, expected)
    values, V = torch.linalg.eigh(H)
    assert values.tolist() == pytest.approx([mixed, -mixed])
    assert abs(V[0, 0].item()) == pytest.approx(math.sqrt(0.5))
    assert V[0, 0].item() == pytest.approx(V[1, 0].item()), "it falls along (1, 1)"


@pytest.mark.equation("saddle-delay")
@pytest.mark.parametrize("lr", [0.01, 0.05])
def test_a_piece_along_the_falling_direction_grows_tenfold_in_k_updates(net, lr):
    x, y, cost = net
    eigenvalue = 2 * (x * y).mean().item()
    k = math.log(10) / math.log(1 + lr * eigenvalue)
    theta = torch.tensor([1e-7, 1e-7], dtype=F64, requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=lr)
    for _ in range(round(k)):
        optimizer.zero_grad()
        cost(theta).backward()
        optimizer.step()
    grown = theta.detach().norm().item() / (1e-7 * math.sqrt(2))
    assert math.log10(grown) == pytest.approx(round(k) / k, rel=1e-3)


@pytest.mark.equation("filter-norm")
def test_each_row_of_a_direction_is_as_long_as_the_neurons_weights(run_snippet):
    small = run_snippet(CHAPTER + "small_net.py")
    torch.manual_seed(6)
    theta = {"a.weight": torch.randn(5, 3), "a.bias": torch.randn(5)}
    theta["a.weight"][2] *= 100
    along = small["direction"](theta, torch.Generator().manual_seed(0))
    rows = [row.norm().item() for row in along["a.weight"]]
    assert rows == pytest.approx([row.norm().item() for row in theta["a.weight"]])
    assert along["a.bias"].abs().sum() == 0
    plain = torch.randn(5, 3, generator=torch.Generator().manual_seed(0))
    cosine = torch.nn.functional.cosine_similarity(plain, along["a.weight"], dim=1)
    assert cosine.tolist() == pytest.approx([1.0] * 5), "its direction stays"


@pytest.mark.equation("straight-line")
def test_line_between_two_networks_starts_at_one_and_ends_at_the_other(run_snippet):
    between = run_snippet(CHAPTER + "small_net.py")["between"]
    A, B = {"p": torch.randn(2, 3)}, {"p": torch.randn(2, 3)}
    places = between(A, B, torch.tensor([0.0, 0.25, 1.0]))["p"]
    torch.testing.assert_close(places[0], A["p"])
    torch.testing.assert_close(places[1], 0.75 * A["p"] + 0.25 * B["p"])
    torch.testing.assert_close(places[2], B["p"])


@pytest.mark.equation("relu-rescaling")
@pytest.mark.parametrize("alpha", [0.01, 3.0, 1000.0])
def test_a_positive_factor_passes_through_relu(alpha):
    generator = torch.Generator().manual_seed(2)
    W1, W2, x, b = (
        torch.randn(*shape, generator=generator, dtype=F64)
        for shape in ((6, 3), (2, 6), (3, 10), (6, 1))
    )
    plain = W2 @ torch.relu(W1 @ x + b)
    torch.testing.assert_close(
        W2 / alpha @ torch.relu(alpha * W1 @ x + alpha * b), plain
    )
    negative = -1.0
    turned = W2 / negative @ torch.relu(negative * W1 @ x + negative * b)
    assert not torch.allclose(turned, plain), "a negative one does not"

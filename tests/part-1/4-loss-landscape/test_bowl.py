"""Two parameters: contours, axes, spacing, the limit by trying, the bowl made round."""

import math

import pytest
import torch

CHAPTER = "part-1/4-loss-landscape/"


@pytest.fixture(scope="module")
def bowl(run_snippet):
    return run_snippet(CHAPTER + "bowl.py")


@pytest.fixture(scope="module")
def perpendicular(run_snippet):
    return run_snippet(CHAPTER + "perpendicular.py")


@pytest.fixture(scope="module")
def ellipse(run_snippet):
    return run_snippet(CHAPTER + "ellipse.py")


@pytest.fixture(scope="module")
def rounded(run_snippet):
    return run_snippet(CHAPTER + "rounded.py")


def test_heights_of_the_grid_are_those_of_mse_loss(bowl):
    for j, i in ((0, 0), (12, 50), (60, 60)):
        w, b = bowl["w"][j, i], bowl["b"][j, i]
        loss = torch.nn.functional.mse_loss(w * bowl["x"] + b, bowl["y"])
        assert bowl["height"][j, i].item() == pytest.approx(loss.item(), rel=1e-5)


def test_only_the_slice_through_the_bottom_holds_the_bottom(bowl):
    lowest = bowl["cost"](bowl["w_best"], bowl["b_best"]).item()
    assert bowl.number("-0.98", "1.50") == pytest.approx(lowest, abs=1e-4)
    assert bowl.number("-2.00", "2.26") > 2 * lowest
    assert bowl.number("1.00", "0.04") > 2 * lowest
    assert bowl.figures == ("surface", "slices")


def test_slices_are_lowest_where_the_formula_says(bowl):
    x, y = bowl["x"].double(), bowl["y"].double()
    assert x.mean().item() == pytest.approx(1)
    for b, lowest in ((-2.0, 2.26), (1.0, 0.04)):
        w = ((x * y).mean() - b * x.mean()) / (x**2).mean()
        assert w.item() == pytest.approx(lowest, abs=0.01)


def test_gradients_are_perpendicular_to_contours_found_without_derivatives(
    perpendicular,
):
    assert perpendicular["off"].shape == (400,)
    assert perpendicular["off"].max() < 1e-3
    assert (
        perpendicular.number("points: 400", "largest deviation from 90 degrees") < 1e-3
    )


def test_a_smaller_circle_leaves_a_smaller_deviation(perpendicular):
    contour, L, grid = (
        perpendicular[name] for name in ("contour_direction", "bowl", "grid")
    )
    points = grid.clone().requires_grad_()
    L(points).sum().backward()
    unit = torch.nn.functional.normalize(points.grad, dim=-1)
    worst = [
        (unit * contour(L, grid, h)).sum(dim=-1).abs().max().item()
        for h in (1e-3, 1e-4)
    ]
    assert worst[0] / worst[1] == pytest.approx(100, rel=0.1), "it goes with the square"


def test_a_wrong_gradient_would_be_noticed(perpendicular):
    contour = perpendicular["contour_direction"](
        perpendicular["bowl"], perpendicular["grid"]
    )
    points = perpendicular["grid"].clone().requires_grad_()
    perpendicular["bowl"](points).sum().backward()
    wrong = points.grad * torch.tensor([2.0, 1.0])  # a factor 2 for one parameter only
    cosine = (torch.nn.functional.normalize(wrong, dim=-1) * contour).sum(dim=-1)
    assert torch.rad2deg(torch.asin(cosine)).abs().max() > 10


def test_it_holds_on_a_land_that_is_no_bowl(perpendicular, run_snippet):
    sine = run_snippet(CHAPTER + "sine_land.py")
    x, y = sine["x"].double(), sine["y"].double()

    def cost(theta):
        return ((torch.sin(theta[..., :1] * x + theta[..., 1:]) - y) ** 2).mean(dim=-1)

    ticks = torch.linspace(0.3, 3.7, 9, dtype=torch.float64)
    grid = torch.cartesian_prod(ticks, ticks - 2)
    assert perpendicular["deviations"](cost, grid).max() < 1e-2


def test_axes_of_the_ellipse_are_eigenvectors_and_end_at_the_same_height(ellipse):
    H, V, values = ellipse["H"], ellipse["V"], ellipse["eigenvalues"]
    torch.testing.assert_close(H @ V, V * values)
    assert (V[:, 0] @ V[:, 1]).item() == pytest.approx(0, abs=1e-12)
    assert ellipse.number(
        "flat", "0.3200", "0.643", "-0.766", "4.3304"
    ) == pytest.approx(3)
    assert ellipse.number(
        "steep", "4.3809", "-0.766", "-0.643", "1.1703"
    ) == pytest.approx(3)
    autograd = torch.autograd.functional.hessian(ellipse["cost"], ellipse["best"])
    torch.testing.assert_close(autograd, H)


def test_ratio_of_the_axes_is_the_root_of_the_condition_number(ellipse):
    kappa = ellipse.number("condition number")
    assert ellipse.number("ratio of the axes") == pytest.approx(
        math.sqrt(kappa), abs=1e-3
    )
    assert torch.linalg.cond(ellipse["H"]).item() == pytest.approx(kappa, abs=5e-3)


def test_spacing_comes_closer_to_rise_over_steepness(ellipse):
    errors = [
        abs(ellipse.number(rise, measured) / float(measured) - 1)
        for rise, measured in (("1.0", "0.15364"), ("0.1", "0.01611"))
    ]
    assert errors[0] > 5 * errors[1] > 0


def test_limit_found_by_trying_is_that_of_the_hessian_within_one_per_cent(run_snippet):
    run = run_snippet(CHAPTER + "rate_limit.py")
    H = torch.autograd.functional.hessian(
        lambda theta: ((run["X1"] @ theta - run["y"]) ** 2).mean(),
        torch.zeros(2, dtype=torch.float64),
    )
    limit = 2 / torch.linalg.eigvalsh(H)[-1].item()
    assert run["tried"] == pytest.approx(limit, rel=0.01)
    assert run.number("by trying") == pytest.approx(limit, rel=0.01)
    assert run["diverges"](1e6, run["X1"], run["y"]), "nan counts as divergent"
    assert not run["diverges"](0.99 * limit, run["X1"], run["y"])
    assert run["diverges"](1.01 * limit, run["X1"], run["y"])


@pytest.mark.parametrize("scale", [0.1, 1.0, 10.0])
def test_no_line_with_a_bias_allows_a_rate_above_one(scale):
    generator = torch.Generator().manual_seed(3)
    X1 = torch.ones(20, 2)
    X1[:, 0] = scale * torch.randn(20, generator=generator)
    assert 2 / torch.linalg.eigvalsh(2 / 20 * X1.T @ X1)[-1] <= 1


def test_centring_turns_the_axes_upright_and_scaling_makes_them_equal(rounded):
    kappas = []
    for name in ("raw", "centred", "standardised"):
        H, (flat, steep) = rounded["bowl"](rounded["features"][name])
        kappas.append((steep / flat).item())
        assert (abs(H[0, 1]) < 1e-5) == (name != "raw")
    assert kappas[0] > kappas[1] > kappas[2] == pytest.approx(1, abs=1e-5)
    assert kappas[0] == pytest.approx(13.69, abs=0.01)
    assert rounded.number("raw", "updates") > rounded.number("centred", "updates") > 1
    assert rounded.number("standardised", "updates") == 1
    for name, path in rounded["paths"].items():
        H, x = rounded["bowl"](rounded["features"][name])[0], rounded["features"][name]
        line = path[0][0] * x + path[0][1]
        torch.testing.assert_close(line, 4 * rounded["x"] - 2.5, rtol=1e-4, atol=1e-4)
        costs = [(e @ H @ e / 2).item() for e in path[-2:]]
        assert costs[1] <= 1e-6 < costs[0], "the same line, down to the same cost"
    assert rounded.figures == ("rounded",)

"""Beyond the bowl: valleys and basins, the net of two weights, its saddle and its plateau."""

import math

import pytest
import torch
from torch.autograd.functional import hessian

CHAPTER = "part-1/4-loss-landscape/"
F64 = torch.float64


@pytest.fixture(scope="module")
def land(run_snippet):
    return run_snippet(CHAPTER + "sine_land.py")


@pytest.fixture(scope="module")
def basins(run_snippet):
    return run_snippet(CHAPTER + "basins.py")


@pytest.fixture(scope="module")
def net(run_snippet):
    return run_snippet(CHAPTER + "two_weights.py")


def test_gradient_of_the_sine_neuron_is_that_of_autograd(land):
    theta = torch.cartesian_prod(torch.linspace(0, 4, 7), torch.linspace(-3, 3, 7))
    theta.requires_grad_()
    land["cost"](theta).sum().backward()
    torch.testing.assert_close(
        land["gradient"](theta.detach()), theta.grad, rtol=1e-4, atol=1e-5
    )


def test_rolling_is_torch_sgd(land):
    theta = torch.tensor([0.9, -0.4], requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=0.05)
    for _ in range(25):
        optimizer.zero_grad()
        land["cost"](theta).backward()
        optimizer.step()
    mine = land["roll"](torch.tensor([0.9, -0.4]), lr=0.05, steps=25)
    torch.testing.assert_close(mine, theta.detach(), rtol=1e-4, atol=1e-5)


def test_three_balls_end_in_three_valleys(run_snippet):
    run = run_snippet(CHAPTER + "sine_balls.py")
    costs = [run.number(f"ball {name}", "cost") for name in "ABC"]
    assert costs[0] == 0 and 0.4 < costs[1] < 0.5 and 0.8 < costs[2] < 0.85
    assert run.number("ball A", "w") == pytest.approx(2, abs=1e-3)
    for path in run["paths"].values():
        assert run["gradient"](path[-1]).norm() < 1e-4, "it has come to rest"
    assert run.figures == ("balls",)


def test_every_valley_is_a_minimum_of_its_own_depth(basins, land):
    x, y = land["x"].double(), land["y"].double()

    def cost(theta):
        return ((torch.sin(theta[0] * x + theta[1]) - y) ** 2).mean()

    depths = []
    for k in range(4):
        place = basins["ends"][basins["valley"] == k][0].double()
        values = torch.linalg.eigvalsh(hessian(cost, place))
        assert (values > 0).all(), "all curvatures positive"
        depths.append(cost(place).item())
    assert depths == pytest.approx([0, 0.4414, 0.806, 0.8916], abs=1e-3)
    assert len(basins["values"]) == 4


def test_four_of_ten_balls_lie_in_the_deepest_basin(basins):
    assert len(basins["starts"]) == 3600
    share = (basins["depth"] < 0.01).double().mean().item()
    assert basins.number("share of the deepest valley") == pytest.approx(
        100 * share, abs=0.05
    )
    assert 0.35 < share < 0.45


def test_a_smaller_rate_leaves_nearly_every_ball_in_its_basin(basins, land):
    some = torch.arange(0, 3600, 7)
    slow = land["cost"](land["roll"](basins["starts"][some], lr=0.1, steps=900))
    same = (slow - basins["depth"][some]).abs() < 0.02
    assert same.double().mean() > 0.95


def test_a_sine_has_the_same_wave_twice(land):
    w, b = 1.3, 0.4
    turned = torch.sin(-w * land["x"] + math.pi - b)
    torch.testing.assert_close(
        turned, torch.sin(w * land["x"] + b), rtol=1e-4, atol=1e-5
    )


def test_the_two_minima_cost_nothing_and_the_origin_is_a_saddle(net):
    for sign in (1, -1):
        place = torch.tensor([1.2 * sign, 1.5 * sign], dtype=F64)
        assert net["cost"](place).item() == pytest.approx(0, abs=1e-15)
        assert (torch.linalg.eigvalsh(hessian(net["cost"], place)) > 0).all()
    slope = 2 * (net["x"] * net["y"]).mean().item()
    assert net.number("2 mean(xy)") == pytest.approx(slope, abs=5e-5)
    values = torch.linalg.eigvalsh(hessian(net["cost"], torch.zeros(2, dtype=F64)))
    assert values.tolist() == pytest.approx([-slope, slope])


def test_starts_on_either_side_of_the_border_part(net):
    right = net["right"]
    assert net["descend"](right + 1e-6)[-1].tolist() == pytest.approx(
        [1.2, 1.5], abs=0.15
    )
    assert net["descend"](right - 1e-6)[-1].tolist() == pytest.approx(
        [-1.2, -1.5], abs=0.15
    )


def test_each_decimal_place_costs_the_same_number_of_updates(net):
    waits = [
        net.number(f"distance 1e-{k} from the border", "updates") for k in (3, 5, 7, 9)
    ]
    predicted = math.log(10) / math.log(
        1 + 0.05 * 2 * (net["x"] * net["y"]).mean().item()
    )
    assert net.number("predicted for one decimal place") == pytest.approx(
        predicted, abs=5e-3
    )
    assert (waits[-1] - waits[0]) / 6 == pytest.approx(predicted, abs=0.3)
    more = net.number("two decimal places: updates")
    assert more == waits[-1] - waits[-2] == pytest.approx(net.number("for two"), abs=1)


def test_descent_of_the_net_is_torch_sgd(net):
    theta = torch.tensor([1.0, -1.2], dtype=F64, requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=0.05)
    for expected in net["descend"](-1.2)[:40]:
        torch.testing.assert_close(theta.detach(), expected)
        optimizer.zero_grad()
        net["cost"](theta).backward()
        optimizer.step()


def test_slices_along_the_weights_are_level_at_the_saddle_and_the_diagonal_falls(
    run_snippet,
):
    run = run_snippet(CHAPTER + "one_slice.py")
    heights = run["heights"]
    at_origin = run["cost"](torch.zeros(2)).item()
    for name in ("w", "u"):
        assert heights[name].min().item() == pytest.approx(at_origin, rel=1e-6)
        assert heights[name].max().item() == pytest.approx(at_origin, rel=1e-6)
    assert heights["(1, 1)"].min() < at_origin / 4
    assert heights["(1, -1)"].min().item() == pytest.approx(at_origin, rel=1e-6)
    assert heights["(1, -1)"].max() > 2 * at_origin
    assert run.figures == ("four-slices",)


@pytest.fixture(scope="module")
def stopped(run_snippet):
    return run_snippet(CHAPTER + "not_a_minimum.py")


def test_small_gradients_stop_the_loop_at_a_saddle_and_on_a_plateau(stopped):
    for theta in stopped["stops"].values():
        theta = theta.clone().requires_grad_()
        stopped["cost"](theta).backward()
        assert theta.grad.norm() < 1e-3
    costs = {
        name: stopped["cost"](theta).item() for name, theta in stopped["stops"].items()
    }
    assert costs["slope"] < 1e-4 and costs["origin"] > 1 and costs["plateau"] > 0.04


def test_curvatures_tell_the_three_places_apart(stopped):
    smallest = {
        name: torch.linalg.eigvalsh(hessian(stopped["cost"], theta))[0].item()
        for name, theta in stopped["stops"].items()
    }
    assert smallest["slope"] > 0.05
    assert smallest["origin"] < -1
    assert abs(smallest["plateau"]) < 1e-4


def test_a_shake_frees_the_saddle_and_not_the_plateau(stopped):
    final = {
        name: stopped["cost"](stopped["train"](start)[0]).item()
        for name, start in stopped["again"].items()
    }
    assert final["origin, shaken"] < 1e-4 and final["slope, shaken"] < 1e-4
    assert final["plateau, shaken"] > 0.04
    assert final["plateau, smaller w"] < 1e-4


def test_the_slice_beside_the_minimum_is_level_from_five_on(stopped):
    u = stopped["stops"]["plateau"][1].item()
    heights = [stopped["cost"]((w, u)).item() for w in torch.arange(5, 12.5, 0.5, dtype=F64)]
    assert max(heights) - min(heights) < 0.003
    assert stopped["cost"]((1.5, u)).item() < min(heights) / 2
    assert stopped.figures == ("plateau",)

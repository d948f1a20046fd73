"""Slices of a real network, the line between two, and what a change of scale does."""

import pytest
import torch
from torch import nn

CHAPTER = "part-1/4-loss-landscape/"


@pytest.fixture(scope="module")
def small(run_snippet):
    return run_snippet(CHAPTER + "small_net.py")


@pytest.fixture(scope="module")
def plane(run_snippet):
    return run_snippet(CHAPTER + "network_slice.py")


@pytest.fixture(scope="module")
def line(run_snippet):
    return run_snippet(CHAPTER + "network_line.py")


@pytest.fixture(scope="module")
def rescaled(run_snippet):
    return run_snippet(CHAPTER + "unnormalised.py")


def loss_of(small, weights):
    """The loss of a network with these weights, without vmap."""
    model = small["make"](0)
    model.load_state_dict(weights)
    with torch.no_grad():
        return nn.functional.mse_loss(model(small["X"]), small["y"]).item()


def test_network_has_321_parameters_and_has_learned(small):
    assert small["P"] == 321 == sum(p.numel() for p in small["make"](0).parameters())
    assert loss_of(small, small["theta"]) < 0.02
    untrained = dict(small["make"](1).state_dict())
    assert loss_of(small, untrained) > 20 * loss_of(small, small["theta"])


def test_plane_holds_the_losses_of_the_networks_on_it(small, plane):
    for row, column in ((20, 20), (3, 11), (40, 0)):
        s1, s2 = plane["ticks"][column], plane["ticks"][row]
        weights = {
            name: middle + s1 * plane["p"][name] + s2 * plane["q"][name]
            for name, middle in plane["theta"].items()
        }
        assert plane["height"][row, column].item() == pytest.approx(
            loss_of(small, weights), rel=1e-3
        )


def test_trained_point_is_the_lowest_of_the_plane(plane):
    assert plane["height"].argmin().item() == 20 * 41 + 20
    assert plane.number("lowest of the plane") == plane.number("in the middle")


def test_directions_are_about_as_long_as_the_weights_and_biases_stay(plane):
    assert plane.number("length of p") < plane.number("of the weights")
    for direction in (plane["p"], plane["q"]):
        for name, part in direction.items():
            assert (part.abs().sum() == 0) == name.endswith("bias")


def test_both_lines_have_a_barrier_many_times_as_high_as_their_ends(line):
    for name in ("A to B", "A to its twin"):
        height = line["heights"][name]
        assert height.max() > 20 * max(height[0], height[-1])
    height = line["heights"]["A to B"]
    assert height.max() > 40 * max(height[0], height[-1])


def test_twin_predicts_what_the_network_predicts(small, line):
    outputs = []
    for weights in (line["A"], line["twin"]):
        model = small["make"](0)
        model.load_state_dict(weights)
        outputs.append(model(small["X"]).detach())
    torch.testing.assert_close(*outputs, rtol=1e-4, atol=1e-5)
    assert not torch.equal(line["A"]["2.weight"], line["twin"]["2.weight"])


@pytest.mark.parametrize("seeds", [(3, 4), (5, 6)])
def test_other_seeds_have_a_barrier_too(small, seeds):
    A, B = (small["train"](seed) for seed in seeds)
    height = small["losses"](small["between"](A, B, torch.linspace(0, 1, 21)))
    assert height.max() > 5 * max(height[0], height[-1])


def test_rescaling_changes_no_prediction_and_every_raw_slice(rescaled):
    assert rescaled.number("largest difference of predictions") < 1e-5
    trained, scaled = rescaled["slices"]["raw"]
    assert scaled[60] > 10 * trained[60], "at t = 0.1 it looks sharper"
    assert scaled[50].item() == pytest.approx(trained[50].item(), rel=1e-4), "at t = 0"


def test_normalised_slices_do_not_see_the_rescaling(rescaled):
    trained, scaled = rescaled["slices"]["normalised"]
    torch.testing.assert_close(trained, scaled, rtol=1e-4, atol=1e-6)
    assert trained.max() > 3 * trained.min(), "and they are not level"


def test_raw_directions_leave_the_biases_alone_too(rescaled):
    along = rescaled["raw"](rescaled["theta"], torch.Generator().manual_seed(1))
    for name, part in along.items():
        assert (part.abs().sum() == 0) == name.endswith("bias")


def test_directions_of_the_first_layer_are_random_in_sign_only(plane):
    first = plane["theta"]["0.weight"]
    torch.testing.assert_close(plane["p"]["0.weight"].abs(), first.abs())


@pytest.fixture(scope="module")
def asked(run_snippet):
    return run_snippet(CHAPTER + "network_hessian.py")


def in_float64(small, theta):
    """Gradient, Hessian and loss of a network by double backward, without functional_call."""
    X, y = small["X"].double(), small["y"].double()
    parts = [part.double().requires_grad_() for part in theta.values()]
    W1, b1, W2, b2, W3, b3 = parts
    hidden = torch.relu(torch.relu(X @ W1.T + b1) @ W2.T + b2)
    loss = ((hidden @ W3.T + b3 - y) ** 2).mean()
    g = torch.cat([d.flatten() for d in torch.autograd.grad(loss, parts, create_graph=True)])
    rows = [torch.autograd.grad(entry, parts, retain_graph=True) for entry in g]
    H = torch.stack([torch.cat([d.flatten() for d in row]) for row in rows])
    return g.detach(), H, loss.item()


def test_trained_network_is_neither_at_rest_nor_at_a_minimum(small, asked):
    g, H, loss = in_float64(small, small["theta"])
    values, V = torch.linalg.eigh(H)
    assert asked.number("length of the gradient") == pytest.approx(g.norm().item(), abs=1e-3)
    assert g.norm() > 0.05 and values[0] < -0.03
    assert asked.number("smallest") == pytest.approx(values[0].item(), abs=1e-3)
    assert asked.number("eigenvalues: smallest", "largest") == pytest.approx(
        values[-1].item(), abs=0.01
    )
    assert abs(V[:, -1] @ g / g.norm()) > 0.99, "the gradient lies along the steepest direction"
    further, start = {}, 0
    for name, part in small["theta"].items():
        step = g[start : start + part.numel()].view_as(part).float()
        further[name], start = part - 0.05 * step, start + part.numel()
    lower = loss_of(small, further)
    assert lower < 0.98 * loss
    assert asked.number("half an update further") == pytest.approx(lower, abs=1e-4)


def test_rescaled_network_predicts_the_same_and_is_thrown_out_at_the_same_rate(small, asked):
    theta = dict(small["theta"])
    theta |= {name: 8 * theta[name] for name in ("0.weight", "0.bias")}
    theta["2.weight"] = theta["2.weight"] / 8
    g, H, loss = in_float64(small, theta)
    assert loss == pytest.approx(loss_of(small, small["theta"]), abs=1e-6)
    largest = torch.linalg.eigvalsh(H)[-1].item()
    assert asked.number("rescaled, largest eigenvalue") == pytest.approx(largest, rel=1e-3)
    moved, start = {}, 0
    for name, part in theta.items():
        moved[name] = part - 0.1 * g[start : start + part.numel()].view_as(part).float()
        start += part.numel()
    assert asked.number("after an update at 0.1") == pytest.approx(loss_of(small, moved), rel=1e-2)
    assert loss_of(small, moved) > 50 * loss


@pytest.mark.parametrize("seed", [2, 3])
def test_other_trained_networks_are_at_the_edge_too(small, seed):
    g, H, _ = in_float64(small, small["train"](seed))
    values = torch.linalg.eigvalsh(H)
    assert values[-1].item() == pytest.approx(20, rel=0.05)
    assert g.norm() > 1e-2 and values[0] < 0


def test_largest_eigenvalue_from_products_is_that_of_the_matrix(small, asked):
    for rate, num_epochs in ((0.1, 0), (0.2, 100)):
        theta = small["train"](1, rate, num_epochs)
        _, H, _ = in_float64(small, theta)
        largest = asked["largest"](*asked["loss_of"](theta)).item()
        assert largest == pytest.approx(torch.linalg.eigvalsh(H)[-1].item(), rel=1e-3)


def test_largest_eigenvalue_climbs_to_two_over_the_rate_and_stays(small, asked):
    at = {
        (rate, n): asked["largest"](*asked["loss_of"](small["train"](1, rate, n))).item()
        for rate in (0.1, 0.2)
        for n in (0, 400, 600, 800)
    }
    for rate in (0.1, 0.2):
        assert at[rate, 0] < 0.5 * 2 / rate
        for n in (400, 600, 800):
            assert at[rate, n] == pytest.approx(2 / rate, rel=0.05)
    small_rate = asked["largest"](*asked["loss_of"](small["train"](1, 0.05, 800)))
    assert small_rate < 0.75 * 2 / 0.05

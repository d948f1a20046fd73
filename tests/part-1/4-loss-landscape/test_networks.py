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
            name: p + s1 * plane["d1"][name] + s2 * plane["d2"][name]
            for name, p in plane["theta"].items()
        }
        assert plane["height"][row, column].item() == pytest.approx(
            loss_of(small, weights), rel=1e-3
        )


def test_trained_point_is_the_lowest_of_the_plane(plane):
    assert plane["height"].argmin().item() == 20 * 41 + 20
    assert plane.number("lowest of the plane") == plane.number("in the middle")


def test_directions_are_about_as_long_as_the_weights_and_biases_stay(plane):
    assert plane.number("length of d1") < plane.number("of the weights")
    for direction in (plane["d1"], plane["d2"]):
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

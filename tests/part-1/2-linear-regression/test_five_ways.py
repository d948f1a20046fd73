"""Five versions of one loop."""

import pytest
import torch


@pytest.fixture
def five_ways(run_snippet):
    return run_snippet("part-1/2-linear-regression/five_ways.py")


def test_five_ways_give_the_same_losses_to_float32_rounding(five_ways):
    assert len(five_ways["losses"]) == 5
    for way in five_ways["losses"]:
        assert five_ways.number(way, "largest gap") < 2e-6


def test_losses_are_those_of_a_float64_run(five_ways):
    X = torch.cat([five_ways["X"], torch.ones(100, 1)], dim=1).double()
    y = five_ways["y"].double()
    theta = torch.stack([five_ways["w0"], five_ways["b0"]]).double()
    expected = []
    for _ in range(50):
        expected.append(((X @ theta - y) ** 2).mean())
        theta = theta - 0.1 * 2 / 100 * X.T @ (X @ theta - y)
    for losses in five_ways["losses"].values():
        torch.testing.assert_close(
            losses.double(), torch.stack(expected), rtol=1e-5, atol=1e-6
        )


def test_first_loss_is_2_4249_and_last_loss_is_0_0119_in_every_way(five_ways):
    for way, losses in five_ways["losses"].items():
        assert losses[0].item() == pytest.approx(2.4249, abs=5e-5)
        assert five_ways.number(way, "last loss") == 0.0119


def test_the_ways_are_as_far_as_the_scripts_of_the_chapter(five_ways, run_snippet):
    scripts = ("by_hand", "vectorised", "autograd_loop", "torch_loop", "custom_module")
    for losses, script in zip(five_ways["losses"].values(), scripts, strict=True):
        whole = run_snippet(f"part-1/2-linear-regression/{script}.py")["losses"]
        assert losses.tolist() == pytest.approx(whole, rel=1e-5)


def test_curves_are_shown(five_ways):
    assert five_ways.figures == ("five-ways",)

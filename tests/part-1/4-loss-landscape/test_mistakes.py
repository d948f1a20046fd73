"""Angles on paper, and a square root at zero."""

import pytest
import torch

CHAPTER = "part-1/4-loss-landscape/"


def test_angle_is_right_only_where_both_axes_have_the_same_unit(run_snippet):
    run = run_snippet(CHAPTER + "unequal_axes.py")
    assert run.number("equal units: angle on paper") == pytest.approx(90, abs=0.05)
    assert abs(run.number("filled panel: angle on paper") - 90) > 20
    product = run["arrow"] @ run["along"]
    assert product.item() == pytest.approx(0, abs=1e-4), "in the parameters it is right"
    assert run.figures == ("angles",)


@pytest.fixture(scope="module")
def cone(run_snippet):
    return run_snippet(CHAPTER + "sqrt_at_zero.py")


def test_one_gradient_of_the_cone_is_nan_though_no_height_is(cone):
    assert cone.number("heights that are nan") == 0
    assert "gradients that are nan: 1, at [[0.0, 0.0]]" in cone.printed


def test_anomaly_mode_names_the_square_root(cone):
    assert (
        "RuntimeError: Function 'SqrtBackward0' returned nan values in its 0th output."
        in cone.printed
    )


def test_a_root_that_never_sees_zero_has_the_gradient_of_the_distance(cone):
    torch.manual_seed(0)
    theta = torch.cat([torch.zeros(1, 2), torch.randn(5, 2)]).requires_grad_()
    cone["safe_height"](theta).sum().backward()
    unit = theta.detach()[1:] / theta.detach()[1:].norm(dim=1, keepdim=True)
    torch.testing.assert_close(theta.grad[1:], unit)
    assert theta.grad[0].tolist() == [0, 0]
    torch.testing.assert_close(cone["safe_height"](theta), theta.norm(dim=1))

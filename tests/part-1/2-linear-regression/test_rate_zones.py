"""The eigenvalues of the Hessian divide the rates into three zones."""

import pytest
import torch

from loopbook.blocks.values import find_value

SNIPPET = "part-1/2-linear-regression/rate_zones.py"
ROWS = [("converge", 0.2), ("oscillate", 0.9), ("diverge", 1.1)]


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet(SNIPPET)


def errors_of_bias(run, zone):
    """Distance of b from the mean of y: b's best value, as the mean of x is 0."""
    return run["paths"][zone][1].double() - run["y"].double().mean()


def test_eigenvalues_are_twice_mean_x_squared_and_two(run):
    X, y = run["X"].double(), run["y"].double()

    def loss(theta):
        return torch.nn.functional.mse_loss(theta[0] * X + theta[1], y)

    start = torch.zeros(2, dtype=torch.float64)
    smaller, larger = torch.linalg.eigvalsh(
        torch.autograd.functional.hessian(loss, start)
    ).tolist()
    assert smaller == pytest.approx(2 * X.square().mean().item())
    assert larger == pytest.approx(2)
    assert run["eigenvalues"].tolist() == pytest.approx([smaller, larger], rel=1e-6)


def test_borders_of_the_zones_are_one_and_two_over_the_larger_eigenvalue(run):
    assert run.number("first overshoot above the rate") == 0.5
    assert run.number("divergence above the rate") == 1.0


def test_bias_creeps_in_the_first_zone_and_never_overshoots(run):
    errors = errors_of_bias(run, "converge")
    assert (errors[:10] > 0).all()
    assert (errors[:10].diff() < 0).all()


@pytest.mark.parametrize(("zone", "grows"), [("oscillate", False), ("diverge", True)])
def test_bias_changes_sides_every_step_in_the_other_zones(run, zone, grows):
    errors = errors_of_bias(run, zone)
    assert (errors[1:] * errors[:-1] < 0).all()
    assert bool((errors[1:].abs() > errors[:-1].abs()).all()) is grows


@pytest.mark.parametrize(("zone", "lr"), ROWS)
def test_printed_factors_are_those_of_the_measured_path(run, zone, lr):
    errors = errors_of_bias(run, zone)
    value = find_value(run.printed, f"{zone} factor for b", "rate_zones.py").text
    assert float(value) == pytest.approx((errors[3] / errors[2]).item(), abs=5e-3)
    value = find_value(run.printed, f"{zone} factor for w", "rate_zones.py").text
    w = run["paths"][zone][0]
    measured = (w[3] - w[2]) / (w[2] - w[1])
    assert float(value) == pytest.approx(measured.item(), abs=6e-3)


@pytest.mark.parametrize(("zone", "lr"), ROWS)
def test_path_is_that_of_torch_sgd(run, zone, lr):
    w, b = (part.clone().requires_grad_() for part in run["start"][:, 0])
    optimizer = torch.optim.SGD([w, b], lr=lr)
    for column in run["paths"][zone].T:
        seen = torch.stack([w, b]).detach()
        torch.testing.assert_close(seen, column, rtol=1e-4, atol=1e-5)
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(w * run["X"] + b, run["y"]).backward()
        optimizer.step()


@pytest.mark.parametrize(("zone", "lr"), ROWS)
def test_plotted_losses_are_those_of_the_path(run, zone, lr):
    w, b = run["paths"][zone].double()
    residuals = w * run["X"].double() + b - run["y"].double()
    expected = residuals.square().mean(dim=0)
    torch.testing.assert_close(
        run["losses"][zone].double(), expected, rtol=1e-4, atol=0
    )
    value = find_value(
        run.printed, f"{zone} loss after twenty updates", "rate_zones.py"
    )
    last = expected[-1].item()
    assert float(value.text) == pytest.approx(last, rel=1e-5, abs=5e-5)


def test_loss_above_the_limit_first_falls_and_then_rises(run):
    losses = run["losses"]["diverge"]
    value = find_value(run.printed, "1.1 lowest loss at step", "rate_zones.py")
    lowest = int(value.text)
    assert (losses[: lowest + 1].diff() < 0).all()
    assert (losses[lowest:].diff() > 0).all()
    assert 0 < lowest < 5
    assert run.number(f"1.1 lowest loss at step {lowest}") == pytest.approx(
        losses.min().item(), abs=5e-5
    )


def test_drawn_factors_are_the_sizes_of_the_measured_ones(run):
    """Where the figure has the zones' rates, its curves show how each error shrank."""
    w_curve, b_curve = run["ax"].lines[:2]
    for zone, lr in ROWS:
        at = round(lr / 1.4 * 280)
        errors = errors_of_bias(run, zone)
        measured = abs((errors[3] / errors[2]).item())
        assert b_curve.get_ydata()[at] == pytest.approx(measured, abs=5e-3)
        w = run["paths"][zone][0]
        measured = abs(((w[3] - w[2]) / (w[2] - w[1])).item())
        assert w_curve.get_ydata()[at] == pytest.approx(measured, abs=6e-3)


def test_figures_are_named(run):
    assert run.figures == ("zones", "losses", "factor")

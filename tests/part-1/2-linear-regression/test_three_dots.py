"""One step on three dots, checked with fractions and with autograd."""

from fractions import Fraction

import pytest
import torch

from loopbook.blocks.values import find_value

DOTS = [(1, 1), (2, 5), (3, 6)]


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/2-linear-regression/three_dots.py")


def cell(run, key):
    return float(find_value(run.printed, key, "three_dots.py").text)


@pytest.fixture(scope="module")
def step():
    """The step from w = b = 1 at the rate 0.1, in exact arithmetic."""

    def cost(w, b):
        return sum((w * x + b - y) ** 2 for x, y in DOTS) / Fraction(3)

    w = b = Fraction(1)
    grad_w = Fraction(2, 3) * sum((w * x + b - y) * x for x, y in DOTS)
    grad_b = Fraction(2, 3) * sum(w * x + b - y for x, y in DOTS)
    new_w, new_b = w - grad_w / 10, b - grad_b / 10
    return {
        "L before": cost(w, b),
        "gradient for w": grad_w,
        "gradient for b": grad_b,
        "new w": new_w,
        "new b": new_b,
        "L after": cost(new_w, new_b),
    }


def test_every_printed_result_is_exact(run, step):
    for label, value in step.items():
        assert run.number(label) == float(value)


def test_gradients_are_those_of_autograd(run):
    w, b = (torch.ones((), requires_grad=True) for _ in range(2))
    torch.nn.functional.mse_loss(w * run["x"] + b, run["y"]).backward()
    assert run.number("gradient for w") == pytest.approx(w.grad.item())
    assert run.number("gradient for b") == pytest.approx(b.grad.item())


@pytest.mark.parametrize("dot", [1, 2, 3])
def test_table_has_a_row_for_every_dot(run, dot):
    x, y = DOTS[dot - 1]
    row = {"x": x, "y": y, "y_hat": x + 1, "r": x + 1 - y, "r*x": (x + 1 - y) * x}
    for column, value in row.items():
        assert cell(run, f"{dot} {column}") == value


def test_gradients_follow_from_the_columns_of_the_table(run):
    for column, label in (("r*x", "w"), ("r", "b")):
        total = sum(cell(run, f"{dot} {column}") for dot in (1, 2, 3))
        assert run.number(f"gradient for {label}") == pytest.approx(2 / 3 * total)


def test_figure_shows_the_dots_and_both_lines(run):
    assert run.figures == ("step",)
    before, after, dots = run["ax"].lines
    assert list(zip(*dots.get_data(), strict=True)) == DOTS
    ends = before.get_xdata()
    assert before.get_ydata() == pytest.approx(ends + 1)
    assert after.get_ydata() == pytest.approx(1.6 * ends + 1.2, rel=1e-6)


def test_same_residuals_at_tenths_of_x_give_a_tenth_of_the_slope_for_w_alone(step):
    """The quiz on the factor three: it is the size of x that makes it."""
    tenths = [(Fraction(x, 10), x + 1 - y) for x, y in DOTS]
    assert Fraction(2, 3) * sum(r * x for x, r in tenths) == step["gradient for w"] / 10
    assert Fraction(2, 3) * sum(r for _, r in tenths) == step["gradient for b"]
    assert step["gradient for w"] == 3 * step["gradient for b"]


def test_slope_is_nearer_to_its_best_value_than_the_offset():
    x, y = torch.tensor(DOTS, dtype=torch.float64).T
    columns = torch.stack([x, torch.ones(3).double()], dim=1)
    w, b = torch.linalg.lstsq(columns, y).solution.tolist()
    assert (abs(w - 1), abs(b - 1)) == pytest.approx((1.5, 2.0))

"""The step-size figure of chapter 1.5: what it computes, and how it is used."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
import torch
from playwright.sync_api import Locator, Page

CHAPTER = "part-1/5-gradients/"
Open = Callable[..., Page]
Come = Callable[[Page, str], Locator]
EXPONENTS = (-0.5, -2.0, -3.3, -4.7, -6.1, -7.9, -10.2, -13.0)


@pytest.fixture
def figure(open_page: Open, come_to: Come, address: str) -> Locator:
    return come_to(open_page(address + CHAPTER), "secant")


def slope(quotient: str, h: float, dtype: torch.dtype) -> float:
    """The same quotient by torch, in the same numbers."""
    x, step = torch.tensor(1.3, dtype=dtype), torch.tensor(h, dtype=dtype)

    def f(x: torch.Tensor) -> torch.Tensor:
        return x * x * x

    if quotient == "forward":
        return float((f(x + step) - f(x)) / step)
    return float((f(x + step) - f(x - step)) / (2 * step))


@pytest.mark.parametrize("number", ["float32", "float64"])
@pytest.mark.parametrize("quotient", ["forward", "central"])
def test_slopes_and_errors_are_those_of_torch_round_off_included(
    figure: Locator, number: str, quotient: str
) -> None:
    dtype = getattr(torch, number)
    exact = float(3 * torch.tensor(1.3, dtype=dtype).double() ** 2)
    for exponent in EXPONENTS:
        h = 10**exponent
        mine = figure.evaluate("(f, a) => f.model.slope(...a)", [number, quotient, h])
        theirs = slope(quotient, h, dtype)
        assert mine == pytest.approx(theirs, rel=1e-4, abs=1e-12)
        error = figure.evaluate("(f, a) => f.model.error(...a)", [number, quotient, h])
        assert error == pytest.approx(max(1e-17, abs(theirs - exact)), rel=1e-4)


@pytest.mark.parametrize("number", ["float32", "float64"])
def test_best_steps_are_the_derived_ones_and_lie_in_the_dip(figure: Locator, number: str) -> None:
    eps = torch.finfo(getattr(torch, number)).eps
    forward = math.sqrt(2 * eps * 1.3**3 / (6 * 1.3))
    central = (3 * eps * 1.3**3 / 12) ** (1 / 3)
    best = figure.evaluate("(f, n) => f.model.best[n]", number)
    assert best == {
        "forward": pytest.approx(forward, rel=1e-4),
        "central": pytest.approx(central, rel=1e-4),
    }
    figure.get_by_role("radio", name=number).check()
    for quotient in ("forward", "central"):
        figure.get_by_role("radio", name=quotient).check()
        figure.get_by_role("button", name="Derived best step").click()
        assert figure.evaluate("f => 10 ** f.exponent") == pytest.approx(best[quotient])
        assert "no step does much better" in figure.locator("[data-name=part]").inner_text()
        errors = figure.evaluate(
            "f => [1000, 1, 0.001]"
            ".map((k) => f.model.error(f.number, f.quotient, k * 10 ** f.exponent))"
        )
        assert errors[0] > 10 * errors[1] and errors[2] > 10 * errors[1]


def test_page_starts_from_what_the_script_printed(figure: Locator) -> None:
    start: dict[str, Any] = figure.evaluate("f => ({ x: f.model.start, best: f.model.best })")
    assert start["x"] == 1.3 and set(start["best"]) == {"float32", "float64"}
    assert figure.locator("[data-name=slope]").inner_text().startswith("6.78")


def test_slider_keys_and_handle_move_secant_and_u_curve_together(figure: Locator) -> None:
    page = figure.page
    box = figure.get_by_role("slider", name="as a power of ten")
    box.fill("-3")
    assert figure.evaluate("f => f.exponent") == -3
    line = figure.locator("line.fit").evaluate("l => ['y1', 'y2'].map((n) => l.getAttribute(n))")
    figure.get_by_role("slider", name="on the curve of the error").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    assert figure.evaluate("f => f.exponent") == pytest.approx(-1.9)
    assert box.evaluate("b => b.valueAsNumber") == pytest.approx(-1.9)
    moved = figure.locator("line.fit").evaluate("l => ['y1', 'y2'].map((n) => l.getAttribute(n))")
    assert moved != line
    point = figure.evaluate("f => f.handle.point")
    error = figure.evaluate("f => f.model.error(f.number, f.quotient, 10 ** f.exponent)")
    assert point == pytest.approx([-1.9, math.log10(error)])
    status = figure.get_by_role("status").filter(has_text="float64, forward: step")
    status.wait_for(state="attached")


def test_handle_is_dragged_along_the_curve_of_the_error(
    open_page: Open, come_to: Come, address: str
) -> None:
    page = open_page(address + CHAPTER)
    figure = come_to(page, "secant")
    handle = figure.get_by_role("slider", name="on the curve of the error")
    handle.scroll_into_view_if_needed()
    box = handle.locator(".grip").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y, steps=3)
    page.mouse.up()
    assert figure.evaluate("f => f.exponent") < -2.5


def test_steps_lost_in_float32_give_a_level_secant(figure: Locator) -> None:
    figure.get_by_role("radio", name="float32").check()
    figure.get_by_role("slider", name="as a power of ten").fill("-9")
    assert figure.locator("[data-name=slope]").inner_text() == "0.000000"
    assert "a longer step is better" in figure.locator("[data-name=part]").inner_text()


def test_drawing_holds_no_broken_numbers_at_any_step(figure: Locator) -> None:
    for number in ("float32", "float64"):
        figure.get_by_role("radio", name=number).check()
        for exponent in (0, -8, -16):
            figure.evaluate("(f, e) => f.set(e)", exponent)
            drawn = figure.evaluate(
                "f => [...f.live.querySelectorAll('path, line, circle')]"
                ".map((e) => e.outerHTML).join('')"
            )
            assert "NaN" not in drawn and "Infinity" not in drawn

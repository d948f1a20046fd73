"""The landscape figures compute what torch computes, and are reached by mouse, finger and keys."""

from __future__ import annotations

import math
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pytest
import torch
from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).resolve().parents[2]
SNIPPETS = ROOT / "snippets/part-1/4-loss-landscape"
CHAPTER = "part-1/4-loss-landscape/"
Come = Callable[[Page, str], Locator]
Open = Callable[..., Page]
Cost = Callable[[torch.Tensor], torch.Tensor]
F64 = torch.float64
POINTS = [(0.9, -0.4), (2.0, 0.5), (3.4, -2.5), (-1.3, 2.2), (0.0, 0.0)]
SPANS = {"bowl": ((-1.5, 4.5), (-4, 2)), "sine": ((0, 4), (-3.15, 3.15)), "net": ((-3, 3), (-3, 3))}
LANDS = {"bowl": "a line", "sine": "a sine neuron", "net": "two weights"}


def close(expected: Any) -> Any:
    return pytest.approx(expected, rel=1e-4, abs=1e-7)


@pytest.fixture(scope="module")
def costs() -> dict[str, Cost]:
    """The three lands, from the scripts that the chapter shows, in float64."""

    def run(name: str) -> dict[str, Any]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(plt, "show", lambda: plt.close("all"))
            patch.syspath_prepend(str(SNIPPETS))
            return runpy.run_path(str(SNIPPETS / name))

    line, sine, net = (run(name) for name in ("bowl.py", "sine_land.py", "two_weights.py"))

    def mse(
        predict: Callable[[torch.Tensor, torch.Tensor], torch.Tensor], names: dict[str, Any]
    ) -> Cost:
        x, y = names["x"].to(F64), names["y"].to(F64)
        return lambda theta: torch.nn.functional.mse_loss(predict(theta, x), y)

    return {
        "bowl": mse(lambda theta, x: theta[0] * x + theta[1], line),
        "sine": mse(lambda theta, x: torch.sin(theta[0] * x + theta[1]), sine),
        "net": mse(lambda theta, x: theta[1] * torch.tanh(theta[0] * x), net),
    }


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address + CHAPTER)
    yield page
    page.close()


@pytest.fixture
def descent(page: Page, come_to: Come) -> Locator:
    figure = come_to(page, "descent")
    figure.get_by_role("button", name="Reset").click()
    return figure


@pytest.fixture
def surface(page: Page, come_to: Come) -> Locator:
    figure = come_to(page, "surface")
    figure.get_by_role("button", name="a line").click()
    figure.get_by_role("button", name="Reset").click()
    return figure


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("land", LANDS)
def test_costs_and_gradients_are_those_of_autograd(
    surface: Locator, costs: dict[str, Cost], land: str, point: tuple[float, float]
) -> None:
    theta = torch.tensor(point, dtype=F64, requires_grad=True)
    cost = costs[land](theta)
    cost.backward()
    surface.get_by_role("button", name=LANDS[land]).click()
    assert surface.evaluate("(f, p) => f.model.cost(p)", point) == close(cost.item())
    assert theta.grad is not None
    gradient = surface.evaluate("(f, p) => f.model.gradient(p)", point)
    assert gradient == pytest.approx(theta.grad.tolist(), rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("land", LANDS)
def test_every_height_of_the_surface_is_that_of_torch(
    surface: Locator, costs: dict[str, Cost], land: str
) -> None:
    surface.get_by_role("button", name=LANDS[land]).click()
    across, away = (torch.linspace(*span, 29, dtype=F64) for span in SPANS[land])
    expected = [[costs[land](torch.stack([a, b])).item() for a in across] for b in away]
    heights = surface.evaluate("f => f.heights")
    assert len(heights) == 29
    for row, theirs in zip(heights, expected, strict=True):
        assert row == close(theirs)


@pytest.mark.parametrize(("turn", "tilt"), [(0, 90), (-35, 32), (120, 10), (180, 60)])
def test_projection_is_a_rotation_by_turn_and_tilt(surface: Locator, turn: int, tilt: int) -> None:
    a, e = math.radians(turn), math.radians(tilt)
    about_height = [[math.cos(a), -math.sin(a), 0], [math.sin(a), math.cos(a), 0], [0, 0, 1]]
    # The eye looks along the second axis, from a height: rows are across, up, away.
    to_eye = [[1, 0, 0], [0, math.sin(e), math.cos(e)], [0, math.cos(e), -math.sin(e)]]
    rotation = torch.tensor(to_eye, dtype=F64) @ torch.tensor(about_height, dtype=F64)
    surface.evaluate("(f, [turn, tilt]) => f.change({ turn, tilt })", [turn, tilt])
    for place in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.3, -0.8, 1.1)):
        expected = rotation @ torch.tensor(place, dtype=F64)
        seen = surface.evaluate("(f, place) => f.project(place)", place)
        assert seen == close(expected.tolist())


def test_cells_are_painted_from_the_back_to_the_front(surface: Locator) -> None:
    depths = surface.evaluate(
        "f => [...f.cells.selectAll('path').nodes()].map((node) => node.__data__.depth)"
    )
    assert len(depths) == 28 * 28
    assert depths == sorted(depths, reverse=True)


@pytest.mark.parametrize("rate", [0.05, 0.3, 1.2])
@pytest.mark.parametrize("start", [(0.9, -0.4), (0.9, -1.7), (2.9, -2.1)])
def test_path_is_that_of_torch_sgd(
    descent: Locator, costs: dict[str, Cost], rate: float, start: tuple[float, float]
) -> None:
    theta = torch.tensor(start, dtype=F64, requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=rate)
    path, falls = [], []
    for _ in range(41):
        optimizer.zero_grad()
        cost = costs["sine"](theta)
        path.append(theta.tolist())
        falls.append(cost.item())
        cost.backward()
        optimizer.step()
    descent.evaluate("(f, start) => f.change({ start })", start)
    descent.get_by_role("spinbutton").fill(str(rate))
    assert descent.locator("[data-name=count]").inner_text() == "40"
    # At 1.2 the path is chaotic: differences of the seventh digit grow; compare its beginning.
    steps = 41 if rate < 1 else 6
    for mine, theirs in zip(descent.evaluate("f => f.path")[:steps], path, strict=False):
        assert mine == pytest.approx(theirs, rel=1e-4, abs=1e-5)
    assert descent.evaluate("f => f.costs")[:steps] == pytest.approx(
        falls[:steps], rel=1e-4, abs=1e-6
    )


def test_a_click_on_the_map_starts_a_path_there(page: Page, descent: Locator) -> None:
    descent.locator(".map .ground").scroll_into_view_if_needed()
    box = descent.locator(".map .ground").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.25)
    assert descent.evaluate("f => f.start") == pytest.approx([3.0, 1.575], abs=0.03)


def test_balls_end_in_different_valleys_and_it_says_so(descent: Locator) -> None:
    ends = {}
    for start in ((0.9, -0.4), (0.9, -1.7), (2.9, -2.1)):
        descent.evaluate("(f, start) => f.change({ start, rate: 0.3, updates: 300 })", start)
        assert descent.locator("[data-name=state]").inner_text() == "At rest"
        ends[start] = descent.locator("[data-name=height]").inner_text()
    assert list(ends.values()) == ["0.0000", "0.4414", "0.8060"]


def test_balls_roll_by_their_buttons_to_where_the_script_lets_them_end(
    page: Page, descent: Locator
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plt, "show", lambda: plt.close("all"))
        patch.syspath_prepend(str(SNIPPETS))
        script = runpy.run_path(str(SNIPPETS / "sine_balls.py"))
    for name, path in script["paths"].items():
        button = descent.get_by_role("button", name=f"ball {name}")
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-pressed") == "true"
        assert descent.evaluate("f => f.start") == pytest.approx(path[0].tolist())
        assert descent.evaluate("f => f.path.at(-1)") == pytest.approx(path[-1].tolist(), abs=2e-3)
        assert descent.locator("[data-name=state]").inner_text() == "At rest"
        assert descent.locator(f".map text:text-is('{name}')").count() == 1
    descent.evaluate("f => f.change({ start: [1, 1] })")
    assert descent.locator("[aria-pressed=true]").count() == 0


def test_start_and_rate_are_moved_by_keys(page: Page, descent: Locator) -> None:
    before = descent.evaluate("f => f.start")
    descent.get_by_role("slider", name="start of the path").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    assert descent.evaluate("f => f.start") == pytest.approx(
        [before[0] + 0.05, before[1] + 0.5], abs=1e-9
    )
    descent.get_by_role("slider", name="learning rate").focus()
    page.keyboard.press("ArrowRight")
    assert descent.evaluate("f => f.rate") == pytest.approx(0.11)


def test_a_rate_beyond_the_largest_is_cut_and_it_says_so(page: Page, descent: Locator) -> None:
    number = descent.get_by_role("spinbutton")
    number.fill("5")
    assert descent.evaluate("f => f.rate") == 2
    assert descent.locator("[data-name=bound]").inner_text() == "Largest rate here: 2.00."
    number.press("Enter")
    assert number.input_value() == "2.00"


def test_surface_is_turned_by_keys_and_by_the_mouse(page: Page, surface: Locator) -> None:
    picture = surface.get_by_role("slider", name="turns and tilts the surface")
    picture.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    assert surface.evaluate("f => [f.turn, f.tilt]") == [-30, 47]
    assert picture.get_attribute("aria-valuetext") == "turned -30 degrees, tilted 47 degrees"
    box = picture.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30)
    page.mouse.up()
    page.mouse.move(x, y)
    assert surface.evaluate("f => [f.turn, f.tilt]") == pytest.approx([-10, 57])
    before = picture.inner_html()
    surface.get_by_role("slider", name="turn", exact=True).fill("90")
    assert picture.inner_html() != before


def finger(page: Page, picture: Locator, dx: float, dy: float) -> None:
    box = picture.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: dict[str, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": x, "y": y})
    for part in (0.25, 0.5, 0.75, 1):
        send("touchMove", {"x": x + dx * part, "y": y + dy * part})
    send("touchEnd")


def test_a_finger_turns_sideways_and_scrolls_up_and_down(
    open_page: Open, address: str, come_to: Come
) -> None:
    page = open_page(address + CHAPTER, has_touch=True, viewport={"width": 360, "height": 800})
    surface = come_to(page, "surface")
    picture = surface.get_by_role("slider", name="turns and tilts the surface")
    picture.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    scrolled, turn = page.evaluate("scrollY"), surface.evaluate("f => f.turn")
    finger(page, picture, 60, 0)
    assert surface.evaluate("f => f.turn") > turn + 10
    assert page.evaluate("scrollY") == scrolled
    turn = surface.evaluate("f => [f.turn, f.tilt]")
    finger(page, picture, 0, -120)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > scrolled + 40
    assert surface.evaluate("f => [f.turn, f.tilt]") == pytest.approx(turn, abs=1)


def test_a_run_with_reduced_motion_is_one_jump(
    open_page: Open, address: str, come_to: Come
) -> None:
    page = open_page(address + CHAPTER, reduced_motion="reduce")
    figure = come_to(page, "descent")
    figure.get_by_role("button", name="Run").click()
    assert figure.locator("[data-name=count]").inner_text() == "80"


def test_data_are_those_of_the_scripts(descent: Locator, costs: dict[str, Cost]) -> None:
    x, y = descent.evaluate("f => [f.model.x, f.model.y]")
    names = runpy.run_path(str(SNIPPETS / "sine_land.py"))
    assert x == close(names["x"].tolist())
    assert y == pytest.approx(names["y"].tolist(), abs=1e-6)

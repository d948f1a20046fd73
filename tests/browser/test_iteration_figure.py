"""The iteration that is stepped through: computed as torch does, by mouse, touch and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from playwright.sync_api import Locator, Page

Open = Callable[..., Page]
Come = Callable[[Page, str], Locator]
CHAPTER = "part-1/1-what-is-a-training-loop/"
PARTS = ("forward", "loss", "gradient", "update")


def close(expected: Any) -> Any:
    return pytest.approx(expected, rel=1e-4, abs=1e-9)


@pytest.fixture
def opened(open_page: Open, address: str) -> Open:
    """opened(OPTION=VALUE…) opens the chapter."""
    return lambda **options: open_page(address + CHAPTER, **options)


@pytest.fixture
def figure(opened: Open, come_to: Come) -> Locator:
    return come_to(opened(), "iteration")


def press(figure: Locator, name: str, times: int = 1) -> None:
    for _ in range(times):
        figure.get_by_role("button", name=name).click()


def on(figure: Locator) -> list[str]:
    """The parts that are highlighted."""
    lit: list[str] = figure.evaluate(
        "f => [...f.live.querySelectorAll('.parts .on')].map((part) => part.dataset.part)"
    )
    return lit


def value(figure: Locator, name: str) -> str:
    return figure.locator(f"[data-name={name}]").inner_text()


@pytest.mark.parametrize("at", [5.0, 3.0, -0.5, 1.37])
def test_loss_and_gradient_are_those_of_autograd(figure: Locator, at: float) -> None:
    x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    loss = (x - 3) ** 2 + 2
    loss.backward()
    assert figure.evaluate("(f, x) => f.model.loss(x)", at) == close(loss.item())
    assert figure.evaluate("(f, x) => f.model.gradient(x)", at) == close(x.grad.item())


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9, 1.0, 1.1])
def test_twenty_iterations_are_those_of_torch(figure: Locator, rate: float) -> None:
    x = torch.tensor(5.0, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=rate)
    path, losses, gradients = [], [], []
    for _ in range(20):
        optimizer.zero_grad()
        loss = (x - 3) ** 2 + 2
        loss.backward()
        path.append(x.item())
        losses.append(loss.item())
        gradients.append(x.grad.item())
        optimizer.step()
    figure.get_by_role("spinbutton").fill(str(rate))
    press(figure, "Whole iteration", 20)
    rounds = figure.evaluate("f => f.rounds")
    assert [one["x"] for one in rounds] == close(path)
    assert [one["loss"] for one in rounds] == close(losses)
    assert [one["gradient"] for one in rounds] == close(gradients)
    assert rounds[-1]["next"] == close(x.item())
    assert figure.evaluate("(f, rate) => f.model.factor(rate)", rate) == close(1 - 2 * rate)


def test_each_press_lights_one_part_and_shows_its_numbers(figure: Locator) -> None:
    assert on(figure) == [] and figure.get_by_role("button", name="Back").is_disabled()
    numbers = {
        "forward": "= 5.0000 − 3 = 2.0000",
        "loss": "= 2.0000² + 2 = 6.0000",
        "gradient": "= 2 · 2.0000 = 4.0000",
        "update": "= 5.0000 − 0.10 · 4.0000 = 4.6000",
    }
    for part in PARTS:
        press(figure, "Next part")
        assert on(figure) == [part]
        assert figure.locator(f"[data-part={part}]").get_attribute("aria-current") == "step"
        assert value(figure, part) == numbers[part]
    assert value(figure, "iteration") == "1"
    press(figure, "Next part")
    assert (value(figure, "iteration"), value(figure, "x")) == ("2", "4.6000")
    assert on(figure) == ["forward"] and value(figure, "forward") == "= 4.6000 − 3 = 1.6000"
    assert not figure.locator("[data-name=loss]").is_visible(), "not yet worked out"
    press(figure, "Back")
    assert (on(figure), value(figure, "iteration")) == (["update"], "1")


def test_marks_on_the_curve_come_with_their_parts(figure: Locator) -> None:
    shown = "f => Object.values(f.lines).map((l) => l.attr('display') !== 'none')"
    seen = []
    for _ in PARTS:
        press(figure, "Next part")
        seen.append(figure.evaluate(shown))
    assert seen == [[True, False, False], [True, True, False], [True] * 3, [True] * 3]
    place = figure.evaluate("f => f.screen(4.6)")
    now = figure.locator(".marks .now").get_attribute("transform")
    assert now is not None
    drawn = [float(v) for v in now.removeprefix("translate(").removesuffix(")").split(",")]
    assert drawn == pytest.approx(place, abs=0.01)


def test_rows_keep_the_last_four_iterations(figure: Locator) -> None:
    press(figure, "Whole iteration", 6)
    cells = figure.locator("tbody tr").all_inner_texts()
    assert [row.split("\t")[0] for row in cells] == ["3", "4", "5", "6"]
    xs = [float(row.split("\t")[1]) for row in cells]
    assert xs == pytest.approx([3 + 2 * 0.8**t for t in (2, 3, 4, 5)], abs=5e-5)


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        ("0.1", "comes closer from one side"),
        ("0.5", "lands in one step"),
        ("0.9", "changes sides, and comes closer"),
        ("1", "jumps between two places for ever"),
        ("1.1", "changes sides, and moves away"),
    ],
)
def test_the_factor_of_the_rate_is_put_into_words(
    figure: Locator, rate: str, words: str
) -> None:
    figure.get_by_role("spinbutton").fill(rate)
    assert value(figure, "words") == words
    assert value(figure, "factor") == f"{1 - 2 * float(rate):.2f}".replace("-", "−")


@pytest.mark.parametrize("hand", ["mouse", "touch"])
def test_the_start_is_dragged_along_the_curve(
    opened: Open, come_to: Come, hand: str
) -> None:
    touch = hand == "touch"
    options = {"has_touch": True, "viewport": {"width": 360, "height": 800}} if touch else {}
    page = opened(**options)
    figure = come_to(page, "iteration")
    handle = figure.get_by_role("slider", name="start on the curve")
    handle.scroll_into_view_if_needed()
    press(figure, "Next part", 3)
    box = handle.locator(".grip").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    scrolled = page.evaluate("scrollY")
    if touch:
        session = page.context.new_cdp_session(page)

        def send(kind: str, *places: tuple[float, float]) -> None:
            points = [{"x": px, "y": py} for px, py in places]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        send("touchStart", (x, y))
        send("touchMove", (x - 40, y))
        send("touchMove", (x - 80, y))
        send("touchEnd")
    else:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 40, y)
        page.mouse.move(x - 80, y)
        page.mouse.up()
    scale = figure.evaluate("f => f.shadowRoot.querySelector('svg').getBoundingClientRect().width")
    unit = scale / 360 * figure.evaluate("f => f.curve.x(1) - f.curve.x(0)")
    assert figure.evaluate("f => f.start") == pytest.approx(5 - 80 / unit, abs=0.03)
    assert figure.evaluate("f => f.made") == 0, "a new start begins a new run"
    assert page.evaluate("scrollY") == scrolled


def test_a_click_on_the_curve_moves_the_start(figure: Locator) -> None:
    figure.locator(".ground").click(position={"x": 30, "y": 40})
    assert figure.evaluate("f => f.start") < 1


def test_everything_is_done_by_keys_and_said_aloud(opened: Open, come_to: Come) -> None:
    page = opened()
    figure = come_to(page, "iteration")
    for name in ("Next part", "Whole iteration", "Back", "Reset"):
        assert figure.get_by_role("button", name=name).count() == 1
    handle = figure.get_by_role("slider", name="start on the curve")
    handle.press("ArrowLeft")
    handle.press("Shift+ArrowLeft")
    assert figure.evaluate("f => f.start") == pytest.approx(3.9)
    assert handle.get_attribute("aria-valuetext") == "x = 3.90, loss 2.81"
    handle.press("Home")
    assert figure.evaluate("f => f.start") == -0.5
    figure.get_by_role("slider", name="learning rate").press("ArrowRight")
    assert figure.evaluate("f => f.rate") == pytest.approx(0.11)
    button = figure.get_by_role("button", name="Reset")
    button.press("Enter")
    figure.get_by_role("button", name="Next part").press("Enter")
    figure.get_by_role("button", name="Next part").press("Space")
    said = figure.get_by_role("status")
    words = "Learning rate 0.10, factor 0.80. Iteration 1, part 2, loss: L = 2.0000² + 2 = 6.0000."
    said.filter(has_text=words).wait_for(state="attached", timeout=3000)


def test_the_box_ends_at_the_rate_in_use(figure: Locator) -> None:
    box = figure.get_by_role("spinbutton")
    for typed, used in (("7", "1.20"), ("0.005", "0.01"), ("0.5", "0.50"), ("", "0.50")):
        box.fill(typed)
        box.press("Tab")
        assert (box.input_value(), figure.evaluate("f => f.rate")) == (used, float(used))


def test_a_run_that_flees_stays_readable(figure: Locator) -> None:
    figure.get_by_role("spinbutton").fill("1.2")
    press(figure, "Whole iteration", 60)
    assert figure.locator(".note").text_content() == "x has left the picture"
    drawn = figure.evaluate(
        "f => [...f.live.querySelectorAll('path, line, circle')].map(e => e.outerHTML).join('')"
    )
    assert "NaN" not in drawn and "Infinity" not in drawn
    assert " × 10" in value(figure, "update")
    room = figure.evaluate(
        "f => [...f.live.querySelectorAll('.parts li, tr')].every((e) => "
        "e.scrollWidth <= e.clientWidth + 1)"
    )
    assert room, "no number is cut off"


@pytest.mark.parametrize("width", [360, 420, 600, 1280])
def test_nothing_moves_with_a_press(opened: Open, come_to: Come, width: int) -> None:
    figure = come_to(opened(viewport={"width": width, "height": 800}), "iteration")
    taken = figure.evaluate("f => f.live.offsetHeight")
    press(figure, "Next part", 7)
    assert figure.evaluate("f => f.live.offsetHeight") == taken

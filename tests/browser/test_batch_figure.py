"""The figure of chapter 1.3: it draws torch's steps, and works by mouse, by touch and by keys."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from playwright.sync_api import Browser, Locator, Page

Open = Callable[..., Page]
Come = Callable[[Page, str], Locator]
CHAPTER = "part-1/3-batch-and-stochastic/"
FOLDER = Path(__file__).resolve().parents[2] / "snippets" / CHAPTER
SIZES = [1, 2, 5, 10, 20, 50, 100]


def close(expected: Any) -> Any:
    return pytest.approx(expected, rel=1e-4)


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(FOLDER / "interactive_data.py"))


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(address + CHAPTER)
    yield page
    page.close()


@pytest.fixture
def figure(page: Page, come_to: Come) -> Locator:
    found = come_to(page, "batch")
    found.get_by_role("button", name="Reset").click()
    return found


def by_torch(script: dict[str, Any], B: int, rate: float, steps: int, seed: int) -> list[Any]:
    """The path of torch.optim.SGD over the same batches."""
    X, Y = script["X"].double(), script["Y"].double()
    model = torch.nn.Linear(1, 1, dtype=torch.float64)
    with torch.no_grad():
        model.weight.fill_(script["start"][0])
        model.bias.fill_(script["start"][1])
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    order = torch.tensor(script["shuffled"](seed, -(-steps * B // 100)))
    path = [[model.weight.item(), model.bias.item()]]
    for batch in order.split(B)[:steps]:
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(model(X[batch]), Y[batch]).backward()
        optimizer.step()
        path.append([model.weight.item(), model.bias.item()])
    return path


def choose(figure: Locator, B: int, rate: float = 0.1) -> None:
    figure.get_by_role("slider", name="batch size").fill(str(SIZES.index(B)))
    figure.get_by_role("slider", name="rate").fill(str(rate))


@pytest.mark.parametrize("seed", [42, 43, 77])
def test_samples_are_drawn_as_the_script_draws_them(
    figure: Locator, script: dict[str, Any], seed: int
) -> None:
    drawn = figure.evaluate("(f, seed) => f.model.shuffled(seed, 3)", seed)
    assert drawn == script["shuffled"](seed, 3)


@pytest.mark.parametrize("B", SIZES)
@pytest.mark.parametrize("rate", [0.1, 0.5])
def test_path_is_that_of_torch_sgd_over_the_same_batches(
    figure: Locator, script: dict[str, Any], B: int, rate: float
) -> None:
    choose(figure, B, rate)
    figure.get_by_role("button", name="50 steps").click()
    path = figure.evaluate("f => f.path")
    wanted = by_torch(script, B, rate, 100, 42)
    assert len(path) == 101
    for k in (0, 1):
        assert [point[k] for point in path] == close([point[k] for point in wanted])


def test_other_batches_are_those_of_the_next_seed(
    figure: Locator, script: dict[str, Any]
) -> None:
    before = figure.evaluate("f => f.path")
    figure.get_by_role("button", name="Other batches").click()
    path = figure.evaluate("f => f.path")
    assert path != before
    wanted = by_torch(script, 10, 0.1, 50, 43)
    assert [w for w, _ in path] == close([w for w, _ in wanted])


@pytest.mark.parametrize("B", SIZES[:-1])
def test_ring_is_twice_the_width_that_the_chapter_derives(
    figure: Locator, script: dict[str, Any], B: int
) -> None:
    choose(figure, B, 0.2)
    x, y = script["X"][:, 0].double(), script["Y"][:, 0].double()
    u = torch.stack([x, torch.ones_like(x)])
    best = torch.linalg.lstsq(u.T, y[:, None]).solution[:, 0]
    noise = (2 * (best @ u - y) * u).square().mean(dim=1)
    curvature = 2 * u.square().mean(dim=1)
    widths = (0.2 * noise / (B * curvature * (2 - 0.2 * curvature))).sqrt().tolist()
    assert figure.evaluate("f => f.model.cloud(f.rate, f.size)") == close(widths)
    ring = figure.evaluate("f => ['rx', 'ry'].map(n => Number(f.ring.attr(n)))")
    unit = figure.evaluate("f => [f.glass.x(1) - f.glass.x(0), f.glass.y(0) - f.glass.y(1)]")
    assert ring == close([2 * w * k for w, k in zip(widths, unit, strict=True)])


def test_all_samples_take_the_smooth_path_and_have_no_ring(figure: Locator) -> None:
    choose(figure, 100)
    path = figure.evaluate("f => f.path")
    full = figure.evaluate("f => f.model.descend(f.start, f.rate, f.steps)")
    assert [w for w, _ in path] == close([w for w, _ in full])
    assert figure.evaluate("f => f.ring.attr('rx')") == "0"
    assert figure.locator("[data-name=epochs]").inner_text() == "50.00"


def test_static_picture_and_figure_begin_with_the_same_run(figure: Locator) -> None:
    run = figure.evaluate("f => [f.size, f.rate, f.steps]")
    assert run == [10, 0.1, 50]
    assert figure.locator("[data-name=epochs]").inner_text() == "5.00"


def test_keys_move_every_control_and_the_state_is_said(figure: Locator, page: Page) -> None:
    sliders = figure.get_by_role("slider")
    assert sliders.count() == 2
    size = figure.get_by_role("slider", name="batch size")
    size.focus()
    page.keyboard.press("ArrowLeft")
    assert figure.evaluate("f => f.size") == 5
    assert size.evaluate("e => e.ariaValueText") == "5 samples"
    page.keyboard.press("Home")
    assert figure.evaluate("f => f.size") == 1
    assert size.evaluate("e => e.ariaValueText") == "1 sample"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert figure.evaluate("f => f.rate") == pytest.approx(0.12)
    figure.get_by_role("button", name="Step", exact=True).press("Enter")
    assert figure.locator("[data-name=steps]").inner_text() == "51"
    said = figure.get_by_role("status").filter(has_text="Batch size 1, rate 0.12. After 51 steps")
    said.wait_for(state="attached", timeout=3000)


def test_steps_end_at_a_thousand(figure: Locator) -> None:
    more = figure.get_by_role("button", name="50 steps")
    end = figure.get_by_text("1000 steps are the most: Reset starts again.")
    assert end.is_hidden()
    for _ in range(19):
        more.click()
    assert end.is_visible()
    assert figure.locator("[data-name=steps]").inner_text() == "1000"
    assert more.is_disabled()
    assert figure.get_by_role("button", name="Step", exact=True).is_disabled()
    drawn = figure.evaluate(
        "f => [...f.live.querySelectorAll('path, circle, ellipse')].map(e => e.outerHTML).join('')"
    )
    assert "NaN" not in drawn and "Infinity" not in drawn


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("B", "number", "light"), [(10, 3, "#aa2082"), (100, 1, "#c34a06")])
def test_path_has_the_colour_of_the_static_figures_in_both_themes(
    open_page: Open, come_to: Come, address: str, scheme: str, B: int, number: int, light: str
) -> None:
    page = open_page(address + CHAPTER, color_scheme=scheme)
    figure = come_to(page, "batch")
    choose(figure, B)
    seen = figure.evaluate("f => getComputedStyle(f.live.querySelector('.track')).stroke")
    dark = f"getComputedStyle(document.body).getPropertyValue('--figure-{number}').trim()"
    wanted = page.evaluate(dark) if scheme == "dark" else light
    red, green, blue = (int(wanted[k : k + 2], 16) for k in (1, 3, 5))
    assert seen == f"rgb({red}, {green}, {blue})"
    assert (scheme == "dark") == (wanted != light)

"""Interactive figures in the reader's hands: mouse, touch, keys, themes, no scripts, no motion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from loopbook.browser.visit import visit

Open = Callable[..., Page]
Come = Callable[[Page, str], Locator]
NAMES = ("line", "learning-rate")
CHAPTER = "part-1/2-linear-regression/"
FIGURES = "assets/web/figures/"


def middle(handle: Locator) -> tuple[float, float]:
    box = handle.locator(".grip").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def mouse(page: Page, handle: Locator, dx: float, dy: float) -> None:
    x, y = middle(handle)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y + dy / 2)
    page.mouse.move(x + dx, y + dy)
    page.mouse.up()


def finger(page: Page, handle: Locator, dx: float, dy: float) -> None:
    x, y = middle(handle)
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": px, "y": py} for px, py in places]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", (x, y))
    send("touchMove", (x + dx / 2, y + dy / 2))
    send("touchMove", (x + dx, y + dy))
    send("touchEnd")


HANDS: dict[str, tuple[Callable[..., None], dict[str, Any]]] = {
    "mouse": (mouse, {}),
    "touch": (finger, {"has_touch": True, "viewport": {"width": 360, "height": 800}}),
}


@pytest.mark.parametrize("hand", HANDS)
def test_a_line_is_dragged_and_its_point_moves_along(
    open_page: Open, come_to: Come, hand: str
) -> None:
    drag, options = HANDS[hand]
    page = open_page(**options)
    figure = come_to(page, "line")
    figure.get_by_role("slider", name="turns the line").scroll_into_view_if_needed()
    before, scrolled = figure.evaluate("f => f.line"), page.evaluate("scrollY")
    scale = figure.evaluate("f => f.shadowRoot.querySelector('svg').getBoundingClientRect().width")
    unit = scale / 360 * figure.evaluate("f => f.dots.x(1) - f.dots.x(0)")
    drag(page, figure.get_by_role("slider", name="lifts the line"), 0, unit)
    lifted = figure.evaluate("f => f.line")
    assert lifted == pytest.approx([before[0], before[1] - 1], abs=0.02)
    drag(page, figure.get_by_role("slider", name="turns the line"), 0, -unit)
    turned = figure.evaluate("f => f.line")
    assert turned == pytest.approx([lifted[0] + 1 / 6, lifted[1]], abs=0.01)
    on_map = figure.evaluate("f => [f.point.point, f.named.w.value, f.named.b.value]")
    assert on_map[0] == turned
    assert [float(v) for v in on_map[1:]] == pytest.approx(turned, abs=0.006)
    cost = figure.evaluate("f => f.model.cost(f.line)")
    assert figure.locator("[data-name=cost]").inner_text() == f"{cost:.4f}"
    assert page.evaluate("scrollY") == scrolled, "the page does not move under a finger that drags"


@pytest.mark.parametrize("hand", HANDS)
def test_a_point_dragged_on_the_map_moves_the_line(
    open_page: Open, come_to: Come, hand: str
) -> None:
    drag, options = HANDS[hand]
    page = open_page(**options)
    figure = come_to(page, "line")
    point = figure.get_by_role("slider", name="point on the map")
    point.scroll_into_view_if_needed()
    drag(page, point, 40, 30)
    w, b = figure.evaluate("f => f.line")
    assert w > 0.25 and b < 2.2
    ends = figure.locator("line.fit").evaluate("l => ['y1', 'y2'].map(n => l.getAttribute(n))")
    places = figure.evaluate("(f, [w, b]) => [f.dots.y(b), f.dots.y(6 * w + b)]", [w, b])
    assert [float(end) for end in ends] == pytest.approx(places)


@pytest.mark.parametrize("hand", HANDS)
def test_the_start_of_a_path_is_dragged(open_page: Open, come_to: Come, hand: str) -> None:
    drag, options = HANDS[hand]
    page = open_page(**options)
    figure = come_to(page, "learning-rate")
    handle = figure.get_by_role("slider", name="start of the path")
    handle.scroll_into_view_if_needed()
    before = figure.evaluate("f => f.start")
    drag(page, handle, 60, -50)
    w, b = figure.evaluate("f => f.start")
    assert w > before[0] + 0.5 and b > before[1] + 0.4
    assert figure.evaluate("f => f.path[0]") == [w, b]
    assert figure.locator("[data-name=updates]").inner_text() == "20"


def test_everything_is_reached_and_moved_by_keys(open_page: Open, come_to: Come) -> None:
    page = open_page()
    figure = come_to(page, "line")
    handles = figure.get_by_role("slider")
    labels = [handles.nth(i).evaluate(LABEL) for i in range(handles.count())]
    assert len(labels) == 5 and all(labels)
    lift = figure.get_by_role("slider", name="lifts the line")
    lift.focus()
    page.keyboard.press("ArrowUp")
    assert figure.evaluate("f => f.line[1]") == pytest.approx(2.45)
    page.keyboard.press("Shift+ArrowDown")
    assert figure.evaluate("f => f.line[1]") == pytest.approx(1.95)
    ring = lift.locator(".ring").evaluate("ring => getComputedStyle(ring).stroke")
    assert ring != "none", "the focus is seen"
    assert lift.get_attribute("aria-valuetext") == "1.95"
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+ArrowRight")
    assert figure.evaluate("f => f.line[0]") == pytest.approx(0.25)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    assert figure.evaluate("f => f.line") == pytest.approx([0.24, 1.45])
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert figure.evaluate("f => f.line[0]") == pytest.approx(0.25)
    said = figure.get_by_role("status")
    said.filter(has_text="slope 0.25, offset 1.45").wait_for(state="attached", timeout=3000)
    figure.get_by_role("button", name="Best line").press("Enter")
    assert figure.locator("[data-name=cost]").inner_text() == "0.2190"

    figure = come_to(page, "learning-rate")
    figure.get_by_role("slider", name="learning rate").focus()
    page.keyboard.press("ArrowRight")
    assert figure.evaluate("f => f.rate") == pytest.approx(0.21)
    figure.get_by_role("slider", name="start of the path").focus()
    start = figure.evaluate("f => f.start")
    page.keyboard.press("Shift+ArrowRight")
    assert figure.evaluate("f => f.start") == pytest.approx([start[0] + 0.5, start[1]])
    said = figure.get_by_role("status")
    said.filter(has_text="Learning rate 0.21: converge. After 20").wait_for(state="attached")


def test_keys_for_long_ways(open_page: Open, come_to: Come) -> None:
    page = open_page()
    figure = come_to(page, "line")
    for name, k, high in (("lifts the line", 1, 3.2), ("turns the line", 0, 1.1)):
        handle = figure.get_by_role("slider", name=name)
        handle.press("Home")
        ends = [handle.get_attribute(f"aria-value{end}") for end in ("now", "min")]
        assert float(ends[0] or "nan") == float(ends[1] or "nan")
        low = figure.evaluate("(f, k) => f.line[k]", k)
        handle.press("PageUp")
        handle.press("PageUp")
        handle.press("PageDown")
        assert figure.evaluate("(f, k) => f.line[k]", k) == pytest.approx(
            low + (0.5 if k else 0.1)
        )
        handle.press("End")
        assert figure.evaluate("(f, k) => f.line[k]", k) == high
    figure = come_to(page, "learning-rate")
    start = figure.get_by_role("slider", name="start of the path")
    before = figure.evaluate("f => f.start")
    start.press("PageUp")
    start.press("End")
    assert figure.evaluate("f => f.start") == pytest.approx([3.15, before[1] + 0.5])


def test_a_click_on_the_map_sets_the_start(open_page: Open, come_to: Come) -> None:
    page = open_page()
    figure = come_to(page, "learning-rate")
    svg = figure.locator("[data-name=map] svg")
    svg.scroll_into_view_if_needed()
    box = svg.bounding_box()
    assert box is not None
    scale = box["width"] / 360
    for w, b in ((0.5, -2.0), (2.5, 0.5)):
        x, y = figure.evaluate("(f, [w, b]) => [f.map.x(w), f.map.y(b)]", [w, b])
        page.mouse.click(box["x"] + x * scale, box["y"] + y * scale)
        assert figure.evaluate("f => f.start") == pytest.approx([w, b], abs=0.02)
        assert figure.evaluate("f => f.path[0]") == figure.evaluate("f => f.start")


@pytest.mark.parametrize(
    ("rate", "steep"),
    [("1", "−1.00"), ("0.999", "−0.998"), ("1.0001", "−1.0002"), ("0.9", "−0.80"), ("0.5", "0.00")],
)
def test_a_factor_has_digits_enough_to_tell_it_from_one(
    open_page: Open, come_to: Come, rate: str, steep: str
) -> None:
    figure = come_to(open_page(), "learning-rate")
    figure.get_by_role("spinbutton").fill(rate)
    assert figure.locator("[data-name=steep]").inner_text() == steep


def test_the_box_always_ends_at_the_rate_in_use(open_page: Open, come_to: Come) -> None:
    page = open_page()
    figure = come_to(page, "learning-rate")
    box, bound = figure.get_by_role("spinbutton"), figure.locator("[data-name=bound]")
    beyond = "The slider ends at 1.30."
    cases = [
        ("1.3", "1.30", ""),
        ("2", "2.00", beyond), ("2.94", "2.94", beyond), ("2.941", "2.941", beyond),
        ("7", "3.00", "Largest rate here: 3.00."), ("", "3.00", ""),
        ("0", "0.01", "Smallest rate here: 0.01."), ("-1", "0.01", "Smallest rate here: 0.01."),
        ("0.005", "0.01", "Smallest rate here: 0.01."), ("0.2", "0.20", ""),
    ]  # fmt: skip
    for leave in ("Enter", "Tab"):
        for typed, shown, said in cases:
            box.click()
            box.press("ControlOrMeta+a")
            box.press("Delete")
            box.press_sequentially(typed)
            box.press(leave)
            assert (box.input_value(), figure.evaluate("f => f.rate")) == (shown, float(shown))
            if typed:
                assert bound.inner_text() == said
            slider = figure.evaluate("f => f.named.slider.valueAsNumber")
            assert slider == pytest.approx(min(float(shown), 1.3), abs=0.006)
    box.fill("7")
    box.press("Enter")
    status = figure.get_by_role("status").filter(has_text="Largest rate here: 3.00. Learning rate")
    status.wait_for(state="attached")
    assert "Both errors change sides" in figure.locator("[data-name=why]").inner_text()


CUT = """f => [...f.live.querySelectorAll('.squares rect')].filter((rect) => {
  const names = ['x', 'y', 'width', 'height'];
  const [x, y, width, height] = names.map((n) => Number(rect.getAttribute(n)));
  const [[left, right], [bottom, top]] = [f.dots.x.range(), f.dots.y.range()];
  return x < left || x + width > right || y < top || y + height > bottom;
}).length"""


def test_squares_stay_on_the_panel_or_it_says_so(open_page: Open, come_to: Come) -> None:
    figure = come_to(open_page(), "line")
    note = figure.locator("[data-name=dots] .note")
    whole = 0
    for w in (-0.1, 0.15, 0.4, 0.57, 0.8, 1.1):
        for b in (-1, -0.5, 0.6, 2.05, 2.4, 3.2):
            figure.evaluate("(f, point) => f.set(point)", [w, b])
            cut = figure.evaluate(CUT)
            assert (note.text_content() == "a square is larger than the panel") == (cut > 0), (w, b)
            whole += not cut
            grips = figure.evaluate("f => [f.lift, f.turn].map((h) => f.dots.shows(h.point))")
            assert grips == [True, True], "both handles are on the panel"
    assert whole >= 29


COLOURS = """f => {
  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (...layers) => {
    for (const [colour, alpha] of layers) {
      paint.globalAlpha = alpha;
      paint.fillStyle = colour;
      paint.fillRect(0, 0, 1, 1);
    }
    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const style = (e) => getComputedStyle(e);
  const label = style(f.live.querySelector('.heights text'));
  const alpha = Number(style(f.live.querySelector('.bands')).opacity);
  const paper = getComputedStyle(document.body).getPropertyValue('--book-paper').trim();
  const bands = [...f.live.querySelectorAll('.bands path')];
  return [rgb([label.fill, 1]), rgb([label.stroke, 1]),
    ...bands.map((band) => rgb([paper, 1], [band.getAttribute('fill'), alpha]))];
}"""


def contrast(one: list[int], other: list[int]) -> float:
    """As WCAG defines it."""

    def light(rgb: list[int]) -> float:
        parts = [c / 255 for c in rgb]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_contour_has_a_height_that_can_be_read(
    open_page: Open, come_to: Come, scheme: str, width: int
) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    for name in NAMES:
        figure = come_to(page, name)
        heights = figure.locator(".heights text")
        drawn = figure.evaluate(
            "f => [...f.live.querySelectorAll('.contours path')]"
            ".filter((p) => p.getAttribute('d')).length"
        )
        assert heights.count() == drawn
        sizes = figure.evaluate(
            "f => [...f.live.querySelectorAll('svg text:not(:empty)')]"
            ".map((t) => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a || 12)"
        )
        assert min(sizes) >= 11.99
        ink, *grounds = figure.evaluate(COLOURS)
        assert min(contrast(ink, ground) for ground in grounds) >= 4.5


LABEL = "e => e.ariaLabel ?? e.labels[0]?.textContent.trim()"


def test_a_run_takes_one_update_after_the_other_and_pauses(
    open_page: Open, come_to: Come
) -> None:
    page = open_page()
    figure = come_to(page, "learning-rate")
    figure.get_by_role("button", name="To the start").click()
    updates = figure.locator("[data-name=updates]")
    assert updates.inner_text() == "0"
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    figure.get_by_role("button", name="Run").click()
    page.clock.run_for(1000)
    assert updates.inner_text() == "4"
    figure.get_by_role("button", name="Pause").click()
    page.clock.run_for(1000)
    assert updates.inner_text() == "4"
    figure.get_by_role("button", name="Step").click()
    assert updates.inner_text() == "5"
    figure.get_by_role("button", name="Run").click()
    page.clock.run_for(10_000)
    assert updates.inner_text() == "25"
    assert figure.get_by_role("button", name="Run").is_visible()


def test_with_reduced_motion_a_run_is_one_jump(open_page: Open, come_to: Come) -> None:
    figure = come_to(open_page(reduced_motion="reduce"), "learning-rate")
    figure.get_by_role("button", name="Run").click()
    assert figure.locator("[data-name=updates]").inner_text() == "40"
    assert figure.get_by_role("button", name="Run").is_visible()


def test_a_path_that_diverges_stays_readable(open_page: Open, come_to: Come) -> None:
    figure = come_to(open_page(reduced_motion="reduce"), "learning-rate")
    figure.get_by_role("spinbutton").fill("1.3")
    for _ in range(9):
        figure.get_by_role("button", name="Run").click()
    assert figure.locator("[data-name=updates]").inner_text() == "200"
    notes = figure.locator(".note").all_text_contents()
    assert notes[0].startswith("off the map, first after")
    assert "the line has left the panel" in notes
    assert " × 10" in figure.locator("[data-name=cost]").inner_text()
    drawn = figure.evaluate(
        "f => [...f.live.querySelectorAll('path, line, circle')].map(e => e.outerHTML).join('')"
    )
    assert "NaN" not in drawn and "Infinity" not in drawn
    assert figure.locator(".marks circle").count() < 20
    labels = figure.locator("[data-name=loss] .axes g:nth-of-type(2) .tick text").all_inner_texts()
    assert 2 <= len(labels) <= 6


def test_figures_take_the_colours_of_the_theme_at_once(open_page: Open, come_to: Come) -> None:
    page = open_page(color_scheme="light")
    figure = come_to(page, "line")
    dot, stroke, axis = (figure.locator(s).first for s in (".data circle", ".fit", ".axes text"))

    def colours() -> list[str]:
        found = [dot.evaluate("e => getComputedStyle(e).fill")]
        found += [stroke.evaluate("e => getComputedStyle(e).stroke")]
        return [*found, axis.evaluate("e => getComputedStyle(e).fill")]

    assert colours() == ["rgb(0, 105, 168)", "rgb(195, 74, 6)", "rgb(36, 39, 44)"]
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    dark = page.evaluate(
        "['--figure-0', '--figure-1'].map(n => getComputedStyle(document.body).getPropertyValue(n))"
    )
    assert [f"#{''.join(f'{int(v):02x}' for v in c[4:-1].split(', '))}" for c in colours()[:2]] == [
        value.strip() for value in dark
    ]
    assert colours()[2] == "rgb(217, 219, 222)"


def test_a_module_is_loaded_when_its_figure_is_near_and_not_before(
    open_page: Open, address: str
) -> None:
    asked: list[str] = []
    page = open_page("about:blank")
    page.on("request", lambda request: asked.append(request.url))
    visit(page, address + CHAPTER)
    assert any(url.endswith("assets/web/book.js") for url in asked)
    assert not [url for url in asked if FIGURES in url or "web/shared" in url]
    place = page.locator("loop-line").bounding_box()
    assert place is not None
    page.evaluate("y => scrollTo(0, y)", place["y"] - 900 - 500)
    page.locator("loop-line .live .handle").first.wait_for()
    assert [url.rpartition("/")[2] for url in asked if FIGURES in url] == ["line.js"]

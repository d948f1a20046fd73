"""What every interactive figure of the book keeps, whatever it shows."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from loopbook.audit.places import menu, place
from loopbook.browser.server import served

Open = Callable[..., Page]
Come = Callable[[Page, str], Locator]
ROOT = Path(__file__).resolve().parents[2]
MODULES = "assets/web/figures/"
LIVE = re.compile(r"^ +live: *([\w-]+)$", re.M)
#: Chapter and name of each: what the blocks of the chapters ask for.
FIGURES = [
    pytest.param(place(source), name, id=name)
    for source in menu(ROOT)
    if source.startswith("part-")
    if source.endswith(".md")
    for name in LIVE.findall((ROOT / "docs" / source).read_text("utf-8"))
]
every_figure = pytest.mark.parametrize(("chapter", "name"), FIGURES)


def test_every_module_of_a_figure_is_used() -> None:
    modules = {file.stem for file in (ROOT / "scripts/loopbook/web/figures").glob("*.js")}
    assert modules == {figure.id for figure in FIGURES}


@every_figure
def test_without_scripts_and_in_print_the_picture_is_there(
    open_page: Open, come_to: Come, address: str, chapter: str, name: str
) -> None:
    page = open_page(address + chapter, java_script_enabled=False)
    picture = page.locator(f"loop-{name} svg[role=img]")
    picture.scroll_into_view_if_needed()
    assert picture.is_visible() and len(picture.get_attribute("aria-label") or "") > 40
    frame, inner = page.locator(f"loop-{name}").bounding_box(), picture.bounding_box()
    assert frame and inner and frame["height"] - inner["height"] < 20, "no empty room below"
    page = open_page(address + chapter)
    figure = come_to(page, name)
    assert not page.locator(f"loop-{name} svg[role=img]").is_visible()
    page.emulate_media(media="print")
    assert page.locator(f"loop-{name} svg[role=img]").is_visible()
    assert not figure.locator(".live").is_visible()


@every_figure
@pytest.mark.parametrize("width", [360, 480, 768, 1280])
def test_nothing_moves_when_it_comes_alive_and_words_are_large_enough(
    open_page: Open, come_to: Come, address: str, chapter: str, name: str, width: int
) -> None:
    page = open_page(address + chapter, viewport={"width": width, "height": 800})
    box = page.locator(f"loop-{name}")
    reserved = box.bounding_box()
    figure = come_to(page, name)
    now, live = box.bounding_box(), figure.locator(".live").bounding_box()
    assert reserved and now and live
    assert now["height"] == pytest.approx(reserved["height"], abs=1)
    assert now["height"] - live["height"] < 50, "and no room is wasted"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    words = figure.locator(".hint").bounding_box()
    caption = page.locator(f"figure:has(loop-{name}) figcaption > p").first.bounding_box()
    assert words and caption and words["x"] == pytest.approx(caption["x"], abs=0.5)
    sizes = figure.evaluate(
        "f => [...f.live.querySelectorAll('svg text:not(:empty)')]"
        ".map((t) => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a || 12)"
    )
    assert sizes and min(sizes) >= 11.99


@every_figure
def test_controls_are_named_and_large_enough_for_a_finger(
    open_page: Open, come_to: Come, address: str, chapter: str, name: str
) -> None:
    page = open_page(address + chapter, has_touch=True, viewport={"width": 360, "height": 800})
    figure = come_to(page, name)
    buttons = figure.get_by_role("button").or_(figure.get_by_role("slider")).all()
    assert buttons
    for button in buttons:
        box = button.bounding_box()
        assert box and min(box["width"], box["height"]) >= 24
        assert button.evaluate("b => b.ariaLabel || b.innerText || b.labels?.length || b.title")


@every_figure
def test_every_control_is_reached_by_tab(
    open_page: Open, come_to: Come, address: str, chapter: str, name: str
) -> None:
    page = open_page(address + chapter)
    figure = come_to(page, name)
    focusable = (
        "button:not(:disabled), input:not(:disabled, [type=radio]:not(:checked)), [tabindex='0']"
    )
    controls = figure.evaluate(
        "(f, all) => [...f.live.querySelectorAll(all)].filter((c) => c.checkVisibility()).length",
        focusable,
    )
    figure.evaluate("(f, all) => f.live.querySelector(all).focus()", focusable)
    reached = 0
    while figure.evaluate("f => f.shadowRoot.activeElement !== null"):
        reached += 1
        assert reached <= controls
        page.keyboard.press("Tab")
    assert 0 < reached == controls


@every_figure
def test_without_its_module_it_stays_the_picture(
    browser: Browser, address: str, chapter: str, name: str
) -> None:
    with contextlib.closing(browser.new_page()) as page:
        page.route(f"**/{MODULES}*", lambda route: route.abort())
        page.goto(address + chapter)
        page.locator(f"loop-{name}").scroll_into_view_if_needed()
        page.locator(f"loop-{name}:not([data-figure])").wait_for()
        assert page.locator(f"loop-{name} svg[role=img]").is_visible()


@every_figure
def test_works_under_a_strict_policy_and_asks_no_other_host(
    browser: Browser, site: Path, chapter: str, name: str
) -> None:
    policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'"
    asked: list[str] = []
    blocked: list[str] = []
    with (
        served(site, {"Content-Security-Policy": policy}) as address,
        contextlib.closing(browser.new_page()) as page,
    ):
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda said: blocked.append(f"{said.location['url']} {said.text}"))
        page.goto(address + chapter)
        page.locator(f"loop-{name}").scroll_into_view_if_needed()
        page.locator(f"loop-{name} .live").wait_for()
    assert any(MODULES in url for url in asked)
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert not [words for words in blocked if "assets/web" in words]

"""Formulas on the built pages: what is heard, what is printed, and how wide they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page

from loopbook.browser.chromium import executable
from loopbook.browser.visit import visit

CHAPTER = "part-1/2-linear-regression/"
#: Everything is laid out, folds are open.
ALL = """() => {
  document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  return document.fonts.ready.then(() => true);
}"""
#: Displayed formulas and the room that they have, with whether the keyboard reaches their box.
BOXES = """() => [...document.querySelectorAll("div.arithmatex")].map(
  (box) => [box.scrollWidth - box.clientWidth, box.tabIndex, box.textContent.slice(0, 60)])"""
#: Formulas that reach over the sides of the window, those in boxes that scroll aside.
OUTSIDE = """() => {
  const sides = {left: 0, right: document.documentElement.clientWidth};
  return [...document.querySelectorAll("mjx-math")].filter((formula) => {
    const {left, right, width} = formula.getBoundingClientRect();
    const scrolls = formula.closest(".md-typeset__scrollwrap, div.arithmatex[tabindex]");
    return width && !scrolls && (left < sides.left - 1 || right > sides.right + 1);
  }).map((formula) => formula.textContent);
}"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["", CHAPTER, "notation/", "blocks/"])
def test_no_formula_makes_a_phone_scroll_sideways(phone: Page, address: str, path: str) -> None:
    phone.goto(address + path)
    phone.add_style_tag(content=".stretch {content-visibility: visible !important}")
    phone.evaluate(ALL)
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 360
    assert phone.evaluate(OUTSIDE) == []
    for over, tab, words in phone.evaluate(BOXES):
        assert over <= 0 or tab == 0, f"not reached by keyboard: {words}"


def test_a_wide_formula_scrolls_in_its_own_box_by_keyboard(phone: Page, address: str) -> None:
    phone.goto(address + CHAPTER)
    box = phone.locator("div.arithmatex[tabindex]").first
    box.evaluate("(box) => { box.style.width = '60px'; box.scrollIntoView(); box.focus(); }")
    assert box.evaluate("(box) => box === document.activeElement")
    phone.keyboard.press("ArrowRight")
    phone.wait_for_timeout(300)
    assert box.evaluate("(box) => box.scrollLeft") > 0
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_screen_readers_are_given_the_mathematics(
    browser: Browser, address: str, site: Path
) -> None:
    """Chromium as it is when a screen reader asks: the far parts of a page are there too."""
    kind = browser.browser_type
    listening = kind.launch(
        executable_path=executable(SimpleNamespace(chromium=kind)),
        args=["--force-renderer-accessibility"],
    )
    page = listening.new_page()
    page.goto(address + "notation/")
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    listening.close()
    seen = [node for node in nodes if not node["ignored"]]
    roles = [node["role"]["value"] for node in seen]
    html = (site / "notation/index.html").read_text("utf-8")
    assert roles.count("MathMLMath") == html.count("<math") > 100
    assert {"MathMLFraction", "MathMLSup", "MathMLIdentifier", "MathMLOver"} <= set(roles)
    said = [node["name"]["value"] for node in seen if node["role"]["value"] == "StaticText"]
    italic = "\N{MATHEMATICAL ITALIC SMALL ETA}"  # as browsers show a MathML identifier
    assert said.count("η") + said.count(italic) == html.count("<mi>η</mi>") > 5, "said once each"


def test_formulas_are_whole_on_paper(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 680, "height": 960})  # A4 between its margins
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(address + CHAPTER)
    page.evaluate(ALL)
    cut = [words for over, _, words in page.evaluate(BOXES) if over > 0]
    assert (page.evaluate(OUTSIDE), cut) == ([], [])
    context.close()


def test_the_fonts_of_a_chapter_are_small(browser: Browser, address: str, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    fonts: set[str] = set()
    page.on(
        "request",
        lambda request: fonts.add(request.url) if request.resource_type == "font" else None,
    )
    traffic = visit(page, address + CHAPTER)
    page.add_style_tag(content=".stretch {content-visibility: visible !important}")
    page.evaluate(ALL)
    traffic.settle()
    assert len(fonts) > 5
    assert sum((site / url.removeprefix(address)).stat().st_size for url in fonts) <= 28_000
    context.close()

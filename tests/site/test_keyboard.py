"""All that can be used is reached by the Tab key, once, in order, and shows that it is."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

CHAPTER = "part-1/2-linear-regression/"

#: Numbers what takes part, in the order of the page: what is seen and can be used.
NUMBER = """() => {
  const usable = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]";
  // Tab stops once in a group of radio buttons: at the chosen one, or else at the first.
  const inGroup = (name) =>
    document.querySelector(`[name="${name}"]:checked`) ?? document.querySelector(`[name="${name}"]`);
  const seen = [...document.querySelectorAll(usable)].filter((element) =>
    element.tabIndex >= 0 && !element.disabled && !element.hidden
    && element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: false})
    && !(element.type === "radio" && element !== inGroup(element.name)));
  seen.forEach((element, index) => { element.dataset.stop = index; });
  return seen.map((element) => element.outerHTML.slice(0, 90));
}"""
#: Where the focus is, and whether a ring around it stands out from what it lies on.
FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const shown = element.matches("input.md-option") ? element.nextElementSibling : element;
  const style = getComputedStyle(shown);
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const luminance = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    const line = [r, g, b].map((v) => v / 255)
      .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return a < 128 ? null : 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2];
  };
  let below = parseFloat(style.outlineOffset) >= 0 ? shown.parentElement : shown;
  while (below && luminance(getComputedStyle(below).backgroundColor) === null) {
    below = below.parentElement;
  }
  const ground = luminance(getComputedStyle(below ?? document.body).backgroundColor);
  const ring = luminance(style.outlineColor);
  const [high, low] = ring > ground ? [ring, ground] : [ground, ring];
  return {
    stop: element.dataset.stop ?? null,
    html: element.outerHTML.slice(0, 120),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1.5
      && ring !== null && (high + 0.05) / (low + 0.05) >= 3,
  };
}"""


def opened(
    browser: Browser, url: str, theme: Literal["light", "dark"] = "light", width: int = 1280
) -> Page:
    context = browser.new_context(
        color_scheme=theme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    return page


def walk(page: Page) -> tuple[list[str], list[str]]:
    """Go through a page with Tab; what was left out or out of order, and what showed no ring."""
    wanted = page.evaluate(NUMBER)
    order, dull = [], []
    for _ in range(len(wanted) + 20):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUS)
        if here is None or (order and here["stop"] == order[0]):
            break
        order.append(here["stop"] or here["html"])
        if not here["ring"]:
            dull.append(here["html"])
    missed = [html for index, html in enumerate(wanted) if str(index) not in order]
    extra = [stop for stop in order if not stop.isdigit()]
    stops = [int(stop) for stop in order if stop.isdigit()]
    late = [wanted[b] for a, b in zip(stops, stops[1:], strict=False) if b <= a]
    assert len(order) > 3
    return [*missed, *extra, *late], dull


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", ["", CHAPTER])
def test_tab_reaches_all_in_order_and_shows_it(
    browser: Browser, address: str, name: str, theme: Literal["light", "dark"], width: int
) -> None:
    page = opened(browser, address + name, theme, width)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    page.wait_for_timeout(200)
    wrong, dull = walk(page)
    assert wrong == []
    assert dull == []
    page.context.close()

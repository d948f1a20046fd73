"""All that can be used is reached by the Tab key, once, in order, and shows that it is."""

from __future__ import annotations

import io
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from loopbook.audit.barriers import UNFOLD
from loopbook.browser.visit import visit

CHAPTER = "part-1/2-linear-regression/"
MOST = 3000  # stops on a page, lest a trap hold the test

#: What was left out of a walk, and what came before something that stands above it.
COMPARE = """() => {
  const usable = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]";
  // Tab stops once in a group of radio buttons: at the chosen one, or else at the first.
  const inGroup = (name) =>
    document.querySelector(`[name="${name}"]:checked`)
    ?? document.querySelector(`[name="${name}"]`);
  const all = (root) => [...root.querySelectorAll("*")].flatMap((element) =>
    element.shadowRoot ? [element, ...all(element.shadowRoot)] : [element]);
  const order = new Map(all(document).map((element, index) => [element, index]));
  const wanted = [...order.keys()].filter((element) =>
    element.matches(usable) && element.tabIndex >= 0 && !element.disabled && !element.hidden
    && element.checkVisibility({visibilityProperty: true})
    && !(element.type === "radio" && element !== inGroup(element.name)));
  const walked = new Set(window.walked);
  const words = (element) => element.outerHTML.slice(0, 90);
  return {
    count: wanted.length,
    missed: wanted.filter((element) => !walked.has(element)).map(words),
    late: window.walked.filter((element, i) => i
      && order.get(element) < order.get(window.walked[i - 1])).map(words),
  };
}"""
#: Where the focus is, and whether a ring around it stands out from what it lies on.
FOCUS = """() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (!element || element === document.body) return null;
  const shown = element.matches("input.md-option") ? element.nextElementSibling : element;
  if (window.walked.includes(element)) return null;
  window.walked.push(element);
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
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1.5
    && ring !== null && (high + 0.05) / (low + 0.05) >= 3;
  if (!outlined) window.dull.push(element);
  return {html: element.outerHTML.slice(0, 120), ring: outlined};
}"""


def opened(
    browser: Browser, url: str, theme: Literal["light", "dark"] = "light", width: int = 1280
) -> Page:
    context = browser.new_context(
        color_scheme=theme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    visit(page, url)
    return page


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """How much two colours differ in light, from 1 to 21."""

    def light(colour: tuple[int, ...]) -> float:
        line = [v / 255 for v in colour[:3]]
        line = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in line]
        return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def looks_the_same(page: Page, index: int) -> bool:
    """Whether a drawn element, such as a handle of a figure, shows no ring of its own when
    focused: fewer than 40 points around it change by a contrast of 3."""
    element = f"window.dull[{index}]"
    box = page.evaluate(f"""() => {{
      {element}.focus();
      {element}.scrollIntoView({{block: "center", behavior: "instant"}});
      const {{x, y, width, height}} = {element}.getBoundingClientRect();
      return {{x: x - 8, y: y - 8, width: width + 16, height: height + 16}};
    }}""")
    box |= {"x": max(box["x"], 0), "y": max(box["y"], 0)}
    shots = []
    for change in ("focus", "blur"):
        page.evaluate(f"{element}.{change}()")
        shot = page.screenshot(clip=box, animations="disabled", caret="hide")
        shots.append(Image.open(io.BytesIO(shot)).convert("RGB"))
    points = zip(*(shot.get_flattened_data() for shot in shots), strict=True)
    return sum(contrast(a, b) >= 3 for a, b in points if a != b) < 40


def walk(page: Page) -> tuple[list[str], list[str]]:
    """Go through a page with Tab; what was left out or out of order, and what showed no ring."""
    page.evaluate(UNFOLD)
    page.evaluate("window.walked = [], window.dull = []")
    dull = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUS)
        if here is None:
            break
        if not here["ring"]:
            dull.append(here["html"])
    seen = page.evaluate(COMPARE)
    assert seen["count"] > 3
    dull = [html for index, html in enumerate(dull) if looks_the_same(page, index)]
    return [*seen["missed"], *seen["late"]], dull


@pytest.mark.parametrize(("theme", "width"), [("light", 360), ("dark", 1280)])
@pytest.mark.parametrize("name", ["", CHAPTER])
def test_tab_reaches_all_in_order_and_shows_it(
    browser: Browser, address: str, name: str, theme: Literal["light", "dark"], width: int
) -> None:
    page = opened(browser, address + name, theme, width)
    wrong, dull = walk(page)
    assert wrong == []
    assert dull == []
    page.context.close()


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("<button style='outline: none'>a</button>", "a</button>"),
        ("<button style='outline: 2px solid #eee'>a</button>", "a</button>"),
        ("<button tabindex=2>a</button>", "first"),
        ("<button onfocus='this.blur(); b.focus()'>a</button>", "a</button>"),
    ],
)
def test_what_the_keyboard_cannot_do_is_seen(browser: Browser, broken: str, fault: str) -> None:
    page = browser.new_page()
    page.set_content(
        "<style>:focus { outline: 2px solid #005 }</style><body style='background: #fff'>"
        f"<button>first</button>{broken}<button id=b>b</button><button>c</button><button>d</button>"
    )
    wrong, dull = walk(page)
    assert any(fault in html for html in [*wrong, *dull])
    page.close()


def test_the_first_stop_skips_to_the_text(browser: Browser, address: str) -> None:
    page = opened(browser, address + CHAPTER)
    page.keyboard.press("Tab")
    skip = page.locator("a.md-skip")
    assert skip.evaluate("(link) => link === document.activeElement") and skip.is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")
    page.context.close()


def test_keys_open_menu_and_search_and_folds_and_change_colours(
    browser: Browser, address: str
) -> None:
    page = opened(browser, address + CHAPTER, width=360)
    for name in ("drawer", "search"):
        for key in ("Enter", "Space"):
            page.locator(f"button.md-header__button[for=__{name}]").first.focus()
            page.keyboard.press(key)
            assert page.locator(f"#__{name}").is_checked(), f"{key} on {name}"
            page.evaluate("(id) => document.getElementById(id).click()", f"__{name}")
    page.locator("[data-book=palette] input").first.focus()
    before = page.evaluate("__md_get('__palette')?.index")
    page.keyboard.press("Enter")
    assert page.evaluate("__md_get('__palette').index") != before
    page.locator("article details.predict summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("article details.predict").first.get_attribute("open") is not None
    page.context.close()


@pytest.mark.parametrize("late", [0, 1000])
def test_rows_of_buttons_are_no_landmarks_whichever_script_is_first(
    browser: Browser, address: str, late: int
) -> None:
    """The theme adds the rows; the parts of the book's own script start before it, or after."""
    page = browser.new_page()
    page.add_init_script(
        f"const soon = setTimeout; setTimeout = (f, ms, ...rest) => soon(f, ms || {late}, ...rest)"
    )
    page.goto(f"{address}part-1/lab-1-crop-yields/")
    row = page.locator(".md-code__nav").first
    row.wait_for(state="attached")
    assert (row.get_attribute("role") is None) == bool(late), "the other one was first"
    expect(row).to_have_attribute("role", "none", timeout=20_000)
    page.close()

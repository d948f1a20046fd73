"""No page has a barrier that axe-core knows, in either theme, wide or narrow, folds open."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from loopbook.audit.barriers import UNFOLD, barriers
from loopbook.audit.places import menu, place
from loopbook.browser.visit import visit

ROOT = Path(__file__).resolve().parents[2]
PAGES = [place(source) for source in menu(ROOT)]
#: The theme moves and fades things; their colours on the way are not what is read.
STILL = "* { transition: none !important; animation: none !important }"


def opened(
    browser: Browser, url: str, theme: Literal["light", "dark"] = "light", width: int = 1280
) -> Page:
    """A page with all of its folds open."""
    context = browser.new_context(
        color_scheme=theme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    visit(page, url)
    page.add_style_tag(content=STILL)
    page.evaluate(UNFOLD)
    return page


# Each theme once and each width once: colours do not depend on the width.
@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 360)])
@pytest.mark.parametrize("name", [*PAGES, "404.html"])
def test_page_has_no_barrier_and_fits(
    browser: Browser, address: str, name: str, theme: Literal["light", "dark"], width: int
) -> None:
    page = opened(browser, address + name, theme, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(page) == []
    page.context.close()


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ("<p><button style='width: 9px'>a</button><button style='width: 9px'>b</button>",
         "target-size"),
        ("<button></button>", "button-name"),
        ("<p style='color: #999; background: #fff'>pale</p>", "color-contrast"),
        ("<div style='overflow: auto; height: 2em'><p>a<p>b<p>c<p>d</div>",
         "scrollable-region-focusable"),
        ("<table><tr><th></th></tr><tr><td>1</td></tr></table>", "empty-table-header"),
    ],
)  # fmt: skip
def test_barriers_are_seen(browser: Browser, broken: str, rule: str) -> None:
    page = browser.new_page()
    page.set_content(f"<html lang=en><title>A</title><main><h1>A</h1>{broken}</main></html>")
    assert any(found.startswith(f"{rule}:") for found in barriers(page))
    page.close()


def test_a_formula_is_a_header(browser: Browser) -> None:
    page = browser.new_page()
    table = "<table><tr><th><math><mi>x</mi></math></th></tr><tr><td>1</td></tr></table>"
    page.set_content(f"<html lang=en><title>A</title><main><h1>A</h1>{table}</main></html>")
    assert barriers(page) == []
    page.close()

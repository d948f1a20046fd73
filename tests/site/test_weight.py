"""What no clock decides: pages are light, ask no other host, and nothing moves while they load."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from loopbook.audit.limits import SHIFT, heavy
from loopbook.audit.places import addresses
from loopbook.audit.weight import weigh
from loopbook.browser.server import served
from loopbook.browser.visit import visit

PAGES = addresses(Path(__file__).resolve().parents[2])
PATHS = [*PAGES.values(), "part-1/self-test/", "notation/"]
#: Lines of a page's source that come one by one; those of the home page end below its listing.
LINES = 32
#: Sums up what moves, as a browser counts it, from the first line of a page on.
WATCH = """
  window.moved = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.moved += entry.value;
  }).observe({type: "layout-shift", buffered: true});
"""


def shift(browser: Browser, url: str, width: int) -> float:
    """How much of a page moves while it loads."""
    with browser.new_context(viewport={"width": width, "height": 823}) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        visit(page, url)
        return float(page.evaluate("window.moved"))


@pytest.mark.parametrize("name", PAGES)
def test_page_is_light_and_asks_nobody_else(browser: Browser, address: str, name: str) -> None:
    weight = weigh(browser, address + PAGES[name])
    assert len(weight.parts) > 3
    assert heavy(name, weight) == []


@pytest.mark.parametrize("width", [412, 1280])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_moves_while_a_page_loads(
    browser: Browser, address: str, path: str, width: int
) -> None:
    assert shift(browser, address + path, width) < SHIFT


@pytest.mark.parametrize("width", [412, 1280])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_moves_while_a_page_comes_line_by_line(
    browser: Browser, site: Path, path: str, width: int
) -> None:
    with served(site, slow_lines=LINES) as url:
        assert shift(browser, url + path, width) < SHIFT / 2


def test_what_is_heavy_or_elsewhere_or_moves_is_seen(browser: Browser, tmp_path: Path) -> None:
    noise = "".join(hashlib.sha256(bytes([i % 256, i // 256])).hexdigest() for i in range(15_000))
    picture = f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><!-- {noise} --></svg>"
    (tmp_path / "late.svg").write_text(picture)
    (tmp_path / "index.html").write_text(
        "<title>A</title><script src=late.js></script><div id=a></div><h1>Words that move</h1>"
        "<p>More words.<div style='height: 3000px'></div><img loading=lazy src=late.svg>"
        "<img src='http://127.0.0.2:9/x.png'>"
    )
    (tmp_path / "late.js").write_text(
        "setTimeout(() => document.getElementById('a').style.height = '300px', 300);"
    )
    with served(tmp_path) as url:
        weight = weigh(browser, url)
        assert weight.loaded < 10_000 < 400_000 < weight.read
        assert weight.hosts == ("127.0.0.2:9",)
        assert len(heavy("page", weight)) == 2
        assert shift(browser, url + "?late", 412) >= SHIFT

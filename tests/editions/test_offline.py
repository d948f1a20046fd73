"""The offline edition: opened from the file system in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

CHAPTER = "part-1/2-linear-regression.html"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that notes what was asked of any host, and every complaint."""
    context = browser.new_context()
    opened = context.new_page()
    faults: list[str] = []
    opened.on(
        "request",
        lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else faults.append(r.url),
    )
    opened.on("requestfailed", lambda request: faults.append(request.url))
    opened.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []


def test_the_home_page_leads_to_a_chapter(unpacked: Path, page: Page) -> None:
    page.goto((unpacked / "index.html").as_uri())
    page.locator('article a[href*="2-linear-regression"]').first.click()
    expect(page.locator("article h1")).to_contain_text("linear regression")
    assert page.url.startswith("file:") and page.url.partition("#")[0].endswith(".html")


def test_search_finds_without_a_server(unpacked: Path, page: Page) -> None:
    page.goto((unpacked / "notation.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("zero_grad", delay=20)
    found = page.locator(".md-search-result__link")
    expect(found.first).to_be_visible(timeout=15_000)
    chapter = found.and_(page.locator('[href*="2-linear-regression.html"]')).first
    expect(chapter).to_be_attached(timeout=15_000)
    page.goto(urljoin(page.url, str(chapter.get_attribute("href"))))
    expect(page.locator("article h1")).to_contain_text("linear regression")
    expect(page.locator("mark[data-md-highlight]").first).to_be_attached(timeout=15_000)


def test_formulas_have_their_fonts(unpacked: Path, page: Page) -> None:
    page.goto((unpacked / CHAPTER).as_uri())
    loaded = page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].filter((f) => f.status === 'loaded')"
        ".map((f) => f.family))"
    )
    assert any("MJX" in family for family in loaded)
    widths = page.evaluate(
        "[...document.querySelectorAll('mjx-container')].map((f) => f.getBoundingClientRect())"
        ".filter((box) => box.width > 4).length"
    )
    assert widths > 100


def test_interactive_figures_come_alive_and_compute(unpacked: Path, page: Page) -> None:
    page.goto((unpacked / CHAPTER).as_uri())
    rates = page.locator("loop-learning-rate")
    rates.scroll_into_view_if_needed()
    rates.get_by_role("spinbutton").fill("1")
    expect(rates.locator("[data-name=zone]")).to_have_text("jump for ever")
    for value in ("−1.4174", "−0.5706"):  # as torch has it: see the tests of the figures
        rates.get_by_role("button", name="Step").click()
        expect(rates.locator("[data-name=b]")).to_have_text(value)
    line = page.locator("loop-line")
    line.scroll_into_view_if_needed()
    slope = line.locator("[data-name=w]")
    before = slope.input_value()
    line.get_by_role("slider", name="turns the line").press("ArrowUp")
    expect(slope).not_to_have_value(before)


def test_every_link_of_every_page_leads_to_a_file(unpacked: Path) -> None:
    pages = {
        file: BeautifulSoup(file.read_text("utf-8"), "html.parser")
        for file in unpacked.rglob("*.html")
    }
    assert len(pages) >= 6
    count = 0
    for file, soup in pages.items():
        for tag in soup.select("a[href], link[href], script[src], img[src]"):
            raw = str(tag.get("href") or tag.get("src"))
            if tag.name == "link" and tag.get("rel") in (["canonical"], ["alternate"]):
                continue
            url, place = urldefrag(urljoin(file.as_uri(), raw))
            if not url.startswith("file:"):
                continue
            count += 1
            target = Path(unquote(urlsplit(url).path))
            assert target.is_file(), f"{file.name}: {raw}"
            if place and target in pages:
                assert pages[target].find(id=unquote(place)), f"{file.name}: {raw}"
    assert count > 100


def test_the_zip_is_the_same_twice(unpacked: Path, tmp_path: Path) -> None:
    from loopbook.editions.offline import pack

    assert pack(unpacked, tmp_path / "a.zip") == pack(unpacked, tmp_path / "b.zip") > 20
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()

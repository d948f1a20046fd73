"""What waits until it is needed: the search, and the parts of a chapter far from the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from loopbook.browser.visit import visit

CHAPTER = "part-1/2-linear-regression/"
RESULT = ".md-search-result__item"
#: Where each part of the chapter begins, and how high it is.
PARTS = """() => [...document.querySelectorAll(":is(.md-content__inner, .stretch) > *")].map(
  (part) => [part.getBoundingClientRect().top, part.offsetHeight])"""
SHIFTS = """() => new Promise((done) => new PerformanceObserver((list) => done(
  list.getEntries().reduce((sum, shift) => sum + shift.value, 0)
)).observe({type: "layout-shift", buffered: true}) || setTimeout(() => done(0), 500))"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def ready(page: Page) -> None:
    """Wait until the theme's script listens."""
    page.wait_for_function("() => 'component$' in window")


def asked_for(page: Page) -> list[str]:
    """The addresses of the search's files, as they are asked for from now on."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url.partition("?")[0]))
    return found


def of_search(urls: list[str]) -> list[str]:
    return sorted(url.split("/")[-1] for url in urls if "/workers/" in url or "search_index" in url)


def test_search_loads_when_it_is_opened_and_not_before(page: Page, address: str) -> None:
    urls = asked_for(page)
    visit(page, address + CHAPTER)
    ready(page)
    assert of_search(urls) == []
    page.keyboard.press("/")
    page.keyboard.type("gradient")
    expect(page.locator(RESULT).first).to_be_visible(timeout=30_000)
    index, worker = sorted(of_search(urls), reverse=True)
    assert index.startswith("search_index") or worker.startswith("search_index")
    assert page.inner_text(".md-search__suggest").startswith("gradient")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?h=gradient*")
    expect(page.locator("mark[data-md-highlight]").first).to_be_attached(timeout=30_000)


@pytest.mark.parametrize("way", ["click", "address"])
def test_search_opens_by_mouse_and_by_address(page: Page, address: str, way: str) -> None:
    if way == "address":
        page.goto(f"{address}?q=gradient")
    else:
        page.goto(address)
        ready(page)
        page.click(".md-search__input")
        page.keyboard.type("gradient")
    expect(page.locator(RESULT).first).to_be_visible(timeout=30_000)


def test_search_opens_on_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto(address)
    ready(page)
    page.tap(".md-header__button[for=__search]")
    page.keyboard.type("gradient")
    expect(page.locator(RESULT).first).to_be_visible(timeout=30_000)
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_parts_that_come_late_are_where_they_would_be_at_once(
    browser: Browser, address: str, width: int
) -> None:
    """The containment that goes with it moves nothing, whether or not a part is near."""
    found = []
    for css in ("content-visibility: visible", "contain: layout style paint"):
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto(address + CHAPTER)
        page.add_style_tag(
            content=f".stretch {{{css} !important;content-visibility: visible !important}}"
        )
        page.evaluate("() => document.fonts.ready")
        found.append(page.evaluate(PARTS))
        context.close()
    assert len(found[0]) > 200
    assert found[0] == found[1]


def test_far_parts_of_a_chapter_are_not_laid_out(page: Page, address: str) -> None:
    page.goto(address + CHAPTER)
    far = page.locator(".stretch > p mjx-math").last
    assert far.evaluate("(part) => part.checkVisibility({contentVisibilityAuto: true})") is False
    far.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    assert far.evaluate("(part) => part.checkVisibility({contentVisibilityAuto: true})") is True


def test_links_into_a_chapter_arrive_at_their_headings(page: Page, address: str) -> None:
    page.goto(address + CHAPTER)
    headings = page.evaluate(
        "() => [...document.querySelectorAll('.md-content h3[id]')].map(({id}) => id)"
    )
    for name in (headings[len(headings) // 2], headings[2], headings[-6]):
        for fresh in (True, False):
            if fresh:
                page.goto("about:blank")
            page.goto(f"{address}{CHAPTER}#{name}")
            page.wait_for_timeout(300)
            top = page.evaluate(
                "(id) => document.getElementById(id).getBoundingClientRect().top", name
            )
            assert 0 <= top < 200, (name, fresh)


def test_nothing_moves_while_the_page_loads_and_while_it_is_read(page: Page, address: str) -> None:
    visit(page, address + CHAPTER)
    for _ in range(60):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(20)
    assert page.evaluate("() => scrollY") > 20_000
    assert page.evaluate(SHIFTS) < 0.01

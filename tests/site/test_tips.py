"""Titles are shown by mouse, keyboard and touch, and are there again afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from loopbook.browser.visit import visit

CHAPTER = "part-1/2-linear-regression/"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(has_touch=True, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    visit(opened, address + CHAPTER)
    yield opened
    context.close()


def point_at(page: Page, element: Locator) -> None:
    """Point with the mouse, again if the page still moves below it."""
    for _ in range(10):
        page.mouse.move(1, 1)
        element.hover()
        page.wait_for_timeout(400)
        if page.locator(".tip").is_visible():
            return


def test_a_term_is_explained_under_the_mouse_and_no_longer_when_it_leaves(page: Page) -> None:
    term = page.locator("article a.term").first
    words = str(term.get_attribute("title"))
    point_at(page, term)
    expect(page.locator(".tip")).to_have_text(words)
    assert term.get_attribute("title") is None  # else the browser would show it as well
    assert term.get_attribute("aria-describedby") == "tip"
    page.locator("article h1").hover()
    expect(page.locator(".tip")).to_be_hidden()
    assert term.get_attribute("title") == words and not term.get_attribute("aria-describedby")


def test_the_focus_shows_it_and_escape_hides_it(page: Page) -> None:
    term = page.locator("article a.term").first
    words = str(term.get_attribute("title"))
    page.locator("article .tags").first.locator("a").last.focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if term.evaluate("term => term === document.activeElement"):
            break
    expect(page.locator(".tip")).to_have_text(words)
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_be_hidden()
    assert term.get_attribute("title") == words


def test_a_finger_shows_where_a_number_comes_from_and_hides_it_again(page: Page) -> None:
    value = page.locator("article .run-value").first
    words = str(value.get_attribute("title"))
    value.scroll_into_view_if_needed()
    value.tap()
    expect(page.locator(".tip")).to_have_text(words)
    value.tap()
    expect(page.locator(".tip")).to_be_hidden()


def test_the_box_stays_on_the_screen(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for term in page.locator("article a.term").all()[:8]:
        term.scroll_into_view_if_needed()
        point_at(page, term)
        expect(page.locator(".tip")).to_be_visible()
        box = page.locator(".tip").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360
        page.keyboard.press("Escape")
        page.mouse.move(1, 1)

"""Symbols in formulas and names in code point at each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from loopbook.blocks.book import Book
from loopbook.blocks.symbols import Symbol, occurs_in_code, symbols_of

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = "part-1/2-linear-regression/"
LIT = """() => [...CSS.highlights.get("symbol")].map((range) => [
  range.startContainer.parentElement.closest("mjx-math") ? "formula" : "code",
  range.toString().normalize("NFKD")])"""
# What stands before and behind each highlighted name.
AROUND = """() => [...CSS.highlights.get("symbol")].flatMap((range) => {
  const code = range.startContainer.parentElement.closest("code");
  if (!code) return [];
  const [before, after] = [new Range(), new Range()];
  before.setStart(code, 0);
  before.setEnd(range.startContainer, range.startOffset);
  after.setStart(range.endContainer, range.endOffset);
  after.setEnd(code, code.childNodes.length);
  return [[`${before}`.slice(-12), `${after}`.slice(0, 2)]];
})"""
# The middle of the first place on the screen where this text stands in this kind of element.
PLACE = """async ([selector, wanted]) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (const element of document.querySelectorAll(selector)) {
    if (element.closest(".symbols, mjx-script, mjx-mover") || !element.checkVisibility()) continue;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const at = node.data.normalize("NFKD").search(wanted);
      if (at < 0) continue;
      for (let times = 0; times < 3; times++) { // parts come to be laid out on the way
        node.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
        await frame();
      }
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const { x, y, width, height } = range.getBoundingClientRect();
      if (width) return [x + width / 2, y + height / 2];
    }
  }
}"""


def symbols() -> tuple[Symbol, ...]:
    return symbols_of((source, None) for source in Book(ROOT).sources())


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}{CHAPTER}")
        yield page
        assert not errors


@pytest.fixture
def page(opened: Page) -> Page:
    """The chapter, with nothing highlighted and its list of symbols folded."""
    opened.mouse.move(5, 5)
    opened.keyboard.press("Escape")
    opened.evaluate("document.querySelector('.symbols').open = false")
    return opened


def point(page: Page, selector: str, text: str) -> None:
    x, y = page.evaluate(PLACE, [selector, text])
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def test_every_name_of_the_notation_is_in_the_snippets() -> None:
    code = "\n".join(path.read_text("utf-8") for path in sorted(ROOT.glob("snippets/**/*.py")))
    names = {name for symbol in symbols() for name in symbol.names}
    assert {"lr", "y_hat", "loss", "w", "b", "X", "y", "N", "theta"} <= names
    assert not {name for name in names if not occurs_in_code(name, code)}


def test_every_symbol_of_a_list_is_on_the_notation_page(pages: dict[str, BeautifulSoup]) -> None:
    notation = {m.text for m in pages["notation/index.html"].select("mjx-math")}
    listed = pages[f"{CHAPTER}index.html"].select(".symbols tbody td:first-child mjx-math")
    assert len(listed) >= 10
    for symbol in listed:
        assert any(symbol.text in known for known in notation)


def test_every_chapter_lists_its_symbols(pages: dict[str, BeautifulSoup]) -> None:
    chapters = [path for path in pages if re.match(r"part-\d+/\d+-", path)]
    assert chapters and all(pages[path].select(".symbols tbody tr") for path in chapters)


def test_pointing_at_a_symbol_shows_its_name_in_the_listing(page: Page) -> None:
    # In the second run the rate is in the text right above its listing.
    page.locator("#a-rate-of-one-the-offset-jumps-for-ever").evaluate(
        "e => e.scrollIntoView({ behavior: 'instant' })"
    )
    point(page, "#a-rate-of-one-the-offset-jumps-for-ever + .stretch p mjx-math", "η")
    found = page.evaluate(LIT)
    assert {kind for kind, _ in found} == {"formula", "code"}
    assert {text for kind, text in found if kind == "code"} == {"lr"}
    assert {text for kind, text in found if kind == "formula"} == {"η"}
    expect(page.locator(".symbol-chip")).to_contain_text("learning rate")
    page.mouse.move(5, 5)
    expect(page.locator(".symbol-chip")).to_be_hidden()
    assert page.evaluate(LIT) == []


def test_pointing_at_a_name_shows_its_symbol(page: Page) -> None:
    point(page, "p > code", "^loss$")
    found = page.evaluate(LIT)
    assert {"loss"} == {text for kind, text in found if kind == "code"}
    assert {"L"} == {text for kind, text in found if kind == "formula"}


def test_names_in_comments_and_strings_are_words(page: Page) -> None:
    point(page, ".run-listing .c, .run-listing .c1", r"\bloss\b")
    assert page.evaluate(LIT) == []


def test_methods_are_not_the_symbol_of_their_name(page: Page) -> None:
    """``optimizer.step()`` is a call; ``step`` in a loop is the symbol, and ``self.w`` too."""
    page.locator(".symbols summary").click()
    for meaning in ("step, one update", "weight, one target", "mean loss over the data"):
        page.locator(".symbols tr", has_text=meaning).get_by_role("button").click()
        places = page.evaluate(AROUND)
        assert places
        for ahead, behind in places:
            assert not ahead.endswith(".") or ahead.endswith(("self.", "model.")), ahead
            assert not behind.startswith("("), behind
        if meaning.startswith("weight"):
            assert any(ahead.endswith("self.") for ahead, _ in places)


def test_hat_is_told_from_its_letter(page: Page) -> None:
    page.locator(".symbols summary").click()
    page.locator(".symbols tr", has_text="prediction").get_by_role("button").click()
    found = page.evaluate(LIT)
    assert {text for kind, text in found if kind == "code"} == {"y_hat"}
    assert all("y" in text and len(text) > 1 for kind, text in found if kind == "formula")


def test_list_shows_both_by_keyboard_and_says_so(page: Page) -> None:
    assert page.locator(".symbols button:visible").count() == 0, "folded: no stop on the way"
    page.locator(".symbols summary").press("Enter")
    button = page.locator(".symbols tr", has_text="learning rate").get_by_role("button")
    expect(button).to_have_accessible_name(re.compile("η.*lr.*highlight"))
    colour = "e => getComputedStyle(e).backgroundColor"
    before = button.evaluate(colour)
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert button.evaluate(colour) != before
    found = page.evaluate(LIT)
    assert {text for _, text in found} == {"η", "lr"}
    counts = [sum(kind == wanted for kind, _ in found) for wanted in ("formula", "code")]
    expect(page.locator(".symbols").get_by_role("status")).to_have_text(
        f"Highlighted in this chapter: {counts[0]} in formulas, {counts[1]} in code."
    )
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate(LIT) == []


def test_a_finger_shows_it_until_the_next_tap(browser: Browser, address: str) -> None:
    phone = {"width": 360, "height": 700}
    with browser.new_context(viewport=phone, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.goto(f"{address}{CHAPTER}")
        x, y = page.evaluate(PLACE, ["p mjx-math", "η"])
        page.touchscreen.tap(x, y)
        expect(page.locator(".symbol-chip")).to_contain_text("learning rate")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        x, y = page.evaluate(PLACE, ["h3", "Three dots"])
        page.touchscreen.tap(x, y)
        expect(page.locator(".symbol-chip")).to_be_hidden()


def test_symbols_add_no_elements_to_formulas_and_listings(page: Page) -> None:
    count = "document.querySelectorAll('article :is(mjx-container, .run-listing) *').length"
    before = page.evaluate(count)
    point(page, "p mjx-math", "η")
    assert page.evaluate(count) == before

"""Without scripts a page is whole, and dark where the reader's system is dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from loopbook.browser.visit import visit
from loopbook.site.scriptless import dark_rules

CHAPTER = "part-1/2-linear-regression/"
#: Colours of the page, of code, and of what the theme colours by itself.
COLOURS = """() => [...document.querySelectorAll(
    "body, .md-header, article h1, article p, article pre code, article a, .run, .highlight .k, "
    + ".highlight .s2, .highlight .c1, summary, .md-footer-meta, figure svg, .equation-side")]
  .reduce((seen, element) => {
    const style = getComputedStyle(element);
    const key = `${element.tagName} ${element.textContent.trim().slice(0, 60)}`;
    const colours = [style.color, style.backgroundColor, style.borderTopColor].join(" ");
    if (element.textContent.trim()) seen[key] ??= colours;
    return seen;
  }, {})"""
#: What is in the page but takes no room although nothing folds it away.
UNSEEN = """() => [...document.querySelectorAll(
    "article :is(p, figure, mjx-container, pre, table)")]
  .filter((element) => !element.closest("details:not([open])") && !element.getClientRects().length)
  .map((element) => element.outerHTML.slice(0, 80))"""


def opened(browser: Browser, url: str, **options: object) -> Page:
    page = browser.new_context(**options).new_page()  # type: ignore[arg-type]
    visit(page, url)
    # Of parts far down, which are laid out late, a browser may say nothing but its defaults.
    page.evaluate(
        "document.head.insertAdjacentHTML('beforeend',"
        " '<style>* { content-visibility: visible !important }</style>')"
    )
    return page


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_colours_without_scripts_are_those_with_scripts(
    browser: Browser, address: str, scheme: str
) -> None:
    url = address + CHAPTER
    plain = opened(browser, url, color_scheme=scheme, java_script_enabled=False)
    full = opened(browser, url, color_scheme=scheme)
    ours, theirs = plain.evaluate(COLOURS), full.evaluate(COLOURS)
    both = ours.keys() & theirs.keys()  # scripts add elements of their own
    assert len(both) > 200
    assert {key: ours[key] for key in both} == {key: theirs[key] for key in both}
    assert full.evaluate("document.body.dataset.mdColorScheme") == (
        "slate" if scheme == "dark" else "default"
    )
    plain.context.close()
    full.context.close()


def test_all_is_seen_without_scripts(browser: Browser, address: str) -> None:
    page = opened(browser, address + CHAPTER, java_script_enabled=False)
    assert page.evaluate(UNSEEN) == []
    assert page.locator("figure svg, figure img").first.is_visible()
    assert page.locator("mjx-container").first.is_visible()
    fold = page.locator("article details.predict").first
    answer = fold.locator("> :not(summary)").first
    assert not answer.is_visible()
    fold.locator("summary").first.click()
    assert answer.is_visible()
    page.context.close()


def test_without_scripts_nothing_is_offered_that_needs_them(browser: Browser, address: str) -> None:
    page = opened(browser, address + CHAPTER, java_script_enabled=False)
    offered = ".md-search, .md-header__button[for=__search], [data-book=palette] label, button"
    assert [e.inner_html() for e in page.locator(offered).all() if e.is_visible()] == []
    page.context.close()


def test_readers_with_scripts_do_not_load_the_sheet(browser: Browser, address: str) -> None:
    page = browser.new_context(color_scheme="dark").new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, address)
    assert asked and not [url for url in asked if "scriptless" in url]
    page.context.close()


@pytest.mark.parametrize(
    ("css", "wanted"),
    [
        ("[data-md-color-scheme=slate] { color: red }", "[data-md-color-scheme]{color: red}"),
        ('a, [data-md-color-scheme="slate"] b {x:y}', "a, [data-md-color-scheme] b{x:y}"),
        ("@media screen{[data-md-color-scheme=slate]{x:y} p{x:y}}",
         "@media screen{[data-md-color-scheme]{x:y}}"),
        (":is([data-md-color-scheme=slate], b) i{x:y}", ":is([data-md-color-scheme], b) i{x:y}"),
        (":not([data-md-color-scheme=slate]){x:y}", ""),
        ("[data-md-color-scheme=default]{x:y} p{color:slate}", ""),
    ],
)  # fmt: skip
def test_dark_rules(css: str, wanted: str) -> None:
    assert "".join(dark_rules(css)) == wanted


def test_the_sheet_lies_in_the_site(site: Path) -> None:
    text = (site / "assets/scriptless.css").read_text("utf-8")
    assert "--book-paper" in text and "--figure-0" in text and "--md-code-bg-color" in text

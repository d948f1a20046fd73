"""On paper a chapter is whole: light, unfolded, nothing cut off, and nothing to click."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from loopbook.browser.visit import visit

CHAPTER = "part-1/2-linear-regression/"
PAPER = 718  # pixels between the margins of a sheet of A4
COLOURS = """() => [...document.querySelectorAll(
    "body, article :is(h1, h2, p, figcaption, code, code span, summary, td, th, mjx-container), "
    + "article figure svg *")].map((element) => {
    const style = getComputedStyle(element);
    return [element.tagName, style.color, style.fill, style.stroke, style.display].join(" ");
  })"""
# The quizzes come after the other parts that add something to the text.
STARTED = """() => [...document.querySelectorAll(".quiz")].every(
  (quiz) => quiz.querySelector(".quiz-row"))"""
WIDE = """() => {
  const right = document.querySelector("article").getBoundingClientRect().right + 1;
  const cut = "article :is(.arithmatex, pre > code, samp, table, .run-picture)";
  return [...document.querySelectorAll(cut)].filter((box) =>
      box.getBoundingClientRect().right > right
      || (box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== "visible")
      || [...box.querySelectorAll("mjx-math")].some((f) => f.getBoundingClientRect().right > right))
    .map((box) => box.outerHTML.slice(0, 90));
}"""


def opened(
    browser: Browser, url: str, theme: Literal["light", "dark"], scripts: bool = True
) -> Page:
    """The chapter, as it is about to be printed."""
    context = browser.new_context(
        color_scheme=theme,
        viewport={"width": PAPER, "height": 1000},
        java_script_enabled=scripts,
    )
    page = context.new_page()
    visit(page, url + CHAPTER)
    if scripts:
        page.wait_for_function(STARTED)
    return page


def printed(page: Page) -> str:
    """The text on the sheets."""
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return packed("".join(sheet.extract_text() for sheet in reader.pages))


def packed(text: str) -> str:
    """A text without spaces, which a PDF does not keep, and hyphens, which ends of lines add."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def test_paper_is_light_whatever_the_theme(browser: Browser, address: str) -> None:
    colours = []
    for theme in ("light", "dark"):
        page = opened(browser, address, theme)  # type: ignore[arg-type]
        page.emulate_media(media="print", color_scheme=theme)  # type: ignore[arg-type]
        page.add_style_tag(content="* { transition: none !important }")
        colours.append(page.evaluate(COLOURS))
        assert page.evaluate("document.body.dataset.mdColorScheme") == (
            "default" if theme == "light" else "slate"
        )
        page.context.close()
    assert len(colours[0]) > 1000
    assert [pair for pair in zip(*colours, strict=True) if pair[0] != pair[1]] == []


@pytest.mark.parametrize("scripts", [True, False])
def test_all_is_printed_and_nothing_to_click(
    browser: Browser, address: str, site: Path, scripts: bool
) -> None:
    page = opened(browser, address, "light", scripts)
    words = printed(page)
    folded = page.locator("article details:not([open]):not(.run-birth) > p").all_text_contents()
    plain = [text for text in folded if re.fullmatch(r"[A-Za-z0-9 ,.:;?!-]{40,}", text)]
    assert len(plain) >= 3
    assert [text for text in plain if packed(text) not in words] == []
    for heading in ("Introduction", "Intuition", "Exercises", "Further reading"):
        assert packed(heading) in words
    for button in ("Skip to content", "Back to top", "Copy to clipboard", "Table of contents"):
        assert packed(button) not in words
    page.context.close()


def test_text_keeps_its_size_on_paper(browser: Browser, address: str) -> None:
    """A page that is too wide would make the browser shrink all of it."""
    page = opened(browser, address, "light")
    sizes: Counter[float] = Counter()

    def note(text: str, now: list[float], at: list[float], font: object, size: float) -> None:
        sizes[round(size * abs(at[3]) * abs(now[3]), 1)] += len(text.strip())

    edges = {edge: "25mm" for edge in ("top", "right", "bottom", "left")}
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", margin=edges)))
    for sheet in reader.pages[:20]:
        sheet.extract_text(visitor_text=note)
    (text, count), *_ = sizes.most_common()
    assert text == pytest.approx(10, abs=0.1)
    assert count > 0.3 * sizes.total()
    larger = sum(number for size, number in sizes.items() if 10.2 < size < 12)
    assert larger < 0.1 * sizes.total(), "what is aside is no larger than the text"
    page.context.close()


def test_the_answers_of_quizzes_are_printed(browser: Browser, address: str) -> None:
    page = opened(browser, address, "light")
    expect(page.locator(".quiz-answers").first).to_be_hidden()
    # The verdict may stand at the foot of a page, and its reasons on the next one.
    answers = page.locator(".quiz-answers > ol > li").all_text_contents()
    options = [text.partition(". ")[2] for text in answers]
    words = printed(page)
    plain = [text for text in options if re.fullmatch(r"\s*[A-Za-z0-9 ,.:;?!-]{40,}\s*", text)]
    assert len(plain) >= 5
    assert [text for text in plain if packed(text) not in words] == []
    page.context.close()


def test_nothing_is_wider_than_the_paper(browser: Browser, address: str) -> None:
    page = opened(browser, address, "light")
    page.emulate_media(media="print")
    assert page.evaluate(WIDE) == []
    page.evaluate("""document.querySelector("article div.arithmatex").style.minWidth = '90em'""")
    assert len(page.evaluate(WIDE)) == 1, "a box that is too wide is seen"
    page.context.close()

"""Part 1 on one page: it prints on one sheet of A4, whole and legible, and says what is true."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from loopbook.browser.visit import visit

ROOT = Path(__file__).resolve().parents[2]
PLACE = "part-1/one-page/"
A4 = (595, 842)  # points
SMALLEST = 7.5  # points
SYMPTOMS = 8
FORMULAS = {
    "mse", "gradient-vector", "hessian", "update-rule", "error-update", "rate-limit", "half-axis",
    "variance-without", "cloud-width", "best-forward", "best-central", "mistake-bound",
}  # fmt: skip

#: Whatever is cut off, or lies over something else, on the sheet.
WRONG = """(width) => {
  const found = [];
  const boxes = [...document.querySelectorAll(".poster-card")].map((card) => {
    const inner = card.getBoundingClientRect();
    for (const part of card.querySelectorAll("*")) {
      const { right, bottom, left, top } = part.getBoundingClientRect();
      if (right - left < 2 || bottom - top < 2 || part.closest("mjx-assistive-mml, defs")) continue;
      if (right > inner.right + 1 || bottom > inner.bottom + 1 || left < inner.left - 1)
        found.push("cut: " + part.outerHTML.slice(0, 90));
    }
    if (inner.right > width + 1) found.push("off the sheet: " + card.className);
    return inner;
  });
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
    if (a.left < b.right - 1 && b.left < a.right - 1
        && a.top < b.bottom - 1 && b.top < a.bottom - 1) found.push("two cards overlap");
  }));
  for (const code of document.querySelectorAll(".poster pre > code"))
    if (code.scrollWidth > code.clientWidth + 1 || /\\n.*\\n/.test(code.textContent) &&
        code.getBoundingClientRect().height / code.textContent.trim().split("\\n").length > 18)
      found.push("a line of code does not fit");
  const words = [...document.querySelectorAll(".poster text")]
    .map((text) => [text, text.getBoundingClientRect()]);
  words.forEach(([one, a], i) => words.slice(i + 1).forEach(([two, b]) => {
    if (a.left < b.right - 2 && b.left < a.right - 2
        && a.top < b.bottom - 4 && b.top < a.bottom - 4) found.push(
      `words overlap in the figure: ${one.textContent} / ${two.textContent}`);
  }));
  return found;
}"""


@pytest.fixture
def soup(pages: dict[str, BeautifulSoup]) -> BeautifulSoup:
    return pages[f"{PLACE}index.html"]


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    with browser.new_context(color_scheme=request.param) as context:
        page = context.new_page()
        visit(page, f"{address}{PLACE}")
        yield page


def sheet_of(page: Page) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("asked", [{"prefer_css_page_size": True}, {"format": "A4"}])
def test_it_prints_on_exactly_one_sheet_of_a4(page: Page, asked: dict[str, Any]) -> None:
    sheets = PdfReader(io.BytesIO(page.pdf(**asked))).pages
    assert len(sheets) == 1
    box = sheets[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(A4, abs=1)


def test_there_is_room_to_spare_for_other_fonts(page: Page) -> None:
    """Readers' fonts are wider or narrower than ours: a few lines more still fit."""
    lower = "@media print {{ .poster {{ margin-top: {} !important }} }}"
    page.add_style_tag(content=lower.format("11mm"))  # 8 more than it has
    assert len(sheet_of(page).pages) == 1
    page.add_style_tag(content=lower.format("40mm"))
    assert len(sheet_of(page).pages) == 2, "a sheet that is too full is seen"


def test_words_on_paper_are_large_enough(page: Page) -> None:
    sizes: dict[float, str] = {}

    def note(text: str, now: list[float], at: list[float], font: dict | None, size: float) -> None:
        scale = math.hypot(*at[2:4]) * math.hypot(*now[2:4])  # words at an axis may stand upright
        if text.strip() and (font or {}).get("/BaseFont"):  # the fonts of formulas have no name
            sizes.setdefault(round(size * scale, 2), text.strip()[:40])

    sheet_of(page).pages[0].extract_text(visitor_text=note)
    assert len(sizes) > 3
    assert {size: text for size, text in sizes.items() if size < SMALLEST} == {}


def test_formulas_on_paper_are_legible_down_to_their_indices(page: Page) -> None:
    page.emulate_media(media="print")
    sizes = page.locator(".poster mjx-container").evaluate_all(
        "all => all.map((e) => parseFloat(getComputedStyle(e).fontSize) * 0.75)"
    )
    assert len(sizes) > 30 and min(sizes) >= SMALLEST
    main = page.locator(".poster-formulas mjx-container").evaluate_all(
        "all => all.map((e) => parseFloat(getComputedStyle(e).fontSize) * 0.75)"
    )
    assert 0.707 * min(main) >= SMALLEST  # what stands in an index or in a fraction


def test_nothing_is_cut_or_lies_over_something_else(page: Page) -> None:
    width = round((210 - 2 * 9) / 25.4 * 96)
    page.set_viewport_size({"width": width, "height": 1054})
    page.emulate_media(media="print")
    assert page.evaluate(WRONG, width) == []
    page.add_style_tag(content=".poster-run { margin-top: -2cm } .poster-cures { width: 12cm }")
    assert len(page.evaluate(WRONG, width)) >= 2, "what overlaps is seen"


def test_paper_has_everything_but_hints_for_the_screen(page: Page, soup: BeautifulSoup) -> None:
    words = re.sub(r"\s", "", sheet_of(page).pages[0].extract_text())
    for title in soup.select(".poster h2"):
        assert re.sub(r"\s|#", "", title.get_text()) in words
    for cell in soup.select(".poster td:not(:has(mjx-container))"):
        assert re.sub(r"\s", "", cell.get_text()) in words
    assert "Prints" not in words and "download" not in words and "Howthisfigure" not in words


@pytest.mark.parametrize(("width", "columns"), [(1280, 2), (360, 1)])
def test_cards_stand_beside_each_other_where_there_is_room(
    browser: Browser, address: str, width: int, columns: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        visit(page, f"{address}{PLACE}")
        lefts = page.locator(".poster-card").evaluate_all(
            "all => new Set(all.map((e) => Math.round(e.getBoundingClientRect().left))).size"
        )
        assert lefts == columns
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.get_by_text("Prints on one sheet").is_visible()


def test_every_formula_leads_to_its_equation(soup: BeautifulSoup) -> None:
    items = soup.select(".poster-formulas li")
    links = [link for item in items for link in item.select("a.reference")]
    assert len(links) == len(items)
    assert {str(link["href"]).partition("#")[2] for link in links} == FORMULAS
    for item in items:
        assert item.select_one("strong") and item.select_one("mjx-container")


def test_formulas_are_those_of_the_chapters(soup: BeautifulSoup) -> None:
    """Each right side, without what only spaces or sizes it, stands in the labelled equation."""
    assert soup

    def plain(tex: str) -> str:
        tex = re.sub(r"\\underbrace\{(.*?)\}_\{\([^{}]*\)\}", r"\1", tex)
        tex = tex.replace(r"^\top", r"\T").replace("&", "")
        tex = re.sub(r"\\(?:[,;!]|bigl|bigr|Bigl|Bigr|tfrac|dfrac|frac)", "", tex)
        return re.sub(r"[\s{}\\/]|quad", "", tex)

    chapters = "\n".join(
        path.read_text("utf-8") for path in sorted((ROOT / "docs/part-1").glob("[0-9]-*.md"))
    )
    text = (ROOT / "docs/part-1/one-page.md").read_text("utf-8")
    items = re.findall(r"^- \*\*.*?\*\* \$(.*)\$ \[\[ #([\w-]+)\]\]$", text, re.M)
    assert {label for _, label in items} == FORMULAS
    compared = 0
    for tex, label in items:
        block = re.search(rf"/// equation \| {label}\n(.*?)\n *///", chapters, re.S)
        assert block
        if label in {"mse", "error-update", "best-forward", "best-central", "half-axis"}:
            continue  # written in another form here: evaluated below
        right = re.split(r"(?<!\\)[=<]|\\le(?!ft)", tex)[-1]
        assert plain(right) in plain(block[1]), label
        compared += 1
    assert compared == 7


def test_formulas_in_another_form_mean_the_same() -> None:
    sympy = pytest.importorskip("sympy")
    h, f, eps, m2, m3, c = sympy.symbols("h f epsilon M_2 M_3 c", positive=True)
    forward = m2 / 2 * h + eps * f / h
    central = m3 / 6 * h**2 + eps * f / (2 * h)
    best = sympy.sqrt(2 * eps * f / m2), sympy.cbrt(3 * eps * f / (2 * m3))
    for error, step in zip((forward, central), best, strict=True):
        assert sympy.simplify(sympy.diff(error, h).subs(h, step)) == 0
    flat, steep = sympy.symbols("lambda_flat lambda_steep", positive=True)
    ratio = sympy.sqrt(2 * c / flat) / sympy.sqrt(2 * c / steep)
    assert sympy.simplify(ratio - sympy.sqrt(steep / flat)) == 0
    eta, e = sympy.symbols("eta e")
    H = sympy.Matrix([[2, 1], [1, 2]])
    for value, _, (vector,) in H.eigenvects():
        step = e * vector - eta * H * (e * vector)
        assert sympy.simplify(step - (1 - eta * value) * e * vector) == sympy.zeros(2, 1)


def test_the_loop_is_that_of_chapter_1_2(soup: BeautifulSoup, pages: dict) -> None:
    chapter = pages["part-1/2-linear-regression/index.html"]
    listing = soup.select_one(".poster-loop pre code")
    assert isinstance(listing, Tag)
    code = listing.get_text().strip()
    assert any(code in each.get_text() for each in chapter.select(".run-listing pre code"))
    assert re.findall(r"# (\d)\.", code) == ["1", "2", "3", "4"]
    assert len(soup.select(".poster-loop > ol > li")) == 5


def test_symptoms_are_eight_and_each_cure_leads_to_its_section(soup: BeautifulSoup) -> None:
    rows = soup.select(".poster-cures tbody tr")
    assert len(rows) == SYMPTOMS
    targets = [row.select_one("td:last-child a") for row in rows]
    assert all(link is not None and "#" in str(link["href"]) for link in targets)
    for card in soup.select(".poster-card"):
        assert card.select_one('a[href*="../"]'), card["class"]


def test_numbers_are_those_of_the_runs(soup: BeautifulSoup) -> None:
    cells = soup.select(".poster-run tbody td:not(:first-child), .poster-zones tbody td")
    assert len(cells) == 12 + 12
    for cell in cells:
        assert cell.select_one(".run-value"), cell
    gaps = (ROOT / "snippets/part-1/2-linear-regression/five_ways.out").read_text("utf-8")
    found = dict(re.findall(r"^([\w.\- ]+?): .*largest gap (\S+)$", gaps, re.M))
    assert len(found) == 5
    assert float(found["vectorised"]) == max(map(float, found.values())), "the one that is shown"

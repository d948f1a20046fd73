"""The PDF: its numbers, contents, links and figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser
from pypdf import PdfReader

from loopbook.editions.bind import bind
from loopbook.editions.leaves import leaves
from loopbook.editions.pdf import write_pdf
from loopbook.errors import BookError


@pytest.fixture(scope="module")
def reader(pdf: Path) -> PdfReader:
    return PdfReader(pdf)


@pytest.fixture(scope="module")
def texts(reader: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_the_contents_name_the_page_on_which_each_chapter_begins(
    site: Path, texts: list[str]
) -> None:
    numbered = [leaf for leaf in leaves(site) if leaf.number]
    assert numbered
    for leaf in numbered:
        title = leaf.name
        entry = re.search(re.escape(title) + r"\s*(\d+)", texts[1])
        assert entry, title
        assert texts[int(entry[1]) - 1].startswith(title)


def test_a_number_is_said_once_and_lists_keep_theirs(site: Path, texts: list[str]) -> None:
    names = [leaf.name for leaf in leaves(site)]
    assert any(name.startswith("Lab 1: ") for name in names)
    assert any(name.startswith("1.2 ") for name in names)
    (first,) = (text for text in texts if "What makes one line better than another, and" in text)
    assert "1. What makes one line better than another" in first


def test_every_page_but_the_first_carries_its_number(texts: list[str]) -> None:
    wrong = [number for number, text in enumerate(texts, 1) if not text.endswith(str(number))]
    assert wrong == []


def test_links_within_the_book_lead_to_pages(reader: PdfReader) -> None:
    places = reader.named_destinations
    inner, outer = 0, set()
    for page in reader.pages:
        for link in page.get("/Annots", []):
            link = link.get_object()
            if "/Dest" in link:
                assert str(link["/Dest"]).removeprefix("/") in {
                    name.removeprefix("/") for name in places
                }
                inner += 1
            elif "/A" in link:
                outer.add(str(link["/A"].get_object()["/URI"]))
    assert inner > 100
    assert outer and all(url.startswith("https://") for url in outer), outer


def test_the_outline_has_chapters_and_sections(reader: PdfReader) -> None:
    def flat(items: object) -> list[str]:
        assert isinstance(items, list)
        return [t for i in items for t in (flat(i) if isinstance(i, list) else [str(i.title)])]

    titles = flat(reader.outline)
    assert any(re.match(r"1\.2 ", title) for title in titles)
    assert any(re.match(r"1\.2\.3 ", title) for title in titles)


def test_hints_and_solutions_stand_at_the_end_and_answers_where_they_are_asked(
    site: Path,
) -> None:
    bound = BeautifulSoup(bind(leaves(site), "Book", "").page({}), "html.parser")
    moved = bound.select("#answers details.solution")
    assert len(moved) == len(bound.select("section.exercise")) > 0
    assert not bound.select("section.exercise details.solution")
    assert all(fold.has_attr("open") for fold in bound.select("details"))
    assert bound.select("main > .leaf:not(#answers) details.predict")
    for exercise in bound.select("section.exercise"):
        assert exercise.select_one(f'a[href="#{exercise["id"]}--answer"]')


def test_no_place_of_the_bound_book_has_the_name_of_another(site: Path) -> None:
    bound = BeautifulSoup(bind(leaves(site), "Book", "").page({}), "html.parser")
    names = [str(element["id"]) for element in bound.find_all(id=True)]
    assert len(names) == len(set(names)) > 200


def test_figures_are_drawn_and_no_text_is_cut_off(reader: PdfReader, texts: list[str]) -> None:
    whole = " ".join(texts)
    letters = whole.replace(" ", "")
    assert "x,ageinyears" in letters and "y,heightincm" in letters  # text of figures is text
    assert "Figure 1.2.1." in whole and "(1.2.1)" in whole
    assert "element 0 of tensors does not require grad and does not have a grad_fn" in whole


def test_a_missing_file_is_an_error_that_names_it(
    site: Path, browser: Browser, tmp_path: Path
) -> None:
    for part in site.iterdir():
        if part.name != "notation":
            (tmp_path / part.name).symlink_to(part, target_is_directory=part.is_dir())
    (tmp_path / "notation").mkdir()
    page = (site / "notation" / "index.html").read_text("utf-8")
    broken = page.replace("</h1>", '</h1><img src="../lost.png" alt="">', 1)
    (tmp_path / "notation" / "index.html").write_text(broken, "utf-8")
    with pytest.raises(BookError, match=r"would lack the file \S+lost\.png"):
        write_pdf(browser, tmp_path, tmp_path / "book.pdf")
    assert not (tmp_path / "book.pdf").exists()


def test_without_a_site_the_error_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    with pytest.raises(BookError, match="not built"):
        write_pdf(browser, tmp_path, tmp_path / "book.pdf")

"""Figures that come alive: what the page holds for them, and how wrong ones are answered."""

from __future__ import annotations

import json

import pytest

FIGURE = (
    "/// figure | fall.py: loss\n    alt: A curve.\n    live: line\n    data: given.py: my dots\n"
    "It falls.\n///\n"
)
PRINTED = 'my dots: {"x": [0.5, 1e-7], "name": "</script><b>"}\nother: 1\n'


@pytest.fixture
def book(tiny_book):
    """The tiny book, with a script that prints data."""
    tiny_book.script("given.py", '"""Prints."""\n', PRINTED)
    tiny_book.record("given.py", PRINTED)
    return tiny_book


def test_element_holds_the_picture_and_the_printed_data(book) -> None:
    page = book.page(FIGURE)
    element = page.select_one("figure#fall-loss > loop-line.run-live[data-figure=line]")
    assert element.has_attr("data-search-exclude")
    assert element.select_one(".run-picture > svg[role=img]")["aria-label"] == "A curve."
    scripts = page.find_all("script")
    assert [script["type"] for script in scripts] == ["application/json"]
    data = json.loads(PRINTED.splitlines()[0].partition(": ")[2])
    assert json.loads(scripts[0].string) == data
    assert "</script><b>" not in str(scripts[0])
    assert page.select_one("figure > figcaption").text.strip().startswith("Figure 1.2.1. It falls.")


def test_fold_out_names_the_module_and_the_script_of_the_data(book) -> None:
    paragraphs = book.page(FIGURE).select("figcaption > details.run-birth > p")
    assert [code.text for code in paragraphs[1].select("code")] == ["line.js", "given.py"]
    assert paragraphs[1].a["href"].endswith("/2-tiny/given.py")
    page = book.page(FIGURE.replace("    data: given.py: my dots\n", ""))
    paragraphs = page.select("figcaption > details.run-birth > p")
    assert [code.text for code in paragraphs[1].select("code")] == ["line.js"]
    page = book.page("/// figure | fall.py: loss\n    alt: A curve.\nIt falls.\n///\n")
    assert len(page.select("details.run-birth > p")) == 1


def test_a_live_figure_may_need_no_data_and_others_are_as_before(book) -> None:
    page = book.page(FIGURE.replace("    data: given.py: my dots\n", ""))
    assert page.select_one("loop-line svg") and not page.find("script")
    page = book.page("/// figure | fall.py: loss\n    alt: A curve.\nIt falls.\n///\n")
    assert page.select_one("figure > .run-picture") and not page.select_one("[data-figure]")


@pytest.mark.parametrize(
    ("written", "instead", "message", "cure"),
    [
        ("live: line", "live: lime", "no interactive figure “lime”", "“line”"),
        ("    live: line\n", "", "only an interactive figure takes data", "live: …"),
        ("given.py: my dots", "given.py: my dot", "prints no line of data called", "“my dots”"),
        ("given.py: my dots", "given.py", "a line that a script prints", "data: file.py: words"),
        ("given.py: my dots", "give.py: my dots", "no script “give.py”", "“given.py”"),
    ],
)
def test_what_is_not_there_is_an_error_with_line_and_cure(
    book, written: str, instead: str, message: str, cure: str
) -> None:
    error = book.error(FIGURE.replace(written, instead))
    assert message in error.message and cure in error.cure
    assert error.line == 1 and error.file == "docs/part-1/2-tiny.md"


@pytest.mark.parametrize(
    ("printed", "message"),
    [
        ("my dots: [1, 2\n", "is not JSON"),
        ("my dots: [1]\nmy dots: [2]\n", "prints 2 lines of data"),
        ("my dots: [NaN]\n", "is not JSON"),
    ],
)
def test_data_that_cannot_be_read_are_an_error(book, printed: str, message: str) -> None:
    book.script("given.py", '"""Prints."""\n', printed)
    book.record("given.py", printed)
    assert message in book.error(FIGURE).message

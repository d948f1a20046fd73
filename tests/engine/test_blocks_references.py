"""Labels, references and the glossary: what a page refers to exists, once."""

from __future__ import annotations

import pytest

from loopbook.blocks.glossary import Glossary, plain
from loopbook.errors import BookError

FIGURE = "/// figure | fall.py: {}\n    alt: A curve.\n    label: {}\nIt falls.\n///\n\n"
OTHER = "part-2/10-later.md"
BORROW = "---\nsnippets: part-1/2-tiny\n---\n"


def test_figures_are_numbered_in_order_within_their_chapter(tiny_book) -> None:
    page = tiny_book.page(FIGURE.format("loss", "a") + FIGURE.format("path", "b"))
    assert [e.text for e in page.select("figcaption strong")] == ["Figure 1.2.1.", "Figure 1.2.2."]
    page = tiny_book.page(FIGURE.format("loss", "c"), OTHER, BORROW)
    assert page.select_one("figcaption strong").text == "Figure 2.10.1."


def test_pages_outside_of_parts_number_plainly(tiny_book) -> None:
    page = tiny_book.page(FIGURE.format("loss", "c"), "guide.md", BORROW)
    assert page.select_one("figcaption strong").text == "Figure 1."


def test_reference_on_the_same_page_may_come_before_its_figure(tiny_book) -> None:
    page = tiny_book.page(
        "See [[#b]].\n\n" + FIGURE.format("loss", "a") + FIGURE.format("path", "b")
    )
    link = page.find("a", "reference")
    assert (link.text, link["href"]) == ("Figure 1.2.2", "#b")


def test_reference_to_another_chapter_is_a_link_to_its_file(tiny_book) -> None:
    tiny_book.html(FIGURE.format("loss", "a"))
    page = tiny_book.page("See [[#a]] and [[the curve|#a]].", OTHER)
    links = [(link.text, link["href"]) for link in page.select("a.reference")]
    href = "../part-1/2-tiny.md#a"
    assert links == [("Figure 1.2.1", href), ("the curve", href)]


def test_default_label_of_a_figure_is_its_script_and_its_name(tiny_book) -> None:
    figure = "/// figure | fall.py: loss\n    alt: A.\nB.\n///\n"
    assert tiny_book.page(figure).find("figure")["id"] == "fall-loss"


def test_unknown_label_is_an_error_with_the_nearest(tiny_book) -> None:
    error = tiny_book.error("A.\n\nSee [[#fall-los]].\n\n" + FIGURE.format("loss", "fall-loss"))
    assert error.line == 3 and "“fall-loss”" in error.cure


def test_label_twice_on_a_page_is_an_error_naming_both_places(tiny_book) -> None:
    error = tiny_book.error(FIGURE.format("loss", "a") + FIGURE.format("path", "a"))
    assert error.line == 7 and "docs/part-1/2-tiny.md:1" in error.message


def test_label_twice_in_the_book_is_an_error_naming_both_places(tiny_book) -> None:
    tiny_book.html(FIGURE.format("loss", "a"))
    error = tiny_book.error("Later.\n\n" + FIGURE.format("loss", "a"), OTHER, BORROW)
    assert (error.file, error.line) == (f"docs/{OTHER}", 6)
    assert "docs/part-1/2-tiny.md:1" in error.message


@pytest.mark.parametrize("label", ["two words", "1st", 'a"b', "<b>"])
def test_label_has_plain_signs_only(tiny_book, label: str) -> None:
    assert "not a label" in tiny_book.error(FIGURE.format("loss", label)).message


def test_reference_in_a_formula_is_an_error(tiny_book) -> None:
    error = tiny_book.error("$x [[#a]]$\n\n" + FIGURE.format("loss", "a"))
    assert "stands in a formula" in error.message


def test_reference_in_a_head_is_plain_words(tiny_book) -> None:
    text = "/// recall | What does [[#a]] show?\nIt.\n///\n\n" + FIGURE.format("loss", "a")
    summary = tiny_book.page(text).find("summary")
    assert summary.text == "Recall What does Figure 1.2.1 show?" and summary.find("a") is None


def test_error_on_another_page_names_that_page(tiny_book) -> None:
    tiny_book.write(f"docs/{OTHER}", "A.\n\n/// figur | x\n///\n")
    error = tiny_book.error("[[#a]]")
    assert (error.file, error.line) == (f"docs/{OTHER}", 3)


# --- the glossary

GLOSSARY = """\
# Glossary

## Gradient

All partial derivatives, as one vector ($\\nabla L$).
It points *uphill*.

## Learning rate

How far one **step** goes, e.g. `Adam`'s 0.1; see [gradient](#gradient). More.

## Mean squared error (MSE)

The mean of the squares of
the errors.

## Entropy

Of a die.

## Batch { #the-batch }

Some samples, drawn as in [[Gradient|gradient]]

## Matrix

A table.

```
## Not a term
```

## Empty
"""


@pytest.fixture
def with_terms(tiny_book):
    tiny_book.write("docs/glossary.md", GLOSSARY)
    return tiny_book


@pytest.mark.parametrize(
    ("inner", "shown", "anchor"),
    [
        ("gradient", "gradient", "gradient"),
        ("Gradients", "Gradients", "gradient"),
        ("steepness|gradient", "steepness", "gradient"),
        ("learning rates", "learning rates", "learning-rate"),
        ("MSE", "MSE", "mean-squared-error-mse"),
        ("mean squared errors", "mean squared errors", "mean-squared-error-mse"),
        ("Mean squared error (MSE)", "Mean squared error (MSE)", "mean-squared-error-mse"),
        ("entropies", "entropies", "entropy"),
        ("batches", "batches", "the-batch"),
        ("matrices", "matrices", "matrix"),
        ("learning\nrate", "learning rate", "learning-rate"),
    ],
)
def test_term_is_found_in_capitals_and_in_the_plural(with_terms, inner, shown, anchor) -> None:
    link = with_terms.page(f"A [[{inner}]].").find("a", "term")
    assert (link.text, link["href"]) == (shown, f"../glossary.md#{anchor}")


def test_anchor_of_a_term_is_the_one_that_its_heading_has(with_terms) -> None:
    html = with_terms.html(GLOSSARY, "glossary.md")
    for anchor in ("gradient", "learning-rate", "mean-squared-error-mse", "the-batch"):
        assert f'id="{anchor}"' in html
    assert 'class="term" href="#gradient"' in html


@pytest.mark.parametrize(
    ("term", "meaning"),
    [
        ("gradient", "All partial derivatives, as one vector (nabla L)."),
        ("learning rate", "How far one step goes, e.g. Adam's 0.1; see gradient."),
        ("MSE", "The mean of the squares of the errors."),
        ("batch", "Some samples, drawn as in Gradient"),
    ],
)
def test_tooltip_is_the_first_sentence_in_plain_words(with_terms, term, meaning) -> None:
    assert with_terms.page(f"[[{term}]]").find("a")["title"] == meaning


def test_unknown_term_is_an_error_with_the_nearest(with_terms) -> None:
    error = with_terms.error("A.\n\nThe [[gradiant]].\n")
    assert error.line == 3 and "“Gradient”" in error.cure


def test_term_without_a_text_is_an_error(with_terms) -> None:
    assert "has no text" in with_terms.error("[[empty]]").message


def test_heading_in_a_fence_is_no_term(with_terms) -> None:
    assert "no term" in with_terms.error("[[not a term]]").message


def test_term_without_a_glossary_is_an_error(tiny_book) -> None:
    assert "docs/glossary.md" in tiny_book.error("[[gradient]]").message


def test_term_of_two_headings_is_an_error() -> None:
    glossary = Glossary.read("## Rate (of a step)\n\nA.\n\n## Rate (of decay)\n\nB.\n")
    with pytest.raises(BookError, match="may be"):
        glossary.find("rates")


@pytest.mark.parametrize("inner", ["a|b|c", "|", " "])
def test_brackets_that_say_nothing_are_an_error(with_terms, inner: str) -> None:
    assert with_terms.error(f"[[{inner}]]").line == 1


def test_plain_words_keep_what_is_no_markup() -> None:
    assert plain("`w_hat` and snake_case, 2 * 3 * 4, **b** _c_ ![d](e)") == (
        "w_hat and snake_case, 2 * 3 * 4, b c d"
    )

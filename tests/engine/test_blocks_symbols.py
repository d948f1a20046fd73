"""The list of a chapter's symbols, from the notation's table, the formulas and the listings."""

from __future__ import annotations

import pytest

from loopbook.blocks.symbols import occurs_in_code

NOTATION = r"""
| symbol | meaning | shape | in code |
|---|---|---|---|
| $\eta$ | learning rate | scalar | `lr` |
| $\hat y$ | prediction | as $y$ | `y_hat` |
| $y^{(i)}$ | a *target* | $(K,)$ | `y[i]` |
| $L(\theta)$ | cost | scalar | `loss` |
| $w$ | weight | scalar | `w`, `model.weight` |
| $\ell$ | loss of one sample | scalar | |
| $D,\ K$ | counts | integers | |

| $B$ | of another table | | `lr` |
"""
PROGRAM = '"""Falls."""\n\nlr = 0.1\nloss = y_hat = w = 0\nmodelyweight = 1\n'


@pytest.fixture
def book(tiny_book):
    tiny_book.write("docs/notation.md", NOTATION)
    tiny_book.script("fall.py", PROGRAM)
    return tiny_book


def listed(book, text: str) -> list[list[str]]:
    page = book.page(f"{text}\n\n/// code | fall.py\n///\n\n/// symbols\n///\n")
    rows = page.select(".symbols tbody tr")
    return [[td.get_text() for td in row.select("td")[:2]] for row in rows]


def test_symbols_of_formulas_and_listings_are_listed_in_the_tables_order(book) -> None:
    rows = listed(book, r"Let $L = wx$, then $w \leftarrow w - \eta L'$.")
    assert rows == [[r"\(\eta\)", "lr"], [r"\(L\)", "loss"], [r"\(w\)", "w"]]


def test_hat_belongs_to_its_letter(book) -> None:
    assert [r"\(\hat y\)", "y_hat"] in listed(book, r"$$\hat{y} = 1$$")
    assert listed(book, r"$\hat y = w$")[-1] == [r"\(w\)", "w"]


def test_letters_of_commands_and_words_are_no_symbols(book) -> None:
    assert listed(book, r"$\eta\,\text{w L}\leftarrow 1$") == [[r"\(\eta\)", "lr"]]


def test_names_in_comments_and_strings_are_words(book) -> None:
    book.write("docs/notation.md", NOTATION.replace("`lr`", "`r`, `lr`").replace("`y_hat`", "`q`"))
    book.script("fall.py", PROGRAM + 'label = r"q"  # q\n')
    assert listed(book, r"$\eta$ and $\hat y$") == [[r"\(\eta\)", "lr"]]


def test_chapter_without_common_symbols_cannot_list_them(book) -> None:
    error = book.error("$B$\n\n/// symbols\n///\n")
    assert error.line == 3 and "share no symbol" in error.message


@pytest.mark.parametrize(
    ("name", "code", "there"),
    [
        ("w", "w.grad", True),
        ("w", "new_w = 1", False),
        ("model.weight", "model.weight.data", True),
        ("model.weight", "model_weight", False),
        ("lr", "SGD(p, lr=0.1)", True),
        ("step", "optimizer.step()", False),
        ("step", "step (1)", False),
        ("step", "for step in (1, 2):", True),
        ("w", "self.w * X", True),
        ("w", "other.w * X", False),
        ("model.parameters", "SGD(model.parameters())", True),
    ],
)
def test_a_name_is_found_as_a_whole(name: str, code: str, there: bool) -> None:
    assert occurs_in_code(name, code) is there

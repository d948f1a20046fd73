"""A run's number is found by the words before it, and only where one number answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopbook.blocks.number import for_math, for_prose, formatted
from loopbook.blocks.values import find_value, printed_values, short_key
from loopbook.errors import BookError

RUN = """\
start: w = -0.5672, b = -0.5706
epoch  1: loss 2.4249, w = -0.3928, b = -0.6553
epoch 10: loss 0.6422, w = 0.7292, b = -0.9486
epoch 50: loss 0.0119, w = 1.9213, b = -0.9940
wrong shape: loss 1.3659, w = 0.0000
condition number: 2.2 million
limit of the rate: 1.117e-04
loss nan after 3 steps
tensor([0.5153, -0.4414], requires_grad=True)
17,909 is the largest eigenvalue; version 2.13.0 of x1
"""
TABLE = """\
some text
lr     w after 100  b after 100
0.001  0.8382       0.8934
0.01   2.2193       1.0283

          MAE  MSE
--------  ---  ----
by hand   1.0  2.5%
autograd  3.0  diverges

epoch 1   loss 7
"""


def find(key: str, printed: str = RUN) -> str:
    return find_value(printed, key, "run.py").text


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("epoch 50 loss", "0.0119"),
        ("50 loss", "0.0119"),
        ("epoch 50: w", "1.9213"),
        ("epoch 50 loss 0.0119 w", "1.9213"),
        ("epoch 1 b", "-0.6553"),
        ("start: w =", "-0.5672"),
        ("start b", "-0.5706"),
        ("wrong shape w", "0.0000"),
        ("wrong w", "0.0000"),
        ("number", "2.2"),
        ("limit of the rate", "1.117e-04"),
        ("rate", "1.117e-04"),
        ("loss nan after", "3"),
        ("tensor", "0.5153"),
        ("tensor 0.5153", "-0.4414"),
    ],
)
def test_key_names_the_number_behind_its_words(key: str, value: str) -> None:
    assert find(key) == value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("0.01 w after 100", "2.2193"),
        ("0.001 b after 100", "0.8934"),
        ("0.001 b", None),
        ("by hand MAE", "1.0"),
        ("autograd MAE", "3.0"),
        ("by hand MSE", "2.5"),
        ("MSE", "2.5"),
        ("epoch 1 loss", "7"),
        ("0.001", None),
    ],
)
def test_key_of_a_tables_cell_is_its_row_and_its_column(key: str, value: str | None) -> None:
    if value is None:
        with pytest.raises(BookError, match="prints no number"):
            find(key, TABLE)
    else:
        assert find(key, TABLE) == value


def test_complete_key_wins_over_longer_ones_that_end_like_it() -> None:
    assert find("loss", "loss 1.5\nfinal loss 2.5\n") == "1.5"


def test_key_with_nothing_left_out_wins_over_one_with_gaps() -> None:
    assert find("best cost", "best: w 1, cost 2\nthe best cost 3, w 4\n") == "3"


def test_key_of_a_nameless_number_ends_right_before_it() -> None:
    assert find("epoch 50", "at epoch 50 0.0119 3\n") == "0.0119"


@pytest.mark.parametrize("key", ["w", "epoch loss", "b"])
def test_ambiguous_key_is_an_error_that_lists_longer_ones(key: str) -> None:
    with pytest.raises(BookError, match=r"prints \d numbers") as caught:
        find(key)
    assert f"epoch 10 {key.split()[-1]}" in caught.value.cure


def test_lines_that_no_key_tells_apart_are_an_error_that_says_so() -> None:
    with pytest.raises(BookError) as caught:
        find("loss", "loss 1\nloss 2\n")
    assert "more words before it" in caught.value.cure


@pytest.mark.parametrize(
    ("key", "near"), [("epoch 50 los", "epoch 50 loss"), ("limit of rates", "limit of the rate")]
)
def test_unknown_key_is_an_error_with_the_nearest(key: str, near: str) -> None:
    with pytest.raises(BookError, match="prints no number") as caught:
        find(key)
    assert f"“{near}”" in caught.value.cure


@pytest.mark.parametrize("key", ["epoch 5 loss", "epoch", "", ":", "epoch 50 million", "lr 1"])
def test_what_was_not_printed_is_not_found(key: str) -> None:
    if key == "epoch":
        with pytest.raises(BookError, match="prints 3 numbers"):
            find(key)
    else:
        with pytest.raises(BookError, match="prints no number"):
            find(key)


def test_number_in_a_key_belongs_to_the_word_before_it() -> None:
    with pytest.raises(BookError):
        find("epoch 1 w", "epoch 50: lr 1, w 3\n")


def test_version_and_name_are_no_numbers() -> None:
    texts = [value.text for value in printed_values("version 2.13.0 of x1, y2 = 3., 4e5\n")]
    assert texts == ["3.", "4e5"]


def test_thousands_are_one_number() -> None:
    assert [value.text for value in printed_values("sum 17,909 of 1,2")] == ["17,909", "1", "2"]


words = st.sampled_from(["loss", "w", "b", "epoch", "best line", "η", "mean of y"])
numbers = st.one_of(
    st.integers(-999, 999).map(str),
    st.floats(-10, 10, allow_nan=False).map(lambda x: f"{x:.4f}"),
    st.floats(1e-9, 1e9).map(lambda x: f"{x:.3e}"),
)
fields = st.tuples(words, st.sampled_from([" ", " = ", ": ", "="]), numbers)
lines = st.lists(fields, min_size=1, max_size=4).map(
    lambda line: ", ".join(f"{word}{sign}{number}" for word, sign, number in line)
)


@given(st.lists(lines, min_size=1, max_size=6))
def test_every_number_printed_is_found_and_answers_to_its_complete_key(printed: list[str]) -> None:
    text = "\n".join(printed)
    values = printed_values(text)
    assert [v.text for v in values] == [
        part.split()[-1] for line in printed for part in line.replace("=", " ").split(", ")
    ]
    for value in values:
        assert value.answers(value.full)
        same = [other for other in values if other.full == value.full]
        if len(same) == 1:
            assert find_value(text, " ".join(value.full), "x.py") is value


@given(st.lists(lines, min_size=1, max_size=6))
def test_key_that_is_proposed_is_one_that_works(printed: list[str]) -> None:
    text = "\n".join(printed)
    values = printed_values(text)
    for value in values:
        if sum(other.full == value.full for other in values) == 1:
            assert find_value(text, short_key(value, values), "x.py") is value


@given(st.text(max_size=200), st.text(min_size=1, max_size=20))
def test_any_text_and_any_key_give_a_number_of_the_text_or_an_error(text: str, key: str) -> None:
    try:
        value = find_value(text, key, "x.py")
    except BookError:
        return
    assert value.text in text


@pytest.mark.parametrize(
    ("printed", "prose", "math"),
    [
        ("0.0119", "0.0119", "0.0119"),
        ("-0.99", "−0.99", "-0.99"),
        ("1.117e-04", "1.117·10⁻⁴", r"1.117\cdot10^{-4}"),
        ("-2.2e+06", "−2.2·10⁶", r"-2.2\cdot10^{6}"),
        ("1e-12", "10⁻¹²", "10^{-12}"),
        ("-1e-3", "−10⁻³", "-10^{-3}"),
        ("17,909", "17,909", "17{,}909"),
        ("nan", "nan", r"\mathrm{NaN}"),
        ("-inf", "−inf", r"-\infty"),
        ("5.0%", "5.0%", r"5.0\%"),
    ],
)
def test_number_is_set_for_prose_and_for_formulas(printed: str, prose: str, math: str) -> None:
    assert (for_prose(printed), for_math(printed)) == (prose, math)


@pytest.mark.parametrize(
    ("printed", "form", "shown"),
    [
        ("12.654", ".2f", "12.65"),
        ("17,909", ".3g", "1.79e+04"),
        ("1234567", ",d", "1,234,567"),
        ("0.125", ".1%", "12.5%"),
        ("-0.5", "", "-0.5"),
        ("2.0", "+.1f", "+2.0"),
    ],
)
def test_number_is_formatted(printed: str, form: str, shown: str) -> None:
    assert formatted(printed, form) == shown


@pytest.mark.parametrize("form", ["2f", "abs", ".2", "x", "s", "{0}", ".999f", "d"])
def test_what_is_no_format_for_the_number_is_an_error(form: str) -> None:
    with pytest.raises(BookError):
        formatted("1.5", form)


def test_value_in_prose_says_where_it_was_printed(tiny_book) -> None:
    span = tiny_book.page("Loss [[fall.py: epoch 10 loss]].").find("span")
    assert span["class"] == ["run-value"] and span.text == "0.0119"
    assert span["title"] == "printed by fall.py: epoch 10: loss 0.0119, w = 1.9213"


def test_value_keeps_to_its_place(tiny_book) -> None:
    page = tiny_book.page(
        """
        # Loss [[fall.py: epoch 10 loss]]

        $w = [[fall.py: epoch 1 w]]$ and ![w is [[fall.py: epoch 1 w]]](x.png) and **[[fall.py: done
        in]]**, $[[fall.py: done in]]$

        $$
        w = [[fall.py: epoch 1 w]]
        $$

        | a | b |
        |---|---|
        | [[fall.py: epoch 10 w | .1f]] | x |

        [link [[fall.py: epoch 10 w]]](x.md)

        <p title="[[fall.py: epoch 1 w]]">[[fall.py: epoch 1 w]]</p>

        /// predict | Is $w$ [[fall.py: epoch 1 w]]?
        Yes.
        ///

            indented [[fall.py: epoch 1 w]]

        Note.[^1]

        [^1]: Note [[fall.py: epoch 10 w]].
        """
    )
    assert page.find("h1").text == "Loss 0.0119" and page.find("h1")["id"] == "loss-00119"
    inline = [span.text for span in page.select("span.arithmatex")]
    assert inline == [r"\(w = -0.5\)", r"\(3\cdot10^{-4}\)", r"\(w\)"]
    assert page.find("img")["alt"] == "w is −0.5"
    assert page.find("strong").text == "3·10⁻⁴"
    assert page.find("div", "arithmatex").text == "\\[\nw = -0.5\n\\]"
    assert page.find("td").text == "1.9"
    assert page.find("a", href="x.md").text == "link 1.9213"
    assert page.find("p", title="-0.5").text == "-0.5"
    assert page.find("summary").text == r"Predict Is \(w\) −0.5?"
    assert page.find("pre").text.strip() == "indented [[fall.py: epoch 1 w]]"
    assert page.select_one(".footnote .run-value").text == "1.9213"
    assert "\ue000" not in str(page)


def test_error_of_a_value_names_the_line_in_a_head_and_in_a_caption(tiny_book) -> None:
    text = (
        "Text.\n\n/// figure | fall.py: loss\n    alt: A [[fall.py: {}]]\nB [[fall.py: {}]].\n///\n"
    )
    assert tiny_book.error(text.format("nothing", "done")).line == 4
    assert tiny_book.error(text.format("done in", "nothing")).line == 5


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("fall.py", "does not say which number"),
        ("fal.py: w", "no script “fal.py”"),
        ("fall.py: epoch 10 w | .2q", "not a format"),
        ("other.py: w", "no other.out"),
    ],
)
def test_value_that_cannot_be_found_is_an_error(tiny_book, inner: str, said: str) -> None:
    tiny_book.script("other.py", "print()\n")
    error = tiny_book.error(f"A.\n\nB [[{inner}]].\n")
    assert error.line == 3 and said in error.message


def test_value_that_forgot_the_ending_of_its_script_is_an_error_that_says_so(tiny_book) -> None:
    tiny_book.write("docs/glossary.md", "## Rate\n\nHow fast.\n")
    assert "[[file.py: key]]" in tiny_book.error("A [[fall: epoch 10 w]].").cure


def test_printed_text_cannot_break_out_of_the_title(tiny_book) -> None:
    tiny_book.script("odd.py", "print()\n", '"><script>alert(1)</script> a & b: x 1\n')
    page = tiny_book.page("[[odd.py: x]]")
    assert page.find("script") is None
    assert "<script>" in page.find("span")["title"]

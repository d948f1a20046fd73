"""Equations, exercises, folded answers and downloads; and the whole of a long chapter."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

CHAPTER = "part-1/2-tiny"
TESTS = f"tests/{CHAPTER}"


# --- equations

EQUATION = "/// equation | slope\n$$\nw = 1\n$$\n///\n"
TEST = 'import pytest\n\n\n@pytest.mark.equation("slope")\ndef test_slope(): ...\n'


def test_equation_carries_its_number_and_a_link_to_its_test(tiny_book) -> None:
    tiny_book.write(f"{TESTS}/test_fall.py", TEST)
    equation = tiny_book.page(EQUATION + "\n[[#slope]]").select_one("div.equation#slope")
    assert equation.select_one(".arithmatex").text == "\\[\nw = 1\n\\]"
    assert equation.select_one(".equation-number").text == "(1.2.1)"
    mark = equation.find("a")
    assert (mark.text, mark["title"]) == ("✓", "checked by test_slope")
    assert mark["href"] == "../tests/part-1/2-tiny/test_fall.py"


def test_reference_to_an_equation_has_its_number_in_parentheses(tiny_book) -> None:
    tiny_book.write(f"{TESTS}/test_fall.py", TEST)
    assert tiny_book.page("[[#slope]]\n\n" + EQUATION).find("a").text == "Equation (1.2.1)"


def test_marks_are_found_on_classes_parameters_and_whole_files(tiny_book) -> None:
    tiny_book.write(
        f"{TESTS}/test_more.py",
        """
        from pytest import mark
        import pytest
        pytestmark = pytest.mark.equation("slope")
        @mark.equation("offset")
        class TestOffset:
            def test_a(self): ...
        @pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.equation("third"))])
        def test_b(x): DEEP
        """.replace("DEEP", f"{'-' * 1500}1"),
    )
    names = ("slope", "offset", "third")
    page = tiny_book.page("\n".join(EQUATION.replace("slope", name) for name in names))
    titles = [link["title"] for link in page.select(".equation-check")]
    assert titles == [
        "checked by test_more.py",
        "checked by TestOffset",
        "checked by test_b",
    ]


def test_equation_that_no_test_evaluates_is_an_error(tiny_book) -> None:
    error = tiny_book.error("A.\n\n" + EQUATION)
    assert error.line == 3 and '@pytest.mark.equation("slope")' in error.cure


def test_mark_of_another_chapter_does_not_count(tiny_book) -> None:
    tiny_book.write("tests/part-1/3-other/test_fall.py", TEST)
    assert "no test evaluates" in tiny_book.error(EQUATION).message


def test_mark_without_its_equation_is_an_error_in_the_test(tiny_book) -> None:
    tiny_book.write(f"{TESTS}/test_fall.py", TEST + TEST.replace('"slope"', '"slop"'))
    error = tiny_book.error(EQUATION)
    assert (error.file, error.line) == (f"{TESTS}/test_fall.py", 9)
    assert "“slope”" in error.cure


def test_mark_with_the_label_of_a_figure_is_an_error(tiny_book) -> None:
    tiny_book.write(f"{TESTS}/test_fall.py", TEST.replace('"slope"', '"fall-loss"'))
    error = tiny_book.error("/// figure | fall.py: loss\n    alt: A.\nB.\n///\n")
    assert error.file == f"{TESTS}/test_fall.py" and "no chapter has" in error.message


@pytest.mark.parametrize("label", ["name", '"a", "b"', "label='slope'", '"slo" "pe" + x', ""])
def test_label_of_a_mark_is_a_plain_text(tiny_book, label: str) -> None:
    tiny_book.write(f"{TESTS}/test_fall.py", TEST + TEST.replace('"slope"', label))
    assert tiny_book.error(EQUATION).line == 9


def test_test_that_is_not_python_is_an_error(tiny_book) -> None:
    tiny_book.write(f"{TESTS}/test_fall.py", TEST + "def (:\n")
    error = tiny_book.error(EQUATION)
    assert (error.file, error.line) == (f"{TESTS}/test_fall.py", 6)


@pytest.mark.parametrize(
    "body", ["w = 1", "$$\nw\n$$\nText.", "$$\nw\n\n= 1\n$$", "$$\na\n$$\n$$\nb\n$$", "$w = 1$"]
)
def test_equation_block_holds_one_formula(tiny_book, body: str) -> None:
    tiny_book.write(f"{TESTS}/test_fall.py", TEST)
    error = tiny_book.error(EQUATION.replace("$$\nw = 1\n$$", body))
    assert error.line == 1 and "one formula" in error.message


# --- exercises

EXERCISE = """\
///// exercise | rates
    title: Rates of $\\eta$ and [[fall.py: epoch 10 w]]
Try it.

/// hint
Think.
///

//// solution
Like so:

/// code | exercises/rates/solution.py
///
////
/////
"""


def test_exercise_has_number_task_start_command_hint_and_solution(tiny_book) -> None:
    tiny_book.exercise("rates")
    page = tiny_book.page(EXERCISE + "\n[[#rates]]")
    exercise = page.select_one("section.exercise#rates")
    title = exercise.select_one(".exercise-title").text
    assert title == r"Exercise 1.2.1. Rates of \(\eta\) and 1.9213"
    start = exercise.select_one(".exercise-try a")
    assert start["href"] == "../snippets/part-1/2-tiny/exercises/rates/start.py"
    command = exercise.select_one(".exercise-command pre > code").text
    assert command == "python scripts/check.py part-1/2-tiny/rates\n"
    assert "python check.py" not in exercise.select_one(".exercise-try").text, "no zip here"
    taken = tiny_book.page(EXERCISE + "\n[[#rates]]\n\n/// takeaway\n///\n")
    assert taken.select_one(".exercise-command pre > code").text == "python check.py rates\n"
    assert taken.select_one(".exercise-try").text.startswith("In the unpacked zip")
    order = [" ".join(e.get("class", [e.name])) for e in exercise.find_all(recursive=False)]
    parts = ["exercise-title", "p", "exercise-try", "exercise-command", "hint", "solution"]
    assert order == [*parts, "progress-slot"]
    assert exercise.select_one(".solution .run-listing code").text == '"""Part of rates."""\n'
    assert [s.text for s in exercise.select("summary")] == ["Hint", "Solution"]
    assert page.select_one("a.reference").text == "Exercise 1.2.1"


@pytest.mark.parametrize("part", ["start.py", "solution.py", "check.py"])
def test_exercise_without_one_of_its_files_is_an_error(tiny_book, part: str) -> None:
    tiny_book.exercise("rates")
    (tiny_book.root / f"snippets/{CHAPTER}/exercises/rates/{part}").unlink()
    error = tiny_book.error(EXERCISE)
    assert error.line == 1 and f"no {part}" in error.message


def test_unknown_exercise_is_an_error_with_the_nearest(tiny_book) -> None:
    tiny_book.exercise("rates")
    assert "“rates”" in tiny_book.error(EXERCISE.replace("| rates", "| rate")).cure


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("/// hint\nThink.\n///\n", "", "no hint"),
        (
            "//// solution\nLike so:\n\n/// code | exercises/rates/solution.py\n///\n////",
            "",
            "no solu",
        ),
        ("/// hint\nThink.\n///\n", "/// solution\nx\n///\n\n/// hint\ny\n///\n", "two solutions"),
    ],
)
def test_exercise_has_a_hint_and_one_solution(tiny_book, old: str, new: str, said: str) -> None:
    tiny_book.exercise("rates")
    assert old in EXERCISE
    assert said in tiny_book.error(EXERCISE.replace(old, new)).message


# --- folded answers


@pytest.mark.parametrize(("name", "word"), [("predict", "Predict"), ("recall", "Recall")])
def test_question_is_seen_and_its_answer_folded(tiny_book, name: str, word: str) -> None:
    page = tiny_book.page(f"/// {name} | Why *so*?\nBecause of\n\n- [[fall.py: epoch 10 w]]\n///\n")
    details = page.select_one(f"details.{name}")
    assert details.find("summary").text == f"{word} Why so?" and details.find("em").text == "so"
    assert "open" not in details.attrs
    assert details.find("li").text == "1.9213"


# --- downloads


def test_downloads_list_the_scripts_with_their_first_sentence(tiny_book) -> None:
    tiny_book.script("another.py", '"""Uses `x < 1` & <b>.\n\nMore."""\n')
    tiny_book.exercise("rates")
    page = tiny_book.page("/// downloads\n///\n")
    assert [item.text for item in page.select("ul.downloads li")] == [
        "another.py: Uses x < 1 & <b>.",
        "fall.py: Falls.",
    ]
    assert [link["href"] for link in page.select("a")] == [
        "../snippets/part-1/2-tiny/another.py",
        "../snippets/part-1/2-tiny/fall.py",
    ]
    assert page.find("b") is None


@pytest.mark.parametrize(("text", "line"), [("x = 1\n", 1), ("x = 1\ndef (:\n", 2)])
def test_download_without_a_sentence_is_an_error_in_the_script(tiny_book, text, line) -> None:
    tiny_book.script("mute.py", text)
    error = tiny_book.error("/// downloads\n///\n")
    assert (error.file, error.line) == (f"snippets/{CHAPTER}/mute.py", line)


def test_downloads_without_scripts_are_an_error(tiny_book) -> None:
    assert "no scripts" in tiny_book.error("/// downloads\n///\n", "part-1/3-empty.md").message


# --- a whole chapter


def long_chapter(book) -> str:
    """4,000 words, 32 blocks, 120 numbers."""
    book.exercise("rates")
    book.write(f"{TESTS}/test_fall.py", TEST)
    blocks = [EXERCISE, EQUATION]
    for number in range(10):
        figure = f"/// figure | fall.py: loss\n    alt: A.\n    label: f{number}\nB.\n///\n\n"
        blocks.append(f"/// code | fall.py\n///\n\n/// output | fall.py\n///\n\n{figure}")
    prose = "word " * 60 + "[[fall.py: epoch 10 w]] $w$ [[#f3]]. " + "\n\n"
    return "# Long\n\n" + "".join(prose * 6 + block + "\n" for block in blocks)


def test_long_chapter_is_converted_in_well_under_half_a_second(tiny_book) -> None:
    text = long_chapter(tiny_book)
    tiny_book.html(text)  # imports, and what is the same for all pages
    start = time.perf_counter()
    tiny_book.convert(text)
    assert time.perf_counter() - start < 0.5


def test_same_chapter_gives_the_same_bytes_whatever_the_hash_seed(tiny_book) -> None:
    text = long_chapter(tiny_book)
    tiny_book.write("mkdocs.yml", "")
    expected = tiny_book.html(text)
    program = (
        "import markdown, pathlib, sys\n"
        f"text = pathlib.Path('docs/{CHAPTER}.md').read_text()\n"
        "settings = {'pymdownx.arithmatex': {'generic': True},\n"
        "            'pymdownx.highlight': {'anchor_linenums': False}}\n"
        f"extensions = {list(tiny_book.extensions)!r}\n"
        "made = markdown.markdown(text, extensions=extensions, extension_configs=settings)\n"
        "sys.stdout.write(made)\n"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=tiny_book.root,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == expected

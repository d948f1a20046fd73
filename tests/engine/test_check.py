"""The command that checks a reader's attempt, on a tiny book of one exercise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from loopbook.exercises.checking import check_file
from loopbook.exercises.command import main
from loopbook.exercises.exercise import all_exercises, find_exercise

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "check.py"
NAME = "part-9/1-numbers/double"
START = '''"""Double a number."""


def double(x):
    raise NotImplementedError("return twice x in double")


print(double(2))
'''
SOLUTION = '''"""Doubles a number."""


def double(x):
    return 2 * x


print("doubled:", double(2))
'''
CHECK = '''"""Checks it."""


def check(attempt):
    double = attempt.function("double", "x", "the double")
    attempt.must(double(3) == 6, f"The double of 3 is not {double(3)}.")
    return f"Right. You printed: {attempt.printed.strip()}"
'''


@pytest.fixture
def book(tmp_path):
    """A book with one exercise."""
    folder = tmp_path / "book" / "snippets" / "part-9" / "1-numbers" / "exercises" / "double"
    folder.mkdir(parents=True)
    (folder / "start.py").write_text(START, "utf-8")
    (folder / "solution.py").write_text(SOLUTION, "utf-8")
    (folder / "check.py").write_text(CHECK, "utf-8")
    return tmp_path / "book"


@pytest.fixture
def told(book, tmp_path):
    """Check a text as the reader's file; return the verdict."""

    def answer(text, seconds=20.0):
        file = tmp_path / "attempt.py"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        folder = find_exercise(book, NAME).folder
        return check_file(folder, file, seconds=seconds, method="forkserver")

    return answer


def test_solution_passes_and_check_sees_what_it_printed(told):
    verdict = told(SOLUTION)
    assert verdict.passed
    assert verdict.text == "Right. You printed: doubled: 4"


def test_starting_file_names_what_is_left_to_do_and_where(told):
    verdict = told(START)
    assert not verdict.passed
    assert verdict.text.startswith("attempt.py, line 5, in double:\n")
    assert "Still to do: return twice x in double." in verdict.text


def test_endless_loop_ends_with_words_and_its_line(told):
    verdict = told("x = 1\nwhile True:\n    x = 1 - x\n", seconds=0.5)
    assert not verdict.passed
    assert "still running after 0.5 seconds" in verdict.text
    assert "attempt.py, line 2" in verdict.text or "attempt.py, line 3" in verdict.text


def test_endless_loop_inside_a_function_that_only_the_check_calls(told):
    verdict = told("def double(x):\n    while True:\n        pass\n", seconds=0.5)
    assert "still running after 0.5 seconds" in verdict.text
    assert ", in double:" in verdict.text


def test_syntax_error_shows_the_readers_line_with_a_mark(told):
    verdict = told("x = 1\ndef double(x)\n    return 2 * x\n")
    assert not verdict.passed
    assert "attempt.py, line 2:\n    def double(x)\n" in verdict.text
    assert "expected ':'" in verdict.text
    assert verdict.text.splitlines()[2].index("^") == 4 + len("def double(x)")


def test_wrong_indentation_is_called_that(told):
    verdict = told("def double(x):\nreturn 2 * x\n")
    assert "its indentation is off" in verdict.text
    assert "attempt.py, line 2:" in verdict.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1\n", "your file has no function `double`: the exercise asks for `double(x)`"),
        ("def doubel(x):\n    return x\n", "is it what you called `doubel`?"),
        ("double = 2\n", "`double` must be a function, `def double(x):`."),
        ("def double():\n    return 2\n", "your function `double` takes (), but the exercise"),
        (
            "def double(x):\n    2 * x\n",
            "returns nothing yet: does it end with `return the double`",
        ),
        ("def double(x):\n    return x\n", "The double of 3 is not 3."),
    ],
)
def test_missing_or_unfit_function_is_named(told, text, words):
    verdict = told(text)
    assert not verdict.passed
    assert words in verdict.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("y = lr\n", "NameError: name 'lr' is not defined\nThis name is not known there"),
        ("import torhc\n", "is the module's name spelt right?"),
        ("import sys\nsys.exit(0)\n", "The file stops here (SystemExit)"),
        ("input()\n", "The check cannot type an answer for input()"),
        (
            "import torch\nx = torch.zeros(1, requires_grad=True)\nx -= 1\n",
            "attempt.py, line 3:\n    x -= 1\n",
        ),
        ("import torch\ntorch.zeros(1).backward()\n", "Was requires_grad=True set on w and b"),
        ("import torch\ntorch.zeros(2, 3) @ torch.zeros(2)\n", "Two shapes do not fit"),
        ("import torch\ntorch.zeros(2, 3) + torch.zeros(2)\n", "+ and - want equal shapes"),
        ("import torch\ntorch.zeros(1).backward()\n", "Or did `w = w - ...` replace it"),
        ("import torch\nw = torch.ones(1)\n0.1 * w.grad\n", "This .grad is None"),
        ("a, b = print(1)\n", "A function gives None unless it ends with `return`"),
        ("import torch\ntorch.nn.Linear(1, 1)(torch.ones(1, 1).long())\n", "with .float()"),
    ],
)
def test_exception_is_told_with_line_and_sentence_and_no_traceback(told, text, words):
    verdict = told(text)
    assert not verdict.passed
    assert words in verdict.text
    assert "Traceback" not in verdict.text
    assert "loopbook" not in verdict.text


def test_exception_inside_a_function_is_placed_in_the_readers_own_line(told):
    verdict = told("def half(x):\n    return x / 0\n\n\ndef double(x):\n    return 4 * half(x)\n")
    assert verdict.text.startswith("attempt.py, line 2, in half:\n    return x / 0\n")
    assert "ZeroDivisionError" in verdict.text


def test_function_is_judged_although_the_file_stops_further_down(told):
    verdict = told("def double(x):\n    return x\n\n\nx = double(1) / 0\nlater = 1\n")
    assert not verdict.passed
    first, second = verdict.messages
    assert first == "The double of 3 is not 3."
    assert second == (
        "Your file itself stops here:\nattempt.py, line 5:\n    x = double(1) / 0\n"
        "ZeroDivisionError: division by zero"
    )


def test_file_with_right_functions_that_stops_is_told_where(told):
    verdict = told(SOLUTION + "x = 1 / 0\n")
    assert not verdict.passed
    assert verdict.text.startswith("attempt.py, line 9:\n    x = 1 / 0\n")
    assert "Something is divided by zero" in verdict.text


def test_function_that_the_file_did_not_reach_is_not_called_missing(told):
    verdict = told("x = 1 / 0\n" + SOLUTION)
    assert verdict.text.startswith("attempt.py, line 1:\n    x = 1 / 0\n")
    assert "no function" not in verdict.text


def test_values_of_a_file_that_stopped_are_not_judged(book, told):
    check = find_exercise(book, NAME).folder / "check.py"
    check.write_text(
        "def check(attempt):\n"
        "    attempt.must(attempt.total == 3, 'The total is wrong.')\n"
        "    return 'Right.'\n",
        "utf-8",
    )
    assert told("total = 2\n").text == "The total is wrong."
    stopped = told("total = 0\ntotal += 1 / 0\n").text
    assert "The total is wrong." not in stopped
    assert "ZeroDivisionError" in stopped


def test_file_that_ends_python_is_told_so(told):
    verdict = told("import os\nos._exit(0)\n")
    assert not verdict.passed
    assert "Python itself stopped while your file ran" in verdict.text


def test_prints_without_end_are_stopped(told):
    verdict = told("while True:\n    print('x' * 1000)\n")
    assert "more than a million characters" in verdict.text


def test_bytes_that_are_no_text_are_told_so(told):
    assert "cannot be read as text in UTF-8" in told(b"x = '\xff'\n").text


def test_figures_open_no_window(told):
    text = "import matplotlib\nassert matplotlib.get_backend().lower() == 'agg'\n"
    assert told(text + SOLUTION).passed


def test_arguments_of_the_check_are_safe_from_changes_in_place(book, told):
    check = find_exercise(book, NAME).folder / "check.py"
    check.write_text(
        "def check(attempt):\n"
        "    given = [3]\n"
        "    attempt.function('double', 'x', 'x')(given)\n"
        "    return str(given)\n",
        "utf-8",
    )
    assert told("def double(x):\n    x[0] *= 2\n    return x\n").text == "[3]"


def test_check_learns_which_arguments_were_changed_in_place(book, told):
    check = find_exercise(book, NAME).folder / "check.py"
    check.write_text(
        "import torch\n\n\n"
        "def check(attempt):\n"
        "    double = attempt.function('double', 'x, y, z', 'x')\n"
        "    double(torch.ones(2), torch.ones(2), [1])\n"
        "    return ' '.join(double.changed)\n",
        "utf-8",
    )
    body = "def double(x, y, z):\n    {}\n    return 2 * x\n"
    assert told(body.format("x = x * 2")).text == ""
    assert told(body.format("x *= 2; z.append(1)")).text == "x z"
    assert told(body.format("y.requires_grad_()")).text == "y"


OWN_DATA = """
def check(attempt):
    double = attempt.function('double', 'x', 'the double')
    with attempt.own_data('3 numbers'):
        given = [1, 2, 3]
        attempt.must(len(double(given)) == 6, 'Not 6 entries.')
        attempt.equal(double(given)[5], 3, {2: 'Twice.'}, 'The last is {mine}.')
        attempt.number(double(given)[5], 'The last')
    attempt.must(attempt.total == 4, 'The total is not 4.')
    return 'Right.'
"""


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("return x", "Not 6 entries. (The check uses data of its own: 3 numbers.)"),
        ("return x + [0, 0, 6]", "Twice. (The check uses data of its own: 3 numbers.)"),
        ("return x + [0, 0, 4]", "The last is 4. (The check uses data of its own: 3 numbers.)"),
        (
            "return x[9]",
            "attempt.py, line 2, in double:\n    return x[9]\nIndexError: list index out of range\n"
            "An index lies beyond the end.\n(The check uses data of its own: 3 numbers.)",
        ),
        ("return 7", "shape.\n(The check uses data of its own: 3 numbers.)"),
        ("print(x)", "does it end with `return the double`?"),
        ("return x + x", "The total is not 4."),
    ],
)
def test_what_is_said_on_data_of_the_check_tells_their_sizes(book, told, body, words):
    (find_exercise(book, NAME).folder / "check.py").write_text(OWN_DATA, "utf-8")
    assert told(f"def double(x):\n    {body}\n\n\ntotal = 3\n").text.endswith(words)


def test_paragraphs_of_the_answer_are_set_apart(book, capsys):
    find_exercise(book, NAME).attempt.write_text("def double(x):\n    return x\n\n\n1 / 0\n")
    assert main([NAME], book) == 1
    printed = capsys.readouterr().out
    assert "The double of 3 is not 3.\n\nYour file itself stops here:\n" in printed


def test_list_of_exercises_has_name_and_purpose(book, capsys):
    assert main([], book) == 0
    assert capsys.readouterr().out == f"{NAME}\n    Double a number.\n"
    assert [exercise.name for exercise in all_exercises(book)] == [NAME]


@pytest.mark.parametrize("name", ["part-9/1-numbers/duoble", "double", "part-9/1-number/double"])
def test_unknown_name_gives_the_nearest(book, capsys, name):
    assert main([name], book) == 2
    error = capsys.readouterr().err
    assert f"there is no exercise named '{name}'" in error
    assert f"did you mean {NAME}?" in error


def test_wrong_usage_exits_with_2(book, capsys):
    assert main([NAME, "--file", str(book / "none.py")], book) == 2
    assert "there is no such file" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stop:
        main(["--nonsense"], book)
    assert stop.value.code == 2


def test_attempt_is_created_from_start_and_never_overwritten(book, capsys):
    attempt = find_exercise(book, NAME).attempt
    assert main([NAME], book) == 1
    assert attempt.read_text("utf-8") == START
    assert "Edit it, then run this command again." in capsys.readouterr().out

    attempt.write_text("mine = 1\n", "utf-8")
    assert main([NAME], book) == 1
    assert attempt.read_text("utf-8") == "mine = 1\n"
    assert f"{NAME}: not yet" in capsys.readouterr().out


def run(*arguments, folder):
    """The command as a reader runs it, without the engine installed."""
    environment = {**os.environ, "PYTHONNOUSERSITE": "1"}
    environment.pop("PYTHONPATH", None)
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_command_line_passes_a_solution_from_any_folder(tmp_path):
    exercises = SCRIPT.parents[1] / "snippets/part-1/2-linear-regression/exercises"
    name = "part-1/2-linear-regression/several-targets"
    solution = exercises / "several-targets" / "solution.py"
    done = run(name, "--file", str(solution), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{name}: passed\n")


def test_command_line_says_not_yet_with_exit_1(tmp_path):
    (tmp_path / "mine.py").write_text("def gradient(X, Y):\n    return 0, 0\n", "utf-8")
    name = "part-1/2-linear-regression/several-targets"
    done = run(name, "--file", "mine.py", folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "your function `gradient` takes (X, Y)" in done.stdout
    assert "Your file: mine.py" in done.stdout


def test_command_line_answers_an_unknown_name_without_importing_torch(tmp_path):
    done = run("part-1/2-linear-regression/two-rate", folder=tmp_path)
    assert done.returncode == 2
    assert "did you mean part-1/2-linear-regression/two-rates" in done.stderr
    assert "Traceback" not in done.stderr

"""Each exercise: the starting file fails, the solution passes, classic mistakes are named.

What the reader is told stands in the file mistakes.py of each chapter.
"""

import runpy
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
STARTS, MISTAKES = {}, {}
for told in sorted(HERE.glob("*/mistakes.py")):
    chapter = f"{HERE.name}/{told.parent.name}"
    words = runpy.run_path(str(told))
    STARTS |= {f"{chapter}/{exercise}": start for exercise, start in words["STARTS"].items()}
    for exercise, name, *edit in words["MISTAKES"]:
        assert (f"{chapter}/{exercise}", name) not in MISTAKES, f"{told}: {name} stands twice"
        MISTAKES[f"{chapter}/{exercise}", name] = edit


def test_every_exercise_is_tested_with_three_mistakes_or_more(exercises):
    assert set(exercises) == set(STARTS)
    tried = Counter(exercise for exercise, _ in MISTAKES)
    assert {exercise: tried[exercise] for exercise in STARTS if tried[exercise] < 3} == {}
    assert set(tried) <= set(STARTS)


@pytest.mark.parametrize("exercise", STARTS)
def test_starting_file_fails_with_words_on_what_to_do(exercise, answer, exercises):
    verdict = answer(exercise, exercises[exercise].start)
    assert not verdict.passed
    assert STARTS[exercise] in verdict.text


@pytest.mark.parametrize("exercise", STARTS)
def test_solution_passes(exercise, answer, exercises):
    verdict = answer(exercise, exercises[exercise].solution)
    assert verdict.passed, verdict.text
    assert verdict.text.startswith("Right")


@pytest.mark.parametrize(("exercise", "name"), MISTAKES)
def test_classic_mistake_is_named(exercise, name, answer, exercises, tmp_path):
    old, new, told = MISTAKES[exercise, name]
    solution = exercises[exercise].solution.read_text("utf-8")
    assert old in solution
    file = tmp_path / "attempt.py"
    file.write_text(solution.replace(old, new), "utf-8")
    verdict = answer(exercise, file)
    assert not verdict.passed
    assert told in verdict.text, verdict.text
    assert "check.py" not in verdict.text


@pytest.mark.parametrize("exercise", STARTS)
def test_solution_fits_its_box_on_the_page(exercise, exercises):
    solution = exercises[exercise].solution.read_text("utf-8")
    assert max(len(line) for line in solution.splitlines()) <= 76

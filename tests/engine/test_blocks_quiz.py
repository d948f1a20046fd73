"""Quick questions: one right answer, from a run, and no two answers alike."""

from __future__ import annotations

import pytest

from loopbook.blocks.quiz import same

RIGHT = "/// answer | right: [[fall.py: epoch 10 loss]]\nSo it was printed.\n///\n"
WRONG = "/// answer | wrong: 0.5\nThat is $w$ of *another* run.\n///\n"


def quiz(*answers: str, head: str = "") -> str:
    question = "Text.\n\n//// quiz | How much is **left**, $L$?\n"
    return question + head + "\n".join(answers) + "////\n"


def test_answers_are_a_list_and_explanations_are_folded(tiny_book) -> None:
    page = tiny_book.page(quiz(WRONG, RIGHT))
    found = page.select_one(".quiz")
    assert found.select_one(".quiz-question strong").text == "left"
    assert [li.text for li in found.select(".quiz-options > li")] == ["0.5", "0.0119"]
    items = found.select("details.quiz-answers > ol > li")
    assert [item["class"] for item in items] == [["wrong"], ["right"]]
    assert items[0].strong.text == "Not this one." and items[0].em.text == "another"
    assert items[1].text.split() == ["Right.", "So", "it", "was", "printed."]
    assert not found.select("input, button"), "what only a script can do is made by it"


def test_text_between_question_and_answers_stays_there(tiny_book) -> None:
    page = tiny_book.page(quiz("Look at this.\n", WRONG, RIGHT))
    assert [e.name for e in page.select(".quiz > *")] == ["p", "p", "ol", "details"]


@pytest.mark.parametrize("answers", [(WRONG, WRONG), (RIGHT, WRONG, RIGHT), (RIGHT,), ()])
def test_exactly_one_answer_of_several_is_right(tiny_book, answers: tuple[str, ...]) -> None:
    error = tiny_book.error(quiz(*answers) if answers else quiz("Words.\n"))
    assert error.line == 3 and "right answers" in error.message and "exactly one" in error.cure


def test_answer_that_does_not_say_whether_it_is_right_is_an_error(tiny_book) -> None:
    error = tiny_book.error(quiz(RIGHT, "/// answer | 0.5\nNo.\n///\n"))
    assert error.line == 8 and "whether it is right" in error.message and "wrong: …" in error.cure


def test_answer_needs_an_explanation_and_a_quiz_around_it(tiny_book) -> None:
    error = tiny_book.error(quiz(RIGHT, "/// answer | wrong: 0.5\n///\n"))
    assert error.line == 8 and "empty" in error.message and "what is wrong with it" in error.cure
    assert "no quiz block" in tiny_book.error(RIGHT).message


def test_right_answer_comes_from_a_run(tiny_book) -> None:
    typed = RIGHT.replace("[[fall.py: epoch 10 loss]]", "0.0119")
    error = tiny_book.error(quiz(WRONG, typed))
    assert error.line == 8 and "no number of a run" in error.message
    assert "kind: concept" in error.cure


def test_reason_leads_to_what_shows_it(tiny_book) -> None:
    head = "    kind: concept\n\n"
    bare = "/// answer | right: It is late.\nBecause.\n///\n"
    error = tiny_book.error(quiz(WRONG, bare, head=head))
    assert error.line == 10 and "nothing that shows it" in error.message
    shown = bare.replace("Because", "It ends at [[fall.py: epoch 10 w]]")
    assert tiny_book.page(quiz(WRONG, shown, head=head)).select(".quiz .right .run-value")


def test_unknown_kind_is_an_error_at_its_line(tiny_book) -> None:
    error = tiny_book.error(quiz(WRONG, RIGHT, head="    kind: concpt\n\n"))
    assert error.line == 4 and "“concept”" in error.cure


def test_run_that_changes_cannot_make_a_wrong_answer_right(tiny_book) -> None:
    twin = WRONG.replace("0.5", "0.0119")
    error = tiny_book.error(quiz(twin, RIGHT))
    assert error.line == 8 and "says the same as the one in line 4" in error.message
    rounded = RIGHT.replace("right:", "wrong:").replace("loss]]", "loss | .2f]]")
    assert "says the same" in tiny_book.error(quiz(RIGHT, rounded)).message


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("0.50", "0.5", True),
        ("0.1889", "0.189", True),
        ("0.1889", "0.188", False),
        ("1,000 steps", "1000 steps", True),
        ("\N{MINUS SIGN}0.5", "-0.5", True),
        ("-0.5", "0.5", False),
        ("0.5, since it is late", "0.5, since it is early", False),
        ("Because  of *w*", "because of w", True),
        ("1e-4", "0.0001", True),
        ("2", "3", False),
    ],
)
def test_answers_are_compared_as_a_reader_would(one: str, other: str, equal: bool) -> None:
    assert same(one, other) is same(other, one) is equal

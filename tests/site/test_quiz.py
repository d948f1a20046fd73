"""Quick questions in a browser: choose, check, read why; a list and a fold without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

CHAPTER = "part-1/2-linear-regression/"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with browser.new_context() as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}{CHAPTER}")
        yield page
        assert not errors


def right_places(soup: BeautifulSoup) -> list[int]:
    quizzes = soup.select(".quiz")
    return [[*q.select(".quiz-answers > ol > li")].index(q.select_one("li.right")) for q in quizzes]


def test_chapter_asks_questions_in_several_sections(pages: dict[str, BeautifulSoup]) -> None:
    soup = pages[f"{CHAPTER}index.html"]
    sections = {q.find_previous(["h2", "h3"]).text for q in soup.select(".quiz")}
    assert len(soup.select(".quiz")) >= 6 and len(sections) >= 6
    assert all(len(q.select(".quiz-options > li")) >= 3 for q in soup.select(".quiz"))
    assert soup.select("details.recall"), "the questions for recall stay"


def test_place_of_the_right_answer_gives_nothing_away(pages: dict[str, BeautifulSoup]) -> None:
    places = right_places(pages[f"{CHAPTER}index.html"])
    assert {0, 1, 2} <= set(places)
    assert max(places.count(place) for place in set(places)) <= len(places) / 2


def test_each_answer_is_explained_when_it_is_checked(
    page: Page, pages: dict[str, BeautifulSoup]
) -> None:
    for number, right in enumerate(right_places(pages[f"{CHAPTER}index.html"])):
        quiz = page.locator(".quiz").nth(number)
        said = quiz.get_by_role("status")
        fold = quiz.locator(".quiz-answers")
        options = quiz.get_by_role("radio")
        order = [place for place in range(options.count()) if place != right]
        expect(fold).to_be_hidden()
        for place in (*order, right):
            options.nth(place).check()
            quiz.get_by_role("button", name="Check").click()
            expect(said.locator("strong").first).to_have_text(
                "Right." if place == right else "Not this one."
            )
            assert len(said.inner_text()) > 40, "an explanation"
        expect(fold).to_be_visible()


def test_tried_answers_are_marked_by_a_sign_and_a_word(
    page: Page, pages: dict[str, BeautifulSoup]
) -> None:
    quiz = page.locator(".quiz").first
    right = right_places(pages[f"{CHAPTER}index.html"])[0]
    options, items = quiz.get_by_role("radio"), quiz.locator(".quiz-options > li")
    assert quiz.locator(".quiz-sign").count() == 0
    wrong = next(place for place in range(options.count()) if place != right)
    for place in (wrong, wrong, right):
        options.nth(place).check()
        quiz.get_by_role("button", name="Check").click()
    expect(items.nth(wrong).locator(".quiz-sign")).to_have_text("✗")
    expect(items.nth(right).locator(".quiz-sign")).to_have_text("✓")
    expect(options.nth(wrong)).to_have_accessible_name(re.compile(r"\(not this one\)$"))
    expect(options.nth(right)).to_have_accessible_name(re.compile(r"\(right\)$"))
    assert quiz.locator(".quiz-sign").count() == 2


def test_question_works_by_keyboard_and_keeps_the_focus(page: Page) -> None:
    quiz = page.locator(".quiz").first
    button = quiz.get_by_role("button", name="Check")
    button.press("Enter")
    expect(quiz.get_by_role("status")).to_have_text("Choose an answer first.")
    quiz.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(quiz.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(quiz.get_by_role("status")).to_contain_text(re.compile("Right|Not this one"))
    expect(button).to_be_focused()


def test_group_and_answers_have_names(page: Page) -> None:
    quiz = page.locator(".quiz").first
    group = quiz.get_by_role("radiogroup")
    expect(group).to_have_accessible_name(re.compile("Why does one bad sample tilt"))
    expect(group.get_by_role("radio").first).to_have_accessible_name(re.compile("Because the MAE"))
    names = page.locator(".quiz input").evaluate_all("all => all.map((e) => e.name)")
    assert len(set(names)) == page.locator(".quiz").count()


def test_answers_stay_where_they_were_without_scripts(browser: Browser, address: str) -> None:
    """Turning the list into a group of buttons moves no answer."""
    tops = {}
    for scripts in (True, False):
        with browser.new_context(java_script_enabled=scripts) as context:
            page = context.new_page()
            page.goto(f"{address}{CHAPTER}")
            items = page.locator(".quiz").first.locator(".quiz-options > li")
            first = items.first.bounding_box()["y"]
            tops[scripts] = [item.bounding_box()["y"] - first for item in items.all()]
            fold = page.locator(".quiz-answers").first
            if scripts:
                expect(fold).to_be_hidden()
            else:
                fold.locator("summary").click()
                expect(fold.locator("li.right")).to_be_visible()
    assert tops[True] == pytest.approx(tops[False], abs=1.5)

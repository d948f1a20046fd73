"""A self-test: each question says what to read again, and the page counts the first answers."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from loopbook.browser.visit import visit

PLACE = "part-1/self-test/"
KEY = "training-loop-book/self-test"
GROUPS = {"read-a-loss-curve", "predict-a-number", "derive", "find-the-bug", "choose-what-to-do"}


@pytest.fixture
def soup(pages: dict[str, BeautifulSoup]) -> BeautifulSoup:
    return pages[f"{PLACE}index.html"]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with browser.new_context() as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}{PLACE}")
        page.locator(".score .button").wait_for(state="attached")
        yield page
        assert not errors


def right_place(quiz: Tag) -> int:
    answers = quiz.select(".quiz-answers > ol > li")
    return next(place for place, answer in enumerate(answers) if "right" in answer["class"])


def answer(page: Page, soup: BeautifulSoup, number: int, right: bool) -> None:
    """Choose a right or a wrong answer to a question, and check it."""
    place = right_place(soup.select(".quiz")[number - 1])
    quiz = page.locator(".quiz").nth(number - 1)
    quiz.get_by_role("radio").nth(place if right else (place + 1) % 3).check()
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.get_by_role("status")).to_contain_text("Right." if right else "Not this one.")


def test_questions_are_as_many_as_the_page_says_in_five_groups(soup: BeautifulSoup) -> None:
    quizzes = soup.select(".quiz")
    groups = Counter(str(quiz.find_previous("h2")["id"]) for quiz in quizzes)  # type: ignore[index]
    assert set(groups) == GROUPS
    assert f"These {len(quizzes)} questions" in soup.article.get_text()  # type: ignore[union-attr]
    rows = [row.select("td") for row in soup.select(".score tbody tr")]
    assert [int(row[1].text) for row in rows] == list(groups.values())
    titles = [title for title in soup.select("article h2") if title["id"] in GROUPS]
    assert [row[0].text for row in rows] == [title.find(string=True) for title in titles]


def test_every_question_names_one_section_that_teaches_it(soup: BeautifulSoup) -> None:
    sections = []
    for quiz in soup.select(".quiz"):
        links = quiz.select(".reread")
        assert len(links) == 1
        item = links[0].find_parent("li")
        assert isinstance(item, Tag) and "right" in item["class"], "no hint before the answer"
        assert re.match(r"1\.[1-6], |Lab 1, ", links[0].text)
        sections.append(str(links[0]["href"]))
    chapters = {re.split("[/#]", href.removeprefix("../"))[0] for href in sections}
    assert len(chapters) >= 6, "all chapters and the lab are asked about"
    assert all("#" in href for href in sections)


def test_questions_are_not_those_of_the_chapters(
    soup: BeautifulSoup, pages: dict[str, BeautifulSoup]
) -> None:
    def asked(page: BeautifulSoup) -> set[str]:
        return {q.get_text(" ", strip=True) for q in page.select(".quiz-question, .recall summary")}

    others = [asked(p) for name, p in pages.items() if re.match(r"part-1/\d-", name)]
    assert len(set().union(*others)) > 40
    assert not asked(soup) & set().union(*others)


def test_place_and_length_of_the_right_answer_give_little_away(soup: BeautifulSoup) -> None:
    quizzes = soup.select(".quiz")
    places = Counter(map(right_place, quizzes))
    assert set(places) == {0, 1, 2} and max(places.values()) <= len(quizzes) / 2
    lengths = [[len(o.text) for o in quiz.select(".quiz-options > li")] for quiz in quizzes]
    longest = sum(
        each[right_place(quiz)] == max(each) for quiz, each in zip(quizzes, lengths, strict=True)
    )
    assert longest <= len(quizzes) / 2


def test_the_first_answer_counts_and_the_next_do_not(page: Page, soup: BeautifulSoup) -> None:
    line, board = page.locator(".score").first, page.locator(".score").last
    total = len(soup.select(".quiz"))
    expect(line).to_contain_text(f"Answered 0 of {total}, 0 right")
    answer(page, soup, 1, right=True)
    answer(page, soup, 2, right=False)
    answer(page, soup, 2, right=True)
    answer(page, soup, 7, right=False)
    expect(line).to_contain_text(f"Answered 3 of {total}, 1 right")
    expect(line.get_by_role("link")).to_have_text("Go on at question 3")
    rows = board.locator("tbody tr")
    assert rows.nth(0).locator("td").all_text_contents() == ["Read a loss curve", "5", "2", "1"]
    assert rows.nth(1).locator("td").all_text_contents() == ["Predict a number", "5", "1", "0"]


def test_advice_names_the_sections_of_the_questions_missed(page: Page, soup: BeautifulSoup) -> None:
    quizzes = soup.select(".quiz")
    links = [quiz.select_one(".reread") for quiz in quizzes]
    hrefs = [str(link["href"]) for link in links if link]
    twice = next(href for href, count in Counter(hrefs).items() if count == 2)
    one, two = (place + 1 for place, href in enumerate(hrefs) if href == twice)
    other = next(n for n in range(1, 25) if hrefs[n - 1] not in (twice, hrefs[2]))
    for number in (two, one, other):
        answer(page, soup, number, right=False)
    answer(page, soup, 3, right=True)
    items = page.locator(".score").last.locator("li")
    expect(items).to_have_count(2)
    item = items.filter(has_text="questions")
    expect(item).to_contain_text(f"(questions {one}, {two})")
    expect(item.get_by_role("link").first).to_have_text(links[one - 1].text)  # type: ignore[union-attr]
    item.get_by_role("link", name=str(two), exact=True).click()
    assert page.url.endswith(f"#question-{two}")
    expect(page.locator(f"#question-{two}")).to_be_in_viewport()


def test_the_score_is_kept_in_the_browser_until_one_starts_again(
    page: Page, soup: BeautifulSoup
) -> None:
    answer(page, soup, 4, right=True)
    page.reload()
    line = page.locator(".score").first
    expect(line).to_contain_text("Answered 1 of 24, 1 right")
    questions = page.locator(".quiz-question")
    expect(questions.nth(3)).to_contain_text("✓")
    expect(questions.nth(2)).not_to_contain_text("✓")
    answer(page, soup, 4, right=False)
    expect(line).to_contain_text("Answered 1 of 24, 1 right")
    page.get_by_role("button", name="Start again").click()
    expect(line).to_contain_text("Answered 0 of 24, 0 right")
    expect(line.get_by_role("link", name="Begin")).to_be_focused()
    expect(line).to_be_in_viewport()
    expect(page.locator(".quiz").nth(3).get_by_role("radio").first).not_to_be_checked()
    assert page.evaluate(f"localStorage.getItem({json.dumps(KEY)})") is None


@pytest.mark.parametrize("kept", ["null", "[1, 2]", '{"a": 3}', "{"])
def test_what_is_not_a_score_is_no_harm(page: Page, soup: BeautifulSoup, kept: str) -> None:
    page.evaluate(f"localStorage.setItem({json.dumps(KEY)}, {json.dumps(kept)})")
    page.reload()
    expect(page.locator(".score").first).to_contain_text("Answered 0 of 24, 0 right")
    answer(page, soup, 1, right=True)
    expect(page.locator(".score").first).to_contain_text("Answered 1 of 24, 1 right")


def test_it_works_by_keyboard_alone(page: Page, soup: BeautifulSoup) -> None:
    page.locator(".score").first.get_by_role("link", name="Begin").press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".quiz").first.get_by_role("radio").first).to_be_focused()
    for _ in range(right_place(soup.select(".quiz")[0])):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".score").first).to_contain_text("Answered 1 of 24, 1 right")


def test_questions_are_numbered_on_the_page(page: Page) -> None:
    words = page.locator(".quiz-question > .fold-word")
    shown = words.evaluate_all("""all => all.map((e) => getComputedStyle(e, "::after").content)""")
    assert shown == ['" " counter(question)'] * 24
    expect(page.locator("#question-24")).to_have_count(1)
    # Where a browser leaves parts of a page out of its layout, each of them counts from one.
    alone = page.locator("article .stretch").evaluate_all(
        "all => all.filter((e) => getComputedStyle(e).contentVisibility !== 'visible').length"
    )
    assert page.locator("article .stretch").count() > 3 and alone == 0


def test_without_scripts_one_counts_by_hand(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}{PLACE}")
        expect(page.get_by_text("To count by hand")).to_be_visible()
        assert page.get_by_text("Answered").count() == 0
        fold = page.locator(".quiz-answers").first
        expect(fold.locator("li.right")).to_be_hidden()
        fold.locator("summary").click()
        expect(fold.locator("li.right .reread")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_has_all_questions_before_the_first_answer(
    browser: Browser, address: str, soup: BeautifulSoup, scripts: bool
) -> None:
    def packed(text: str) -> str:
        return re.sub(r"[\s\u00ad\u2010-]", "", text)

    with browser.new_context(java_script_enabled=scripts) as context:
        page = context.new_page()
        visit(page, f"{address}{PLACE}")
        reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    sheets = [packed(sheet.extract_text()) for sheet in reader.pages]
    assert "Selftest:Part1" in sheets[0]
    # On a sheet, a PDF has what is positioned behind all else; the heading stands on a sheet
    # behind the last question.
    before, title, after = "".join(sheets).partition("Theanswers,explained")
    assert title
    assert before.count("QUESTION") == 24 and "QUESTION" not in after
    assert all(f"QUESTION{number}" in before for number in range(1, 25))
    assert all(f"Question{number}.Theanswers,explained" in after for number in range(1, 25))
    assert "Right." not in before and after.count("Right.") == 24
    assert "Tocountbyhand" in before and "Answered0of24" not in before
    plain = [
        words
        for item in soup.select(".quiz-answers li > p:not(:has(mjx-container))")
        if re.fullmatch(r"[A-Za-z0-9 ,.:;?!-]{40,}", words := item.get_text())
    ]
    assert len(plain) > 10
    assert not [words for words in plain if packed(words) in before]
    assert not [words for words in plain if packed(words) not in after]

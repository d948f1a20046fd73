"""What a reader ticks is kept in the browser, shown where it matters, and can be taken along."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

CHAPTER = "part-1/2-linear-regression"
IDS = [CHAPTER, f"{CHAPTER}#half-the-loss", f"{CHAPTER}#two-rates"]
BLOCK = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); } });"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as made:
        yield made


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose scripts of ours end without an error."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.stack or str(error)))
    yield page
    assert not [error for error in errors if "book.js" in error]


def tick_some(page: Page, address: str) -> None:
    """Tick the chapter and its first two exercises, by keyboard."""
    page.goto(f"{address}{CHAPTER}/")
    for name in ("Done with Exercise 1.2.1", "Done with Exercise 1.2.2"):
        page.get_by_role("checkbox", name=name, exact=True).press("Space")
    page.get_by_role("checkbox", name="Done with this chapter").first.press("Space")


def stored(page: Page, address: str) -> None:
    """Open the home page with the same ticks, kept earlier."""
    page.goto(address)
    page.evaluate("ids => localStorage.setItem('training-loop-book/done', ids)", json.dumps(IDS))
    page.reload()


def test_boxes_stand_at_both_ends_of_a_chapter_and_at_each_exercise(
    page: Page, address: str
) -> None:
    page.goto(f"{address}{CHAPTER}/")
    exercises = page.locator("section.exercise").count()
    assert exercises >= 5
    expect(page.get_by_role("checkbox", name="Done with Exercise")).to_have_count(exercises)
    both = page.get_by_role("checkbox", name="Done with this chapter")
    expect(both).to_have_count(2)
    both.nth(1).check()
    expect(both.nth(0)).to_be_checked()


def test_ticks_stay_and_show_on_the_map_and_in_the_menu(page: Page, address: str) -> None:
    tick_some(page, address)
    assert json.loads(page.evaluate("localStorage['training-loop-book/done']")) == IDS
    page.reload()
    expect(page.get_by_role("checkbox", name="Done with Exercise 1.2.2")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Done with Exercise 1.2.3")).not_to_be_checked()
    expect(page.locator(".md-nav--primary .done-mark")).to_have_text("✓, done")
    page.goto(address)
    mark = page.locator(".map .done-mark")
    expect(mark).to_have_count(1)
    expect(mark.locator("[aria-hidden]")).to_have_text("· done · 2 of 7 exercises")
    expect(page.locator(".progress-state")).to_have_text("Ticked so far: 1 chapter, 2 exercises.")


def test_another_page_of_the_book_follows(
    context: BrowserContext, page: Page, address: str
) -> None:
    page.goto(address)
    stored(context.new_page(), address)
    expect(page.locator(".map .done-mark")).to_have_count(1)


def test_progress_goes_to_a_file_and_from_there_to_another_browser(
    page: Page, address: str, browser: Browser, tmp_path: Path
) -> None:
    stored(page, address)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert json.loads(file.read_text("utf-8")) == {"progress": 1, "done": IDS}

    with browser.new_context() as other:
        there = other.new_page()
        there.goto(address)
        with there.expect_file_chooser() as chooser:
            there.get_by_role("button", name="Load a file").click()
        chooser.value.set_files(file)
        expect(there.get_by_role("status")).to_have_text(
            "The file was added: 3 ticked, 3 of them new here."
        )
        expect(there.locator(".map .done-mark")).to_have_count(1)


@pytest.mark.parametrize("text", ["{", "[]", '{"progress": 2, "done": []}', '{"progress": 1}'])
def test_file_of_something_else_changes_nothing(page: Page, address: str, text: str) -> None:
    stored(page, address)
    page.locator("input[type=file]").set_input_files(
        {"name": "a.json", "mimeType": "application/json", "buffer": text.encode()}
    )
    expect(page.get_by_role("status")).to_contain_text("Nothing was changed")
    expect(page.locator(".progress-state")).to_contain_text("1 chapter, 2 exercises")


def test_all_is_forgotten_only_after_a_question(page: Page, address: str) -> None:
    stored(page, address)
    forget = page.get_by_role("button", name="Forget all")
    page.once("dialog", lambda dialog: dialog.dismiss())
    forget.click()
    expect(page.locator(".progress-state")).to_contain_text("1 chapter")
    page.once("dialog", lambda dialog: dialog.accept())
    forget.click()
    expect(page.locator(".progress-state")).to_have_text("Ticked so far: 0 chapters, 0 exercises.")
    expect(page.locator(".map .done-mark")).to_have_count(0)


def test_what_is_stored_by_others_does_no_harm(page: Page, address: str) -> None:
    page.add_init_script(
        'localStorage.setItem("training-loop-book/done", \'["<b>", 7, "part-9/9-x"]\')'
    )
    page.goto(address)
    expect(page.locator(".progress-state")).to_contain_text("1 chapter, 0 exercises")


def test_blocked_storage_is_said_and_nothing_breaks(page: Page, address: str) -> None:
    page.add_init_script(BLOCK)
    page.goto(f"{address}{CHAPTER}/")
    expect(page.locator(".place .progress-slot")).to_contain_text("blocks storage")
    assert page.locator(".progress-slot input").count() == 0
    expect(page.locator(".quiz").first.get_by_role("button")).to_be_visible()
    page.goto(address)
    expect(page.locator(".progress-state")).to_contain_text("blocks storage")


def test_without_scripts_nothing_of_it_is_there(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}{CHAPTER}/")
        assert page.locator(".progress-slot:visible").count() == 0
        assert page.get_by_role("checkbox", name="Done").count() == 0


def test_boxes_move_nothing(page: Page, address: str) -> None:
    page.add_init_script(
        """window.moved = 0; new PerformanceObserver((list) => {
          for (const { value } of list.getEntries()) window.moved += value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    page.goto(f"{address}{CHAPTER}/")
    expect(page.locator(".place .done-box")).to_be_visible()
    page.wait_for_timeout(200)
    assert page.evaluate("moved") < 0.01

"""Overviews list every exercise and every tag of the book, and refuse what cannot be one."""

from __future__ import annotations

import pytest

from loopbook.blocks.front import read_front
from loopbook.errors import BookError

CHAPTER = """# Falling

///// exercise | {name}
    title: {title}
    tags: {tags}

Do it.

/// hint
So.
///

/// solution
Done.
///
/////
"""


def exercise(tiny_book, path: str, name: str, title: str, tags: str, front: str = "") -> None:
    text = CHAPTER.format(name=name, title=title, tags=tags)
    tiny_book.write(f"docs/{path}.md", front + text)
    for part in ("start.py", "solution.py", "check.py"):
        tiny_book.write(f"snippets/{path}/exercises/{name}/{part}", f'"""Part of {name}."""\n')


@pytest.fixture
def book(tiny_book):
    """Chapters 1.2, 1.10 and 2.1, each with an exercise; the folders sort otherwise."""
    front = "---\ntitle: Steep falls\ntags: [learning rate]\n---\n"
    title = "For [[fall.py: epoch 1 loss]] and $w$"
    exercise(tiny_book, "part-1/2-tiny", "slow", title, "by hand", front)
    exercise(tiny_book, "part-1/10-later", "fast", "Faster", "code, learning rate")
    exercise(tiny_book, "part-2/1-next", "next", "Next", "code")
    tiny_book.write("docs/tags.md", "# Tags\n\n/// tags\n///\n")
    return tiny_book


def test_exercises_are_listed_by_chapter_in_the_books_order(book) -> None:
    page = book.page("# Exercises\n\n/// exercises\n///\n", "exercises.md")
    headings = [(h["id"], h.get_text()) for h in page.select("h2")]
    assert headings == [
        ("chapter-1-2", "1.2 Steep falls"),
        ("chapter-1-10", "1.10 Falling"),
        ("chapter-2-1", "2.1 Falling"),
    ]
    links = {a["href"]: a.get_text() for a in page.select(".overview > li > a")}
    assert links["part-1/10-later.md#fast"] == "Exercise 1.10.1. Faster"
    assert links["part-1/2-tiny.md#slow"].startswith("Exercise 1.2.1. For 2.4249 and")
    assert page.select_one('[href$="#slow"] .arithmatex')
    tags = page.select('[href$="#fast"] + .tags a')
    assert [(t.get_text(), t["href"]) for t in tags] == [
        ("code", "tags.md#code"),
        ("learning rate", "tags.md#learning-rate"),
    ]


def test_tags_list_chapters_and_exercises(book) -> None:
    page = book.page("# Tags\n\n/// tags\n///\n", "tags.md")
    assert [h["id"] for h in page.select("h2")] == ["by-hand", "code", "learning-rate"]
    lists = [[a["href"] for a in ul.select("a")] for ul in page.select("ul.overview")]
    assert lists[1] == ["part-1/10-later.md#fast", "part-2/1-next.md#next"]
    assert sorted(lists[2]) == ["part-1/10-later.md#fast", "part-1/2-tiny.md"]


def test_an_exercise_shows_its_tags(book) -> None:
    text = (book.root / "docs/part-1/10-later.md").read_text("utf-8")
    page = book.page(text, "part-1/10-later.md")
    links = [a["href"] for a in page.select(".exercise > .tags a")]
    assert links == ["../tags.md#code", "../tags.md#learning-rate"]


def test_tags_without_a_page_of_tags_are_words(book) -> None:
    (book.root / "docs/tags.md").unlink()
    text = (book.root / "docs/part-1/10-later.md").read_text("utf-8")
    page = book.page(text, "part-1/10-later.md")
    assert [li.get_text() for li in page.select(".exercise .tags li")] == ["code", "learning rate"]
    assert not page.select(".exercise .tags a")


@pytest.mark.parametrize("block", ["exercises", "tags"])
def test_an_overview_of_nothing_is_refused(tiny_book, block: str) -> None:
    error = tiny_book.error(f"# All\n\n/// {block}\n///\n", "all.md")
    assert error.line == 3 and "yet" in error.message


def test_two_spellings_of_a_tag_are_refused(book) -> None:
    exercise(book, "part-2/2-more", "more", "More", "Learning rate")
    error = book.error("# Tags\n\n/// tags\n///\n", "tags.md")
    assert "“Learning rate” and “learning rate” differ in spelling only" in error.message


def test_a_tag_that_is_none_is_refused(book) -> None:
    exercise(book, "part-2/2-more", "more", "More", "code, [x]")
    error = book.error("# Tags\n\n/// tags\n///\n", "tags.md")
    assert (error.file, error.line) == ("docs/part-2/2-more.md", 3)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("tags: learning rate", "is not a list"),
        ("tags: [a, a]", "given twice"),
        ("tags: [3]", "cannot be a tag"),
        ("tags: ['a#b']", "cannot be a tag"),
        ("date: yesterday", "is not a day"),
        ("date: 2026-11-20 10:00:00", "is not a day"),
        ("snippets: ../x", "is not a folder"),
    ],
)
def test_wrong_front_matter_is_refused_with_its_line(line: str, said: str) -> None:
    with pytest.raises(BookError) as caught:
        read_front(f"---\ntitle: A\n{line}\n---\n# A\n", "docs/a.md")
    assert said in caught.value.message
    assert (caught.value.file, caught.value.line) == ("docs/a.md", 3)

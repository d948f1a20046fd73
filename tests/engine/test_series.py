"""Where a chapter stands is read from the map on the home page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from loopbook.errors import BookError

MAP = """
# Book

### Part 1 · By hand

- **1.1 First steps** *planned*
  Words.
- [1.2 A tiny loop](part-1/2-tiny.md)
  Words.

### Part 2 · By machine

- [2.1 Nets](part-2/1-nets.md)
  Words.
- **2.2 More** *planned*
  Words.
"""


def page(book, path: str, text: str = "# Title\n\nWords.\n") -> BeautifulSoup:
    import markdown

    book.write("docs/index.md", MAP)
    book.write(f"docs/{path}", text)
    html = markdown.markdown(
        text,
        extensions=["loopbook.series"],
        extension_configs={"loopbook.series": {"root": str(book.root)}},
    )
    return BeautifulSoup(html, "html.parser")


def test_place_stands_below_the_title_and_says_part_and_chapter(tiny_book) -> None:
    made = page(tiny_book, "part-1/2-tiny.md")
    place = made.find("h1").find_next_sibling()
    assert place["aria-label"] == "Place in the series"
    assert place.select_one(".place-words").text == "Part 1 · By hand · chapter 2 of 2"
    assert [len(line.select("li")) for line in place.select("ol")] == [2, 2]


def test_stations_link_written_chapters_and_mark_this_one(tiny_book) -> None:
    place = page(tiny_book, "part-1/2-tiny.md").select_one(".place")
    assert [(a["href"], a.text) for a in place.select("a")] == [
        ("../part-2/1-nets.md", "2.1 Nets")
    ]
    assert [here.text for here in place.select('[aria-current="page"]')] == ["1.2 A tiny loop"]
    assert len(place.select('li[aria-hidden="true"]')) == 2, "planned ones are for the eye alone"


def test_neighbours_are_linked_or_to_come_through_all_parts(tiny_book) -> None:
    turn = page(tiny_book, "part-1/2-tiny.md").select_one("nav.turn")
    before, behind = turn.select_one(".turn-before"), turn.select_one(".turn-behind")
    assert before.name == "span" and before.text == "Previous chapter · to come1.1 First steps"
    assert behind["href"] == "../part-2/1-nets.md" and behind["rel"] == ["next"]
    other = page(tiny_book, "part-2/1-nets.md", "# Nets\n").select_one(".turn-before")
    assert other["href"] == "../part-1/2-tiny.md"


def test_other_pages_stand_nowhere(tiny_book) -> None:
    assert not page(tiny_book, "glossary.md").select("nav")


def test_chapter_that_the_map_lacks_is_an_error(tiny_book) -> None:
    with pytest.raises(BookError, match=r"docs/part-1/9-lost.md:1: the map .* does not have"):
        page(tiny_book, "part-1/9-lost.md")


def test_map_that_numbers_a_chapter_otherwise_is_an_error(tiny_book) -> None:
    tiny_book.write("docs/index.md", MAP)
    wrong = MAP.replace("[2.1 Nets]", "[2.3 Nets]")
    from loopbook.series.plan import _plan

    with pytest.raises(BookError, match=r"docs/index.md:13: .* calls part-2/1-nets.md chapter 2.3"):
        _plan(wrong)

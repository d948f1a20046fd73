"""What was made is used again while every answer is the same, and never otherwise."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from material.plugins.search.plugin import SearchIndex

from loopbook.blocks.book import Book
from loopbook.kept import desk as desks
from loopbook.kept.desk import Desk, asked
from loopbook.kept.shelf import Shelf
from loopbook.site.pages import KeptIndex


@asked
def first_line(book: Book, name: str) -> str:
    return (book.root / name).read_text("utf-8").split("\n")[0]


@pytest.fixture
def make(tmp_path: Path) -> Callable[[Callable[[Book], str]], tuple[str, bool]]:
    """make(f) makes f's text at a new desk of one book; and whether it was made anew."""
    book = Book(tmp_path / "book")
    book.root.mkdir()
    (book.root / "a.txt").write_text("one\ntwo\n")

    def made(function: Callable[[Book], str]) -> tuple[str, bool]:
        desk = Desk(book, Shelf(tmp_path / "kept"))
        with desk.in_use():
            value = desk.kept("it", "given", lambda: function(book))
        return value, desk.made == 1

    return made


def reads(book: Book) -> str:
    return (book.root / "a.txt").read_text("utf-8")


def lists(book: Book) -> str:
    return " ".join(sorted(path.name for path in book.root.glob("*")))


def looks(book: Book) -> str:
    return str((book.root / "b.txt").is_file())


def tries(book: Book) -> str:
    try:
        return (book.root / "b.txt").read_text("utf-8")
    except OSError:
        return "none"


def asks(book: Book) -> str:
    return first_line(book, "a.txt")


@pytest.mark.parametrize("function", [reads, lists, looks, tries, asks])
def test_nothing_is_made_twice_for_the_same_answers(make, function) -> None:
    assert make(function)[1]
    assert not make(function)[1]


@pytest.mark.parametrize(
    ("function", "file", "text"),
    [
        (reads, "a.txt", "one\n2\n"),
        (lists, "b.txt", ""),
        (looks, "b.txt", ""),
        (tries, "b.txt", "there"),
        (asks, "a.txt", "1\ntwo\n"),
    ],
)
def test_another_answer_makes_it_anew(make, tmp_path: Path, function, file, text) -> None:
    make(function)
    (tmp_path / "book" / file).write_text(text)
    value, anew = make(function)
    assert anew and value == function(Book(tmp_path / "book"))


def test_of_what_a_question_reads_only_its_answer_counts(make, tmp_path: Path) -> None:
    make(asks)
    (tmp_path / "book/a.txt").write_text("one\nand more\n")
    assert make(asks) == ("one", False)


def test_an_answer_is_known_while_what_was_read_for_it_is_as_it_was(
    make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[str] = []
    read = Path.read_text
    monkeypatch.setattr(Path, "read_text", lambda *given: times.append("") or read(*given))
    make(asks)
    assert times
    for text, again in [("one\ntwo\n", False), ("one\nmore\n", True), ("one\nmore\n", False)]:
        times.clear()
        (tmp_path / "book/a.txt").write_text(text)
        assert make(asks) == ("one", False) and bool(times) == again
    times.clear()
    monkeypatch.setattr(desks, "made_by", lambda: "another")
    assert make(asks)[1] and times


def test_a_new_answer_is_known_beside_those_of_before(tmp_path: Path) -> None:
    book = Book(tmp_path / "book")
    book.root.mkdir()
    for name in ("a.txt", "b.txt"):
        (book.root / name).write_text(f"{name}\n")

    def made(*names: str) -> tuple[int, int]:
        """How many are made at a new desk, and how many questions are answered there by reading."""
        desk = Desk(book, Shelf(tmp_path / "kept"))
        with desk.in_use():
            for name in names:
                desk.kept(name, "", lambda name=name: first_line(book, name))
        return desk.made, len(desk.values)

    assert made("a.txt") == (1, 1)
    assert made("a.txt", "b.txt") == (1, 1)
    assert made("a.txt", "b.txt") == (0, 0)
    (book.root / "b.txt").write_text("another\n")
    assert made("a.txt", "b.txt") == (1, 2)


@asked
def names(book: Book) -> tuple[str, ...]:
    """All files, as they are found without following links."""
    found = (Path(place, name) for place, _, files in os.walk(book.root) for name in files)
    return tuple(sorted(path.relative_to(book.root).as_posix() for path in found))


def file_to_folder(place: Path) -> None:
    place.unlink()
    (place / "below").mkdir(parents=True)
    (place / "below/y.txt").touch()


def link_to_folder(place: Path) -> None:
    place.unlink()
    shutil.copytree(place.parent.parent / "there", place)


def folder_to_link(place: Path) -> None:
    shutil.rmtree(place)
    place.symlink_to(place.parent.parent / "there")


@pytest.mark.parametrize("change", [file_to_folder, link_to_folder, folder_to_link])
def test_a_folder_that_was_something_else_is_seen(make, tmp_path: Path, change) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there/z.txt").touch()
    place = tmp_path / "book/extra"
    if change is file_to_folder:
        place.touch()
    elif change is link_to_folder:
        place.symlink_to(tmp_path / "there")
    else:
        shutil.copytree(tmp_path / "there", place)
    before = make(lambda book: str(names(book)))
    change(place)
    after = make(lambda book: str(names(book)))
    assert after == (str(names(Book(tmp_path / "book"))), True) and after[0] != before[0]


def test_what_is_made_from_a_file_that_is_taken_back_is_not_kept(tmp_path: Path) -> None:
    book, file = Book(tmp_path / "book"), tmp_path / "book/a.txt"
    book.root.mkdir()
    file.write_text("old\n")

    def made(given: str, meanwhile: str) -> str:
        desk = Desk(book, Shelf(tmp_path / "kept"))
        with desk.in_use():
            file.write_text(meanwhile)
            return desk.kept("it", given, lambda: asks(book))

    assert made("first", "old\n") == "old"
    assert made("second", "new\n") == "new"
    file.write_text("old\n")
    assert made("second", "old\n") == "old"


def test_what_changes_while_it_is_read_is_not_kept(make, tmp_path: Path) -> None:
    def changing(book: Book) -> str:
        text = reads(book)
        (book.root / "a.txt").write_text("later\n")
        os.utime(book.root / "a.txt", (1, 1))
        return text

    make(changing)
    (tmp_path / "book/a.txt").write_text("one\ntwo\n")
    assert make(reads) == ("one\ntwo\n", True)


@pytest.mark.parametrize("function", [lists, looks])
def test_what_comes_while_it_is_made_is_not_kept(make, tmp_path: Path, function) -> None:
    other = tmp_path / "book/b.txt"

    def changing(book: Book) -> str:
        function(book)  # so an earlier part of the build knows it
        other.touch()
        return function(book)

    make(changing)
    other.unlink()
    assert make(function)[1]


def test_another_engine_makes_it_anew(make, monkeypatch: pytest.MonkeyPatch) -> None:
    make(reads)
    monkeypatch.setattr(desks, "made_by", lambda: "another")
    assert make(reads)[1]


@pytest.mark.parametrize("cut", [0, 5, 40, -1])
def test_a_damaged_entry_is_made_anew(make, tmp_path: Path, cut: int) -> None:
    make(reads)
    (file,) = (tmp_path / "kept").iterdir()
    file.write_bytes(file.read_bytes()[:cut])
    assert make(reads) == ("one\ntwo\n", True)
    data = bytearray(file.read_bytes())
    data[cut] ^= 4
    file.write_bytes(data)
    assert make(reads) == ("one\ntwo\n", True)
    assert not make(reads)[1]


def test_a_shelf_has_room_for_the_newest(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for number in range(6):
        (tmp_path / str(number)).write_bytes(bytes(100))
        os.utime(tmp_path / str(number), (number, number))
    shelf.tidy(room=250)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["4", "5"]


def test_a_shelf_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    desk = Desk(Book(tmp_path), Shelf(tmp_path / "file"))
    assert desk.kept("it", "given", lambda: 3) == 3
    assert desk.kept("it", "given", lambda: 4) == 4


@pytest.mark.parametrize(
    ("content", "seen"),
    [("<p data-search-exclude>A</p>", ""), ('<p data-search-x="1">A</p>', None)],
)
def test_only_content_with_marks_to_take_out_is_left_to_the_search(
    tmp_path: Path, content: str, seen: str | None
) -> None:
    page = SimpleNamespace(content=content, url="a/", title="A", toc=(), meta={})
    options = {"lang": ["en"], "separator": " ", "pipeline": [], "fields": {}}
    index = KeptIndex(Desk(Book(tmp_path), None), SearchIndex(**options))
    index.add_entry_from_context(page)  # type: ignore[arg-type]
    assert page.content == (content if seen is None else seen)
    index.put_back(page)  # type: ignore[arg-type]
    assert page.content == content


def test_what_was_put_aside_of_a_page_that_was_given_up_comes_to_no_other(tmp_path: Path) -> None:
    options = {"lang": ["en"], "separator": " ", "pipeline": [], "fields": {}}
    index = KeptIndex(Desk(Book(tmp_path), None), SearchIndex(**options))
    texts = ("<p>given up</p>", '<p data-search-x="1">next</p>')
    pages = [SimpleNamespace(content=t, url="a/", title="A", toc=(), meta={}) for t in texts]
    for page in pages:
        index.add_entry_from_context(page)  # type: ignore[arg-type]
    index.put_back(pages[1])  # type: ignore[arg-type]
    assert pages[1].content == texts[1]


def test_what_the_search_is_not_made_to_read_changes_nothing_in_it(tmp_path: Path) -> None:
    class OnePage:
        content = (
            '<h1 id="a">A</h1><p>One <svg id="s"><style>#s p{}</style><g><path d="M0"/></g></svg>'
            ' two</p><h2 id="b">B <svg><path/></svg></h2><p><svg><text>Said</text></svg> three</p>'
            "<svg><svg><p>Odd</p></svg></svg><pre>  <svg><g></g></svg>\n</pre>"
            '<p>Of <mjx-container class="a > b" data-search-exclude><mjx-c>LEFT</mjx-c><math>'
            "<mi>OUT</mi></math></mjx-container> and <mjx-container><mi>Kept</mi></mjx-container>"
            ' it</p><div title="x > y" data-search-exclude="">\n<svg aria-label="m > n" id="t">'
            "<text>LEFT</text><p>OUT</p></svg> <p>OUT</p><div>b</div> then</div>"
            '<div title=" data-search-exclude"><svg><text>Words</text></svg></div> end'
        )
        url, title, toc, meta = "a/", "A", (), {}

    options = {"lang": ["en"], "separator": " ", "pipeline": [], "fields": {}}
    plain, page = SearchIndex(**options), OnePage()
    plain.add_entry_from_context(page)
    ours = KeptIndex(Desk(Book(tmp_path), None), SearchIndex(**options))
    ours.add_entry_from_context(page)  # type: ignore[arg-type]
    ours.put_back(page)  # type: ignore[arg-type]
    assert ours.entries == plain.entries
    assert all(word in str(plain.entries) for word in ("Said", "Kept", "Words", "then"))
    assert not {"LEFT", "OUT"} & set(re.findall(r"\w+", str(plain.entries)))
    assert page.content.count("<path") == 2

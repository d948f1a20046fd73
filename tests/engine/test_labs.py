"""A lab's notebook: cells with what they printed and drew, brackets looked up, and what fails."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from loopbook.blocks.book import Book
from loopbook.errors import BookError
from loopbook.labs.lab import find_labs
from loopbook.labs.notebook import notebook, write_notebook
from loopbook.labs.page import document, woven
from loopbook.runner.book import run_snippets
from loopbook.runner.session import Options

FOLDER = "snippets/part-1/lab-3-tiny"
LAB = '''\
"""A tiny lab."""

# %% [markdown]
# # Tiny
#
# It prints [[lab.py: sum]], so $s = [[lab.py: sum | .2f]]$; see [[Loss]] and
# [the home page](../index.md#top), or [elsewhere](https://book.example/).

# %%
import matplotlib.pyplot as plt

print("sum:", -3)

# %%
print("two <lines>")
plt.plot([1, 2])
# alt: A line that
#   rises.
plt.show()
plt.plot([2, 1])
# alt: A line that falls.
plt.show()
print("after")

# %% [markdown]
# Code is left alone: `[[1, 2]]`.

# %%

# %%
x = 1
'''
GLOSSARY = "# Glossary\n\n## Loss\n\nA number that says how wrong a model is.\n"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book of one lab, not run yet."""
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "lab.py").write_text(LAB, "utf-8")
    (tmp_path / FOLDER / "lab.out").write_text("sum: -3\ntwo <lines>\nafter\n", "utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/glossary.md").write_text(GLOSSARY, "utf-8")
    (tmp_path / "docs/index.md").write_text("# Home\n", "utf-8")
    return Book(tmp_path)


def change(book: Book, old: str, new: str) -> None:
    path = book.root / FOLDER / "lab.py"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def made(book: Book) -> nbformat.NotebookNode:
    session = run_snippets(book.root, Options())
    assert not session.failed, session.failed
    (lab,) = find_labs(book)
    return notebook(lab)


def complaint(book: Book) -> BookError:
    with pytest.raises(BookError) as caught:
        made(book)
    return caught.value


def test_each_cell_holds_what_it_printed_and_drew(book: Book) -> None:
    cells = made(book).cells
    assert [cell.cell_type for cell in cells] == ["markdown", "code", "code", "markdown", "code"]
    assert [cell.execution_count for cell in cells if cell.cell_type == "code"] == [1, 2, 3]
    first, second, third = (cell.outputs for cell in cells if cell.cell_type == "code")
    assert [output.text for output in first] == ["sum: -3\n"]
    assert second[0].text == "two <lines>\nafter\n"
    assert [output.data["text/plain"] for output in second[1:]] == [
        "A line that rises.",
        "A line that falls.",
    ]
    svg = second[1].data["image/svg+xml"]
    assert svg.startswith("<svg") and 'aria-label="A line that rises."' in svg
    assert third == []
    assert "alt:" not in cells[2].source and cells[2].source.count("plt.show()") == 2


def test_the_notebook_needs_no_other_page(book: Book) -> None:
    text = made(book).cells[0].source
    assert text == (
        "# Tiny\n\nIt prints \N{MINUS SIGN}3, so $s = -3.00$; see Loss and\n"
        "the home page, or [elsewhere](https://book.example/)."
    )


def test_the_page_links_terms_and_says_where_numbers_come_from(book: Book) -> None:
    made(book)
    (lab,) = find_labs(book)
    text = document(lab)
    number = BeautifulSoup(text, "html.parser").find(class_="run-value")
    assert (number.text, number["title"]) == ("\u22123", "printed by lab.py: sum: -3")
    assert "$s = -3.00$" in text
    assert '[Loss](../glossary.md#loss "A number that says how wrong a model is."){.term}' in text
    assert "[the home page](../index.md#top)" in text
    assert "`[[1, 2]]`" in text
    assert "<!--cell 1-->\n\n```python\nimport matplotlib" in text
    assert lab.name == "Lab 3" and lab.purpose == "A tiny lab."


def test_the_same_run_gives_the_same_bytes(book: Book) -> None:
    made(book)
    (lab,) = find_labs(book)
    write_notebook(lab)
    first, when = lab.notebook.read_bytes(), lab.notebook.stat().st_mtime_ns
    write_notebook(lab)
    assert lab.notebook.stat().st_mtime_ns == when, "the same is not written again"
    run_snippets(book.root, Options())
    for damaged in (b"", first[:99] + b"\xff" + first[100:]):
        lab.notebook.write_bytes(damaged)
        write_notebook(lab)
        assert lab.notebook.read_bytes() == first
    ids = [cell.id for cell in nbformat.reads(first.decode(), as_version=4).cells]
    assert ids == ["cell-00", "cell-01", "cell-02", "cell-03", "cell-04"]


def test_cells_show_the_accepted_text_where_numbers_differ_a_little(book: Book) -> None:
    change(book, '"sum:", -3', '"sum:", -3.000001')
    assert made(book).cells[1].outputs[0].text == "sum: -3\n"
    change(book, '"sum:", -3.000001', '"sum:", -4')
    assert made(book).cells[1].outputs[0].text == "sum: -4\n"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("lab.py: sum]]", "lab.py: product]]", 6, "prints no number “product”"),
        ("[[Loss]]", "[[Lost]]", 6, "no term “Lost”"),
        ("[[lab.py: sum | .2f]]", "[[Loss]]", 6, "stands in a formula"),
        ("# alt: A line that falls.\n", "", 14, "shows 2 figure(s) and puts 1 into words"),
        ('print("sum:", -3)', 'print("sum:", -3, end=" ")', 9, "middle of a printed line"),
        ('"""A tiny lab."""', "", 1, "no docstring"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(
    book: Book, old: str, new: str, line: int, words: str
) -> None:
    change(book, old, new)
    error = complaint(book)
    assert (error.file, error.line) == (f"{FOLDER}/lab.py", line)
    assert words in error.message


def test_a_lab_that_raises_has_no_notebook(book: Book) -> None:
    change(book, "x = 1", "x = 1\nx.shape")
    session = run_snippets(book.root, Options())
    (record,) = session.failed
    assert record.problem and record.problem.line == 32
    (lab,) = find_labs(book)
    with pytest.raises(BookError, match="was not run"):
        notebook(lab)


def test_a_script_without_cells_is_no_lab(book: Book) -> None:
    change(book, "# %%", "#")
    assert "cannot be told apart" in complaint(book).message


def test_pieces_are_put_at_their_marks() -> None:
    layout = "<p>\n<!--cell 1-->\n</p><!--cell 0--><!--cell 2-->"
    content = "<!--cell 0-->\n<h1>A</h1>\n<!--cell 1-->\nb\n"
    assert woven(layout, content) == "<p>\nb\n</p><h1>A</h1>"


def test_new_words_move_no_output(book: Book) -> None:
    made(book)
    more = "# # Tiny\n#\n# More words, and a cell of them:\n\n# %% [markdown]\n#\n"
    change(book, "# # Tiny\n", more)
    session = run_snippets(book.root, Options())
    assert not session.ran
    first, second, _ = (cell.outputs for cell in made(book).cells if cell.cell_type == "code")
    assert first[0].text == "sum: -3\n" and len(second) == 3

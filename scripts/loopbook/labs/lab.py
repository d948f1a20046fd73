"""A lab as it lies on disk: a script whose cells are text and code."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

import jupytext  # type: ignore[import-untyped]

from loopbook.blocks.book import Book, Source
from loopbook.blocks.front import Front
from loopbook.errors import BookError
from loopbook.regular import still_there, written
from loopbook.runner.cells import cell_lines
from loopbook.syntax import UNREADABLE, tree
from loopbook.text import read

#: What a lab's script is called, whatever its folder.
SCRIPT = "lab.py"
_NUMBER = re.compile(r"lab-(\d+)-")
_ALT = re.compile(r"^# alt:[ ]*(?P<words>.*(?:\n#[ ]{2,}\S.*)*)\n?", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """One cell of a lab.

    Attributes:
        kind: what it is.
        line: the script's line on which it begins.
        text: its Markdown or its code.
        alts: what each of its figures shows, in words.
    """

    kind: Literal["markdown", "code"]
    line: int
    text: str
    alts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lab:
    """One lab.

    Attributes:
        book: the book.
        folder: its folder, below each of the book's.
        purpose: the first line of the script's docstring.
        cells: its cells, empty ones left out.
    """

    book: Book
    folder: str
    purpose: str
    cells: tuple[Cell, ...]

    @property
    def file(self) -> str:
        """The script, below the repository's root."""
        return f"snippets/{self.folder}/{SCRIPT}"

    @property
    def uri(self) -> str:
        """The notebook, below ``docs``, where the site finds it though it is made."""
        return f"{self.folder}.ipynb"

    @property
    def notebook(self) -> Path:
        """The notebook that is made."""
        return self.book.root / ".build" / "labs" / self.uri

    @property
    def name(self) -> str:
        """How the book calls it, such as ``Lab 1``."""
        number = _NUMBER.match(self.folder.rpartition("/")[2])
        return f"Lab {int(number[1])}" if number else "Lab"

    @property
    def source(self) -> Source:
        """The lab as a page that others are linked from."""
        return Source(self.uri, "", "", 1, Front(folder=self.folder))

    def error(self, message: str, line: int, cure: str = "") -> BookError:
        """An error of the lab's author."""
        return BookError(message, file=self.file, line=line, cure=cure)


def find_labs(book: Book) -> tuple[Lab, ...]:
    """All labs of a book, sorted.

    Raises:
        BookError: one has no docstring, or its cells cannot be told apart.
    """

    def lab(script: str) -> Lab:
        return read_lab(book, PurePosixPath(script).parent.as_posix())

    scripts = written(book.snippets, SCRIPT)
    return tuple(found for _, found in still_there(book.snippets, scripts, lab))


def read_lab(book: Book, folder: str) -> Lab:
    """The lab in a folder.

    Raises:
        BookError: it has no docstring, or its cells cannot be told apart.
    """
    text = read(book.snippets / folder / SCRIPT, f"snippets/{folder}/{SCRIPT}")
    lab = Lab(book, folder, _purpose(text), ())
    if not lab.purpose:
        cure = 'begin it with one sentence: """…"""'
        raise lab.error("this lab has no docstring to say what it shows", 1, cure)
    marks = cell_lines(text.encode("utf-8"))
    lines = text.split("\n")
    made = jupytext.reads("\n".join(lines[marks[0] - 1 :]) if marks else "", fmt="py:percent").cells
    if not marks or len(made) != len(marks):
        cure = "begin each with a line # %% or # %% [markdown], and let no other line look like one"
        raise lab.error("the cells of this lab cannot be told apart", 1, cure)
    pairs = zip(made, marks, strict=True)
    cells = tuple(_cell(cell.cell_type, line, cell.source) for cell, line in pairs)
    return replace(lab, cells=tuple(cell for cell in cells if cell.text))


def _cell(kind: str, line: int, text: str) -> Cell:
    if kind == "markdown":
        return Cell("markdown", line, text.strip("\n"))
    alts = tuple(
        " ".join(match["words"].replace("\n#", " ").split()) for match in _ALT.finditer(text + "\n")
    )
    return Cell("code", line, _ALT.sub("", text + "\n").strip("\n"), alts)


def _purpose(text: str) -> str:
    try:
        return (ast.get_docstring(tree(text)) or "").split("\n", 1)[0].strip()
    except UNREADABLE:
        return ""

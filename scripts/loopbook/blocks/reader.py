"""Finds out which page of the book a text is, and looks up all that it asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions.toc import slugify
from markdown.preprocessors import Preprocessor
from pymdownx.blocks import BlocksProcessor  # type: ignore[import-untyped]

from loopbook.blocks.book import Book
from loopbook.blocks.chapter import parse
from loopbook.blocks.conversion import Conversion
from loopbook.blocks.index import Index
from loopbook.blocks.page import Page
from loopbook.blocks.room import Room
from loopbook.blocks.spans import is_term
from loopbook.blocks.spec import SPECS
from loopbook.errors import BookError
from loopbook.kept.desk import answered_once


class Reader(Preprocessor):
    """Reads each text before anything else does, and writes down what it found out."""

    def __init__(
        self, md: Markdown, conversion: Conversion, manager: BlocksProcessor, root: str
    ) -> None:
        super().__init__(md)
        self.conversion, self.manager, self.root = conversion, manager, root

    def run(self, lines: list[str]) -> list[str]:
        """The page's lines with numbers in the place of names.

        Raises:
            BookError: the page is not the book's, or asks for something that does not exist.
        """
        self.conversion.page, self.conversion.text = None, ""
        text = "\n".join(lines).replace("\r\n", "\n").replace("\r", "\n")
        if "///" not in text and "[[" not in text:
            return lines
        foreign = frozenset(name for name in self.manager.blocks if name not in SPECS)
        book, found = None, None
        if self.root or (Path.cwd() / "mkdocs.yml").is_file() or _upwards():
            book = Book(Path(self.root).resolve() if self.root else _upwards() or Path())
            found = book.find(text)
        chapter = parse(text, found[0].file if found else "", found[1] if found else 1, foreign)
        ours = chapter.blocks or any(
            not (inline.in_code or is_term(inline.inner)) for inline in chapter.inlines
        )
        if book is None or found is None:
            if ours:
                where = "no mkdocs.yml is near"
                if book:
                    where = f"{book.docs} has no page of this text"
                raise BookError(
                    f"the text has blocks of a chapter, and {where}",
                    cure="blocks find their scripts by the place of their chapter below docs/; "
                    "name the repository's root in the option “root”",
                )
            return lines
        source = found[0]
        self.conversion.text, self.conversion.file = text, source.file
        self.conversion.line = found[1]
        if not ours and not chapter.inlines:
            return lines
        index = Index.of(book, foreign)
        self.conversion.page = Page(source, chapter, index)
        room = Room(book, source.folder)
        with answered_once(book):
            return self.conversion.page.prepare(room, _slugify(self.md)).split("\n")


def _slugify(md: Markdown) -> Callable[[str], str]:
    """How the table of contents makes a heading's identifier."""
    if "toc" in md.treeprocessors:
        toc: Any = md.treeprocessors["toc"]
        return lambda text: str(toc.slugify(text, toc.sep))
    return lambda text: slugify(text, "-")


def _upwards() -> Path | None:
    """The nearest folder upwards from here that holds mkdocs.yml."""
    here = Path.cwd()
    return next((f for f in (here, *here.parents) if (f / "mkdocs.yml").is_file()), None)

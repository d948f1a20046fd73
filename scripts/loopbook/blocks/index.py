"""All pages of the book taken apart, so that one page can refer to another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from loopbook.blocks.book import Book, Source
from loopbook.blocks.chapter import Chapter, parse
from loopbook.blocks.labels import Label, Labels, labels_of


@dataclass(frozen=True)
class Index:
    """Every page with its blocks.

    Attributes:
        pages: each page's file and what of its text is ours.
    """

    pages: tuple[tuple[Source, Chapter], ...]

    @classmethod
    def of(cls, book: Book, foreign: frozenset[str]) -> Index:
        """Read the book.

        Args:
            book: the book.
            foreign: names of blocks that other extensions know.

        Raises:
            BookError: some page has a block that is not understood.
        """
        return cls(
            tuple(
                (source, parse(source.body, source.file, source.first_line, foreign))
                for source in book.sources()
            )
        )

    @cached_property
    def labels(self) -> Labels:
        """The book's labels.

        Raises:
            BookError: a label is given twice.
        """
        found: list[Label] = []
        for source, chapter in self.pages:
            found.extend(labels_of(source, chapter))
        return Labels.of(found)

    @cached_property
    def exercises(self) -> tuple[tuple[str, int], ...]:
        """Each chapter's folder, and how many exercises it has."""
        return tuple(
            (source.folder, sum(block.name == "exercise" for block in chapter.blocks))
            for source, chapter in self.pages
            if source.number and source.owns_folder
        )

    def sections_shown(self, folder: str) -> frozenset[tuple[str, str]]:
        """Script and section of each listing on the pages that use this folder."""
        return frozenset(
            (script.strip(), section.strip())
            for source, chapter in self.pages
            if source.folder == folder
            for block in chapter.blocks
            if block.name == "code"
            for script, _, names in [block.argument.partition(":")]
            for section in names.split(",")
        )

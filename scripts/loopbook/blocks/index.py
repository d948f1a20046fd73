"""All pages of the book taken apart, so that one page can refer to another.

What a page asks here is answered from all pages, and only the answer counts for the page: see
`loopbook.kept`. So an answer holds no more than the question needs, and no lines of other pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from loopbook.blocks.book import Book, Source
from loopbook.blocks.chapter import Chapter, parse
from loopbook.blocks.glossary import GLOSSARY, Glossary, Term
from loopbook.blocks.labels import Label, Labels, labels_of
from loopbook.blocks.symbols import Symbol, symbols_of
from loopbook.kept.desk import asked


class Pages(tuple[tuple[Source, Chapter], ...]):
    """Each page's file and what of its text is ours."""

    @property
    def made_of(self) -> tuple[tuple[str, str], ...]:
        """Paths and texts, which decide all else."""
        return tuple((source.path, source.text) for source, _ in self)


@dataclass(frozen=True)
class Reference:
    """What a sentence needs to refer to a label: its name, its words, its page's path."""

    name: str
    words: str
    path: str


@dataclass(frozen=True)
class Index:
    """Every page with its blocks.

    Attributes:
        book: the book.
        foreign: names of blocks that other extensions know.
    """

    book: Book
    foreign: frozenset[str]

    @classmethod
    def of(cls, book: Book, foreign: frozenset[str]) -> Index:
        """Read the book.

        Args:
            book: the book.
            foreign: names of blocks that other extensions know.
        """
        return cls(book, foreign)

    @property
    def pages(self) -> Pages:
        """Each page's file and what of its text is ours: whoever asks depends on every page."""
        return _pages(self.book, self.foreign)

    @property
    def labels(self) -> Labels:
        """The book's labels, with their lines: whoever asks depends on every page.

        Raises:
            BookError: a label is given twice.
        """
        return _labels(self.book, self.foreign)

    @property
    def exercises(self) -> tuple[tuple[str, int], ...]:
        """Each chapter's folder, and how many exercises it has."""
        return _exercises(self.book, self.foreign)

    @property
    def offering(self) -> tuple[str, ...]:
        """Paths of the pages that offer files to take along."""
        return _offering(self.book, self.foreign)

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbols of the book's notation that have a name in code."""
        return _symbols(self.book, self.foreign)

    def reference(self, name: str) -> Reference:
        """How to refer to a label.

        Raises:
            BookError: there is none of this name, or a label is given twice.
        """
        return _reference(self.book, self.foreign, name)

    def term(self, name: str) -> Term | None:
        """A term of the glossary, its anchor as `Glossary.read` has it; none without a glossary.

        Raises:
            BookError: the glossary has no such term, or more than one.
        """
        return _term(self.book, self.foreign, name)

    def equations(self, folder: str) -> frozenset[str]:
        """Labels of the equations on the pages that use this folder.

        Raises:
            BookError: a label is given twice.
        """
        return _equations(self.book, self.foreign, folder)

    def sections_shown(self, folder: str) -> frozenset[tuple[str, str]]:
        """Script and section of each listing on the pages that use this folder."""
        return _sections_shown(self.book, self.foreign, folder)


@asked
def _pages(book: Book, foreign: frozenset[str]) -> Pages:
    return Pages(
        (source, parse(source.body, source.file, source.first_line, foreign))
        for source in book.sources()
    )


@asked
def _labels(book: Book, foreign: frozenset[str]) -> Labels:
    found: list[Label] = []
    for source, chapter in _pages(book, foreign):
        found.extend(labels_of(source, chapter))
    return Labels.of(found)


@asked
def _reference(book: Book, foreign: frozenset[str], name: str) -> Reference:
    label = _labels(book, foreign).find(name)
    return Reference(label.name, label.words, label.source.path)


@asked
def _term(book: Book, foreign: frozenset[str], name: str) -> Term | None:
    glossary = _glossary(book, foreign)
    return None if glossary is None else glossary.find(name)


@asked
def _glossary(book: Book, foreign: frozenset[str]) -> Glossary | None:
    pages = _pages(book, foreign)
    source = next((source for source, _ in pages if source.path == GLOSSARY), None)
    return None if source is None else Glossary.read(source.body)


@asked
def _symbols(book: Book, foreign: frozenset[str]) -> tuple[Symbol, ...]:
    return symbols_of(_pages(book, foreign))


@asked
def _exercises(book: Book, foreign: frozenset[str]) -> tuple[tuple[str, int], ...]:
    return tuple(
        (source.folder, sum(block.name == "exercise" for block in chapter.blocks))
        for source, chapter in _pages(book, foreign)
        if source.number and source.owns_folder
    )


@asked
def _offering(book: Book, foreign: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        source.path
        for source, chapter in _pages(book, foreign)
        if any(block.name == "takeaway" for block in chapter.blocks)
    )


@asked
def _equations(book: Book, foreign: frozenset[str], folder: str) -> frozenset[str]:
    return frozenset(
        label.name
        for label in _labels(book, foreign).by_name.values()
        if label.kind == "equation" and label.source.folder == folder
    )


@asked
def _sections_shown(book: Book, foreign: frozenset[str], folder: str) -> frozenset[tuple[str, str]]:
    return frozenset(
        (script.strip(), section.strip())
        for source, chapter in _pages(book, foreign)
        if source.folder == folder
        for block in chapter.blocks
        if block.name == "code"
        for script, _, names in [block.argument.partition(":")]
        for section in names.split(",")
    )

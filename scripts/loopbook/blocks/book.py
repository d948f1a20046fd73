"""The book as it lies on disk: which folder holds what, and which page a text is."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from loopbook.blocks.front import FRONT_MATTER, Front, read_front
from loopbook.errors import BookError
from loopbook.kept.desk import asked
from loopbook.regular import still_there, written
from loopbook.text import plain, read

_CHAPTER = re.compile(r"part-(\d+)/(\d+)-[^/]*\.md")
_TITLE = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\{[^}]*\})?[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Source:
    """One page's Markdown file.

    Attributes:
        path: its path below ``docs``, with forward slashes.
        text: all of it.
        body: the text without front matter and leading blank lines.
        first_line: the line of the file on which the body begins.
        front: what it says of itself above that.
    """

    path: str
    text: str
    body: str
    first_line: int
    front: Front

    @property
    def folder(self) -> str:
        """The page's folder below ``snippets``, ``tests`` and the records."""
        return self.front.folder or self.path.removesuffix(".md")

    @property
    def title(self) -> str:
        """The page's name: that of the front matter, or its first heading, in Markdown."""
        match = _TITLE.search(self.body)
        return self.front.title or (match[1] if match else "")

    @property
    def file(self) -> str:
        """The file as errors name it."""
        return f"docs/{self.path}"

    @cached_property
    def number(self) -> str:
        """Number of the chapter, such as ``1.2``; empty for other pages."""
        match = _CHAPTER.fullmatch(self.path)
        return f"{int(match[1])}.{int(match[2])}" if match else ""

    @property
    def slug(self) -> str:
        """Name of the page's files without part and number, such as ``linear-regression``."""
        name = posixpath.basename(self.path).removesuffix(".md")
        return re.sub(r"\A\d+-", "", name)

    @property
    def owns_folder(self) -> bool:
        """Whether this is the folder's own page, not one that borrows the folder."""
        return self.folder == self.path.removesuffix(".md")

    def link(self, target: str) -> str:
        """Path from this page's file to another one below ``docs``."""
        return posixpath.relpath(target, posixpath.dirname(self.path) or ".")


@dataclass(frozen=True)
class Book:
    """The rooms of the book.

    Attributes:
        root: the folder that holds ``docs``, ``snippets`` and ``tests``.
    """

    root: Path

    @property
    def docs(self) -> Path:
        """Chapters and other pages."""
        return self.root / "docs"

    @property
    def snippets(self) -> Path:
        """Scripts, one folder per chapter."""
        return self.root / "snippets"

    @property
    def tests(self) -> Path:
        """Tests, one folder per chapter."""
        return self.root / "tests"

    @property
    def records(self) -> Path:
        """What the scripts printed and drew when they were run."""
        return self.root / ".build" / "records"

    def sources(self) -> tuple[Source, ...]:
        """Every page below ``docs``, sorted by path."""
        return _sources(self)

    def find(self, text: str) -> tuple[Source, int] | None:
        """The page whose text this is, and the line of its file on which the text begins.

        Raises:
            BookError: two pages have the same text.
        """
        return _find(self, text)


@asked
def _sources(book: Book) -> tuple[Source, ...]:
    paths = sorted(written(book.docs, "*.md", folders=True))
    found = still_there(book.docs, paths, lambda path: read(book.docs / path, f"docs/{path}"))
    return tuple(_source(path, text) for path, text in found)


@asked
def _find(book: Book, text: str) -> tuple[Source, int] | None:
    wanted = plain(text).lstrip("\n").rstrip()
    sources = book.sources()
    found = [source for source in sources if source.body.rstrip() == wanted]
    # Another tool may have taken more off the top than front matter.
    found = found or [source for source in sources if source.text.rstrip().endswith("\n" + wanted)]
    if len(found) > 1:
        raise BookError(
            f"{found[0].file} and {found[1].file} have the same text",
            file=found[0].file,
            line=found[0].first_line,
            cure="blocks need to know their page: change one of the two",
        )
    if not found:
        return None
    end = found[0].text.rstrip()
    above = end[: len(end) - len(wanted)].count("\n")
    blank = plain(text).partition(wanted)[0].count("\n")
    return found[0], above - blank + 1


#: Signs that a page may have between two blank lines: Markdown takes seconds for more.
_PARAGRAPH = 20_000


@lru_cache(maxsize=256)
def _source(path: str, text: str) -> Source:
    line = 1
    for paragraph in text.split("\n\n") if len(text) > _PARAGRAPH else ():
        if len(paragraph) > _PARAGRAPH:
            raise BookError(
                f"holds {len(paragraph):,} signs without a blank line",
                file=f"docs/{path}",
                line=line,
                cure="data belong into a script, or into a file that it reads",
            )
        line += paragraph.count("\n") + 2
    match = FRONT_MATTER.match(text)
    rest = text[match.end() :] if match else text
    body = rest.lstrip("\n")
    first_line = text[: len(text) - len(body)].count("\n") + 1
    return Source(path, text, body, first_line, read_front(text, f"docs/{path}"))

"""The Python-Markdown extension for the lines below a chapter's title: number, length, tags."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from loopbook.blocks.book import Book
from loopbook.blocks.listed import tag_list
from loopbook.blocks.overview import TAGS, tag_links
from loopbook.site.reading import count_words, minutes

#: A sign that no text uses: here the minutes of reading will stand.
MINUTES = "\ue002"


class _Text(Preprocessor):
    """Keeps the text as it was written, by which a page is known."""

    text = ""

    def run(self, lines: list[str]) -> list[str]:
        self.text = "\n".join(lines)
        return lines


class _Lines(Treeprocessor):
    """Puts the lines below the title, so that links in them are checked like all others."""

    def __init__(self, md: Markdown, text: _Text, root: str) -> None:
        super().__init__(md)
        self._text, self._root = text, root

    def run(self, root: Element) -> None:
        place = next((i for i, child in enumerate(root) if child.tag == "h1"), None)
        book = Book(Path(self._root or ".").resolve())
        found = book.find(self._text.text) if place is not None and book.docs.is_dir() else None
        if place is None or found is None:
            return
        source, head = found[0], Element("div", {"class": "chapter-head"})
        if source.number:
            line = Element("p", {"class": "reading-time", "data-search-exclude": ""})
            line.text = AtomicString(
                f"Chapter {source.number} · about {MINUTES} minutes of reading, "
                "without the code and what is folded"
            )
            head.append(line)
        if source.front.tags:
            there = (book.docs / TAGS).is_file()
            tag_list(head, tag_links(source, source.front.tags, there))
        if len(head):
            root.insert(place + 1, head)


class _Length(Postprocessor):
    """Counts the words of a page when it is complete."""

    def run(self, text: str) -> str:
        if MINUTES not in text:
            return text
        return text.replace(MINUTES, str(minutes(count_words(text))))


class HeadingExtension(Extension):
    """Says below the title of a chapter which it is, how long, and what it is about.

    Options:
        root: the book's folder; where the command runs by default.
    """

    def __init__(self, **options: Any) -> None:
        self.config = {"root": ["", "The book's folder, with docs; by default the current one"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the three processors."""
        text = _Text(md)
        # Before the blocks (34) replace what is written.
        md.preprocessors.register(text, "heading-text", 35)
        # After abbreviations (7) and the table of contents (5), before links are checked (0).
        md.treeprocessors.register(_Lines(md, text, self.getConfig("root")), "heading-lines", 4)
        md.postprocessors.register(_Length(md), "heading-length", -2000)


def makeExtension(**options: Any) -> HeadingExtension:
    """Make the extension that Python-Markdown finds under ``loopbook.site.heading``."""
    return HeadingExtension(**options)

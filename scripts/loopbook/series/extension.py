"""The Python-Markdown extension: a chapter's page says where it stands."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from loopbook.blocks.book import Book, Source
from loopbook.node.packages import ROOT
from loopbook.series.place import neighbours, strip
from loopbook.series.plan import Plan


class _Finder(Preprocessor):
    """Finds out which chapter a text is, before anything changes it."""

    def __init__(self, md: Markdown, book: Book) -> None:
        super().__init__(md)
        self.book = book
        self.chapter: Source | None = None

    def run(self, lines: list[str]) -> list[str]:
        found = self.book.find("\n".join(lines))
        self.chapter = found[0] if found and found[0].number else None
        return lines


class _Placer(Treeprocessor):
    """Puts the place below the title, and the neighbours at the end."""

    def __init__(self, md: Markdown, finder: _Finder) -> None:
        super().__init__(md)
        self.finder = finder

    def run(self, root: ET.Element) -> None:
        source = self.finder.chapter
        plan = Plan.of(self.finder.book)
        title = next((i for i, child in enumerate(root) if child.tag == "h1"), None)
        if source is None or title is None or not plan.parts:
            return
        part, station = plan.find(source.path)
        place = title + 1
        if len(root) > place and root[place].get("class") == "chapter-head":
            place += 1  # behind the lines on the chapter itself, whoever comes first
        root.insert(place, strip(plan, source, part, station))
        root.append(neighbours(plan, source, station))


class SeriesExtension(Extension):
    """Places chapters in the series that the home page maps.

    Options:
        root: the book's folder; the repository by default.
    """

    def __init__(self, **options: Any) -> None:
        self.config = {"root": ["", "The book's folder, with docs; the repository by default"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the two processors."""
        root = self.getConfig("root")
        finder = _Finder(md, Book(Path(root).resolve() if root else ROOT))
        md.preprocessors.register(finder, "series-finder", 35)  # blocks change the text at 34
        # Behind footnotes (50) and inline text (20); before links are resolved (0).
        md.treeprocessors.register(_Placer(md, finder), "series-place", 3)

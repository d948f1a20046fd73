"""The Python-Markdown extension: blocks and brackets of chapters become HTML."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions.toc import slugify
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension, BlocksProcessor  # type: ignore[import-untyped]

from loopbook.blocks.book import Book
from loopbook.blocks.chapter import parse
from loopbook.blocks.directives import DIRECTIVES
from loopbook.blocks.frames import join_runs
from loopbook.blocks.index import Index
from loopbook.blocks.leftovers import check_words
from loopbook.blocks.page import TOKEN, Page
from loopbook.blocks.pieces import Span
from loopbook.blocks.room import Room
from loopbook.blocks.spans import is_term
from loopbook.blocks.spec import SPECS
from loopbook.blocks.tables import plain_empty_headers
from loopbook.blocks.tokens import with_few_spans
from loopbook.errors import BookError
from loopbook.kept.desk import answered_once


@dataclass
class Conversion:
    """What is known of the page being converted; nothing if none of it is ours.

    Attributes:
        page: the page, if it has blocks or brackets.
        text: its text, if it is a page of the book and has signs of either.
        file: where that lies.
        line: the line of the file on which the text begins.
    """

    page: Page | None = None
    text: str = ""
    file: str = ""
    line: int = 1


class ChapterExtension(BlocksExtension):  # type: ignore[misc]
    """Names the extension's one option, the repository's root, and puts its parts in place."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "root": [
                "",
                "The repository's root; default: the nearest folder upwards that holds mkdocs.yml",
            ]
        }
        self.conversion = Conversion()
        super().__init__(**kwargs)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:
        """Put the parts in place."""
        for directive in DIRECTIVES:
            block_mgr.register(directive, {"conversion": self.conversion})
        reader = _Reader(md, self.conversion, block_mgr, self.getConfig("root"))
        # Before everything else, so that lines are those of the file.
        md.preprocessors.register(reader, "chapter", 34)
        # Before the highlighting of indented code (30).
        md.treeprocessors.register(_Frames(md, self.conversion), "chapter-frames", 35)
        # Before links (160), behind formulas and code spans (190).
        md.inlinePatterns.register(
            _SpanPattern(TOKEN.pattern, md, self.conversion), "chapter-spans", 175
        )
        # Right behind the inline patterns (20), before formulas are typeset and headings read.
        md.treeprocessors.register(_Leftovers(md, self.conversion), "chapter-leftovers", 19.9)
        # Behind raw HTML (30).
        md.postprocessors.register(_RawLeftovers(md, self.conversion), "chapter-leftovers", 25)
        md.postprocessors.register(_Tokens(md), "chapter-tokens", 24)


class _Reader(Preprocessor):
    """Finds out which chapter a text is, and looks up all that it asks for."""

    def __init__(
        self, md: Markdown, conversion: Conversion, manager: BlocksProcessor, root: str
    ) -> None:
        super().__init__(md)
        self.conversion, self.manager, self.root = conversion, manager, root

    def run(self, lines: list[str]) -> list[str]:
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


class _Frames(Treeprocessor):
    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self.conversion = conversion

    def run(self, root: ET.Element) -> None:
        plain_empty_headers(root)
        page = self.conversion.page
        if page is None:
            return
        page.check_all_taken()
        join_runs(root)
        for code in root.iter("code"):
            code.text = _replaced(code.text, page, _as_written)


class _SpanPattern(InlineProcessor):
    def __init__(self, pattern: str, md: Markdown, conversion: Conversion) -> None:
        super().__init__(pattern, md)
        self.conversion = conversion

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | str | None, int | None, int | None]:
        page = self.conversion.page
        if page is None or int(m[1]) >= len(page.spans):
            return None, None, None
        span = page.spans[int(m[1])]
        if span.in_code is not None:
            raise BookError(
                f"[[{span.source}]] seems to stand in a code span, and Markdown reads it otherwise",
                file=page.source.file,
                line=span.in_code,
                cure="look for a ` without its partner nearby",
            )
        if span.only_words:
            return span.text, m.start(0), m.end(0)
        element = ET.Element("a" if span.href else "span", {"class": span.css})
        if span.href:
            element.set("href", span.href)
        if span.title:
            element.set("title", span.title.replace("&", "&amp;"))  # what looks escaped is left
        element.text = AtomicString(span.text)
        return element, m.start(0), m.end(0)


class _Leftovers(Treeprocessor):
    """Brackets in formulas and code, which no inline pattern reaches."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self.conversion = conversion

    def run(self, root: ET.Element) -> None:
        page = self.conversion.page
        if page is None or not page.spans:
            return
        as_math = partial(_as_math, file=page.source.file)
        for element in root.iter():
            if not isinstance(element.tag, str):
                continue
            shown: Callable[[Span], str] = _as_words
            if "arithmatex" in (element.get("class") or "").split():
                shown = as_math
            elif element.tag == "code":
                shown = _as_written
            element.text = _replaced(element.text, page, shown)
            element.tail = _replaced(element.tail, page, _as_words)
            for key, value in element.attrib.items():
                element.set(key, _replaced(value, page, _as_words) or "")


class _RawLeftovers(Postprocessor):
    """Brackets in raw HTML, which is no business of Markdown's: as printed, escaped.

    It sees the page last, so it also makes sure that no brackets are left in words.
    """

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self.conversion = conversion

    def run(self, text: str) -> str:
        page = self.conversion.page
        if page is not None and page.spans:
            text = _replaced(text, page, lambda span: html.escape(span.raw)) or ""
        known = self.conversion
        if known.text:
            check_words(text, known.text, known.file, known.line, known.page)
        return text


class _Tokens(Postprocessor):
    """Takes the spans out of code that colour nothing."""

    def run(self, text: str) -> str:
        return with_few_spans(text)


def _replaced(text: str | None, page: Page, shown: Callable[[Span], str]) -> str | None:
    if text is None or "\ue000" not in text:
        return text
    new = TOKEN.sub(
        lambda m: shown(page.spans[int(m[1])]) if int(m[1]) < len(page.spans) else m[0], text
    )
    return AtomicString(new) if isinstance(text, AtomicString) else new


def _as_words(span: Span) -> str:
    return span.text


def _as_written(span: Span) -> str:
    return f"[[{span.source}]]"


def _as_math(span: Span, file: str) -> str:
    if span.math is None:
        raise BookError(
            f"[[{span.source}]] stands in a formula, where only numbers of runs may",
            file=file,
            line=span.line,
            cure="put it behind the formula",
        )
    return span.math


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

"""What each span becomes where Markdown left its token: in words, formulas, code and raw HTML."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import partial

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from loopbook.blocks.conversion import Conversion
from loopbook.blocks.leftovers import check_words
from loopbook.blocks.page import TOKEN, Page
from loopbook.blocks.spans import Span
from loopbook.errors import BookError


class SpanPattern(InlineProcessor):
    """A token among words: the number, or a link."""

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


class Leftovers(Treeprocessor):
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
                shown = as_written
            element.text = replaced(element.text, page, shown)
            element.tail = replaced(element.tail, page, _as_words)
            for key, value in element.attrib.items():
                element.set(key, replaced(value, page, _as_words) or "")


class RawLeftovers(Postprocessor):
    """Brackets in raw HTML, which is no business of Markdown's: as printed, escaped.

    It sees the page last, so it also makes sure that no brackets are left in words.
    """

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self.conversion = conversion

    def run(self, text: str) -> str:
        page = self.conversion.page
        if page is not None and page.spans:
            text = replaced(text, page, lambda span: html.escape(span.raw)) or ""
        known = self.conversion
        if known.text:
            check_words(text, known.text, known.file, known.line, known.page)
        return text


def replaced(text: str | None, page: Page, shown: Callable[[Span], str]) -> str | None:
    """A text with its spans in the place of their tokens, each as it is shown here."""
    if text is None or "\ue000" not in text:
        return text
    new = TOKEN.sub(
        lambda m: shown(page.spans[int(m[1])]) if int(m[1]) < len(page.spans) else m[0], text
    )
    return AtomicString(new) if isinstance(text, AtomicString) else new


def _as_words(span: Span) -> str:
    return span.text


def as_written(span: Span) -> str:
    """The span with its brackets, as code shows it."""
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

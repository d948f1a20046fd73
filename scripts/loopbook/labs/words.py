"""A text cell's double brackets looked up: for the page with links, for the notebook without."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from markdown.extensions.toc import slugify

from loopbook.blocks.index import Index
from loopbook.blocks.inlines import inlines_in
from loopbook.blocks.mask import masked
from loopbook.blocks.room import Room
from loopbook.blocks.spans import Span, Spans
from loopbook.errors import BookError
from loopbook.labs.lab import Cell, Lab

_FORMULA = re.compile(r"\$\$.+?\$\$|(?<![\\$])\$(?=\S)[^$]+?(?<=\S)\$", re.DOTALL)
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]+)\]\((?!https?:)[^()\s]+\)(?:\{[^{}]*\})?")


@dataclass(frozen=True)
class Words:
    """Makes the text of a lab's cells ready for its two readers.

    Attributes:
        lab: the lab.
        spans: looks up what stands in brackets.
    """

    lab: Lab
    spans: Spans

    @classmethod
    def of(cls, lab: Lab) -> Words:
        """Read what the lab may refer to: its own folder, the glossary, the chapters' labels."""
        index = Index.of(lab.book, frozenset())
        room = Room(lab.book, lab.folder)
        return cls(lab, Spans(lab.source, room, index, lambda text: slugify(text, "-")))

    def for_page(self, cell: Cell) -> str:
        """Markdown for the site: numbers say where they come from, terms are links."""
        return self._edited(cell, _linked)

    def for_notebook(self, cell: Cell) -> str:
        """Markdown that needs no other page: links within the book become their words."""
        plain = self._edited(cell, lambda span: span.text)
        return _LINK.sub(lambda match: match["words"], plain).replace(' markdown="1"', "")

    def _edited(self, cell: Cell, shown: Callable[[Span], str]) -> str:
        formulas = [match.span() for match in _FORMULA.finditer(masked(cell.text))]
        made: list[str] = []
        done = 0
        for inline in inlines_in(cell.text, cell.line + 1):
            if inline.in_code:
                continue
            try:
                span = self.spans.find(inline)
            except BookError as error:
                line = error.line or inline.line
                raise self.lab.error(error.message, line, error.cure) from error
            inside = any(start < inline.start < end for start, end in formulas)
            if inside and span.math is None:
                message = f"[[{span.source}]] stands in a formula, where only numbers of runs may"
                raise self.lab.error(message, inline.line, "put it behind the formula")
            new = (span.math or "") if inside else shown(span)
            made += [cell.text[done : inline.start], new]
            done = inline.end
        return "".join([*made, cell.text[done:]])


def _linked(span: Span) -> str:
    if span.href:
        title = f' "{html.escape(span.title)}"' if span.title else ""
        return f"[{span.text}]({span.href}{title}){{.{span.css}}}"
    # Entities, for Markdown would read its own signs in there too.
    title = "".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in span.title)
    return f'<span class="{span.css}" title="{title}">{html.escape(span.text)}</span>'

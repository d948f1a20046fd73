"""What stands in double brackets: a run's number, a reference, a term of the glossary."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from loopbook.blocks.book import Source
from loopbook.blocks.glossary import GLOSSARY
from loopbook.blocks.index import Index
from loopbook.blocks.inlines import Inline
from loopbook.blocks.nearest import quoted
from loopbook.blocks.number import for_math, for_prose, formatted
from loopbook.blocks.room import Room
from loopbook.blocks.values import find_value
from loopbook.errors import BookError
from loopbook.text import shown

VALUE = re.compile(r"(?P<script>[^\s:|]+\.py)\s*:\s*(?P<key>[^|]+?)\s*(?:\|\s*(?P<form>.*))?")
REFERENCE = re.compile(r"(?:(?P<shown>[^|]+?)\s*\|)?\s*#(?P<label>\S+)")
_TERM = re.compile(r"(?:(?P<shown>[^|]+?)\s*\|)?\s*(?P<term>[^|]+)")
_WORDS = re.compile(r"[^|]+\.py")
#: Signs that a key or a term may have.
_LONG = 400


def is_term(inner: str) -> bool:
    """Whether what stands in the brackets can only be a term (or is none of ours)."""
    return not (VALUE.fullmatch(inner) or REFERENCE.fullmatch(inner) or _WORDS.fullmatch(inner))


@dataclass(frozen=True)
class Span:
    """What a ``[[…]]`` becomes.

    Attributes:
        source: how it is written.
        text: as words.
        math: as TeX, if it may stand in a formula.
        raw: as printed, for attributes in raw HTML.
        css: class of the element.
        href: where it leads, if it is a link.
        title: what is said when the reader points at it.
        only_words: whether it stands where no element may.
        in_code: the line on which it seems to stand in a code span, which is left as it is.
        line: the line on which it stands.
    """

    source: str
    text: str
    math: str | None
    raw: str
    css: str
    href: str = ""
    title: str = ""
    only_words: bool = False
    in_code: int | None = None
    line: int | None = None


@dataclass(frozen=True)
class Spans:
    """Looks up what stands in double brackets on one page.

    Attributes:
        source: the page.
        room: its scripts.
        index: all pages.
        slugify: makes a heading's identifier.
    """

    source: Source
    room: Room
    index: Index
    slugify: Callable[[str], str]

    def find(self, inline: Inline, only_words: bool = False) -> Span:
        """What the brackets become.

        Raises:
            BookError: there is no such number, label or term.
        """
        if inline.in_code:
            written = f"[[{inline.inner}]]"
            return Span(inline.inner, written, written, written, "", in_code=inline.line)
        inner = inline.inner.strip()
        if len(inner) > _LONG:
            raise BookError(
                f"{quoted(inner)} is too long to be the name of anything",
                file=self.source.file,
                line=inline.line,
                cure="look for brackets that close later than they should",
            )
        try:
            if match := VALUE.fullmatch(inner):
                return replace(self._value(match, inner, only_words), line=inline.line)
            if match := REFERENCE.fullmatch(inner):
                return replace(self._reference(match, inner, only_words), line=inline.line)
            if _WORDS.fullmatch(inner):
                message = f"[[{inner}]] does not say which number of the script is meant"
                raise BookError(message, cure=f"write [[{inner}: key]]")
            if match := _TERM.fullmatch(inner):
                return replace(self._term(match, inner, only_words), line=inline.line)
            raise BookError(f"[[{inner}]] is not understood", cure="write [[shown words|term]]")
        except BookError as error:
            raise located(error, self.source.file, inline.line) from error

    def _value(self, match: re.Match[str], inner: str, only_words: bool) -> Span:
        script = match["script"]
        printed = self.room.printed(script)
        value = find_value(printed.text, match["key"], script)
        text = formatted(value.text, (match["form"] or "").strip())
        return Span(
            source=inner,
            text=for_prose(text),
            math=for_math(text),
            raw=text,
            css="run-value" if printed.accepted else "run-value unaccepted",
            title=f"printed by {script}: {shown(' '.join(value.line.split()))}",
            only_words=only_words,
        )

    def _reference(self, match: re.Match[str], inner: str, only_words: bool) -> Span:
        label = self.index.reference(match["label"])
        words = match["shown"] or label.words
        href = f"#{label.name}"
        if label.path != self.source.path:
            href = self.source.link(label.path) + href
        return Span(inner, words, None, words, "reference", href, only_words=only_words)

    def _term(self, match: re.Match[str], inner: str, only_words: bool) -> Span:
        term = self.index.term(match["term"])
        if term is None:
            cure = "write it, with a heading “## Term” for each term"
            raise BookError(f"[[{inner}]] needs docs/{GLOSSARY}, which is not there", cure=cure)
        words = (match["shown"] or match["term"]).strip()
        href = f"#{term.given or self.slugify(term.name)}"
        if self.source.path != GLOSSARY:
            href = self.source.link(GLOSSARY) + href
        if not term.meaning:
            message = f"the term {quoted(term.name)} of the glossary has no text"
            raise BookError(message, cure=f"write a paragraph below it in docs/{GLOSSARY}")
        return Span(inner, words, None, words, "term", href, term.meaning, only_words)


def located(error: BookError, file: str, line: int) -> BookError:
    """The same error, at this place unless it has one already; a line alone is one of this file."""
    if error.file is not None:
        return error
    return BookError(error.message, file=file, line=error.line or line, cure=error.cure)

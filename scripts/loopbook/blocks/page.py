"""One page on its way to HTML: its blocks and brackets looked up, its text made ready."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from loopbook.blocks.book import Source
from loopbook.blocks.chapter import Block, Chapter
from loopbook.blocks.index import Index
from loopbook.blocks.inlines import Inline, inlines_in
from loopbook.blocks.lookup import Lookup
from loopbook.blocks.overview import Overview
from loopbook.blocks.pieces import Piece
from loopbook.blocks.room import Room
from loopbook.blocks.spans import Span, Spans, located
from loopbook.errors import BookError

# Two signs that no text uses: between them stands a number, the place of a span.
TOKEN = re.compile("\ue000([0-9]+)\ue001")


@dataclass
class Page:
    """One conversion of one page.

    Attributes:
        source: the page.
        chapter: its text taken apart.
        index: all pages.
        pieces: what each block becomes, by its place.
        spans: what each ``[[…]]`` becomes, by the number in its token.
        taken: places of the blocks that the Markdown parser has come upon.
    """

    source: Source
    chapter: Chapter
    index: Index
    pieces: list[Piece] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def prepare(self, room: Room, slugify: Callable[[str], str]) -> str:
        """Look up all that the page shows; returns its text with numbers in the place of names.

        Raises:
            BookError: something that the page asks for does not exist.
        """
        spans = Spans(self.source, room, self.index, slugify)

        def expand(text: str, line: int, words: bool) -> str:
            return self._expanded(text, line, spans, words)

        def elsewhere(source: Source, text: str, line: int) -> str:
            there = Spans(self.source, Room(room.book, source.folder), self.index, slugify)
            return self._expanded(text, line, there, words=True)

        overview = Overview(self.source, self.index, elsewhere)
        lookup = Lookup(self.source, self.chapter, self.index, room, expand, overview)
        edits: list[tuple[int, int, str]] = []
        items: list[Block | Inline] = [*self.chapter.blocks, *self.chapter.inlines]
        for item in sorted(items, key=lambda item: item.start):
            if isinstance(item, Block):
                try:
                    self.pieces.append(lookup.piece(item))
                except BookError as error:
                    raise located(error, self.source.file, item.line) from error
                edits.append((item.start, item.head, _head(item)))
            else:
                edits.append((item.start, item.end, self._token(spans.find(item))))
        lookup.check_rooms()
        return _edited(self.chapter.text, edits)

    def take(self, argument: str, name: str) -> Piece:
        """What the block becomes whose place stands in its first line.

        Raises:
            BookError: the block does not stand in the chapter's own text.
        """
        index = int(argument) if argument.isascii() and argument.isdigit() else -1
        if not 0 <= index < len(self.pieces) or self.chapter.blocks[index].name != name:
            raise BookError(
                f"a {name} block came from elsewhere than the chapter's own text",
                file=self.source.file,
                cure=f"write it into the chapter; is a ` missing near {argument!r}?",
            )
        self.taken.add(index)
        return self.pieces[index]

    def check_all_taken(self, left: frozenset[int] = frozenset()) -> None:
        """Every block was found by the Markdown parser too.

        Args:
            left: places of blocks whose first line still stands among the words.

        Raises:
            BookError: one was not.
        """
        for block in self.chapter.blocks:
            if block.index not in self.taken or block.index in left:
                raise BookError(
                    f"this {block.name} block is not read as one where it stands",
                    file=self.source.file,
                    line=block.line,
                    cure="indent it like the text around it; code that shows blocks belongs "
                    "between two lines of ```",
                )

    def _token(self, span: Span) -> str:
        self.spans.append(span)
        return f"\ue000{len(self.spans) - 1}\ue001"

    def _expanded(self, text: str, line: int, spans: Spans, words: bool) -> str:
        """A block's head with its brackets looked up: as tokens, or as plain words."""
        edits = []
        for inline in inlines_in(text, line):
            span = spans.find(inline, only_words=True)
            edits.append((inline.start, inline.end, span.text if words else self._token(span)))
        return _edited(text, edits)


def _head(block: Block) -> str:
    """The block's first line with its place for an argument, and a blank line."""
    blank = block.prefix.rstrip() if block.prefix.lstrip().startswith(">") else ""
    return f"{block.prefix}{'/' * block.slashes} {block.name} | {block.index}\n{blank}\n"


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    return "".join(_parts(text, edits))


def _parts(text: str, edits: list[tuple[int, int, str]]) -> Iterator[str]:
    done = 0
    for start, end, new in edits:
        yield text[done:start]
        yield new
        done = end
    yield text[done:]

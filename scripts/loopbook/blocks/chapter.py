"""A chapter's text taken apart: its blocks, their options, and what stands in double brackets."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from loopbook.blocks.inlines import Inline, inlines_in
from loopbook.blocks.mask import HIDDEN, masked
from loopbook.blocks.nearest import meant, quoted
from loopbook.blocks.options import Option, read_options
from loopbook.blocks.spec import SPECS
from loopbook.errors import BookError

_SLASHES = re.compile(
    r"(?P<prefix>[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*)(?P<slashes>/{3,})(?P<rest>.*)"
)
_HEADER = re.compile(r"[ \t]*(?P<name>[\w-]+)[ \t]*(?:\|[ \t]*(?P<argument>.*?)[ \t]*)?")


@dataclass(frozen=True)
class Block:
    """One block of ours.

    Attributes:
        index: its place among the chapter's blocks.
        name: what it is, such as ``figure``.
        argument: what stands behind the bar in its first line.
        options: in the order written.
        line: the line of its first line.
        slashes: how many it begins with.
        parent: index of the block around it.
        body: its text, between the options and the end.
        start: where its first line begins in the chapter's text.
        head: where its first line and its options end.
        prefix: what stands before the slashes, such as an indentation.
    """

    index: int
    name: str
    argument: str
    options: tuple[Option, ...]
    line: int
    slashes: int
    parent: int | None
    body: str
    start: int
    head: int
    prefix: str

    def option(self, name: str) -> str | None:
        """Value of an option, or ``None``."""
        return next((option.value for option in self.options if option.name == name), None)

    def line_of(self, name: str) -> int:
        """The line of an option, or the block's own if it has none of this name."""
        return next((option.line for option in self.options if option.name == name), self.line)


@dataclass(frozen=True)
class Chapter:
    """A chapter's text and what of it is ours.

    Attributes:
        text: the text.
        blocks: the blocks, in the order of their first lines.
        inlines: what stands in double brackets outside of blocks' heads.
    """

    text: str
    blocks: tuple[Block, ...]
    inlines: tuple[Inline, ...]


@dataclass
class _Open:
    """A block whose end has not come yet."""

    name: str
    argument: str
    line: int
    slashes: int
    parent: int | None
    start: int
    prefix: str
    index: int | None
    options: tuple[Option, ...] = ()
    head: int = 0


@lru_cache(maxsize=256)
def parse(text: str, file: str, first_line: int, foreign: frozenset[str]) -> Chapter:
    """Take a chapter's text apart.

    Args:
        text: the text, its lines ended by one sign.
        file: the file that errors name.
        first_line: the line of the file on which the text begins.
        foreign: names of blocks that other extensions know.

    Raises:
        BookError: a block is unknown, not closed, badly nested, or lacks something.
    """
    return _Parser(text, file, first_line, foreign).chapter()


class _Parser:
    def __init__(self, text: str, file: str, first_line: int, foreign: frozenset[str]) -> None:
        self.text, self.file, self.first_line, self.foreign = text, file, first_line, foreign
        self.masked = masked(text)
        self.open: list[_Open] = []
        self.blocks: dict[int, Block] = {}
        self.count = 0

    def chapter(self) -> Chapter:
        lines = self.text.split("\n")
        offset = number = 0
        while number < len(lines):
            taken = 1
            match = _SLASHES.fullmatch(lines[number])
            if match and self.masked[offset + match.start("slashes")] != HIDDEN:
                taken = self._slashes(match, lines, number, offset)
            offset += sum(len(line) + 1 for line in lines[number : number + taken])
            number += taken
        if self.open:
            last = self.open[-1]
            raise self._error(
                f"this {last.name} block is never closed",
                last.line,
                f"end it with a line of {last.slashes} slashes: {'/' * last.slashes}",
            )
        blocks = tuple(block for _, block in sorted(self.blocks.items()))
        return Chapter(self.text, blocks, self._inlines(blocks))

    def _slashes(self, match: re.Match[str], lines: list[str], number: int, offset: int) -> int:
        """Begin or end a block; returns how many lines that took."""
        line, slashes = self.first_line + number, len(match["slashes"])
        if not match["rest"].strip():
            self._close(line, slashes, offset)
            return 1
        header = _HEADER.fullmatch(match["rest"])
        name = header["name"].lower() if header else ""
        if header is None or name not in SPECS.keys() | self.foreign:
            word = match["rest"].split()[0]
            cure = meant(word, [*SPECS, *sorted(self.foreign)], "blocks are")
            if header is None and word in SPECS:
                cure = f"write a bar between them: {match['slashes']} {word} | …"
            problem = "this line is not understood" if word in SPECS else "there is no block named"
            raise self._error(f"{problem} {quoted(match['rest'].strip())}", line, cure)
        outer = self.open[-1] if self.open else None
        if outer and slashes >= outer.slashes:
            raise self._error(
                f"this {name} block stands in the {outer.name} block of line {outer.line}, "
                "and must begin with fewer slashes than that",
                line,
                f"give the outer block more: {'/' * (slashes + 1)} {outer.name}; "
                "or is its end missing?",
            )
        ours = name in SPECS
        block = _Open(
            name=name,
            argument=header["argument"] or "",
            line=line,
            slashes=slashes,
            parent=next((b.index for b in reversed(self.open) if b.index is not None), None),
            start=offset,
            prefix=match["prefix"],
            index=self.count if ours else None,
        )
        taken = 1
        if ours:
            self.count += 1
            below, margin = lines[number + 1 :], re.sub(r"[^>\t]", " ", match["prefix"]) + "    "
            block.options = read_options(name, below, margin, self.file, line + 1)
            taken += sum(option.lines for option in block.options)
        block.head = offset + sum(len(text) + 1 for text in lines[number : number + taken])
        self.open.append(block)
        return taken

    def _close(self, line: int, slashes: int, offset: int) -> None:
        if not self.open or self.open[-1].slashes != slashes:
            cure = "take it out, or begin the block that it ends"
            if self.open:
                last = self.open[-1]
                cure = f"the {last.name} block of line {last.line} ends with {'/' * last.slashes}"
            raise self._error(f"{'/' * slashes} ends no block here", line, cure)
        done = self.open.pop()
        if done.index is None:
            return
        block = Block(
            index=done.index,
            name=done.name,
            argument=done.argument,
            options=done.options,
            line=done.line,
            slashes=done.slashes,
            parent=done.parent,
            body=self.text[done.head : offset],
            start=done.start,
            head=done.head,
            prefix=done.prefix,
        )
        parent = next((b for b in reversed(self.open) if b.index is not None), None)
        complaint = SPECS[block.name].complaint(
            block.name,
            block.argument,
            {option.name: option.value for option in block.options},
            block.body,
            parent.name if parent else "",
        )
        if complaint:
            raise self._error(complaint[0], block.line, complaint[1])
        self.blocks[done.index] = block

    def _inlines(self, blocks: tuple[Block, ...]) -> tuple[Inline, ...]:
        starts = [block.start for block in blocks]  # in the order in which they begin

        def in_head(inline: Inline) -> bool:
            place = bisect_right(starts, inline.start)
            return place > 0 and inline.start < blocks[place - 1].head

        found = inlines_in(self.text, self.first_line, self.masked)
        return tuple(inline for inline in found if not in_head(inline))

    def _error(self, message: str, line: int, cure: str = "") -> BookError:
        return BookError(message, file=self.file, line=line, cure=cure)

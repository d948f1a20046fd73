"""A page's prepared text as a tree: words, our blocks, and notes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from loopbook.blocks.mask import HIDDEN, masked
from loopbook.blocks.page import Page
from loopbook.blocks.pieces import Piece

_HEAD = re.compile(r"(?P<prefix>[ \t]*)(?P<slashes>/{3,}) [\w-]+ \| (?P<index>\d+)")
_NOTE = re.compile(
    r"(?P<prefix>[ \t]*)(?P<kind>!!!|\?\?\?\+?)[ \t]+(?P<type>[\w-]+)"
    r'[^"]*(?:"(?P<title>.*)")?[ \t]*'
)


@dataclass(frozen=True)
class Words:
    """Markdown without blocks of ours and notes."""

    text: str


@dataclass(frozen=True)
class Element:
    """One of our blocks, with what stands in it."""

    piece: Piece
    children: tuple[Node, ...]


@dataclass(frozen=True)
class Note:
    """A note, with its title; one that is folded stays folded."""

    title: str
    folded: bool
    children: tuple[Node, ...]


Node = Words | Element | Note


def nodes_of(page: Page, text: str) -> tuple[Node, ...]:
    """Take a page's prepared text apart.

    Args:
        page: the page.
        text: what :meth:`Page.prepare` returned.
    """
    return tuple(_nodes(page, text.split("\n")))


def inside(nodes: tuple[Node, ...]) -> Iterator[Piece]:
    """The blocks in these nodes and in what they hold, in order."""
    for node in nodes:
        if isinstance(node, Element):
            yield node.piece
        if not isinstance(node, Words):
            yield from inside(node.children)


def _nodes(page: Page, lines: list[str]) -> Iterator[Node]:
    hidden = masked("\n".join(lines)).split("\n")
    words: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        free = HIDDEN not in hidden[place]
        head = _HEAD.fullmatch(line) if free else None
        note = _NOTE.fullmatch(line) if free else None
        if head is None and note is None:
            words.append(line)
            place += 1
            continue
        if any(word.strip() for word in words):
            yield Words("\n".join(words).strip("\n"))
        words = []
        if head:
            end = _end(lines, hidden, place + 1, head["slashes"])
            children = tuple(_nodes(page, _dedented(lines[place + 1 : end])))
            yield Element(page.pieces[int(head["index"])], children)
            place = end + 1
        elif note:
            end = _note_end(lines, place + 1, len(note["prefix"]))
            children = tuple(_nodes(page, _dedented(lines[place + 1 : end])))
            title = note["title"] if note["title"] is not None else note["type"].capitalize()
            yield Note(title, note["kind"] == "???", children)
            place = end
    if any(word.strip() for word in words):
        yield Words("\n".join(words).strip("\n"))


def _end(lines: list[str], hidden: list[str], start: int, slashes: str) -> int:
    """The line that ends a block."""
    for place in range(start, len(lines)):
        if lines[place].strip() == slashes and HIDDEN not in hidden[place]:
            return place
    return len(lines)


def _note_end(lines: list[str], start: int, margin: int) -> int:
    """The line behind a note: the first that is not indented further than its head."""
    last = start
    for place in range(start, len(lines)):
        line = lines[place]
        if not line.strip():
            continue
        if len(line) - len(line.lstrip()) <= margin:
            break
        last = place + 1
    return last


def _dedented(lines: list[str]) -> list[str]:
    return textwrap.dedent("\n".join(lines)).split("\n")

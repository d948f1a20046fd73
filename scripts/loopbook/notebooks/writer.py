"""A chapter's tree as items of a notebook: Markdown, listings, outputs, figures, exercises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from loopbook.blocks.mask import HIDDEN, masked
from loopbook.blocks.pieces import Code, Exercise, Fold, Output, Picture, Piece, Progress, Takeaway
from loopbook.blocks.room import Room
from loopbook.blocks.takeaway import takeaway_of
from loopbook.notebooks.items import Cell, Drawn, Item, Listing, Printed, Text
from loopbook.notebooks.markdown import markdown_of
from loopbook.notebooks.nodes import Element, Node, Note, Words
from loopbook.notebooks.prose import Prose, anchor
from loopbook.runner.script import read_script

_HEADING = re.compile(r'^(?:<a id="[^"]*"></a>\n\n)?#{1,6} ', re.MULTILINE)


@dataclass(frozen=True)
class Writer:
    """Writes one chapter.

    Attributes:
        nodes: its tree.
        prose: how its words are written.
        room: its scripts.
    """

    nodes: tuple[Node, ...]
    prose: Prose
    room: Room

    def items(self) -> list[Item]:
        """The chapter, in order; Markdown that follows Markdown is one text."""
        found: list[Item] = []
        for item in self._flow(self.nodes):
            last = found[-1] if found else None
            if isinstance(item, Text) and isinstance(last, Text) and not _is_headed(item):
                found[-1] = Text(f"{last.markdown}\n\n{item.markdown}")
            else:
                found.append(item)
        return found

    @cached_property
    def runnable(self) -> frozenset[str]:
        """Scripts that the notebook runs: those with a listing or figure outside of folds."""
        shown = {
            piece.script for piece in _in_the_open(self.nodes) if isinstance(piece, Code | Picture)
        }
        return frozenset(name for name in shown if self._runs_here(name))

    def _runs_here(self, name: str) -> bool:
        says = read_script(self.room.path, name).declarations
        return not (says.needs or says.launch)

    def _flow(self, nodes: tuple[Node, ...]) -> Iterator[Item]:
        for node in nodes:
            match node:
                case Words():
                    yield from self._words(node.text)
                case Note() if self._has_code(node.children):
                    yield Text(f"**{self.prose.line(node.title)}**")
                    yield from self._flow(node.children)
                case Element(Code() as piece) if piece.script in self.runnable:
                    yield Listing(piece)
                case Element(Output() as piece) if piece.script in self.runnable:
                    yield Printed(piece)
                case Element(Picture() as piece, children) if piece.script in self.runnable:
                    caption = f"**{piece.label.words}.** {markdown_of(children, self.prose)}"
                    if piece.live:
                        caption += f"\n\n*{self._live(piece.label.name)}*"
                    yield Drawn(piece, f"{anchor(piece.label.name)}{caption}")
                case Element(Exercise() as piece, children):
                    yield from self._exercise(piece, children)
                case Element(Takeaway() | Progress()):
                    pass  # of the site alone
                case _:
                    yield Text(markdown_of((node,), self.prose))

    def _words(self, text: str) -> Iterator[Item]:
        shown = self.prose.markdown(text)
        hidden = masked(shown)
        heads = [match for match in _HEADING.finditer(shown) if hidden[match.end() - 1] != HIDDEN]
        cuts = [0, *(match.start() for match in heads), len(shown)]
        for start, end in pairwise(cuts):
            if start < end:
                yield Text(shown[start:end].strip("\n"))

    def _has_code(self, nodes: tuple[Node, ...]) -> bool:
        return any(
            isinstance(piece, Code | Picture) and piece.script in self.runnable
            for piece in _in_the_open(nodes)
        )

    def _exercise(self, piece: Exercise, children: tuple[Node, ...]) -> Iterator[Item]:
        folds = tuple(node for node in children if _is_fold(node))
        task = tuple(node for node in children if not _is_fold(node))
        title = f"### {piece.label.words}. {self.prose.line(piece.title)}"
        yield Text(f"{anchor(piece.label.name)}{title}\n\n{markdown_of(task, self.prose)}")
        name = piece.label.name
        start = self.room.text(f"exercises/{name}/start.py")
        yield Cell(f"%%writefile {name}.py\n{start.strip()}", "exercise")
        files = takeaway_of(self.prose.page.source, self.room)
        folder = next(file.name for file in files if file.kind == "exercises")
        yield Cell(_CHECK.format(folder=folder, name=name).strip(), "check")
        yield Text(markdown_of(folds, self.prose))

    def _live(self, label: str) -> str:
        """Where a figure can be moved that stands still here."""
        address = self.prose.url(self.prose.page.source.path, label)
        page = f"[the book's page]({address})" if address else "the book's page"
        return f"On {page} this figure can be moved."


_CHECK = """
# The check needs the chapter's exercises, unpacked beside this notebook: {folder}.zip
import sys
from pathlib import Path

if Path("{folder}/check.py").exists():
    !"{{sys.executable}}" {folder}/check.py {name} --file {name}.py
else:
    print("Unpack {folder}.zip beside this notebook, and run this cell again.")
"""


def _in_the_open(nodes: tuple[Node, ...]) -> Iterator[Piece]:
    """Blocks that are not folded away in questions and exercises."""
    for node in nodes:
        if isinstance(node, Note):
            yield from _in_the_open(node.children)
        elif isinstance(node, Element):
            yield node.piece


def _is_headed(text: Text) -> bool:
    """Whether a text begins with a heading: it is then a cell of its own, which Jupyter folds."""
    return _HEADING.match(text.markdown) is not None


def _is_fold(node: Node) -> bool:
    return isinstance(node, Element) and isinstance(node.piece, Fold)

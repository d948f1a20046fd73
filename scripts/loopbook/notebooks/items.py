"""What a notebook is made of, in order, before any code was run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from loopbook.blocks.pieces import Code, Output, Picture

Role = Literal["setup", "listing", "around", "unseen", "module", "exercise", "check"]


@dataclass(frozen=True)
class Text:
    """Markdown."""

    markdown: str


@dataclass(frozen=True)
class Cell:
    """Code to be run.

    Attributes:
        source: the code.
        role: ``listing`` for one that the chapter shows, ``around`` for the lines of a script
            before, between and behind those, ``unseen`` for lines whose output is kept back.
        script: the script that the code is of, if it is of one.
        start: place of its first part among the script's.
        end: place behind its last part.
        raises: whether it ends with an exception, as it should.
    """

    source: str
    role: Role
    script: str = ""
    start: int = 0
    end: int = 0
    raises: bool = False


@dataclass(frozen=True)
class Listing:
    """A listing that the chapter shows."""

    piece: Code


@dataclass(frozen=True)
class Printed:
    """An output that the chapter shows.

    Attributes:
        piece: the output.
        cells: places of the cells below which it should stand, once these are known.
    """

    piece: Output
    cells: tuple[int, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """A figure that the chapter shows.

    Attributes:
        piece: the figure.
        caption: its caption, in Markdown.
        live: whether the cell right above draws it.
    """

    piece: Picture
    caption: str
    live: bool = False


Item = Text | Cell | Listing | Printed | Drawn

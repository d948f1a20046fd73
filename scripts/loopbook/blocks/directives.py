"""The blocks as pymdownx.blocks wants them: each makes its element and numbers it at its end."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from pymdownx.blocks.block import Block  # type: ignore[import-untyped]

from loopbook.blocks import elements, equation, exercise, figure, quiz, symbols
from loopbook.blocks.aligned import aligned
from loopbook.blocks.devices import devices
from loopbook.blocks.listed import overview
from loopbook.blocks.pieces import (
    Aligned,
    Answer,
    Code,
    Devices,
    Downloads,
    Equation,
    Exercise,
    Exercises,
    Fold,
    Names,
    Output,
    Picture,
    Piece,
    Progress,
    Quiz,
    Tags,
    Takeaway,
)
from loopbook.blocks.spec import SPECS
from loopbook.errors import BookError


class Directive(Block):  # type: ignore[misc]
    """A block whose argument is its place among the page's blocks."""

    ARGUMENT = True
    piece: Piece

    def on_validate(self, parent: ET.Element) -> bool:
        """Fetch what the block becomes."""
        page = self.config["conversion"].page
        if page is None:
            raise BookError(f"a {self.NAME} block came from elsewhere than a chapter's own text")
        self.piece = page.take(self.argument, self.NAME)
        return True

    def on_markdown(self) -> str:
        """What stands in a block is blocks again."""
        return "block"

    def on_create(self, parent: ET.Element) -> ET.Element:
        """Make the element."""
        match self.piece:
            case Code() as piece:
                return elements.listing(parent, self.md, piece)
            case Aligned() as piece:
                return aligned(parent, self.md, piece)
            case Output() as piece:
                return elements.output(parent, self.md, piece)
            case Devices() as piece:
                return devices(parent, self.md, piece)
            case Picture() as piece:
                return figure.picture(parent, self.md, piece)
            case Equation() as piece:
                return equation.formula(parent, piece)
            case Exercise() as piece:
                return exercise.task(parent, piece)
            case Downloads() as piece:
                return elements.downloads(parent, piece)
            case Exercises() | Tags() as piece:
                return overview(parent, piece)
            case Takeaway() as piece:
                return elements.takeaway(parent, piece)
            case Fold() as piece:
                return elements.fold(parent, piece)
            case Quiz() as piece:
                return quiz.question(parent, piece)
            case Answer() as piece:
                return quiz.answer(parent, piece)
            case Names() as piece:
                return symbols.table(parent, piece.symbols)
            case Progress() as piece:
                return elements.progress(parent, piece)

    def on_add(self, block: ET.Element) -> ET.Element:
        """A figure's text is its caption."""
        return block[-1] if isinstance(self.piece, Picture) else block

    def on_end(self, block: ET.Element) -> None:
        """Put numbers and links where the text is known."""
        match self.piece:
            case Picture() as piece:
                figure.number_caption(block[-1], piece)
                figure.add_birth(block[-1], piece)
            case Equation() as piece:
                equation.add_number(block, piece)
            case Exercise() as piece:
                exercise.add_check(block, self.md, piece)
            case Quiz():
                quiz.build(block)


def _named(name: str) -> type[Directive]:
    return type(name.capitalize(), (Directive,), {"NAME": name})


DIRECTIVES = tuple(_named(name) for name in SPECS)

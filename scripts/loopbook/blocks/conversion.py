"""What the parts of the extension tell each other of the page that is being converted."""

from __future__ import annotations

from dataclasses import dataclass

from loopbook.blocks.page import Page


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

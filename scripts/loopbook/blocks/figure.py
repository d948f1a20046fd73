"""Figures: what a script drew made fit for a page, its words, and its elements."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from markdown import Markdown
from markdown.util import AtomicString

from loopbook.blocks.chapter import Block
from loopbook.blocks.elements import SCRIPT, child, file_link, put_html
from loopbook.blocks.nearest import quoted
from loopbook.blocks.picture import inline_svg, is_wide
from loopbook.blocks.pieces import Picture
from loopbook.blocks.room import Room
from loopbook.errors import BookError
from loopbook.runner.record import Record
from loopbook.vector.optimiser import shared

_DOLLARS = re.compile(r"\$[^$]+\$")

#: Bytes of a figure in the page.
_HEAVY = 60_000


def alt_of(block: Block) -> str:
    """What a figure shows, in the words of its option, double brackets and all.

    Raises:
        BookError: they hold a formula.
    """
    words = block.option("alt") or ""
    if _DOLLARS.search(words):
        raise BookError(
            "the alt text holds a formula, which cannot be read aloud",
            line=block.line_of("alt"),
            cure="say it in words: “the slope w”, not “$w$”",
        )
    return words


def drawing(room: Room, script: str, figure: str, label: str, alt: str) -> tuple[str, Record]:
    """A figure as SVG fit for the page, and the run in which its script drew it.

    Args:
        room: the page's scripts.
        script: the script.
        figure: the name that it gave the figure.
        label: the figure's label.
        alt: what it shows, in words.

    Raises:
        BookError: the script was not run, or drew no such figure, or too heavy a one.
    """
    drawn, record = room.drawn(script, figure)
    svg = inline_svg(shared(room.book.root).optimise(drawn), label, alt)
    weight = len(svg.encode())
    if weight > _HEAVY:
        raise BookError(
            f"the figure {quoted(figure)} of {script} weighs {weight / 1000:.0f} KB in the "
            f"page, more than {_HEAVY / 1000:.0f}",
            cure="draw fewer points or lines, or draw the dense part as pixels with "
            "artist.set_rasterized(True)",
        )
    return svg, record


def picture(parent: ET.Element, md: Markdown, piece: Picture) -> ET.Element:
    """A figure with room for its caption."""
    element = child(parent, "figure", "run-figure", id=piece.label.name, **{SCRIPT: piece.script})
    place = element
    if piece.live:  # the element shows what it holds until its module is there
        attributes = {"data-figure": piece.live.name, "data-search-exclude": ""}
        place = child(element, f"loop-{piece.live.name}", "run-live", **attributes)
    frame = child(place, "div", "run-picture", **{"data-search-exclude": ""})
    if is_wide(piece.svg):  # it scrolls on a phone: keys must reach it
        frame.set("class", "run-picture wide")
        frame.attrib |= {"tabindex": "0", "role": "region", "aria-label": piece.label.words}
    put_html(frame, md, piece.svg)
    if piece.live and piece.live.data:
        data = f'<script type="application/json">{piece.live.data}</script>'
        put_html(child(place, "div", "run-data"), md, data)
    ET.SubElement(element, "figcaption")
    return element


def number_caption(caption: ET.Element, piece: Picture) -> None:
    """Put the figure's number before its caption."""
    first = caption[0] if len(caption) and caption[0].tag == "p" else None
    if first is None:
        first = ET.Element("p")
        caption.insert(0, first)
    strong = ET.Element("strong")
    strong.text = AtomicString(f"{piece.label.words}.")
    strong.tail = f" {first.text or ''}"
    first.text = None
    first.insert(0, strong)


def add_birth(caption: ET.Element, piece: Picture) -> None:
    """Put behind the caption, folded, how the figure was made."""
    element = child(caption, "details", "run-birth", **{"data-search-exclude": ""})
    ET.SubElement(element, "summary").text = AtomicString("How this figure was made")
    words = ET.SubElement(element, "p")
    link = file_link(words, piece.source, "")
    link.tail = AtomicString(f" (content hash {piece.content}) · {piece.made}")
    if piece.live:
        words = child(element, "p", "run-birth-live")
        words.text = AtomicString("Where scripts run, an interactive figure takes its place: ")
        module = ET.SubElement(words, "code")
        module.text = AtomicString(f"{piece.live.name}.js")
        module.tail = AtomicString(" of the book's repository")
        if piece.data:
            module.tail = AtomicString(f"{module.tail}, with the data that ")
            file_link(words, piece.data, "").tail = AtomicString(" prints")

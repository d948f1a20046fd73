"""The HTML elements of overviews: lists of links under headings, and tags."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from markdown.util import AtomicString

from loopbook.blocks.links import Link
from loopbook.blocks.pieces import Exercises, Tags


def overview(parent: ET.Element, piece: Exercises | Tags) -> ET.Element:
    """Groups of links, each below a heading that the table of contents lists."""
    kind = "exercise-overview" if isinstance(piece, Exercises) else "tag-overview"
    element = ET.SubElement(parent, "div", {"class": kind})
    for group in piece.groups:
        ET.SubElement(element, "h2", {"id": group.anchor}).text = group.title
        lines = ET.SubElement(element, "ul", {"class": "overview"})
        for line in group.lines:
            item = ET.SubElement(lines, "li")
            # A title may hold a formula, hence no AtomicString.
            ET.SubElement(item, "a", {"href": line.link.href}).text = line.link.words
            if line.tags:
                tag_list(item, line.tags)
    return element


def tag_list(parent: ET.Element, tags: tuple[Link, ...]) -> ET.Element:
    """Tags beside each other, each a link to what else carries it."""
    attributes = {"class": "tags", "aria-label": "Tags", "data-search-exclude": ""}
    element = ET.SubElement(parent, "ul", attributes)
    for tag in tags:
        item = ET.SubElement(element, "li")
        place = ET.SubElement(item, "a", {"href": tag.href}) if tag.href else item
        place.text = AtomicString(tag.words)
    return element

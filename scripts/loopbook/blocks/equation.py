"""Equations: their form, the tests that evaluate them, and their elements."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from markdown.util import AtomicString

from loopbook.blocks.book import Source
from loopbook.blocks.chapter import Block
from loopbook.blocks.elements import child
from loopbook.blocks.labels import Label
from loopbook.blocks.marks import Mark
from loopbook.blocks.nearest import quoted
from loopbook.blocks.pieces import Equation
from loopbook.errors import BookError

_FORMULA = re.compile(r"\s*\$\$(?:(?!\n[ \t>]*\n|\$\$).)+\$\$\s*", re.DOTALL)


def check_formula(block: Block) -> None:
    """Make sure that a block holds one displayed formula.

    Raises:
        BookError: it holds something else.
    """
    if not _FORMULA.fullmatch(block.body):
        raise BookError(
            "an equation block holds one formula between two lines of $$, and nothing else",
            cure="put words outside, take blank lines out of the formula",
        )


def equation_of(label: Label, marks: Iterable[Mark], folder: str, source: Source) -> Equation:
    """An equation with the tests that evaluate it.

    Args:
        label: its label and number.
        marks: the marks of the chapter's tests.
        folder: the chapter's folder.
        source: the page that it stands on.

    Raises:
        BookError: no test does.
    """
    own = [mark for mark in marks if mark.label == label.name]
    if not own:
        cure = f'mark a test in tests/{folder} with @pytest.mark.equation("{label.name}")'
        raise BookError(f"no test evaluates the equation {quoted(label.name)}", cure=cure)
    names = tuple(dict.fromkeys(mark.test for mark in own))
    return Equation(label, names, source.link(own[0].file))


def formula(parent: ET.Element, piece: Equation) -> ET.Element:
    """A formula's place."""
    return child(parent, "div", "equation", id=piece.label.name)


def add_number(element: ET.Element, piece: Equation) -> None:
    """Put the mark of the tests and the number behind the formula."""
    side = child(element, "div", "equation-side")
    link = ET.SubElement(side, "a", {"class": "equation-check", "href": piece.href})
    words = f"checked by {', '.join(piece.tests)}"
    link.set("title", words)
    link.set("aria-label", words)
    link.text = AtomicString("✓")
    child(side, "span", "equation-number").text = AtomicString(f"({piece.label.number})")

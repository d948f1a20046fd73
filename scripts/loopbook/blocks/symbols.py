"""The symbols of the book and their names in code: the table of docs/notation.md."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from markdown.util import AtomicString
from pygments.lexers import PythonLexer
from pygments.token import Comment, Literal

from loopbook.blocks.book import Source
from loopbook.blocks.mask import masked
from loopbook.errors import BookError

NOTATION = "notation.md"

#: A letter, Latin or Greek, that may wear a hat; what may follow it says of what it is.
_SYMBOL = re.compile(
    r"\$(?P<tex>\\hat ?[A-Za-z]|\\hat\{[A-Za-z]\}|\\[A-Za-z]+|[A-Za-z])"
    r"(?:\^\{\(i\)\}|\(\\theta\))?\$"
)
_NAME = re.compile(r"`([A-Za-z_][\w.]*)[^`]*`")
#: A name: what is behind a dot is a part of something else, but for a model's parameters. It is
#: looked for first, and only then at what stands before it.
_ALONE = r"{0}(?:(?<![\w.]{0})|(?<=\bself\.{0})|(?<=\bmodel\.{0}))(?!\w)"
_FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", re.DOTALL)
_WORDS = re.compile(r"\\(?:text|mathrm|operatorname|begin|end|ref|label)\*?\{[^{}]*\}")
_COMMAND = re.compile(r"\\[A-Za-z]+")


@dataclass(frozen=True)
class Symbol:
    """One symbol of the notation.

    Attributes:
        tex: the symbol alone, such as ``\\eta``.
        meaning: what it stands for, as Markdown.
        names: how programs call it.
    """

    tex: str
    meaning: str
    names: tuple[str, ...]


def symbols_of(pages: Iterable[tuple[Source, object]]) -> tuple[Symbol, ...]:
    """The rows of the notation's first table that give one symbol a name in code.

    The first column holds the symbol, the second its meaning, the last its names in code.
    """
    found: list[Symbol] = []
    text = next((source.body for source, _ in pages if source.path == NOTATION), "")
    for line in text.split("\n"):
        if found and not line.startswith("|"):
            break
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        match = _SYMBOL.fullmatch(cells[0])
        names = tuple(_NAME.findall(cells[-1]))
        if match and names and len(cells) > 2:
            found.append(Symbol(match["tex"], cells[1], names))
    return tuple(found)


def used(symbols: Iterable[Symbol], text: str, listings: Iterable[str]) -> tuple[Symbol, ...]:
    """The symbols that a text's formulas hold, each with those of its names that listings hold.

    Raises:
        BookError: there is none.
    """
    hidden = masked(text)
    formulas = [match[1] or match[2] for match in _FORMULA.finditer(hidden)]
    shown = "\n".join(_without_words(listing) for listing in listings)
    found = []
    for symbol in symbols:
        names = tuple(name for name in symbol.names if occurs_in_code(name, shown))
        if names and any(_occurs(symbol.tex, formula) for formula in formulas):
            found.append(Symbol(symbol.tex, symbol.meaning, names))
    if not found:
        raise BookError(
            "the chapter's formulas and listings share no symbol",
            cure=f"take the block out, or name symbols in the table of docs/{NOTATION}",
        )
    return tuple(found)


def occurs_in_code(name: str, code: str) -> bool:
    """Whether a name stands in a program as a name of its own.

    A function of that name, or a method as in ``optimizer.step()``, is something else; only a
    name that holds a dot itself may be called. web/symbols.js goes by the same rule.
    """
    uncalled = "" if "." in name else r"(?!\s*\()"
    return re.search(_ALONE.format(re.escape(name)) + uncalled, code) is not None


def table(parent: ET.Element, symbols: Iterable[Symbol]) -> ET.Element:
    """The symbols with their meanings and names, folded away; a script links them to the page."""
    fold = ET.SubElement(parent, "details", {"class": "symbols", "data-search-exclude": ""})
    ET.SubElement(fold, "summary").text = AtomicString("Symbols, and their names in code")
    rows = ET.SubElement(fold, "table")
    head = ET.SubElement(ET.SubElement(rows, "thead"), "tr")
    for words in ("symbol", "in code", "meaning"):
        ET.SubElement(head, "th", {"scope": "col"}).text = AtomicString(words)
    body = ET.SubElement(rows, "tbody")
    for symbol in symbols:
        row = ET.SubElement(body, "tr")
        ET.SubElement(row, "td").text = f"${symbol.tex}$"
        cell = ET.SubElement(row, "td")
        for place, name in enumerate(symbol.names):
            code = ET.SubElement(cell, "code")
            code.text = AtomicString(name)
            code.tail = ", " if place + 1 < len(symbol.names) else None
        ET.SubElement(row, "td").text = symbol.meaning
    return fold


@lru_cache(maxsize=1024)
def _without_words(code: str) -> str:
    """A program without what comments and strings say; ``r`` before a string is no name."""
    tokens = PythonLexer().get_tokens(code)
    return "".join(" " if kind in Comment or kind in Literal else text for kind, text in tokens)


def _occurs(tex: str, formula: str) -> bool:
    if tex.startswith("\\hat"):
        return re.search(rf"\\hat\s*\{{?\s*{tex.rstrip('}')[-1]}\b", formula) is not None
    if tex.startswith("\\"):
        return re.search(rf"{re.escape(tex)}(?![A-Za-z])", formula) is not None
    return tex in _COMMAND.sub(" ", _WORDS.sub(" ", formula))

"""The HTML elements of blocks that have no module of their own, and what all are made with."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET

from markdown import Markdown
from markdown.util import AtomicString

from loopbook.blocks.coloured import highlighted
from loopbook.blocks.links import Link
from loopbook.blocks.pieces import (
    Code,
    Downloads,
    Fold,
    Output,
    Progress,
    Takeaway,
)
from loopbook.blocks.printed import Printed
from loopbook.text import shown

# Blocks of one script that follow each other are joined; the mark is taken off again.
SCRIPT = "data-run-script"

#: The message of an exception or a warning: long, and to be read whole.
_MESSAGE = re.compile(r"\b[A-Z]\w+(Error|Warning): ")


def listing(parent: ET.Element, md: Markdown, piece: Code) -> ET.Element:
    """A listing as of a fenced block with a title, and a link to the whole script."""
    element = child(parent, "div", "run-listing", **{SCRIPT: piece.script})
    put_html(element, md, highlighted(md, piece.source, "python", piece.script))
    link = file_link(element, Link("download", piece.href), "run-download")
    link.set("title", f"Download {piece.script}")
    return element


def output(parent: ET.Element, md: Markdown, piece: Output) -> ET.Element:
    """What a script printed, as plain text."""
    element = printed_text(parent, md, piece.printed, "Output")
    element.set(SCRIPT, piece.script)
    return element


def printed_text(parent: ET.Element, md: Markdown, printed: Printed, title: str) -> ET.Element:
    """Printed text below a title."""
    css = ["run-output"]
    css += ["cut-before"] if printed.cut_before else []
    css += ["cut-after"] if printed.cut_after else []
    css += [] if printed.accepted else ["unaccepted"]
    css += ["message"] if _MESSAGE.search(printed.text) else []
    element = child(parent, "div", " ".join(css))
    child(element, "div", "run-output-title").text = AtomicString(title)
    text = html.escape(shown(printed.text), quote=False)
    put_html(child(element, "div", "run-printed"), md, f"<pre><samp>{text.rstrip()}\n</samp></pre>")
    if not printed.accepted:
        note = child(element, "p", "run-note")
        note.text = AtomicString("Not accepted yet: the text kept in the book is another.")
    return element


def fold(parent: ET.Element, piece: Fold) -> ET.Element:
    """Text behind a line that unfolds it."""
    element = child(parent, "details", piece.kind)
    summary = ET.SubElement(element, "summary")
    if piece.question:
        word = child(summary, "span", "fold-word")
        word.text = AtomicString(piece.word)
        word.tail = f" {piece.question}"
    else:
        summary.text = AtomicString(piece.word)
    return element


def progress(parent: ET.Element, piece: Progress) -> ET.Element:
    """A place for what a reader has done, with the number of each chapter's exercises."""
    counts = " ".join(f"{path}:{count}" for path, count in piece.exercises)
    return child(parent, "div", "progress", **{"data-exercises": counts})


def downloads(parent: ET.Element, piece: Downloads) -> ET.Element:
    """Links to scripts, each with what it shows."""
    element = child(parent, "ul", "downloads")
    for link, purpose in piece.scripts:
        item = ET.SubElement(element, "li")
        file_link(item, link, "").tail = AtomicString(": ")
        # In a docstring, what stands between backticks is code.
        for place, part in enumerate(re.split(r"`+", purpose)):
            words = ET.SubElement(item, "code" if place % 2 else "span")
            words.text = AtomicString(part)
    return element


def takeaway(parent: ET.Element, piece: Takeaway) -> ET.Element:
    """One line of links to the chapter's notebook and archives."""
    element = child(parent, "p", "takeaway")
    element.text = AtomicString("Take it with you: ")
    for number, file in enumerate(piece.files, start=1):
        link = ET.SubElement(element, "a", {"href": file.href})
        link.set("download", file.href.rpartition("/")[2])
        link.text = AtomicString(file.words)
        link.tail = AtomicString("." if number == len(piece.files) else " · ")
    return element


def child(parent: ET.Element, tag: str, css: str, **attributes: str) -> ET.Element:
    """A new element at the end of another, with its classes and other attributes."""
    return ET.SubElement(parent, tag, {"class": css, **attributes})


def file_link(parent: ET.Element, link: Link, css: str) -> ET.Element:
    """A link that downloads a file; without a class, its words are the file's name, as code."""
    element = ET.SubElement(parent, "a", {"href": link.href})
    if css:
        element.set("class", css)
    element.set("download", link.href.rpartition("/")[2])
    if not css:
        code = ET.SubElement(element, "code")
        code.text = AtomicString(link.words)
    else:
        element.text = AtomicString(link.words)
    return element


def put_html(element: ET.Element, md: Markdown, text: str) -> None:
    """Put finished HTML into an element: at once its only text, or a paragraph of its own."""
    element.text = AtomicString(md.htmlStash.store(text))

"""The HTML elements of blocks."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from typing import Any

from markdown import Markdown
from markdown.util import AtomicString
from pymdownx.highlight import Highlight  # type: ignore[import-untyped]

from loopbook.blocks.links import Link
from loopbook.blocks.listed import tag_list
from loopbook.blocks.picture import is_wide
from loopbook.blocks.pieces import (
    Answer,
    Code,
    Downloads,
    Equation,
    Exercise,
    Fold,
    Output,
    Picture,
    Progress,
    Quiz,
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
    element = _sub(parent, "div", "run-listing", **{SCRIPT: piece.script})
    _store(element, md, highlighted(md, piece.source, "python", piece.script))
    link = _link(element, Link("download", piece.href), "run-download")
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
    element = _sub(parent, "div", " ".join(css))
    _sub(element, "div", "run-output-title").text = AtomicString(title)
    text = html.escape(shown(printed.text), quote=False)
    _store(_sub(element, "div", "run-printed"), md, f"<pre><samp>{text.rstrip()}\n</samp></pre>")
    if not printed.accepted:
        note = _sub(element, "p", "run-note")
        note.text = AtomicString("Not accepted yet: the text kept in the book is another.")
    return element


def picture(parent: ET.Element, md: Markdown, piece: Picture) -> ET.Element:
    """A figure with room for its caption."""
    element = _sub(parent, "figure", "run-figure", id=piece.label.name, **{SCRIPT: piece.script})
    place = element
    if piece.live:  # the element shows what it holds until its module is there
        attributes = {"data-figure": piece.live.name, "data-search-exclude": ""}
        place = _sub(element, f"loop-{piece.live.name}", "run-live", **attributes)
    frame = _sub(place, "div", "run-picture", **{"data-search-exclude": ""})
    if is_wide(piece.svg):  # it scrolls on a phone: keys must reach it
        frame.set("class", "run-picture wide")
        frame.attrib |= {"tabindex": "0", "role": "region", "aria-label": piece.label.words}
    _store(frame, md, piece.svg)
    if piece.live and piece.live.data:
        data = f'<script type="application/json">{piece.live.data}</script>'
        _store(_sub(place, "div", "run-data"), md, data)
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


def equation(parent: ET.Element, piece: Equation) -> ET.Element:
    """A formula's place."""
    return _sub(parent, "div", "equation", id=piece.label.name)


def add_birth(caption: ET.Element, piece: Picture) -> None:
    """Put behind the caption, folded, how the figure was made."""
    element = _sub(caption, "details", "run-birth", **{"data-search-exclude": ""})
    ET.SubElement(element, "summary").text = AtomicString("How this figure was made")
    words = ET.SubElement(element, "p")
    link = _link(words, piece.source, "")
    link.tail = AtomicString(f" (content hash {piece.content}) · {piece.made}")
    if piece.live:
        words = _sub(element, "p", "run-birth-live")
        words.text = AtomicString("Where scripts run, an interactive figure takes its place: ")
        module = ET.SubElement(words, "code")
        module.text = AtomicString(f"{piece.live.name}.js")
        module.tail = AtomicString(" of the book's repository")
        if piece.data:
            module.tail = AtomicString(f"{module.tail}, with the data that ")
            _link(words, piece.data, "").tail = AtomicString(" prints")


def number_equation(element: ET.Element, piece: Equation) -> None:
    """Put the mark of the tests and the number behind the formula."""
    side = _sub(element, "div", "equation-side")
    link = ET.SubElement(side, "a", {"class": "equation-check", "href": piece.href})
    words = f"checked by {', '.join(piece.tests)}"
    link.set("title", words)
    link.set("aria-label", words)
    link.text = AtomicString("✓")
    _sub(side, "span", "equation-number").text = AtomicString(f"({piece.label.number})")


def exercise(parent: ET.Element, piece: Exercise) -> ET.Element:
    """A task's place, with its title."""
    element = _sub(parent, "section", "exercise", id=piece.label.name)
    title = _sub(element, "p", "exercise-title")
    strong = ET.SubElement(title, "strong")
    strong.text = AtomicString(f"{piece.label.words}.")
    strong.tail = f" {piece.title}"
    if piece.tags:
        tag_list(element, piece.tags)
    return element


def add_check(element: ET.Element, md: Markdown, piece: Exercise) -> None:
    """Say behind the task, before hint and solution, how to try it."""
    words = ET.Element("p", {"class": "exercise-try"})
    where = "In the unpacked zip of the exercises, this" if piece.packed else "This"
    words.text = AtomicString(f"{where} command first copies ")
    link = _link(words, piece.start, "")
    link.tail = AtomicString(" to a file of your own; from then on it checks what you made of it:")
    command = ET.Element("div", {"class": "exercise-command"})
    _store(command, md, highlighted(md, piece.packed or piece.command, "bash", ""))
    place = next((i for i, child in enumerate(element) if child.tag == "details"), len(element))
    element.insert(place, words)
    element.insert(place + 1, command)
    _sub(element, "span", "progress-slot")  # a script may put a box to tick there


def fold(parent: ET.Element, piece: Fold) -> ET.Element:
    """Text behind a line that unfolds it."""
    element = _sub(parent, "details", piece.kind)
    summary = ET.SubElement(element, "summary")
    if piece.question:
        word = _sub(summary, "span", "fold-word")
        word.text = AtomicString(piece.word)
        word.tail = f" {piece.question}"
    else:
        summary.text = AtomicString(piece.word)
    return element


def quiz(parent: ET.Element, piece: Quiz) -> ET.Element:
    """A question's place; its answers are put in order at its end."""
    element = _sub(parent, "div", "quiz")
    question = _sub(element, "p", "quiz-question")
    word = _sub(question, "span", "fold-word")
    word.text = AtomicString("Question")
    word.tail = f" {piece.question}"
    return element


def answer(parent: ET.Element, piece: Answer) -> ET.Element:
    """One answer to choose from, and room for its explanation."""
    verdict = "right" if piece.right else "wrong"
    element = _sub(parent, "div", "quiz-answer", **{"data-verdict": verdict})
    ET.SubElement(element, "p").text = piece.text
    return element


def progress(parent: ET.Element, piece: Progress) -> ET.Element:
    """A place for what a reader has done, with the number of each chapter's exercises."""
    counts = " ".join(f"{path}:{count}" for path, count in piece.exercises)
    return _sub(parent, "div", "progress", **{"data-exercises": counts})


def downloads(parent: ET.Element, piece: Downloads) -> ET.Element:
    """Links to scripts, each with what it shows."""
    element = _sub(parent, "ul", "downloads")
    for link, purpose in piece.scripts:
        item = ET.SubElement(element, "li")
        _link(item, link, "").tail = AtomicString(": ")
        # In a docstring, what stands between backticks is code.
        for place, part in enumerate(re.split(r"`+", purpose)):
            child = ET.SubElement(item, "code" if place % 2 else "span")
            child.text = AtomicString(part)
    return element


def takeaway(parent: ET.Element, piece: Takeaway) -> ET.Element:
    """One line of links to the chapter's notebook and archives."""
    element = _sub(parent, "p", "takeaway")
    element.text = AtomicString("Take it with you: ")
    for number, file in enumerate(piece.files, start=1):
        link = ET.SubElement(element, "a", {"href": file.href})
        link.set("download", file.href.rpartition("/")[2])
        link.text = AtomicString(file.words)
        link.tail = AtomicString("." if number == len(piece.files) else " · ")
    return element


def highlighted(md: Markdown, source: str, language: str, title: str) -> str:
    """Code as a fenced block shows it, with all that the highlighting extension is set to."""
    options = {"title": title} if title else {}
    if "fenced_code_block" in md.preprocessors:
        fences: Any = md.preprocessors["fenced_code_block"]
        if hasattr(fences, "get_hl_settings"):
            fences.get_hl_settings()
            return str(
                fences.highlight(source, language, options, md, classes=[], id_value="", attrs={})
            )
    return str(Highlight(md=md).highlight(source, language, title=title or None))


def _sub(parent: ET.Element, tag: str, css: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, tag, {"class": css, **attributes})


def _link(parent: ET.Element, link: Link, css: str) -> ET.Element:
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


def _store(element: ET.Element, md: Markdown, text: str) -> None:
    """Put finished HTML into an element: at once its only text, or a paragraph of its own."""
    element.text = AtomicString(md.htmlStash.store(text))

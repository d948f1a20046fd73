"""Exercises: what each must have, three files, a hint, and one solution; and its elements."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from markdown import Markdown
from markdown.util import AtomicString

from loopbook.blocks.coloured import highlighted
from loopbook.blocks.elements import child, file_link, put_html
from loopbook.blocks.listed import tag_list
from loopbook.blocks.nearest import meant, quoted
from loopbook.blocks.pieces import Exercise
from loopbook.blocks.room import Room
from loopbook.errors import BookError
from loopbook.regular import written

PARTS = ("start.py", "solution.py", "check.py")


def check_exercise(room: Room, name: str, inner: Sequence[str]) -> None:
    """Make sure that an exercise is whole.

    Args:
        room: the chapter's scripts.
        name: the exercise's name, which is that of its folder.
        inner: names of the blocks that stand in it.

    Raises:
        BookError: a file, the hint or the solution is missing, or there are two solutions.
    """
    for part in PARTS:
        if not (room.path / "exercises" / name / part).is_file():
            there = written(room.path / "exercises", "*.py")
            others = sorted({file.split("/")[0] for file in there if file.count("/") == 1})
            where = f"snippets/{room.folder}/exercises/{name}"
            cure = f"write {where}/{part}"
            if name not in others:
                cure = meant(name, others, "there are exercises")
            raise BookError(f"the exercise has no {part} in {where}", cure=cure)
    for block in ("hint", "solution"):
        if block not in inner:
            raise BookError(
                f"the exercise {quoted(name)} has no {block}",
                cure=f"put a block /// {block} into it",
            )
    if inner.count("solution") > 1:
        raise BookError(f"the exercise {quoted(name)} has two solutions")


def task(parent: ET.Element, piece: Exercise) -> ET.Element:
    """A task's place, with its title."""
    element = child(parent, "section", "exercise", id=piece.label.name)
    title = child(element, "p", "exercise-title")
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
    link = file_link(words, piece.start, "")
    link.tail = AtomicString(" to a file of your own; from then on it checks what you made of it:")
    command = ET.Element("div", {"class": "exercise-command"})
    put_html(command, md, highlighted(md, piece.packed or piece.command, "bash", ""))
    place = next((i for i, part in enumerate(element) if part.tag == "details"), len(element))
    element.insert(place, words)
    element.insert(place + 1, command)
    child(element, "span", "progress-slot")  # a script may put a box to tick there

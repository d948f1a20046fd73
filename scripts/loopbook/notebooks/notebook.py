"""A chapter as a notebook: its words, its scripts in cells, and what these showed when run."""

from __future__ import annotations

import ast
import json
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loopbook.blocks.book import Source
from loopbook.blocks.chapter import parse
from loopbook.blocks.index import Index
from loopbook.blocks.page import Page
from loopbook.blocks.pieces import Code, Picture
from loopbook.blocks.room import Room
from loopbook.notebooks.face import opening, setup
from loopbook.notebooks.items import Cell, Drawn, Item, Listing, Printed, Text
from loopbook.notebooks.kernel import Output, has_outputs, outputs_of
from loopbook.notebooks.markdown import fenced
from loopbook.notebooks.nodes import nodes_of
from loopbook.notebooks.parts import Parts
from loopbook.notebooks.plan import Runnable, planned
from loopbook.notebooks.printed import Results
from loopbook.notebooks.prose import Prose, own_anchors
from loopbook.notebooks.writer import Writer
from loopbook.runner.script import read_script
from loopbook.syntax import tree
from loopbook.text import read


@dataclass(frozen=True)
class Chapter:
    """A chapter on its way to a notebook.

    Attributes:
        source: the page.
        room: its scripts.
        items: what the notebook holds, in order.
    """

    source: Source
    room: Room
    items: tuple[Item, ...]

    @property
    def cells(self) -> list[Cell]:
        """The cells to be run, in order."""
        return [item for item in self.items if isinstance(item, Cell)]

    @property
    def store(self) -> Path:
        """Where what came of the cells is kept."""
        return self.room.book.root / ".build" / "notebooks" / self.source.folder

    @property
    def is_run(self) -> bool:
        """Whether the cells were run as they are."""
        return has_outputs(self.cells, self.store)

    def to_json(self, run: bool = True) -> str:
        """The notebook's file.

        Args:
            run: whether to run the cells if need be; otherwise it may be without outputs.

        Raises:
            BookError: a cell fails, or a script prints or draws something else than by itself.
        """
        cells = self.cells
        outputs: list[list[Output]] = [[] for _ in cells]
        results = None
        if run or self.is_run:
            outputs = outputs_of(cells, self.store)
            results = Results(self.room, cells, outputs)
            results.check()
        written: list[dict[str, Any]] = []
        count = 0
        for item in self.items:
            if isinstance(item, Cell):
                written.append(_code(item, outputs[count], count + 1 if results else None))
                count += 1
            elif isinstance(item, Text):
                written.append(_markdown(item.markdown))
            elif isinstance(item, Printed):
                if results and not results.shows(item):
                    text = item.piece.printed.text.rstrip()
                    words = f"`{item.piece.script}` prints:"
                    written.append(_markdown(f"{words}\n\n{fenced(text, 'text')}"))
            elif isinstance(item, Drawn):
                png = results.picture(item.piece) if results and not item.live else ""
                written.append(_figure(item, png))
        for number, cell in enumerate(written):
            cell["id"] = f"cell-{number:03}"
        notebook = {
            "cells": written,
            "metadata": {
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python", "version": platform.python_version()},
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def chapter_of(
    source: Source, room: Room, index: Index, slugify: Callable[[str], str], site: str, book: str
) -> Chapter:
    """Make a chapter ready to be a notebook.

    Args:
        source: the page.
        room: its scripts.
        index: all pages.
        slugify: makes a heading's identifier.
        site: the address that the site is published at; empty if not known.
        book: the book's name.

    Raises:
        BookError: something that the page asks for does not exist.
    """
    chapter = parse(source.body, source.file, source.first_line, index.foreign)
    page = Page(source, chapter, index)
    text = page.prepare(room, slugify)
    prose = Prose(page, site, slugify, own_anchors(page, text))
    writer = Writer(nodes_of(page, text), prose, room)
    items = writer.items()
    shown = [item.piece for item in items if isinstance(item, Listing | Drawn)]
    scripts = {name: _runnable(room, name, shown) for name in sorted(writer.runnable)}
    items[1:1] = [opening(source, prose, book), setup()]
    return Chapter(source, room, tuple(planned(items, scripts)))


def _runnable(room: Room, name: str, shown: list[Code | Picture]) -> Runnable:
    text = room.text(name)
    listings = [piece for piece in shown if isinstance(piece, Code) and piece.script == name]
    parts = Parts(text, room.listing(name), [piece.sections for piece in listings])
    raises = read_script(room.path, name).declarations.expects is not None
    return Runnable(parts, raises, _neighbours(room, text))


def _neighbours(room: Room, text: str) -> Mapping[str, str]:
    """The scripts of the same folder that a script imports, and those that they import."""
    found: dict[str, str] = {}
    waiting = [text]
    while waiting:
        for name in _imported(waiting.pop()):
            file = f"{name}.py"
            if file not in found and (room.path / file).is_file():
                found[file] = read(room.path / file)
                waiting.append(found[file])
    return found


def _imported(text: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def _code(cell: Cell, outputs: list[Output], count: int | None) -> dict[str, Any]:
    tags = [cell.role, *(["raises-exception"] if cell.raises else [])]
    metadata: dict[str, Any] = {"tags": tags}
    if cell.script:
        metadata["script"] = {"name": cell.script, "parts": [cell.start, cell.end]}
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": metadata,
        "outputs": [_numbered(output, count) for output in outputs],
        "source": _lines(cell.source),
    }


def _numbered(output: Output, count: int | None) -> Output:
    if output["output_type"] == "execute_result":
        return output | {"execution_count": count}
    return output


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": _lines(text)}


def _figure(item: Drawn, png: str) -> dict[str, Any]:
    if item.live or not png:
        return _markdown(item.caption)
    name = f"{item.piece.label.name}.png"
    alt = item.piece.alt.replace("[", "(").replace("]", ")")
    cell = _markdown(f"![{alt}](attachment:{name})\n\n{item.caption}")
    return cell | {"attachments": {name: {"image/png": png}}}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)

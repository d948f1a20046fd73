"""What each block of a page asks for, found in scripts, records, exercises and tests."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Protocol

from loopbook.blocks.aligned import aligned_of
from loopbook.blocks.argument import script_alone, script_and_figure, script_and_names
from loopbook.blocks.birth import made
from loopbook.blocks.book import Source
from loopbook.blocks.chapter import Block, Chapter
from loopbook.blocks.completeness import check_complete
from loopbook.blocks.devices import devices_of
from loopbook.blocks.equation import check_formula, equation_of
from loopbook.blocks.exercise import check_exercise
from loopbook.blocks.figure import alt_of, drawing
from loopbook.blocks.index import Index
from loopbook.blocks.labels import Label, labels_of
from loopbook.blocks.links import Link
from loopbook.blocks.live import live
from loopbook.blocks.marks import Mark, marks_of
from loopbook.blocks.overview import TAGS, Overview, exercise_tags, tag_links
from loopbook.blocks.pieces import (
    Code,
    Downloads,
    Equation,
    Exercise,
    Fold,
    Names,
    Output,
    Picture,
    Piece,
    Progress,
    Takeaway,
)
from loopbook.blocks.printed import cut
from loopbook.blocks.quiz import answer_of, quiz_of
from loopbook.blocks.room import Room
from loopbook.blocks.symbols import used
from loopbook.blocks.takeaway import takeaway_of
from loopbook.errors import BookError
from loopbook.runner.script import digest

_WORDS = {"hint": "Hint", "solution": "Solution", "predict": "Predict", "recall": "Recall"}


class Expand(Protocol):
    """Replaces what stands in double brackets in a text of this line; by words or not."""

    def __call__(self, text: str, line: int, words: bool) -> str: ...


@dataclass(frozen=True)
class Lookup:
    """Finds what the blocks of one page become.

    Attributes:
        source: the page.
        chapter: its text taken apart.
        index: all pages.
        room: the page's scripts.
        expand: replaces what stands in double brackets in a text of this line; by words or not.
        overview: what of the whole book a page can list.
    """

    source: Source
    chapter: Chapter
    index: Index
    room: Room
    expand: Expand
    overview: Overview

    def piece(self, block: Block) -> Piece:
        """What a block becomes.

        Raises:
            BookError: what it asks for does not exist.
        """
        match block.name:
            case "code":
                return self._code(block)
            case "aligned":
                return aligned_of(self.room.book, block.argument, block.option("scripts") or "")
            case "output":
                return self._output(block)
            case "devices":
                return devices_of(block, self.room)
            case "figure":
                return self._picture(block)
            case "equation":
                return self._equation(block)
            case "exercise":
                return self._exercise(block)
            case "downloads":
                return self._downloads()
            case "exercises":
                return self.overview.exercises()
            case "tags":
                return self.overview.tags()
            case "symbols":
                codes = (b for b in self.chapter.blocks if b.name == "code")
                listings = [self._code(b).source for b in codes]
                return Names(used(self.index.symbols, self.chapter.text, listings))
            case "progress":
                return Progress(self.index.exercises)
            case "takeaway":
                return self._takeaway()
        question = self.expand(block.argument, block.line, False)
        if block.name == "quiz":
            words = partial(self.expand, words=True)
            return quiz_of(block, self.chapter, words, question)
        if block.name == "answer":
            return answer_of(block, question)
        return Fold(block.name, _WORDS[block.name], question)

    def check_rooms(self) -> None:
        """On the folder's own page: every section is shown, every mark has its equation.

        Raises:
            BookError: one is not, or has none.
        """
        if self.source.owns_folder:
            check_complete(self.room, self.index, self._marks)

    @cached_property
    def _marks(self) -> tuple[Mark, ...]:
        return marks_of(self.room.book, self.room.folder)

    @cached_property
    def _labels(self) -> dict[int, Label]:
        return {label.index: label for label in labels_of(self.source, self.chapter)}

    def _code(self, block: Block) -> Code:
        script, names = script_and_names(block)
        listing = self.room.listing(script)
        texts = [listing.section(name).text for name in names] or [listing.whole]
        source, href = "\n\n".join(texts), self._link(script)
        return Code(script, source, href, tuple(names))

    def _output(self, block: Block) -> Output:
        script = script_alone(block, "an output block")
        printed = self.room.printed(script)
        shown = cut(printed, block.option("from"), block.option("to"), script)
        if not shown.text.strip():
            raise BookError(f"{script} prints nothing", cure="take the output block out")
        return Output(script, shown)

    def _picture(self, block: Block) -> Picture:
        script, figure = script_and_figure(block)
        label = self._label(block)
        alt = self.expand(alt_of(block), block.line_of("alt"), True)
        svg, record = drawing(self.room, script, figure, label.name, alt)
        sources = self.room.sources(script, record)
        alive = live(block.option("live"), block.option("data"), self.room)
        data = alive.script if alive else ""
        return Picture(
            script,
            label,
            svg,
            figure,
            alt,
            Link(script, self._link(script)),
            digest(sources[0])[:8],
            made(sources, record),
            alive,
            Link(data, self._link(data)) if data else None,
        )

    def _equation(self, block: Block) -> Equation:
        label = self._label(block)
        check_formula(block)
        return equation_of(label, self._marks, self.room.folder, self.source)

    def _exercise(self, block: Block) -> Exercise:
        label = self._label(block)
        folder = f"exercises/{label.name}"
        inner = [b.name for b in self.chapter.blocks if b.parent == block.index]
        check_exercise(self.room, label.name, inner)
        title = self.expand(block.option("title") or "", block.line_of("title"), False)
        packed = any(b.name == "takeaway" for b in self.chapter.blocks)
        return Exercise(
            label,
            title,
            Link(f"{folder}/start.py", self._link(f"{folder}/start.py")),
            f"python scripts/check.py {self.room.folder}/{label.name}",
            f"python check.py {label.name}" if packed else "",
            tag_links(
                self.source,
                exercise_tags(block.option("tags") or "", label),
                (self.room.book.docs / TAGS).is_file(),
            ),
        )

    def _downloads(self) -> Downloads:
        names = [name for name in self.room.scripts() if "/" not in name]
        if not names:
            raise BookError(f"there are no scripts in snippets/{self.room.folder}")
        return Downloads(tuple((Link(n, self._link(n)), self.room.purpose(n)) for n in names))

    def _takeaway(self) -> Takeaway:
        files = takeaway_of(self.source, self.room)
        if not files:
            raise BookError("only a chapter with scripts can be taken along")
        return Takeaway(tuple(Link(file.words, self.source.link(file.path)) for file in files))

    def _label(self, block: Block) -> Label:
        label = self._labels[block.index]
        self.index.reference(label.name)  # which is an error where the book has it twice
        return label

    def _link(self, script: str) -> str:
        return self.source.link(posixpath.join("snippets", self.room.folder, script))

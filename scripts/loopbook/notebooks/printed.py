"""What a notebook's cells showed, held against what the scripts show by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from loopbook.blocks.pieces import Picture
from loopbook.blocks.room import Room
from loopbook.errors import BookError
from loopbook.notebooks.items import Cell, Printed
from loopbook.notebooks.kernel import Output
from loopbook.runner.compare import differences
from loopbook.runner.record import Run
from loopbook.runner.script import read_script
from loopbook.text import read_printed


def text_of(outputs: Sequence[Output]) -> str:
    """What a cell printed, with the message of an exception at its end, as a record has it."""
    found = ""
    for output in outputs:
        if output["output_type"] == "stream" and output["name"] == "stdout":
            found += output["text"]
        if output["output_type"] == "error":
            found += f"{output['ename']}: {output['evalue']}\n"
    return found


def pictures_of(outputs: Sequence[Output]) -> list[str]:
    """The pictures that a cell drew, each as base64."""
    data = [output.get("data", {}) for output in outputs]
    return [shown["image/png"] for shown in data if "image/png" in shown]


@dataclass(frozen=True)
class Results:
    """Cells and what they showed.

    Attributes:
        room: the chapter's scripts.
        cells: the cells.
        outputs: what each showed.
    """

    room: Room
    cells: Sequence[Cell]
    outputs: Sequence[Sequence[Output]]

    def check(self) -> None:
        """Every script printed and drew the same as by itself.

        Raises:
            BookError: one did not.
        """
        for name, places in self._of_script.items():
            printed = "".join(text_of(self.outputs[place]) for place in places)
            expected = read_printed(self.room.script(name).with_suffix(".out"))
            says = read_script(self.room.path, name).declarations
            difference = differences(expected, printed, says.relative, says.absolute)
            if difference:
                raise BookError(
                    f"in the notebook it prints something else than by itself\n{difference}",
                    file=self.room.called(name),
                    cure="set all that the script depends on in the script itself",
                )
            here, alone = len(self._drawn(name)), len(self._figures(name))
            if here != alone:
                raise BookError(
                    f"it draws {here} figures in the notebook, {alone} by itself",
                    file=self.room.called(name),
                    cure="show each figure, with plt.show(), before the next is begun",
                )

    def shows(self, item: Printed) -> bool:
        """Whether the cells right above an output print these lines."""
        text = "".join(text_of(self.outputs[place]) for place in item.cells)
        lines = [line.rstrip() for line in text.splitlines()]
        wanted = item.piece.printed.text.rstrip().splitlines()
        says = read_script(self.room.path, item.piece.script).declarations
        return any(
            not differences(
                "\n".join(wanted),
                "\n".join(lines[start : start + len(wanted)]),
                says.relative,
                says.absolute,
            )
            for start in range(len(lines) - len(wanted) + 1)
        )

    def picture(self, piece: Picture) -> str:
        """A figure as some cell drew it, as base64."""
        return self._drawn(piece.script)[self._figures(piece.script).index(piece.figure)]

    def _drawn(self, name: str) -> list[str]:
        places = self._of_script[name]
        return [png for place in places for png in pictures_of(self.outputs[place])]

    @cached_property
    def _of_script(self) -> dict[str, list[int]]:
        """For each script, cells that together hold each of its parts once, in its order."""
        found: dict[str, list[int]] = {}
        ends: dict[str, int] = {}
        order = sorted(range(len(self.cells)), key=lambda place: (self.cells[place].start, place))
        for place in order:
            cell = self.cells[place]
            if not cell.script or cell.role == "unseen" or cell.start < ends.get(cell.script, 0):
                continue
            found.setdefault(cell.script, []).append(place)
            ends[cell.script] = cell.end
        return found

    def _figures(self, name: str) -> list[str]:
        book = self.room.book
        run = Run.find(book.records, f"{self.room.folder}/{name}")
        return [figure.name for figure in run.record.figures] if run else []

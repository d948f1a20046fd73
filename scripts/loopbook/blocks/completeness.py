"""Whether a chapter shows all that lies in its folder, and has all that its tests speak of."""

from __future__ import annotations

from collections.abc import Iterable

from loopbook.blocks.index import Index
from loopbook.blocks.marks import Mark
from loopbook.blocks.nearest import meant, quoted
from loopbook.blocks.room import Room
from loopbook.blocks.sections import Listing
from loopbook.blocks.spans import located
from loopbook.errors import BookError


def check_complete(room: Room, index: Index, marks: Iterable[Mark]) -> None:
    """Every section of the folder's scripts is shown, every mark of its tests has its equation.

    Raises:
        BookError: one is not, or has none.
    """
    shown = index.sections_shown(room.folder)
    for name in room.scripts():
        for section in _listing(room, name).sections:
            if (name, section.name) not in shown:
                raise BookError(
                    f"no chapter shows the section {quoted(section.name)}: unused section",
                    file=room.called(name),
                    line=section.line,
                    cure=f"show it with /// code | {name}: {section.name}, "
                    "or take its markers out",
                )
    equations = index.equations(room.folder)
    for mark in marks:
        if mark.label not in equations:
            raise BookError(
                f"{mark.test} is marked for the equation {quoted(mark.label)}, "
                "which no chapter has",
                file=mark.file,
                line=mark.line,
                cure=meant(mark.label, equations, "the chapter's equations are"),
            )


def _listing(room: Room, name: str) -> Listing:
    """A script of the folder; that no block can name it, say, is an error at the script."""
    try:
        return room.listing(name)
    except BookError as error:
        raise located(error, room.called(name), 1) from error

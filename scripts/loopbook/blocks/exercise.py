"""What an exercise must have: its three files, a hint, and one solution."""

from __future__ import annotations

from collections.abc import Sequence

from loopbook.blocks.nearest import meant, quoted
from loopbook.blocks.room import Room
from loopbook.errors import BookError

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
            others = sorted({file.parent.name for file in room.path.glob("exercises/*/*.py")})
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

"""An exercise as it lies on disk, and where to find one by name."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from loopbook.errors import BookError
from loopbook.regular import written


@dataclass(frozen=True)
class Exercise:
    """One exercise of a chapter.

    Attributes:
        name: the name that readers type, such as ``part-1/2-linear-regression/two-rates``.
        folder: the folder with its starting file, solution and check.
    """

    name: str
    folder: Path

    @property
    def start(self) -> Path:
        """The file that a reader begins with."""
        return self.folder / "start.py"

    @property
    def solution(self) -> Path:
        """The worked solution."""
        return self.folder / "solution.py"

    @property
    def attempt(self) -> Path:
        """The reader's own file, which git ignores."""
        return self.folder / "attempt.py"

    @property
    def purpose(self) -> str:
        """First line of the starting file's docstring, without its quotes."""
        lines = self.start.read_text("utf-8").splitlines()
        return lines[0].strip().strip('"') if lines else ""


def all_exercises(root: Path) -> list[Exercise]:
    """Every exercise below ``root/snippets``, in the order of their names.

    A chapter's exercises that were taken along have no such folder: they lie below ``root``, and
    go by their own names alone.
    """
    snippets = root / "snippets" if (root / "snippets").is_dir() else root
    folders = [PurePosixPath(file).parent for file in written(snippets, "check.py")]
    return [
        Exercise((folder.parents[1] / folder.name).as_posix(), snippets / folder)
        for folder in folders
        if folder.parent.name == "exercises"
    ]


def find_exercise(root: Path, name: str) -> Exercise:
    """The exercise of this name.

    Raises:
        BookError: there is none; the cure holds the names that come closest.
    """
    exercises = {exercise.name: exercise for exercise in all_exercises(root)}
    wanted = name.strip("/")
    if wanted in exercises:
        return exercises[wanted]
    near = nearest_names(wanted, list(exercises))
    cure = f"did you mean {' or '.join(near)}?" if near else "run it without a name for a list"
    raise BookError(f"there is no exercise named {name!r}", cure=cure)


def nearest_names(wanted: str, names: list[str]) -> list[str]:
    """At most three of the names: those whose last part is nearest come first."""
    last = {name: name.rsplit("/", 1)[-1] for name in names}
    word = wanted.rsplit("/", 1)[-1]
    near = [
        name
        for match in difflib.get_close_matches(word, sorted(set(last.values())), 3, 0.5)
        for name in names
        if last[name] == match
    ]
    near += difflib.get_close_matches(wanted, [name for name in names if name not in near], 3, 0.8)
    return near[:3]

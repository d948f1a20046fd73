"""A fence around the repository: a script reads in it, and writes elsewhere."""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from loopbook.runner.hearing import hear
from loopbook.runner.landlock import forbid_writing, look_at_no_other
from loopbook.runner.record import Problem
from loopbook.runner.stack import line_in

# Places of paths, and of the folders that they start from, in the arguments of audit events.
_WRITES: dict[str, tuple[tuple[int, int | None], ...]] = {
    "os.chmod": ((0, 2),),
    "os.link": ((1, 3),),
    "os.mkdir": ((0, 2),),
    "os.remove": ((0, 1),),
    "os.rename": ((0, 2), (1, 3)),
    "os.rmdir": ((0, 1),),
    "os.symlink": ((1, 2),),
    "os.truncate": ((0, None),),
    "os.utime": ((0, 3),),
}
_RULE = "a script keeps what it makes outside the book: in its current folder, or in tempfile's"
_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_TRUNC | os.O_CREAT


@dataclass(frozen=True)
class Crossing:
    """An attempt to write inside the fence.

    Attributes:
        name: what was to be written, below the root.
        line: the script's line.
    """

    name: str
    line: int | None


class Fence:
    """Keeps this process from changing anything below a root, but for its own folder.

    What Python does is refused with a ``PermissionError`` at the script's line, and remembered.
    What C code and other programs do is refused by the system where it can; not so where the root
    lies in the system's folder for temporary things, in which everything may be written.

    A fence lasts as long as its process.
    """

    def __init__(self, root: Path, script: str, own: Path, temporary: Path) -> None:
        self._root = os.path.join(os.path.realpath(root), "")
        self._own = os.path.join(os.path.realpath(own), "")
        self._script = script
        self._busy = False
        self.crossings: list[Crossing] = []
        fleeting = self._root.startswith(os.path.join(os.path.realpath(temporary), ""))
        self._closed = not fleeting and forbid_writing(Path(self._root), own)
        if not self._closed:
            look_at_no_other()
        hear(("open", *_WRITES), self._hear)

    def explained(self, problem: Problem | None) -> Problem | None:
        """What is wrong with a run, if it came to a problem or tried to cross the fence."""
        if self.crossings:  # whatever became of it
            first = self.crossings[0]
            return Problem("write", f"writes into {first.name}; {_RULE}", first.line)
        if problem and self._closed and "Permission denied" in problem.message:
            return replace(problem, message=f"{problem.message} ({_RULE})")
        return problem

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            if event == "open":
                if _opens_to_write(arguments[1], arguments[2]):
                    self._check(event, arguments[0], None)
            else:
                for place, start in _WRITES[event]:
                    folder = None if start is None else arguments[start]
                    self._check(event, arguments[place], folder)
        finally:
            self._busy = False

    def _check(self, event: str, path: Any, start: Any) -> None:
        if not isinstance(path, (str, bytes, os.PathLike)):
            return
        try:
            name = os.fsdecode(path)
            if isinstance(start, int) and start >= 0 and not os.path.isabs(name):
                name = os.path.join(os.readlink(f"/proc/self/fd/{start}"), name)
            if event in ("open", "os.truncate"):
                real = os.path.realpath(name)
            else:  # of a link, the link itself
                head, tail = os.path.split(os.path.abspath(name))
                real = os.path.join(os.path.realpath(head), tail)
        except (OSError, ValueError, TypeError):
            return  # a name that is no path; the script's own call will say so
        if event == "os.mkdir" and os.path.isdir(real):
            return  # it is there already
        if real.startswith(self._root) and not real.startswith(self._own):
            inside = real[len(self._root) :]
            self.crossings.append(Crossing(inside, line_in(self._script, sys._getframe(3))))
            raise PermissionError(errno.EACCES, _RULE, inside)


def _opens_to_write(mode: str | None, flags: int | None) -> bool:
    if isinstance(mode, str):
        return not mode.startswith("r") or "+" in mode
    return bool((flags or 0) & _FLAGS)

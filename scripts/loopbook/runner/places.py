"""Places of one machine, taken off the paths in what a run says: another machine has others."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from loopbook.errors import printable
from loopbook.runner.frames import without_ours

_WORD = re.compile(r"(?P<drive>\b[A-Za-z]:(?=[/\\]))?(?P<path>[^\s\x1b'\":]+)")
_LIBRARY = re.compile(r"(?:(?<=[/\\])|^)(?:(?:site|dist)-packages|lib[/\\]python3\.\d+)[/\\]")
_SLASH = re.compile(r"~?[/\\]")
#: The first folder of a path that begins with a name, such as ``.venv``, not with a slash.
_FOLDER = re.compile(r"^(?P<colour>\[[\d;]*m|(?!\[[\d;]*m))(?P<sign>.*?)[\w.][\w.-]*$")


@dataclass(frozen=True)
class Places:
    """Folders of this machine, each with what is written in its place.

    Attributes:
        known: a folder, and what stands for it; what is empty stands for “here”.
    """

    known: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, folder: Path, root: str, home: str | None = None) -> Places:
        """The places that a run can come upon.

        Args:
            folder: the run's own folder, with ``cwd``, ``home`` and ``tmp`` in it.
            root: the folder that the script belongs to.
            home: the home of whoever started it (default: this process's).
        """
        named = {str(Path(root)): "", home or os.path.expanduser("~"): "~"}
        for prefix in (sys.prefix, sys.base_prefix):
            if len(prefix.split()) > 1:  # packages are found in words, without blanks
                named.setdefault(prefix, "")
        for made in (str(folder), os.path.realpath(folder)):
            here = os.path.join(made, "")
            named |= {made: "/run", f"{here}cwd": "", f"{here}home": "~", f"{here}tmp": "/tmp"}
        places = {place.rstrip("/\\"): shown for place, shown in named.items()}
        places |= {printable(place): shown for place, shown in places.items()}  # as it is printed
        longest = sorted((place for place in places if place), key=lambda p: (-len(p), p))
        return cls(tuple((place, places[place]) for place in longest))

    def out_of(self, text: str) -> str:
        """The text with paths that begin where they mean something on every machine."""
        text = without_ours(text)
        if not any(place in text for place, _ in self.known):
            return without_libraries(text)
        return without_libraries(self._pattern.sub(self._shown, text))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # A short one may be the middle of another name; signs that colour text may stand before it.
        alone = r"(?:(?<![\w.-])|(?<=\dm))"
        places = "|".join(
            ("" if len(Path(place).parts) > 3 else alone) + re.escape(place)
            for place, _ in self.known
        )
        return re.compile(rf"(?P<place>{places})(?:(?P<slash>[/\\])|(?![\w-]|\.\w))")

    def _shown(self, match: re.Match[str]) -> str:
        shown = dict(self.known)[match["place"]]
        if match["slash"]:
            return shown + match["slash"] if shown else ""
        return shown or "."


def without_libraries(text: str) -> str:
    """The text with the files of installed packages named from the package on."""
    if "-packages" not in text and "python3." not in text:
        return text
    return _WORD.sub(_from_package, text)


def _from_package(match: re.Match[str]) -> str:
    path = match["path"]
    ends = [found.end() for found in _LIBRARY.finditer(path)]
    first = _SLASH.search(path)
    if not ends or first is None:
        return match[0]
    before = _FOLDER.sub(r"\g<colour>\g<sign>", path[: first.start()])
    return before + path[ends[-1] :]

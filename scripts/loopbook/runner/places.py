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
_LIBRARY = re.compile(
    r"(?:(?<=[/\\])|^)(?:(?:site|dist)-packages|lib[/\\]{1,2}python3\.\d+)[/\\]{1,2}"
)
_SLASH = re.compile(r"~?[/\\]")
#: The first folder of a path that begins with a name, such as ``.venv``, not with a slash.
_FOLDER = re.compile(r"^(?P<colour>\[[\d;]*m|(?!\[[\d;]*m))(?P<sign>.*?)[\w.][\w.-]*$")
#: What the interpreter and the folder that it is installed in are called.
_PYTHON, _INSTALLED = "python", "/usr"
#: Such folders hold what is not Python's, too.
_SHARED = ("/usr", "/usr/local")
_ENGINE = Path(__file__).parents[2]


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
        named = _installed() | {str(Path(root)): "", home or os.path.expanduser("~"): "~"}
        for made in (str(folder), os.path.realpath(folder)):
            here = os.path.join(made, "")
            named |= {made: "/run", f"{here}cwd": "", f"{here}home": "~", f"{here}tmp": "/tmp"}
        places = {place.rstrip("/\\"): shown for place, shown in named.items()}
        places |= {printable(place): shown for place, shown in places.items()}  # as it is printed
        places |= {place.replace("\\", "\\\\"): shown for place, shown in places.items()}  # quoted
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
            ("" if len(Path(place).parts) > 3 and shown != _PYTHON else alone) + re.escape(place)
            for place, shown in self.known
        )
        return re.compile(rf"(?P<place>{places})(?:(?P<slash>/|\\{{1,2}})|(?![\w-]|\.\w))")

    def _shown(self, match: re.Match[str]) -> str:
        shown = dict(self.known)[match["place"]]
        if match["slash"]:
            if match["place"] in _SHARED and shown == _INSTALLED:
                return match[0]
            return shown + match["slash"] if shown else ""
        return shown or "."


def _installed() -> dict[str, str]:
    """Where Python and the engine are installed here, and what is written in their place."""
    found = {str(_ENGINE): _ENGINE.name}
    for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix):
        found[prefix] = _INSTALLED
    library = os.__file__.removesuffix("os.py")
    if not _LIBRARY.search(library):  # as on Windows
        found[library] = ""
    for program in (sys.executable, getattr(sys, "_base_executable", "")):
        name = re.split(r"[/\\]", program or "")[-1]
        end = ".exe" if name.lower().endswith(".exe") else ""
        usual = (f"python{version}{end}" for version in ("", "3", f"3.{sys.version_info.minor}"))
        for one in (name, *usual) if program else ():
            found[program.removesuffix(name) + one] = _PYTHON
    return found


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

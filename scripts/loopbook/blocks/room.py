"""A chapter's folder of scripts: what is in it, and nothing outside of it."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, wraps
from pathlib import Path
from typing import TypeVar

from loopbook.blocks.book import Book
from loopbook.blocks.nearest import meant, quoted
from loopbook.blocks.printed import Printed, printed_in
from loopbook.blocks.sections import Listing, read_listing
from loopbook.errors import BookError
from loopbook.regular import still_there
from loopbook.runner.record import Record, Run
from loopbook.runner.script import find_scripts
from loopbook.text import check_name, parsed, plain, plain_bytes, read

_SCRIPT = re.compile(r"\w[\w-]*(?:/\w[\w-]*)*\.py")
_RUN = "run python scripts/run_snippets.py"
T = TypeVar("T")


def _once(look: Callable[[Room, str], T]) -> Callable[[Room, str], T]:
    """Of each script, what was found once is what this room has."""
    place = f"found by {look.__name__}"

    @wraps(look)
    def found(room: Room, name: str) -> T:
        known: dict[str, T] = vars(room).setdefault(place, {})
        if name not in known:
            known[name] = look(room, name)
        return known[name]

    return found


@dataclass(frozen=True)
class Room:
    """The scripts of one chapter, with what they printed and drew, as they are when first asked.

    Attributes:
        book: the book.
        folder: the chapter's folder, below each of the book's.
    """

    book: Book
    folder: str

    @property
    def path(self) -> Path:
        """Where the scripts lie."""
        return self.book.snippets / self.folder

    def scripts(self) -> list[str]:
        """Names of all scripts, sorted; a reader's own attempts left out."""
        return find_scripts(self.path, lambda name: not name.endswith("/attempt.py"))

    @_once
    def script(self, name: str) -> Path:
        """The script of this name.

        Raises:
            BookError: there is none in this folder.
        """
        path = self.path / name
        if not _SCRIPT.fullmatch(name) or not os.path.isfile(path) or not self._holds(path):
            raise self._no_script(name)
        return path

    def _holds(self, path: Path) -> bool:
        """Whether a path stays in this folder, and this folder in the book, whatever links say."""
        goal = os.path.realpath(path)
        return all(goal.startswith(room) for room in self._rooms)

    @cached_property
    def _rooms(self) -> tuple[str, str]:
        """The folder and the book's folder of scripts, links followed, each with a slash."""
        here, all_of_them = os.path.realpath(self.path), os.path.realpath(self.book.snippets)
        return here + os.sep, all_of_them + os.sep

    def _no_script(self, name: str) -> BookError:
        check_name(self.called(name))
        scripts, where = self.scripts(), f"snippets/{self.folder}"
        if name not in scripts:
            cure = meant(name, scripts, "its scripts are")
            return BookError(f"there is no script {quoted(name)} in {where}", cure=cure)
        message = f"there is no script {quoted(name)} in {where} that a block can name"
        cure = "put the script itself there, not a link that leads out of the folder"
        if not _SCRIPT.fullmatch(name):
            cure = "rename it: a name is made of letters, digits, - and _"
        return BookError(message, cure=cure)

    @_once
    def text(self, name: str) -> str:
        """A script's text.

        Raises:
            BookError: there is no such script, or it is no text.
        """
        return read(self.script(name), self.called(name))

    @_once
    def listing(self, name: str) -> Listing:
        """A script's text and sections.

        Raises:
            BookError: there is no such script, or its sections are out of order.
        """
        return read_listing(self.text(name), self.called(name))

    @_once
    def printed(self, name: str) -> Printed:
        """What a script prints.

        Raises:
            BookError: there is no such script, or nothing says what it prints.
        """
        self.script(name)
        run = self._run(name)
        return printed_in(self.book, self.folder, name, run.record if run else None)

    def drawn(self, name: str, figure: str) -> tuple[str, Record]:
        """A figure that a script drew, as SVG, and the run in which it did.

        Raises:
            BookError: the script was not run, or drew no such figure.
        """
        self.script(name)
        run = self._run(name)
        if run is None:
            raise BookError(f"{name} was not run yet, so its figures are not there", cure=_RUN)
        names = [drawn.name for drawn in run.record.figures]
        if figure in names:
            return plain(run.figures[names.index(figure)]), run.record
        cure = meant(figure, names, "its figures are")
        raise BookError(f"{name} drew no figure {quoted(figure)}", cure=cure)

    @_once
    def _run(self, name: str) -> Run | None:
        return Run.find(self.book.records, f"{self.folder}/{name}")

    def sources(self, name: str, record: Record) -> tuple[bytes, ...]:
        """The bytes of a script, as published, and of the book's scripts that its run imported."""
        root = self.book.root
        imported = (root / read for read, found in sorted(record.reads.items()) if found.syntax)
        scripts = dict.fromkeys((self.script(name), *imported))
        names = (os.fspath(script) for script in scripts if script.is_file())
        found = still_there(root, names, lambda name: plain_bytes(Path(name)))
        return tuple(data for _, data in found)

    def purpose(self, name: str) -> str:
        """The first line of a script's docstring.

        Raises:
            BookError: it has none, or is not Python.
        """
        words = _docstring(self.text(name), self.called(name))
        if not words:
            raise BookError(
                "this script has no docstring to say what it shows",
                file=self.called(name),
                line=1,
                cure='begin it with one sentence: """…"""',
            )
        return words.split("\n", 1)[0].strip()

    def called(self, name: str) -> str:
        """A script as errors name it."""
        return f"snippets/{self.folder}/{name}"


@lru_cache(maxsize=1024)
def _docstring(text: str, called: str) -> str | None:
    return ast.get_docstring(parsed(text, called))

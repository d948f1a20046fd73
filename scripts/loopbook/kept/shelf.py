"""Where what was made lies from build to build: one file each, whole or not at all."""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loopbook.errors import BookError
from loopbook.kept import seal
from loopbook.kept.witness import Question
from loopbook.regular import still_there

#: Bytes that a shelf may hold; the longest unused goes first.
ROOM = 256 * 2**20


@dataclass(frozen=True)
class Entry:
    """Something made.

    Attributes:
        given: digest of what it was made from, as far as its maker was told.
        asked: the questions that its making asked, each with the digest of its answer.
        value: what was made.
    """

    given: str
    asked: tuple[tuple[Question, str], ...]
    value: Any


class Shelf:
    """A folder of entries, each in the place of its name.

    Args:
        folder: where they lie; made if need be. It may be deleted at any time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, name: str) -> Entry | None:
        """The entry of this name; none where there is none, or not every byte is as it was put."""
        file = self._folder / name
        try:
            data = seal.get(file)
            if data is None:
                return None
            entry = pickle.loads(data)
            os.utime(file)
        except Exception:
            return None
        return entry if isinstance(entry, Entry) else None

    def save(self, name: str, entry: Entry) -> None:
        """Put an entry in its place; where there is no room for it, nothing is kept."""
        with suppress(OSError, BookError):
            seal.put(self._folder / name, pickle.dumps(entry, pickle.HIGHEST_PROTOCOL))

    def tidy(self, room: int = ROOM) -> None:
        """Drop what was not used for longest until the rest has room, in bytes."""
        with suppress(OSError):  # nothing was kept, or nothing can be removed
            folder = self._folder
            found = still_there(folder, os.listdir(folder), lambda name: (folder / name).stat())
            for name, known in sorted(found, key=lambda pair: -pair[1].st_mtime_ns):
                room -= known.st_size
                if room < 0:
                    (folder / name).unlink(missing_ok=True)


def shelf_of(root: Path) -> Shelf | None:
    """The shelf of the book below a root; none where the environment's ``BOOK_FRESH`` is set."""
    return None if os.environ.get("BOOK_FRESH") else Shelf(root / ".build" / "kept")

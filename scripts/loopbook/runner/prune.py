"""What builds keep by content, bounded: by the days since its last use, and by its size.

Records are not among it: a run discards those of scripts that are no more, and puts in order what
a killed one left.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from loopbook.errors import BookError
from loopbook.regular import below

#: Folders below ``.build`` whose entries are named by what they were made from, and how deep the
#: entries lie. Whatever is missing there is made again.
STORES = {"cards": 1, "mathematics": 1, "node": 1, "styles": 1, "vector": 2, "web": 1}
DAYS = 30
MEGABYTES = 500
_DAY, _MEGABYTE = 86_400, 1 << 20


@dataclass(frozen=True)
class Entry:
    """One thing that is kept.

    Attributes:
        store: the folder below ``.build``.
        path: the file or folder.
        size: bytes.
        used: when it was last read or written, in seconds; where the file system does not keep
            the time of reading, of writing.
    """

    store: str
    path: Path
    size: int
    used: float


@dataclass(frozen=True)
class Swept:
    """What came of pruning one store.

    Attributes:
        store: the folder below ``.build``.
        kept: bytes that stay.
        removed: bytes that went.
        entries: how many entries went.
    """

    store: str
    kept: int
    removed: int
    entries: int

    def __str__(self) -> str:
        return (
            f"{self.store:12} {self.kept / _MEGABYTE:8.1f} MB kept, "
            f"{self.removed / _MEGABYTE:.1f} MB in {self.entries} entries removed"
        )


def prune(build: Path, days: float = DAYS, megabytes: float = MEGABYTES) -> list[Swept]:
    """Remove what was not used for so long, then the longest unused until the rest is small enough.

    Args:
        build: the folder for made things.
        days: since the last use.
        megabytes: of all stores together.

    Returns:
        What came of each store.

    Raises:
        BookError: something could not be removed.
    """
    entries = sorted(_entries(build), key=lambda entry: (-entry.used, entry.path))
    oldest, room = time.time() - days * _DAY, megabytes * _MEGABYTE
    gone: list[Entry] = []
    kept: list[Entry] = []
    for entry in entries:
        room -= entry.size
        (kept if entry.used >= oldest and room >= 0 else gone).append(entry)
    for entry in gone:
        _remove(entry.path)
    return [
        Swept(
            store,
            kept=sum(entry.size for entry in kept if entry.store == store),
            removed=sum(entry.size for entry in gone if entry.store == store),
            entries=sum(entry.store == store for entry in gone),
        )
        for store in STORES
        if any(entry.store == store for entry in entries)
    ]


def _entries(build: Path) -> Iterator[Entry]:
    for store, depth in STORES.items():
        places = [build / store]
        for _ in range(depth):
            places = [path for place in places for path in _in(place)]
        yield from (_entry(store, path) for path in places)


def _in(folder: Path) -> list[Path]:
    try:
        return [folder / name for name in os.listdir(folder)]
    except OSError:
        return []  # it is a file, or gone


def _entry(store: str, path: Path) -> Entry:
    found = []
    for file in below(path) or [path]:
        with suppress(FileNotFoundError):  # a build has just removed it
            found.append(file.lstat())
    used = max((max(stat.st_mtime, stat.st_atime) for stat in found), default=0.0)
    return Entry(store, path, sum(stat.st_size for stat in found), used)


def _remove(path: Path) -> None:
    """Take it away at once, so that no build finds half of it, then delete it."""
    try:
        with tempfile.TemporaryDirectory(prefix=".gone-", dir=path.parent) as away:
            os.rename(path, Path(away, path.name))
    except FileNotFoundError:
        return  # a build has just removed it
    except OSError as error:
        message = f"cannot be removed: {error.strerror}"
        raise BookError(message, file=path, cure="remove it by hand") from error

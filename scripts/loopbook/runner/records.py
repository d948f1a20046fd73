"""The records of a session, each read from its folder when it is asked for."""

from __future__ import annotations

import os
from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from loopbook.errors import BookError
from loopbook.runner.record import Record, Status
from loopbook.runner.script import digest
from loopbook.runner.store import Store
from loopbook.text import plain


@dataclass(frozen=True, slots=True)
class Brief:
    """What is kept in memory of a record.

    Attributes:
        status: of the record.
        figures: how many figures it has.
        printed: hash of what the script printed, its lines ended by one sign.
    """

    status: Status
    figures: int
    printed: str


class Records(Mapping[str, Record]):
    """Records by the names of their scripts, sorted.

    However many scripts there are and however much they print, one record at a time is in memory.
    A script that went away meanwhile, and its record with it, is left out.

    Args:
        store: holds the records.
        folder: where the scripts lie.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self._folder = store, folder
        self._briefs: dict[str, Brief] = {}

    def add(self, record: Record) -> None:
        """Take in a record that the store holds."""
        printed = digest(plain(record.stdout).encode("utf-8"))
        self._briefs[record.script] = Brief(record.status, len(record.figures), printed)

    def brief(self, name: str) -> Brief:
        """What is known of a record without reading it again."""
        return self._briefs[name]

    def __getitem__(self, name: str) -> Record:
        """The record of a script.

        Raises:
            KeyError: there is no such script, or no more.
            BookError: someone has removed the record since.
        """
        self._briefs[name]
        record = self._store.find(name)
        if record is None and not os.path.lexists(self._folder / name):
            del self._briefs[name]
            raise KeyError(name)
        if record is None:
            raise BookError(
                "its record is gone: something else removes files there",
                file=self._store.folder / name.removesuffix(".py"),
                cure="run once more, and let nothing else write into that folder",
            )
        return record

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._briefs))

    def __len__(self) -> int:
        return len(self._briefs)

    def __contains__(self, name: object) -> bool:
        return name in self._briefs

    def items(self) -> ItemsView[str, Record]:
        """Names and records, one after the other."""
        return _Items(self)

    def values(self) -> ValuesView[Record]:
        """The records, one after the other."""
        return _Values(self)

    @property
    def figures(self) -> int:
        """How many figures all records hold."""
        return sum(brief.figures for brief in self._briefs.values())

    def of(self, status: Status) -> Iterator[Record]:
        """The records of this status, by name."""
        names = [name for name in self if self._briefs[name].status == status]
        return (record for _, record in _there(self, names))


def _there(records: Mapping[str, Record], names: Iterable[str]) -> Iterator[tuple[str, Record]]:
    for name in names:
        with suppress(KeyError):
            yield name, records[name]


class _Items(ItemsView[str, Record]):
    _mapping: Records

    def __iter__(self) -> Iterator[tuple[str, Record]]:
        return _there(self._mapping, self._mapping)


class _Values(ValuesView[Record]):
    _mapping: Records

    def __iter__(self) -> Iterator[Record]:
        return (record for _, record in _there(self._mapping, self._mapping))

"""The plan of the series, read from the map on the home page: parts, and their chapters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from loopbook.blocks.book import Book
from loopbook.errors import BookError
from loopbook.kept.desk import asked
from loopbook.text import read

MAP = "index.md"

_PART = re.compile(r"### Part (?P<number>\d+) · (?P<title>.+)")
_WRITTEN = re.compile(r"- \[(?P<number>\d+\.\d+) (?P<title>.+)\]\((?P<path>[^()]+)\)")
_PLANNED = re.compile(r"- \*\*(?P<number>\d+\.\d+) (?P<title>.+)\*\* \*planned\*")
_NUMBER = re.compile(r"part-(\d+)/(\d+)-[^/]+\.md")


@dataclass(frozen=True)
class Station:
    """One chapter of the series.

    Attributes:
        number: such as ``1.2``.
        title: its title.
        path: its file below ``docs``; empty while it is only planned.
    """

    number: str
    title: str
    path: str

    @property
    def words(self) -> str:
        """Number and title."""
        return f"{self.number} {self.title}"


@dataclass(frozen=True)
class Part:
    """One part of the series, with its chapters in order."""

    number: int
    title: str
    stations: tuple[Station, ...]


@dataclass(frozen=True)
class Plan:
    """The whole series."""

    parts: tuple[Part, ...]

    @classmethod
    def of(cls, book: Book) -> Plan:
        """Read the map; a home page without one is the plan of nothing.

        Raises:
            BookError: a chapter on the map has another number than its file.
        """
        return _plan_of(book)

    def find(self, path: str) -> tuple[Part, Station]:
        """The part and the place of a written chapter.

        Raises:
            BookError: the map does not have it.
        """
        for part in self.parts:
            for station in part.stations:
                if station.path == path:
                    return part, station
        raise BookError(
            "the map of the series does not have this chapter",
            file=f"docs/{path}",
            line=1,
            cure=f"link it in docs/{MAP}, in the place of the planned one: "
            f"- [1.2 Its title]({path})",
        )

    def neighbours(self, station: Station) -> tuple[Station | None, Station | None]:
        """The chapters before and behind this one, through all parts."""
        line = [each for part in self.parts for each in part.stations]
        place = line.index(station)
        before = line[place - 1] if place else None
        behind = line[place + 1] if place + 1 < len(line) else None
        return before, behind


@asked
def _plan_of(book: Book) -> Plan:
    file = book.docs / MAP
    return _plan(read(file, f"docs/{MAP}")) if file.is_file() else Plan(())


@lru_cache(maxsize=4)
def _plan(text: str) -> Plan:
    parts: list[tuple[int, str, list[Station]]] = []
    for line, words in enumerate(text.split("\n"), start=1):
        if match := _PART.fullmatch(words):
            parts.append((int(match["number"]), match["title"], []))
        elif parts and (match := _WRITTEN.fullmatch(words) or _PLANNED.fullmatch(words)):
            station = Station(match["number"], match["title"], match.groupdict().get("path", ""))
            _check(station, line)
            parts[-1][2].append(station)
    return Plan(tuple(Part(number, title, tuple(found)) for number, title, found in parts))


def _check(station: Station, line: int) -> None:
    match = _NUMBER.fullmatch(station.path) if station.path else None
    number = f"{int(match[1])}.{int(match[2])}" if match else ""
    if station.path and number != station.number:
        raise BookError(
            f"the map calls {station.path} chapter {station.number}",
            file=f"docs/{MAP}",
            line=line,
            cure=f"its file's name says {number or 'that it is no chapter'}: change one of the two",
        )

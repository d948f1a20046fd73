"""Which files of two folders differ, and where each of them differs first."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_AROUND = 30  # signs shown on each side of the first that differs


@dataclass(frozen=True)
class Difference:
    """A file that is not the same in both folders.

    Attributes:
        file: its path below the folders, with ``/``.
        place: where it differs first, in words.
    """

    file: str
    place: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}"


def differences(one: Path, other: Path) -> list[Difference]:
    """Files that are not in both folders with the same bytes, sorted by path."""
    return list(_differing(_files(one), _files(other)))


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> Iterator[Difference]:
    for name in sorted(one.keys() | other.keys()):
        if name not in other:
            yield Difference(name, "is in the first only")
        elif name not in one:
            yield Difference(name, "is in the second only")
        elif one[name] != other[name]:
            yield Difference(name, _place(one[name], other[name]))


def _place(one: bytes, other: bytes) -> str:
    """The first place at which two contents differ."""
    for unpack in (_zipped, _packed):
        inside = unpack(one), unpack(other)
        if inside[0] is None or inside[1] is None:
            continue
        first = next(_differing(inside[0], inside[1]), None)
        return f"in it, {first}" if first else "packed differently, the same inside"
    try:
        return _in_text(one.decode("utf-8"), other.decode("utf-8"))
    except UnicodeDecodeError:
        offset = _first(one, other)
        return f"byte {offset}: {one[offset:][:8].hex(' ')} ≠ {other[offset:][:8].hex(' ')}"


def _zipped(data: bytes) -> dict[str, bytes] | None:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(data: bytes) -> dict[str, bytes] | None:
    return {"the text": gzip.decompress(data)} if data.startswith(b"\x1f\x8b") else None


def _in_text(one: str, other: str) -> str:
    place = _first(one, other)
    line, column = one.count("\n", 0, place) + 1, place - one.rfind("\n", 0, place)
    return f"line {line}, column {column}: {_near(one, place)} ≠ {_near(other, place)}"


def _near(text: str, place: int) -> str:
    """What stands around a place, in one line."""
    part = text[max(0, place - _AROUND) : place + _AROUND]
    return repr(part) if part else "the end"


def _first(one: str | bytes, other: str | bytes) -> int:
    """The first place at which two texts are not the same; the end of the shorter one."""
    low, high = 0, min(len(one), len(other))
    while low < high:  # equal up to low
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low

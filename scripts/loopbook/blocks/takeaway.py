"""What of a chapter can be taken along: the files that lie beside its page on the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from loopbook.blocks.book import Source
from loopbook.blocks.room import Room

Kind = Literal["notebook", "scripts", "exercises"]
_ENDINGS: dict[Kind, tuple[str, str]] = {
    "notebook": (".ipynb", "the chapter as a notebook"),
    "scripts": ("-scripts.zip", "its scripts"),
    "exercises": ("-exercises.zip", "its exercises"),
}


@dataclass(frozen=True)
class File:
    """One file to take along: what it is, its path on the site, and the words for it."""

    kind: Kind
    path: str
    words: str

    @property
    def name(self) -> str:
        """Its name without folders and ending."""
        return self.path.rpartition("/")[2].rpartition(".")[0]


def takeaway_of(source: Source, room: Room) -> tuple[File, ...]:
    """The files of a page; none for a page that is no chapter with scripts of its own."""
    names = room.scripts() if source.number and source.owns_folder else []
    kinds: list[Kind] = ["notebook", "scripts"] if names else []
    if any(name.startswith("exercises/") for name in names):
        kinds.append("exercises")
    base = f"{source.path.removesuffix('.md')}/{source.slug}"
    return tuple(File(kind, base + _ENDINGS[kind][0], _ENDINGS[kind][1]) for kind in kinds)

"""Links, and groups of them below headings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """Words, and where they lead: a path from the page's own file; empty if nowhere."""

    words: str
    href: str


@dataclass(frozen=True)
class Line:
    """One line of an overview: where it leads, and the tags of what is there."""

    link: Link
    tags: tuple[Link, ...]


@dataclass(frozen=True)
class Group:
    """The lines below one heading of an overview, with the heading's place on the page."""

    title: str
    anchor: str
    lines: tuple[Line, ...]

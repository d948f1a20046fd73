"""What a built page says of itself in its head, to other programs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path


@dataclass(frozen=True)
class Head:
    """The head of one page.

    Attributes:
        file: the page's file.
        url: its whole address.
        title: its name.
        description: what it holds.
        section: the part of the book that it stands in; empty for none.
        published: the day of its first publication, if it is a chapter.
        tags: what it is about.
        image: whole address of its card; empty for none.
    """

    file: Path
    url: str
    title: str
    description: str
    section: str
    published: datetime.date | None
    tags: tuple[str, ...]
    image: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "link" and values.get("rel") == "canonical":
            self._add("canonical", values.get("href"))
        elif tag == "meta":
            self._add(values.get("property") or "", values.get("content"))

    def _add(self, name: str, value: str | None) -> None:
        self.found.setdefault(name, []).append(value or "")

    def one(self, name: str) -> str:
        """The first value of this name, or nothing."""
        return self.found.get(name, [""])[0]


def heads(site: Path) -> Iterator[Head]:
    """The heads of all pages that know their own address, in the order of their files."""
    for file in sorted(site.rglob("*.html")):
        reader = _Reader()
        reader.feed(file.read_bytes().partition(b"</head>")[0].decode("utf-8"))
        url, day = reader.one("canonical"), reader.one("article:published_time")
        if url and reader.one("og:title"):
            yield Head(
                file=file,
                url=url,
                title=reader.one("og:title"),
                description=reader.one("og:description"),
                section=reader.one("article:section"),
                published=datetime.date.fromisoformat(day[:10]) if day else None,
                tags=tuple(reader.found.get("article:tag", [])),
                image=reader.one("og:image"),
            )

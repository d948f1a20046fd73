"""Overviews of the whole book: all exercises by chapter, and all tags."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markdown.extensions.toc import slugify

from loopbook.blocks.book import Source
from loopbook.blocks.front import is_tag, tags_in
from loopbook.blocks.index import Index
from loopbook.blocks.labels import Label
from loopbook.blocks.links import Group, Line, Link
from loopbook.blocks.nearest import quoted
from loopbook.blocks.pieces import Exercises, Tags
from loopbook.errors import BookError

#: The page that lists the tags.
TAGS = "tags.md"

#: Words of another page's text, with its double brackets looked up.
Words = Callable[[Source, str, int], str]


def anchor(tag: str) -> str:
    """The place of a tag on the page of tags."""
    return slugify(tag, "-")


def tag_links(source: Source, tags: tuple[str, ...], there: bool) -> tuple[Link, ...]:
    """Tags as links to the page of tags, or as words without one.

    Args:
        source: the page on which they stand.
        tags: the tags.
        there: whether the page of tags exists.
    """
    goal = "" if source.path == TAGS else source.link(TAGS)
    return tuple(Link(tag, f"{goal}#{anchor(tag)}" if there else "") for tag in tags)


@dataclass(frozen=True)
class Overview:
    """What of the whole book one page lists.

    Attributes:
        source: the page that lists it.
        index: all pages.
        words: makes words of another page's text.
    """

    source: Source
    index: Index
    words: Words

    def exercises(self) -> Exercises:
        """All exercises, by chapter.

        Raises:
            BookError: there is none, or one has a tag that cannot be one.
        """
        there = (self.index.book.docs / TAGS).is_file()
        groups = []
        for source in self._chapters():
            lines = tuple(
                Line(self._link(label), tag_links(self.source, self._tags(label), there))
                for label in self._labels(source)
            )
            if lines:
                number = source.number.replace(".", "-")
                groups.append(Group(_name(source), f"chapter-{number}", lines))
        if not groups:
            raise BookError("the book has no exercise yet", cure="take the exercises block out")
        return Exercises(tuple(groups))

    def tags(self) -> Tags:
        """All tags, by the alphabet, with the chapters and exercises that carry them.

        Raises:
            BookError: there is none, or two are written differently and mean the same place.
        """
        found: dict[str, list[Line]] = {}
        for source, _ in self.index.pages:
            link = Link(_name(source), self.source.link(source.path))
            for tag in source.front.tags:
                found.setdefault(tag, []).append(Line(link, ()))
            for label in self._labels(source):
                for tag in self._tags(label):
                    found.setdefault(tag, []).append(Line(self._link(label), ()))
        places: dict[str, str] = {}
        for tag in sorted(found):
            other = places.setdefault(anchor(tag), tag)
            if other != tag:
                raise BookError(
                    f"the tags {quoted(other)} and {quoted(tag)} differ in spelling only",
                    cure="write one of them everywhere",
                )
        if not found:
            raise BookError("no page has a tag yet", cure="take the tags block out")
        groups = (Group(tag, anchor(tag), tuple(found[tag])) for tag in sorted(found))
        return Tags(tuple(groups))

    def _chapters(self) -> Iterator[Source]:
        """The chapters, in the book's order."""
        chapters = [source for source, _ in self.index.pages if source.number]
        yield from sorted(chapters, key=lambda s: [int(n) for n in s.number.split(".")])

    def _labels(self, source: Source) -> Iterator[Label]:
        """The exercises of a chapter, in its order; none of another page, which only shows some."""
        if source.number:
            labels = self.index.labels.by_name.values()
            mine = [e for e in labels if e.kind == "exercise" and e.source.path == source.path]
            yield from sorted(mine, key=lambda label: label.index)

    def _link(self, label: Label) -> Link:
        title = self._option(label, "title")
        words = f"{label.words}. {self.words(label.source, title, label.line)}"
        return Link(words, f"{self.source.link(label.source.path)}#{label.name}")

    def _tags(self, label: Label) -> tuple[str, ...]:
        return exercise_tags(self._option(label, "tags"), label)

    def _option(self, label: Label, name: str) -> str:
        chapter = next(c for source, c in self.index.pages if source.path == label.source.path)
        return chapter.blocks[label.index].option(name) or ""


def exercise_tags(words: str, label: Label) -> tuple[str, ...]:
    """The tags of an exercise, as its block's option gives them.

    Raises:
        BookError: one cannot be a tag.
    """
    tags = tags_in(words)
    for tag in tags:
        if not is_tag(tag):
            raise BookError(
                f"{quoted(tag)} cannot be a tag",
                file=label.source.file,
                line=label.line,
                cure="tags are words with commas between them: “    tags: by hand, code”",
            )
    return tags


def _name(source: Source) -> str:
    return f"{source.number} {source.title}".strip()

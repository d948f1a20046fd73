"""What can be referred to: figures, equations and exercises, with their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from loopbook.blocks.book import Source
from loopbook.blocks.chapter import Block, Chapter
from loopbook.blocks.nearest import meant, quoted
from loopbook.blocks.spec import LABEL
from loopbook.errors import BookError

Kind = Literal["figure", "equation", "exercise"]


@dataclass(frozen=True)
class Label:
    """One thing that can be referred to.

    Attributes:
        name: the label, which is also the thing's ``id`` on its page.
        kind: what it is.
        number: its number, such as ``1.2.3``.
        source: the page that it stands on.
        line: the line of its block.
        index: its block's place on the page.
    """

    name: str
    kind: Kind
    number: str
    source: Source
    line: int
    index: int

    @property
    def words(self) -> str:
        """How a sentence calls it."""
        number = f"({self.number})" if self.kind == "equation" else self.number
        return f"{self.kind.capitalize()} {number}"


def labels_of(source: Source, chapter: Chapter) -> tuple[Label, ...]:
    """What can be referred to on one page, each kind numbered in order of appearance.

    Raises:
        BookError: a label has signs that it must not have.
    """
    counts: dict[Kind, int] = {"figure": 0, "equation": 0, "exercise": 0}
    found = []
    for block in chapter.blocks:
        if block.name not in counts:
            continue
        kind: Kind = block.name
        name = _name(block)
        if not LABEL.fullmatch(name):
            raise BookError(
                f"{quoted(name)} is not a label",
                file=source.file,
                line=block.line,
                cure="a label is made of letters, digits, - and _, and begins with a letter",
            )
        counts[kind] += 1
        number = f"{source.number}.{counts[kind]}" if source.number else str(counts[kind])
        found.append(Label(name, kind, number, source, block.line, block.index))
    return tuple(found)


def _name(block: Block) -> str:
    if block.name != "figure":
        return block.argument
    script, _, figure = block.argument.partition(":")
    return block.option("label") or f"{PurePosixPath(script.strip()).stem}-{figure.strip()}"


@dataclass(frozen=True)
class Labels:
    """All labels of the book, by name."""

    by_name: dict[str, Label]

    @classmethod
    def of(cls, labels: list[Label]) -> Labels:
        """Collect labels.

        Raises:
            BookError: a label is given twice.
        """
        by_name: dict[str, Label] = {}
        for label in labels:
            first = by_name.setdefault(label.name, label)
            if first is not label:
                cure = "a label is unique in the whole book: give one of them another"
                if label.kind == "figure":
                    cure += ", with an indented line “    label: …”"
                raise BookError(
                    f"the label {quoted(label.name)} is taken: "
                    f"it is {first.words} in {first.source.file}:{first.line}",
                    file=label.source.file,
                    line=label.line,
                    cure=cure,
                )
        return cls(by_name)

    @property
    def made_of(self) -> object:
        """All that they say, each page's text once."""
        labels = self.by_name.values()
        places = [(each.name, each.kind, each.number, each.line, each.index) for each in labels]
        paths = [each.source.path for each in labels]
        return places, paths, {each.source.path: each.source.text for each in labels}

    def find(self, name: str) -> Label:
        """The label of this name.

        Raises:
            BookError: there is none.
        """
        if name in self.by_name:
            return self.by_name[name]
        cure = meant(name, self.by_name, "labels are")
        raise BookError(f"there is no label {quoted(name)}", cure=cure)

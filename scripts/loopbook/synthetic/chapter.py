"""A chapter copied under another name, so that all that is unique in a book stays unique."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from loopbook.blocks.book import Book, Source
from loopbook.blocks.chapter import parse
from loopbook.blocks.labels import Label, labels_of
from loopbook.blocks.room import Room
from loopbook.runner.record import Record

_NEIGHBOUR = re.compile(r"\]\(\d+-[a-z-]+\.md(?:#[\w-]+)?\)")
_MARK = re.compile(r'(equation\(\s*")([\w-]+)(")')


@dataclass(frozen=True)
class Copy:
    """One copy of a chapter.

    Attributes:
        source: the chapter.
        labels: what can be referred to on it.
        path: the copy's file below ``docs``.
        suffix: what is put behind each of its labels.
        behind: the file of the chapter that its links to other chapters lead to.
    """

    source: Source
    labels: tuple[Label, ...]
    path: str
    suffix: str
    behind: str

    @classmethod
    def of(cls, source: Source, path: str, suffix: str, behind: str) -> Copy:
        """Name a copy."""
        chapter = parse(source.body, source.file, source.first_line, frozenset())
        return cls(source, labels_of(source, chapter), path, suffix, behind)

    @property
    def folder(self) -> str:
        """Its folder below ``snippets``, ``tests`` and the records."""
        return self.path.removesuffix(".md")

    @property
    def text(self) -> str:
        """Its Markdown: labels, exercises and links to chapters renamed."""
        lines = self.source.text.split("\n")
        above = self.source.first_line - 1
        for label in sorted(self.labels, key=lambda label: -label.line):
            place = label.line - 1
            if label.kind != "figure":
                lines[place] = re.sub(r"\|\s*\S+", f"| {self._new(label.name)}", lines[place])
            else:
                indent = re.match(r"\s*", lines[place])[0]  # type: ignore[index]
                named = f"{indent}    label: {self._new(label.name)}"
                option = next(
                    (n for n in range(place + 1, place + 9) if " label:" in lines[n]), None
                )
                if option and "///" not in "".join(lines[place + 1 : option]):
                    lines[option] = named
                else:
                    lines.insert(place + 1, named)
        names = "|".join(sorted({re.escape(label.name) for label in self.labels}, key=len)[::-1])
        text = "\n".join(lines)
        text = re.sub(rf"(\[\[[^\[\]]*#)({names})(?= *\]\])", self._renamed, text)
        text = re.sub(rf"(exercises/)({names})(?=/)", self._renamed, text)
        text = re.sub(rf"(\[\[ *#)(?!({names})[-\]])[^\]]+", rf"\g<1>{self._new('mse')}", text)
        text = _NEIGHBOUR.sub(f"]({Path(self.behind).name}#introduction)", text)
        title = lines[above].removeprefix("# ")
        return text.replace(title, f"{title} ({self.suffix})")

    def write(self, there: Book, here: Book) -> None:
        """Write text, snippets, tests, records and the notebook's outputs into a book.

        Args:
            there: the book to write.
            here: the book that the chapter is from.
        """
        (there.docs / self.path).parent.mkdir(parents=True, exist_ok=True)
        (there.docs / self.path).write_text(self.text, "utf-8")
        rooms = [(here.snippets, there.snippets), (here.tests, there.tests)]
        kept = here.root / ".build" / "notebooks"
        rooms += [(here.records, there.records), (kept, there.root / ".build" / "notebooks")]
        for old, new in rooms:
            if (old / self.source.folder).is_dir():
                leave = shutil.ignore_patterns("__pycache__", "attempt.py")
                shutil.copytree(old / self.source.folder, new / self.folder, ignore=leave)
        for room in (there.snippets, there.records):
            for label in self.labels:
                exercise = room / self.folder / "exercises" / label.name
                if label.kind == "exercise" and exercise.is_dir():
                    exercise.rename(exercise.with_name(self._new(label.name)))
        self._unmark(there)
        for test in (there.tests / self.folder).rglob("*.py"):
            text = _MARK.sub(lambda m: m[1] + self._new(m[2]) + m[3], test.read_text("utf-8"))
            test.write_text(text, "utf-8")
        for file in (there.records / self.folder).rglob("record.json"):
            if record := Record.from_folder(file.parent):
                reads = {self._placed(name): read for name, read in record.reads.items()}
                record = replace(record, script=self._placed(record.script), reads=reads)
                file.write_text(record.to_json(), "utf-8")

    def _placed(self, name: str) -> str:
        """Where a script of the chapter lies as one of the copy."""
        names = "|".join(re.escape(label.name) for label in self.labels)
        name = name.replace(self.source.folder, self.folder)
        return re.sub(rf"(exercises/)({names})(?=/)", self._renamed, name)

    def _unmark(self, there: Book) -> None:
        """Take out marks of sections that our book shows on another page than the chapter."""
        room = Room(there, self.folder)
        for name in room.scripts():
            for section in room.listing(name).sections:
                if section.name not in self.source.text:
                    script = room.script(name)
                    mark = re.compile(rf"^ *# --8<-- \[\w+:{section.name}\]\n", re.MULTILINE)
                    script.write_text(mark.sub("", script.read_text("utf-8")), "utf-8")

    def _new(self, label: str) -> str:
        return f"{label}-{self.suffix}"

    def _renamed(self, match: re.Match[str]) -> str:
        return match[1] + self._new(match[2])

"""A book of 22 chapters of the length of 1.2, in a folder of its own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from markdown.extensions.toc import slugify

from loopbook.blocks.book import Book, Source
from loopbook.blocks.index import Index
from loopbook.blocks.room import Room
from loopbook.notebooks.kernel import kept_in
from loopbook.notebooks.notebook import chapter_of
from loopbook.synthetic.chapter import Copy

#: Chapters of each part.
PARTS = (6, 7, 9)
#: The chapter that all are copies of.
MODEL = "part-1/2-linear-regression.md"
NAME = "linear-regression"
#: Pages that the chapters refer to, and what is made of all chapters.
ROUND = ("glossary.md", "notation.md", "bibliography.md", "exercises.md", "tags.md")
_CHAPTER = re.compile(r"part-1/(\d)-[a-z-]+\.md(?:#[\w-]+)?")
_NAV = re.compile(r"^nav:.*?(?=^plugins:)", re.MULTILINE | re.DOTALL)


def chapters() -> list[str]:
    """The paths of all chapters below ``docs``, in order."""
    return [
        f"part-{part}/{number}-{NAME}.md"
        for part, count in enumerate(PARTS, start=1)
        for number in range(1, count + 1)
    ]


def make_book(here: Path, there: Path) -> None:
    """Write the book.

    Args:
        here: the root of our own book, whose snippets were run.
        there: a folder that does not exist yet.
    """
    ours, book, paths = Book(here), Book(there), chapters()
    source = next(source for source in ours.sources() if source.path == MODEL)
    theme = "scripts/loopbook/site/theme"
    shutil.copytree(here / theme, there / theme)
    shutil.copy(here / "scripts/mkdocs_hook.py", there / "scripts/mkdocs_hook.py")
    shutil.copytree(ours.docs / "assets", book.docs / "assets")
    (there / "mkdocs.yml").write_text(
        _NAV.sub(_menu(paths), (here / "mkdocs.yml").read_text("utf-8")), "utf-8"
    )
    for name in ROUND:
        text = _CHAPTER.sub(
            rf"part-1/\1-{NAME}.md#introduction", (ours.docs / name).read_text("utf-8")
        )
        (book.docs / name).write_text(text, "utf-8")
    (book.docs / "index.md").write_text(_home(paths), "utf-8")
    book.records.mkdir(parents=True)
    (book.records / ".lock").touch()
    for path in paths:
        part, number = re.findall(r"\d+", path)[:2]
        folder = path.rpartition("/")[0]
        behind = f"{folder}/{int(number) % PARTS[int(part) - 1] + 1}-{NAME}.md"
        Copy.of(source, path, f"{part}-{number}", behind).write(book, ours)
    index = Index.of(book, frozenset())
    for source, _ in index.pages:
        if source.number:
            _keep_outputs(source, book, index)


def _keep_outputs(source: Source, book: Book, index: Index) -> None:
    """Let a copied notebook keep its outputs: only names of exercises differ in its cells."""
    room = Room(book, source.folder)
    chapter = chapter_of(source, room, index, lambda text: slugify(text, "-"), "", "")
    for kept in list(chapter.store.iterdir()):
        kept.replace(kept_in(chapter.store, chapter.cells))


def _menu(paths: list[str]) -> str:
    lines = ["nav:", "  - Home: index.md"]
    for part, _ in enumerate(PARTS, start=1):
        lines.append(f'  - "Part {part}":')
        mine = [path for path in paths if path.startswith(f"part-{part}/")]
        lines += [f'      - "{part}.{n} Chapter": {path}' for n, path in enumerate(mine, start=1)]
    lines += ["  - Look up:", *(f"      - {name[:-3].capitalize()}: {name}" for name in ROUND)]
    return "\n".join([*lines, "", ""])


def _home(paths: list[str]) -> str:
    lines = ["---", "title: Home", "description: Many chapters.", "---", "", "# Home", ""]
    for part, _ in enumerate(PARTS, start=1):
        mine = [path for path in paths if path.startswith(f"part-{part}/")]
        lines += [f"### Part {part} · Of many", ""]
        lines += [f"- [{part}.{n} Chapter {part}-{n}]({path})" for n, path in enumerate(mine, 1)]
        lines.append("")
    return "\n".join(lines)

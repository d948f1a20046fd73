"""Links in the book's folders: none leads out of the book, where nothing is meant to be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from loopbook.errors import BookError

#: Where the book's files lie, below its root.
FOLDERS = ("docs", "snippets", "tests")


def check_links(root: Path) -> None:
    """Make sure that every link in the book's folders leads to another of its files.

    Raises:
        BookError: one leads out of the book, or nowhere.
    """
    book = root.resolve()
    for link in sorted(found for name in FOLDERS for found in _links(root / name)):
        goal = Path(os.path.realpath(link))
        if goal.is_relative_to(book) and goal.exists():
            continue
        where = "leads nowhere" if goal.is_relative_to(book) else "leads out of the book"
        raise BookError(
            f"this link {where}",
            file=link.relative_to(root).as_posix(),
            line=1,
            cure="put the file itself in its place",
        )


def _links(folder: Path) -> Iterator[Path]:
    """Every link below a folder, hidden folders and links inside links left out."""
    if folder.is_symlink():
        yield folder
        return
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in (*folders, *files):
            path = Path(place, name)
            if path.is_symlink():
                yield path

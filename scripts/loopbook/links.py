"""What lies in the book's folders: files, and links to files of the book, which alone are read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from loopbook.errors import BookError
from loopbook.regular import bytes_of

#: Where the book's files lie, below its root.
FOLDERS = ("docs", "snippets", "tests")


def check_links(root: Path) -> None:
    """Make sure that the book's folders hold nothing but files and links to other files of it.

    Raises:
        BookError: a link leads out of the book, or nowhere; or there is a pipe, a socket or a
            device.
    """
    book = root.resolve()
    for path in sorted(found for name in FOLDERS for found in _no_files(root / name)):
        if path.is_symlink():
            goal = Path(os.path.realpath(path))
            if goal.is_relative_to(book) and goal.exists():
                continue
            what = "leads nowhere" if goal.is_relative_to(book) else "leads out of the book"
            what, cure = f"this link {what}", "put the file itself in its place"
        else:
            what, cure = _why_not(path), "put a file in its place, or take it away"
        raise BookError(what, file=path.relative_to(root).as_posix(), line=1, cure=cure)


def _no_files(folder: Path) -> Iterator[Path]:
    """All that is neither a file nor a folder; hidden folders and links are not looked into."""
    if folder.is_symlink():
        yield folder
    elif folder.is_dir():
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if not entry.name.startswith("."):
                        yield from _no_files(folder / entry.name)
                elif not entry.is_file(follow_symlinks=False):
                    yield folder / entry.name


def _why_not(path: Path) -> str:
    try:
        bytes_of(path)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return "was no file a moment ago"

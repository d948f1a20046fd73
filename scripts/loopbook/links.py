"""What lies in the book's folders: files, and links to files of the book, which alone are read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from loopbook.errors import BookError
from loopbook.regular import bytes_of

#: Where the book's files lie, below its root.
FOLDERS = ("docs", "snippets", "tests")
_INSTEAD = "put the file itself in its place"


def check_links(root: Path) -> None:
    """Make sure that the book's folders hold nothing but files and links to other files of it.

    What goes while one looks is not there. A hidden link that leads nowhere is an editor's lock.

    Raises:
        BookError: a link leads out of the book, or nowhere; or there is a pipe, a socket or a
            device.
    """
    book = root.resolve()
    for path in sorted(found for name in FOLDERS for found in _no_files(root / name)):
        what, cure = _wrong_with(path, book)
        if what:
            raise BookError(what, file=path.relative_to(root).as_posix(), line=1, cure=cure)


def _no_files(folder: Path) -> Iterator[Path]:
    """All that is neither a file nor a folder; no link and no hidden folder is looked into."""
    if folder.is_symlink():
        yield folder
        return
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith("."):
                yield from _no_files(folder / entry.name)
        elif not entry.is_file(follow_symlinks=False):
            yield folder / entry.name


def _wrong_with(path: Path, book: Path) -> tuple[str, str]:
    """What is wrong with a link or with what is no file, and the cure; nothing if it has gone."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
            return "", ""  # it is no longer what it was when the folder was listed
        if stat.S_ISLNK(mode):
            goal = Path(os.path.realpath(path.parent / os.readlink(path)))
            return _wrong_way(path, goal, book), _INSTEAD
        bytes_of(path)
    except FileNotFoundError:
        return "", ""
    except OSError as error:
        return f"cannot be read: {error.strerror}", "put a file in its place, or take it away"
    return "", ""


def _wrong_way(path: Path, goal: Path, book: Path) -> str:
    there = goal.exists()
    if path.name.startswith(".") and not there:
        return ""  # nobody can read anything by it
    if not goal.is_relative_to(book):
        return "this link leads out of the book"
    return "" if there else "this link leads nowhere"

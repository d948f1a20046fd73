"""The site's folder, in which only what is not there yet is written."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from mkdocs import utils

from loopbook.regular import bytes_of, sign_of
from loopbook.whole import holds


class Folder:
    """Where the site is built: MkDocs would empty it and write thousands of files for each word.

    Attributes:
        written: paths of the files that are not as they were before the build under way.
    """

    def __init__(self) -> None:
        self.written: set[str] = set()
        self._copied: dict[str, tuple[str, tuple[int, ...]]] = {}
        self._paths: frozenset[str] | None = None
        self._to_clean = False
        self._seen: set[str] = set()

    @contextmanager
    def left_as_it_is(self, go_on: Callable[[], None]) -> Iterator[None]:
        """Until the block ends, MkDocs empties no folder and writes nothing twice.

        Args:
            go_on: called before each file.
        """
        clean, copy, write = utils.clean_directory, utils.copy_file, utils.write_file
        self.written.clear()
        self._seen.clear()
        self._to_clean = False

        def clean_directory(directory: str) -> None:
            self._to_clean = True

        def copy_file(source_path: str, output_path: str) -> None:
            go_on()
            self._seen.add(output_path)
            came = source_path, sign_of(source_path)
            if self._copied.get(output_path) != came or not os.path.exists(output_path):
                if not holds(output_path, bytes_of(source_path)):
                    copy(source_path, output_path)
                    self.written.add(output_path)
                self._copied[output_path] = came

        def write_file(content: bytes, output_path: str) -> None:
            go_on()
            self._seen.add(output_path)
            self._copied.pop(output_path, None)
            if not holds(output_path, content):
                write(content, output_path)
                self.written.add(output_path)

        utils.clean_directory = clean_directory
        utils.copy_file, utils.write_file = copy_file, write_file
        try:
            yield
        finally:
            utils.clean_directory, utils.copy_file, utils.write_file = clean, copy, write

    def begin(self, site: str, paths: Iterable[str]) -> None:
        """Take away what is left of a build of other files; hidden files are not ours.

        MkDocs has said before whether it would have emptied the folder.

        Args:
            site: the folder.
            paths: all files that MkDocs will write there.
        """
        known = frozenset(paths)
        if self._to_clean and known != self._paths:
            _sift(site, known)
            self._paths = known

    def end(self, pages: Iterable[str]) -> None:
        """Take away pages that were not written in this build: they have become empty.

        Args:
            pages: the paths of all pages.
        """
        for path in pages:
            if self._to_clean and path not in self._seen and os.path.isfile(path):
                os.unlink(path)


def _sift(folder: str, paths: frozenset[str], hidden: bool = True) -> None:
    """Take away all below a folder but the files of these paths, and of hidden ones here."""
    for entry in os.scandir(folder) if os.path.isdir(folder) else ():
        if hidden and entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.path in paths:
                shutil.rmtree(entry.path)
                continue
            _sift(entry.path, paths, hidden=False)
            if not os.listdir(entry.path):
                os.rmdir(entry.path)
        elif entry.path not in paths or not _ours_alone(entry):
            os.unlink(entry.path)


def _ours_alone(entry: os.DirEntry[str]) -> bool:
    """Whether this is a file that can be written, and has no other name that would change too."""
    known = entry.stat(follow_symlinks=False)
    return stat.S_ISREG(known.st_mode) and bool(known.st_mode & stat.S_IWUSR) and known.st_nlink < 2

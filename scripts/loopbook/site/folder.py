"""The site's folder, in which only what is not there yet is written."""

from __future__ import annotations

import os
import shutil
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
        self._copied: dict[tuple[str, str], tuple[int, ...]] = {}
        self._paths: frozenset[str] | None = None

    @contextmanager
    def left_as_it_is(self, go_on: Callable[[], None]) -> Iterator[None]:
        """Until the block ends, MkDocs empties no folder and writes nothing twice.

        Args:
            go_on: called before each file.
        """
        clean, copy, write = utils.clean_directory, utils.copy_file, utils.write_file
        self.written.clear()

        def copy_file(source_path: str, output_path: str) -> None:
            go_on()
            way, sign = (source_path, output_path), sign_of(source_path)
            if self._copied.get(way) != sign or not os.path.exists(output_path):
                if not holds(output_path, bytes_of(source_path)):
                    copy(source_path, output_path)
                    self.written.add(output_path)
                self._copied[way] = sign

        def write_file(content: bytes, output_path: str) -> None:
            go_on()
            if not holds(output_path, content):
                write(content, output_path)
                self.written.add(output_path)

        utils.clean_directory = lambda directory: None
        utils.copy_file, utils.write_file = copy_file, write_file
        try:
            yield
        finally:
            utils.clean_directory, utils.copy_file, utils.write_file = clean, copy, write

    def begin(self, site: str, paths: Iterable[str]) -> None:
        """Take away what is left of a build of other files; hidden files are not ours.

        Args:
            site: the folder.
            paths: all files that MkDocs will write there.
        """
        known = frozenset(paths)
        if known != self._paths:
            _sift(site, known)
            self._paths = known


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
        elif entry.path not in paths or not entry.is_file(follow_symlinks=False):
            os.unlink(entry.path)

"""The site's folder of a live preview, in which only what changed is written."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

_clean = utils.clean_directory
#: Files that have another name when they have another content.
_NAMED_BY_CONTENT = re.compile(r"[.-][0-9a-f]{8}(?:\.min)?\.(?:css|js|woff2)")
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Built:
    """A build of the whole book, as MkDocs leaves it."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment


class Superseded(Exception):
    """The author has changed something else: this build is not worth its end."""


class Preview:
    """The site's folder: MkDocs would empty it and copy thousands of files for each word.

    Attributes:
        built: the last build that came to its end; none before the first.
        written: paths of the files that are not as they were before the build under way.
        newer: says whether a build under way is no longer wanted.
    """

    def __init__(self) -> None:
        self.built: Built | None = None
        self.written: set[str] = set()
        self.newer: Callable[[], bool] = lambda: False
        self._begun: Built | None = None
        self._names: frozenset[str] | None = None
        self._copied: dict[tuple[str, str], tuple[int, ...]] = {}
        self._templates = _Templates()

    def go_on(self) -> None:
        """Called often while a build is under way.

        Raises:
            Superseded: it is no longer wanted.
        """
        if self.newer():
            raise Superseded

    @contextmanager
    def left_as_it_is(self) -> Iterator[None]:
        """Until the block ends, MkDocs empties no folder and writes nothing twice."""
        clean, copy, write = utils.clean_directory, utils.copy_file, utils.write_file
        self.written.clear()

        def copy_file(source_path: str, output_path: str) -> None:
            self.go_on()
            way = source_path, output_path
            known = os.stat(source_path)
            sign = known.st_mtime_ns, known.st_ino, known.st_size
            if self._copied.get(way) != sign or not os.path.exists(output_path):
                copy(source_path, output_path)
                self._copied[way] = sign
                self.written.add(output_path)

        def write_file(content: bytes, output_path: str) -> None:
            self.go_on()
            if not _holds(output_path, content):
                write(content, output_path)
                self.written.add(output_path)

        utils.clean_directory = lambda directory: None
        utils.copy_file, utils.write_file = copy_file, write_file
        try:
            yield
        finally:
            utils.clean_directory, utils.copy_file, utils.write_file = clean, copy, write

    def begin(self, build: Built) -> None:
        """Empty the folder after all if the site's files are not those of the last build.

        Args:
            build: the build under way, all its pages converted.
        """
        names = frozenset(file.dest_uri for file in build.files)
        if names != self._names:
            _clean(build.config.site_dir)
            self._copied.clear()
            self._names = names
        build.env.bytecode_cache = self._templates
        self._begun = build

    def end(self) -> None:
        """The build under way has come to its end."""
        self.built = self._begun


class Made(File):
    """A file whose content was made, written as pages are: only where it is not there yet."""

    def copy_file(self, dirty: bool = False) -> None:
        """Write it."""
        utils.write_file(self.content_bytes, self.abs_dest_path)


class Later(File):
    """A file that pages link to, which is written after them."""

    def copy_file(self, dirty: bool = False) -> None:
        """Leave it."""


def with_kept_files(application: Application) -> Application:
    """The same WSGI application; what is named by its content need not be asked for again."""

    def served(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            if status.startswith("200") and _NAMED_BY_CONTENT.search(environ["PATH_INFO"]):
                headers = [*headers, ("Cache-Control", "max-age=31536000, immutable")]
            return start_response(status, headers, *more)

        return application(environ, start)

    return served


def _holds(path: str, content: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read() == content
    except OSError:
        return False


class _Templates(BytecodeCache):
    """Compiled templates; Jinja compares their sources."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled."""
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._known[bucket.key] = bucket.bytecode_to_string()

"""The live preview: changes are seen at once, and the processes that run snippets stay warm."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

_clean = utils.clean_directory
#: What counts as a change: others are told of files that are only read.
_CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
#: Seconds of silence after which a change is over; editors write twice.
_SETTLED = 0.05


def watch_closely(server: LiveReloadServer, config: MkDocsConfig) -> None:
    """Let the system tell of changes, where MkDocs looks for them twice a second.

    With ``BOOK_POLL`` in the environment it stays as it was: on some network drives the system
    tells nothing.
    """
    server.build_delay = _SETTLED
    if os.environ.get("BOOK_POLL"):
        return
    watched = [path for path in (config.docs_dir, config.config_file_path) if path]
    for path in watched:
        server.unwatch(path)
    server.observer = cast(PollingObserver, _changes())
    for path in watched:
        server.watch(path)


class Preview:
    """The site's folder of a live preview, in which only what changed is written.

    MkDocs would empty it and copy thousands of files for each change of a word.
    """

    def __init__(self) -> None:
        self._names: frozenset[str] | None = None
        self._copied: dict[tuple[str, str], tuple[int, ...]] = {}
        self._templates = _Templates()

    @contextmanager
    def left_as_it_is(self) -> Iterator[None]:
        """Until the block ends, MkDocs empties no folder and copies no file twice."""
        clean, copy = utils.clean_directory, utils.copy_file

        def copy_file(source_path: str, output_path: str) -> None:
            way = source_path, output_path
            known = os.stat(source_path)
            sign = known.st_mtime_ns, known.st_ino, known.st_size
            if self._copied.get(way) != sign or not os.path.exists(output_path):
                copy(source_path, output_path)
                self._copied[way] = sign

        utils.clean_directory, utils.copy_file = lambda directory: None, copy_file
        try:
            yield
        finally:
            utils.clean_directory, utils.copy_file = clean, copy

    def begin(self, names: frozenset[str], site: str, env: Environment) -> None:
        """Empty the folder after all if the site's files are not those of the last build.

        Args:
            names: paths of all files on the site.
            site: the folder.
            env: the theme's templates, which are compiled once.
        """
        if names != self._names:
            _clean(site)
            self._copied.clear()
            self._names = names
        env.bytecode_cache = self._templates


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


def _changes() -> BaseObserver:
    observer: BaseObserver = Observer()
    schedule = observer.schedule

    def changes_only(
        handler: FileSystemEventHandler, path: str, *, recursive: bool = False
    ) -> ObservedWatch:
        return schedule(handler, path, recursive=recursive, event_filter=_CHANGES)

    observer.schedule = changes_only  # type: ignore[assignment, method-assign]
    return observer

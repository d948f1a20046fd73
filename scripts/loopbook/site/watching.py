"""Changes of the files that a live preview watches, as the system tells of them."""

from __future__ import annotations

import os
import threading
from typing import cast

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

#: What counts as a change: others are told of files that are only read.
_CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
#: Seconds of silence after which a change is over; editors write twice.
_SETTLED = 0.02


class Changes:
    """Paths of files that were changed and not yet looked at."""

    def __init__(self) -> None:
        self._paths: set[str] = set()
        self._lock = threading.Lock()

    def note(self, event: FileSystemEvent) -> None:
        """Add the file of an event, and the one that it was moved to."""
        if event.is_directory:
            return
        paths = {os.fsdecode(path) for path in (event.src_path, event.dest_path) if path}
        with self._lock:
            self._paths |= paths

    def taken(self) -> frozenset[str]:
        """All of them, which then are no longer here."""
        with self._lock:
            paths, self._paths = frozenset(self._paths), set()
        return paths


def watch_closely(server: LiveReloadServer, config: MkDocsConfig) -> Changes:
    """Let the system tell of changes, where MkDocs looks for them twice a second.

    With ``BOOK_POLL`` in the environment MkDocs looks for them itself: on some network drives the
    system tells nothing.

    Returns:
        Where the changed files will be named.
    """
    server.build_delay = _SETTLED
    changes = Changes()
    watched = [path for path in (config.docs_dir, config.config_file_path) if path]
    for path in watched:
        server.unwatch(path)
    if not os.environ.get("BOOK_POLL"):
        server.observer = cast(PollingObserver, Observer())
    _tell(server.observer, changes)
    for path in watched:
        server.watch(path)
    return changes


def _tell(observer: BaseObserver, changes: Changes) -> None:
    """Have an observer tell of changes only, and note them before anyone hears of them."""
    schedule = observer.schedule

    def noted(
        handler: FileSystemEventHandler, path: str, *, recursive: bool = False
    ) -> ObservedWatch:
        hear = handler.on_any_event

        def note(event: FileSystemEvent) -> None:
            changes.note(event)
            hear(event)

        handler.on_any_event = note  # type: ignore[method-assign]
        return schedule(handler, path, recursive=recursive, event_filter=_CHANGES)

    observer.schedule = noted  # type: ignore[assignment, method-assign]

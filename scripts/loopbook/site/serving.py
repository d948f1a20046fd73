"""The live preview: changes are seen at once, and the processes that run snippets stay warm."""

from __future__ import annotations

import os
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


def _changes() -> BaseObserver:
    observer: BaseObserver = Observer()
    schedule = observer.schedule

    def changes_only(
        handler: FileSystemEventHandler, path: str, *, recursive: bool = False
    ) -> ObservedWatch:
        return schedule(handler, path, recursive=recursive, event_filter=_CHANGES)

    observer.schedule = changes_only  # type: ignore[assignment, method-assign]
    return observer

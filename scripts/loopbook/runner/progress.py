"""Hears how a session is getting on, and shows it on a terminal."""

from __future__ import annotations

import sys
import threading
import time

from loopbook.runner.record import Record


class Observer:
    """Hears of a session's progress; this one keeps silent."""

    def begin(self, stale: int, reused: int) -> None:
        """So many scripts will be run, so many records stand."""

    def started(self, name: str) -> None:
        """A script's process begins."""

    def finished(self, record: Record) -> None:
        """A script's run is over."""

    def dropped(self, name: str) -> None:
        """A script need not be run after all, or is gone."""

    def end(self) -> None:
        """All is over."""


class Bar(Observer):
    """A bar with how many are done, which are running, and the seconds; lines without a terminal.

    rich is imported only once there is something to show.
    """

    def __init__(self) -> None:
        self._running: dict[str, float] = {}
        self._lock = threading.Lock()

    def begin(self, stale: int, reused: int) -> None:
        """Start drawing, if there is anything to run."""
        self._stale = stale
        if not stale:
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        self._console = Console(stderr=True, highlight=False)
        self._progress = Progress(
            TextColumn("Running snippets"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[running]}", markup=False),
            console=self._console,
            refresh_per_second=4,
            transient=True,
        )
        self._task = self._progress.add_task("", total=stale, running="waking torch")
        if self._console.is_terminal:
            self._progress.start()

    def started(self, name: str) -> None:
        """Name it among the running ones."""
        with self._lock:
            self._running[name] = time.monotonic()
            self._show()

    def finished(self, record: Record) -> None:
        """One more is done."""
        self.dropped(record.script)
        if not self._console.is_terminal:
            print(f"  {record.status:7} {record.seconds:6.2f} s  {record.script}", file=sys.stderr)

    def dropped(self, name: str) -> None:
        """One less is to be done."""
        with self._lock:
            self._running.pop(name, None)
            self._progress.advance(self._task)
            self._show()

    def end(self) -> None:
        """Stop drawing."""
        if self._stale:
            self._progress.stop()

    def _show(self) -> None:
        self._progress.update(self._task, running=" · ".join(sorted(self._running)))

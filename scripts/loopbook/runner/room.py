"""Room for scripts to run beside each other, or for one of them alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_POLL = 0.05


class Room:
    """Whoever is under suspicion runs alone in it, before all others that wait."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._suspects = 0

    @contextmanager
    def entered(self, alone: bool, cancelled: Callable[[], bool]) -> Iterator[None]:
        """Wait to be let in, and stay for a while; once it is cancelled, nobody has to wait."""
        with self._changed:
            self._suspects += alone
            while not cancelled() and (self._inside if alone else self._suspects):
                self._changed.wait(_POLL)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._suspects -= alone
                self._changed.notify_all()

"""A number of slots, given in the order in which they were asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count


class Turns:
    """Lets so many threads on at a time, each when its ticket is the lowest that waits.

    Args:
        slots: how many at a time.
        over: once it says yes, nobody has to wait.
    """

    def __init__(self, slots: int, over: Callable[[], bool]) -> None:
        self._free = slots
        self._over = over
        self._waiting: set[int] = set()
        self._numbers = count()
        self._changed = threading.Condition()

    def ticket(self) -> int:
        """A place in the queue, behind all that were asked for before."""
        with self._changed:
            number = next(self._numbers)
            self._waiting.add(number)
            return number

    @contextmanager
    def taken(self, ticket: int) -> Iterator[None]:
        """Wait for a slot and keep it for a while."""
        with self._changed:
            self._changed.wait_for(lambda: self._over() or self._comes(ticket))
            self._waiting.discard(ticket)
            self._free -= 1
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def give_up(self, ticket: int) -> None:
        """Leave the queue, if the ticket is still in it."""
        with self._changed:
            self._waiting.discard(ticket)
            self._changed.notify_all()

    def look(self) -> None:
        """Have those who wait ask again whether it is over."""
        with self._changed:
            self._changed.notify_all()

    def _comes(self, ticket: int) -> bool:
        return self._free > 0 and ticket == min(self._waiting)

"""The signals that end a run, whatever Python is doing when they come."""

from __future__ import annotations

import queue
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import islice
from types import FrameType
from typing import Any, TypeVar

_POLL = 0.1
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # Ctrl-C, kill, a terminal that is closed
T = TypeVar("T")


class Interrupted(KeyboardInterrupt):
    """A run was ended by a signal.

    Attributes:
        number: the signal's number.
    """

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


def status_of(stopped: KeyboardInterrupt) -> int:
    """The exit status of a command that was stopped, as a shell counts it."""
    return 128 + (stopped.number if isinstance(stopped, Interrupted) else signal.SIGINT)


class Stop(threading.Event):
    """Set once the run is to be ended.

    Attributes:
        number: the signal that asked for it, if one did.
    """

    number: int | None = None

    def check(self) -> None:
        """Called between two steps.

        Raises:
            Interrupted: the run is to be ended.
        """
        if self.is_set():
            raise Interrupted(self.number or signal.SIGINT)


@contextmanager
def heard() -> Iterator[Stop]:
    """Notice a signal in any case, and when the work at hand is done.

    Nothing is torn: the signal only sets the event, to be looked at between two steps, and what
    is raised is raised by `completed`, or at the end. A signal that is ignored or handled by our
    caller stays so.
    """
    stop = Stop()
    usual = (signal.SIG_DFL, signal.default_int_handler)
    in_main = threading.current_thread() is threading.main_thread()  # which alone hears of signals
    numbers = [getattr(signal, name) for name in _NAMES if in_main and hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}

    def note(number: int, frame: FrameType | None) -> None:
        stop.number = number
        stop.set()

    try:
        for number, handler in before.items():
            if handler in usual:
                signal.signal(number, note)
        yield stop
        if stop.number is not None:
            stop.check()
    finally:
        for number, handler in before.items():
            if handler in usual:
                signal.signal(number, handler)


@contextmanager
def told() -> Iterator[None]:
    """Have a signal that would end this process at once raise `Interrupted` in its place.

    Unlike where it is `heard`, it is raised wherever this thread is, as Ctrl-C is.
    """

    def tell(number: int, frame: FrameType | None) -> None:
        raise Interrupted(number)

    in_main = threading.current_thread() is threading.main_thread()
    numbers = [getattr(signal, name) for name in _NAMES if in_main and hasattr(signal, name)]
    ours = [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]
    for number in ours:
        signal.signal(number, tell)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def completed(futures: Iterator[Future[T]], ahead: int, stop: Stop) -> Iterator[Future[T]]:
    """The futures as they are completed.

    Args:
        futures: made one by one, as they are taken.
        ahead: how many are taken at first; for each that is completed, one more.
        stop: once it is set, no more are taken.

    Raises:
        Interrupted: the run is to be ended.
    """
    done: queue.SimpleQueue[Future[Any]] = queue.SimpleQueue()

    def take(count: int) -> int:
        taken = 0
        for future in islice(futures, count):
            future.add_done_callback(done.put)
            taken += 1
        return taken

    left = take(ahead)
    while left:
        stop.check()
        try:
            future = done.get(timeout=_POLL)
        except queue.Empty:
            continue
        left += take(1) - 1
        yield future

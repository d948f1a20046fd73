"""An interrupt from the keyboard that ends a run, whatever Python is doing when it comes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def heard(stopped: threading.Event) -> Iterator[None]:
    """Notice an interrupt in any case.

    Python drops one that arrives while an object is being deleted; the event is set all the same,
    and ends the run.
    """
    before = signal.getsignal(signal.SIGINT)
    in_main = threading.current_thread() is threading.main_thread()  # which alone hears of signals
    if before is not signal.default_int_handler or not in_main:
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

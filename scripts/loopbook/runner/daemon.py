"""A process that ``multiprocessing`` calls a daemon, and that has children all the same."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def not_daemonic() -> Iterator[None]:
    """What is started here is an ordinary process, whoever starts it.

    The worker of a cluster is a daemon of its nanny: it may start none, and what it starts would be
    a daemon, too, so that a script's data loader could have no workers. What we start, we end.
    """
    config: dict[str, Any] | None = getattr(multiprocessing.current_process(), "_config", None)
    before = config.get("daemon") if config else None
    if config is None or before is None:
        yield
        return
    config["daemon"] = False
    try:
        yield
    finally:
        config["daemon"] = before

"""One build at a time writes into a site; another one waits for its turn."""

from __future__ import annotations

import atexit
import hashlib
import logging
from pathlib import Path
from typing import IO

log = logging.getLogger("mkdocs.book")
_held: dict[Path, IO[str]] = {}


def take_turn(site: Path, build: Path) -> None:
    """Wait until no other process builds this site, and keep the turn until this one ends.

    A process that is killed loses its turn with its life: the system sees to that. Without locks
    on files, as on Windows, nobody waits.

    Args:
        site: the folder that pages are written into.
        build: the folder for made things, in which the lock lies.
    """
    try:
        import fcntl
    except ImportError:
        return
    site = site.resolve()
    if site in _held:
        return
    locks = build / "turns"
    locks.mkdir(parents=True, exist_ok=True)
    file = (locks / hashlib.sha256(str(site).encode()).hexdigest()[:16]).open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        log.info("Another build writes into %s: waiting for it", site)
        fcntl.flock(file, fcntl.LOCK_EX)
    _held[site] = file
    atexit.register(file.close)

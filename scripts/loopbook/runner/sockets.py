"""A place for sockets, whose whole path the system allows some hundred bytes."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
from multiprocessing import util
from pathlib import Path
from typing import Any

#: Bytes of the folder for temporary files that leave room for names in it.
LONGEST = 60
_SHORT = ("/tmp", "/var/tmp", "/dev/shm")


def short_folder() -> str | None:
    """A folder whose path leaves room; ``None``: the usual one does, or there is none."""
    if len(os.fsencode(tempfile.gettempdir())) <= LONGEST:
        return None
    places = (place for place in _SHORT if Path(place).is_dir() and os.access(place, os.W_OK))
    return next(places, None)


def make_room_for_sockets() -> None:
    """Let multiprocessing put its sockets elsewhere if the folder for temporary files is too deep.

    The folder that is made for them is removed when this process ends.
    """
    config: dict[str, Any] = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    if config.get("tempdir") or (place := short_folder()) is None:
        return
    made = tempfile.mkdtemp(prefix="pymp-", dir=place)
    util.Finalize(None, shutil.rmtree, (made,), {"ignore_errors": True}, exitpriority=-100)
    config["tempdir"] = made

"""A place for the fork server's socket, whose whole path the system allows some hundred bytes."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
from multiprocessing import util
from pathlib import Path
from typing import Any

#: Bytes of the folder for temporary files that leave room for multiprocessing's names in it.
LONGEST = 70
_SHORT = ("/tmp", "/var/tmp", "/dev/shm")


def make_room_for_sockets() -> None:
    """Let multiprocessing put its sockets elsewhere if the folder for temporary files is too deep.

    The folder that is made for them is removed when this process ends.
    """
    config: dict[str, Any] = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    if config.get("tempdir") or len(os.fsencode(tempfile.gettempdir())) <= LONGEST:
        return
    for place in filter(Path.is_dir, map(Path, _SHORT)):
        if os.access(place, os.W_OK):
            made = tempfile.mkdtemp(prefix="pymp-", dir=place)
            options = {"ignore_errors": True}
            util.Finalize(None, shutil.rmtree, (made,), options, exitpriority=-100)
            config["tempdir"] = made
            return

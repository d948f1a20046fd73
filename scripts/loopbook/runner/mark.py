"""A mark that a script's process and all its forks carry, wherever they go and whatever they close.

A fork shows, below ``/proc``, the environment that the server was started with, as it stands in
its own memory. There is room in it for the script's folder of temporary files.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_NAME = b"TMPDIR="

#: The variable that a server is started with, and has to forget.
ROOM = {"TMPDIR": "/" * 512}


def _block() -> tuple[int, int]:
    """Where in memory this process's first environment lies, and how many bytes it takes."""
    if sys.platform != "linux":
        return 0, 0
    words = Path("/proc/self/stat").read_bytes().rpartition(b")")[2].split()
    start, end = int(words[47]), int(words[48])
    return start, end - start


_BLOCK = _block()  # of the server, if there is one, and so of all its forks


def mark(folder: Path) -> None:
    """Let this process, a fork of the server, show a folder as its place for temporary files."""
    start, size = _BLOCK
    before = ctypes.string_at(start, size) if size else b""
    place = before.find(_NAME + os.fsencode(ROOM["TMPDIR"]))
    told, room = os.fsencode(folder), len(ROOM["TMPDIR"])
    if place >= 0 and len(told) < room:
        ctypes.memmove(start + place + len(_NAME), told.ljust(room, b"\0"), room)

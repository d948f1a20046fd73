"""Landlock: a Linux process gives up, for itself and all that it starts, writing into a folder.

The kernel knows permissions, no prohibitions. So all that lies beside the way to the folder may
be written, and the folder, and its parents themselves, may not.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # numbers of the system calls, the same on all machines
_FILE = 1 << 1 | 1 << 14  # write, truncate
_ALL = _FILE | 0x1FF0 | 1 << 13  # and remove, make, rename


class _Rule(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("access", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def forbid_writing(folder: Path, *besides: Path) -> bool:
    """From now on neither this process nor one that it starts can write into this folder.

    Args:
        folder: what must not change.
        besides: folders that may, wherever they lie.

    Returns:
        Whether the system can do it; where it cannot, nothing is forbidden.
    """
    if sys.platform != "linux":
        return False
    system = ctypes.CDLL(None, use_errno=True)
    version = system.syscall(_CREATE, None, 0, 1)
    if version < 3:  # the first that can forbid to truncate a file
        return False
    handled = ctypes.c_uint64(_ALL)
    rules = system.syscall(_CREATE, ctypes.byref(handled), ctypes.sizeof(handled), 0)
    if rules < 0:
        return False
    try:
        for path in [*_beside(folder), *map(str, besides)]:
            _allow(system, rules, path)
        system.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
        return bool(system.syscall(_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)


def _beside(folder: Path) -> list[str]:
    """All that lies beside a folder and beside its parents, but for links, which may lead in."""
    found: list[str] = []
    for kept in (folder, *folder.parents[:-1]):
        try:
            with os.scandir(kept.parent) as entries:
                others = (entry for entry in entries if entry.name != kept.name)
                found += [entry.path for entry in others if not entry.is_symlink()]
        except OSError:
            continue  # a folder that may not be listed
    return found


def _allow(system: ctypes.CDLL, rules: int, path: str) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # a link to nowhere, or gone meanwhile
    try:
        rule = _Rule(_ALL if os.path.isdir(path) else _FILE, place)
        system.syscall(_ADD, rules, 1, ctypes.byref(rule), 0)
    finally:
        os.close(place)

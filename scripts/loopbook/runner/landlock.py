"""Landlock: a Linux process gives up, for itself and all that it starts, writing into a folder.

Whatever it gives up, it cannot look into processes that have given up less: their environment,
open files and memory below ``/proc`` are closed to it.

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
_DEVICE, _REFER = 1 << 11, 1 << 13  # make a device; rename from one folder to another
_ALL = _FILE | 0x1FF0 | _REFER  # and remove, make, rename
_SYS_ADMIN, _PERFMON = 21, 38  # capabilities


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
        return _restrict(system, rules)
    finally:
        os.close(rules)


def look_at_no_other() -> None:
    """From now on this process and those that it starts can look into each other alone.

    Where the system cannot do it, nothing is forbidden.
    """
    if sys.platform != "linux":
        return
    system = ctypes.CDLL(None, use_errno=True)
    version = system.syscall(_CREATE, None, 0, 1)
    handled = ctypes.c_uint64(_DEVICE | _REFER if version > 1 else _DEVICE)
    rules = system.syscall(_CREATE, ctypes.byref(handled), ctypes.sizeof(handled), 0)
    if rules < 0:
        return
    try:
        _allow(system, rules, "/", handled.value)
        _restrict(system, rules)
    finally:
        os.close(rules)


def _restrict(system: ctypes.CDLL, rules: int) -> bool:
    system.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    header, held = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    if system.capget(header, held) == 0 and any(held):  # root's, which would open /proc again
        for capability in (_SYS_ADMIN, _PERFMON):
            word, bit = divmod(capability, 32)
            for kind in range(3):  # effective, permitted, inheritable
                held[3 * word + kind] &= ~(1 << bit)
        system.capset(header, held)
    return bool(system.syscall(_RESTRICT, rules, 0) == 0)


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


def _allow(system: ctypes.CDLL, rules: int, path: str, access: int = _ALL) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # a link to nowhere, or gone meanwhile
    try:
        rule = _Rule(access if os.path.isdir(path) else _FILE, place)
        system.syscall(_ADD, rules, 1, ctypes.byref(rule), 0)
    finally:
        os.close(place)

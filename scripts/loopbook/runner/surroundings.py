"""What a script finds around it: the same few variables on every machine, and nothing else.

A run must not depend on who starts it, and nothing of that person or machine may get into a page:
no home, no name, no token. So a script sees this environment alone; its home and its place for
temporary files are folders of the run, which are deleted with it.
"""

from __future__ import annotations

import locale
import os
import sys
import tempfile
import time
from pathlib import Path

from loopbook.runner import memory, threads

#: What every script sees: English without regional habits, UTC, a page 80 signs wide, nobody; one
#: thread for mathematics, and no chance in memory.
FIXED = {
    "COLUMNS": "80",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "LINES": "24",
    "LOGNAME": "reader",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TERM": "dumb",
    "TZ": "UTC",
    "USER": "reader",
    "USERNAME": "reader",
    **threads.variables(1),
    **memory.VARIABLES,
}
#: What is left as it is, for without it libraries or the system are not found.
PASSED = (
    "COMSPEC",
    "CUDA_VISIBLE_DEVICES",
    "DYLD_LIBRARY_PATH",
    "LD_LIBRARY_PATH",
    "PATHEXT",
    "SYSTEMDRIVE",
    "SYSTEMROOT",
    "WINDIR",
)
#: What an interpreter of ours needs to start quickly, and a script must not see.
OURS = ("MPLCONFIGDIR", "PYTHONPATH")


def bare() -> dict[str, str]:
    """The environment that a process is started in whose forks or children run scripts."""
    kept = {name: os.environ[name] for name in PASSED if name in os.environ}
    path = os.pathsep.join((os.path.dirname(sys.executable), os.defpath))
    return FIXED | kept | {"PATH": path}


def base() -> dict[str, str]:
    """The environment of a process of ours that is to run scripts."""
    return bare() | {"MPLCONFIGDIR": fonts()}


def own(folder: Path) -> dict[str, str]:
    """A home and a place for temporary files, made below this folder."""
    home, temporary = folder / "home", folder / "tmp"
    for made in (home, temporary):
        made.mkdir(exist_ok=True)
    places = dict.fromkeys(("TEMP", "TMP", "TMPDIR"), str(temporary))
    return {"HOME": str(home), "USERPROFILE": str(home), **places}


def forget() -> None:
    """Put the environment that this process was started in aside."""
    known = base()
    os.environ.clear()
    os.environ.update(sorted(known.items()))


def take(folder: Path) -> None:
    """Take what a script finds around it; the folder is the run's own."""
    for name in OURS:
        os.environ.pop(name, None)
    os.environ.update(own(folder))
    tempfile.tempdir = None  # asked for anew
    if hasattr(time, "tzset"):
        time.tzset()
    try:
        locale.setlocale(locale.LC_CTYPE, FIXED["LC_ALL"])
    except locale.Error:
        return  # a system without it: UTF-8 mode says the same to Python


def fonts() -> str:
    """Where matplotlib keeps its list of fonts, which takes seconds to make."""
    given = os.environ.get("MPLCONFIGDIR")
    if given:
        return given
    if sys.platform.startswith(("linux", "freebsd")):
        cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        return os.path.join(cache, "matplotlib")
    return os.path.expanduser("~/.matplotlib")

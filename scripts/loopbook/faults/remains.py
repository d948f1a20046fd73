"""What is left of runs and builds that were killed: processes, folders, words."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

#: Seconds: a fork server that imports torch hears of its runner's end after that.
PATIENCE = 60


def remains(place: Path, stores: Iterable[Path] = ()) -> list[str]:
    """What should not have been left behind, in words.

    Args:
        place: holds ``tmp``, their folder for temporary files, and ``said``, what they said.
        stores: folders of records.
    """
    found = [path.name for store in stores for path in store.glob(".[no][el][wd]-*")]
    found += [path.name for path in (place / "tmp").glob("loopbook-*")]
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and _living(place):
        time.sleep(0.1)
    found += _living(place)
    if "Traceback" in (said := (place / "said").read_text("utf-8", "replace")):
        found.append(said[-3000:])
    return [f"left behind: {what}" for what in found]


def _living(place: Path) -> list[str]:
    """Command lines of processes that were started with this folder for temporary files."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.fsencode(place / "tmp") in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found

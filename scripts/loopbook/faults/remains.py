"""What is left of runs and builds that were killed: processes, folders, words."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from loopbook.runner.offspring import adopt_orphans, offspring

#: Seconds: a fork server that imports torch hears of its runner's end after that.
PATIENCE = 60


def remains(place: Path, before: frozenset[int], stores: Iterable[Path] = ()) -> list[str]:
    """What should not have been left behind, in words.

    Args:
        place: holds ``tmp``, their folder for temporary files, and ``said``, what they said.
        before: what `watched` answered before the first of them.
        stores: folders of records.
    """
    found = [path.name for store in stores for path in store.glob(".[no][el][wd]-*")]
    found += [path.name for path in (place / "tmp").glob("loopbook-*")]
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and _living(before):
        time.sleep(0.1)
    found += _living(before)
    if "Traceback" in (said := (place / "said").read_text("utf-8", "replace")):
        found.append(said[-3000:])
    return [f"left behind: {what}" for what in found]


def watched() -> frozenset[int]:
    """From now on what is started descends from this process for good; what does so already."""
    adopt_orphans()
    return frozenset(offspring(os.getpid()))


def _living(before: frozenset[int]) -> list[str]:
    """Command lines of processes that were started since, by whatever was started here."""
    found = []
    for pid in offspring(os.getpid()) - before:
        with suppress(OSError):
            found.append(Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " "))
    return found

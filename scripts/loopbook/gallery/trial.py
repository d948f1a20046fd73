"""A gallery run twice, by the runner and by plain Python, and how the two compare."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from loopbook.gallery.causes import cause
from loopbook.gallery.plain import Plain, run_plain
from loopbook.runner.progress import Bar
from loopbook.runner.record import Record
from loopbook.runner.script import find_scripts
from loopbook.runner.session import Options, run_folder

Which = Literal["all", "failed"]


@dataclass(frozen=True)
class Pair:
    """Both runs of one script.

    Attributes:
        record: the runner's.
        plain: plain Python's; ``None`` where none was made.
    """

    record: Record
    plain: Plain | None

    @property
    def ours(self) -> str:
        """What the runner did wrong, in a sentence; empty if nothing."""
        record, plain = self.record, self.plain
        if plain is None or plain.problem:
            return ""
        if record.problem:
            return f"{record.problem.kind}: {record.problem.message}".partition("\n")[0]
        if plain.figures is not None and len(record.figures) != plain.figures:
            return f"kept {len(record.figures)} of {plain.figures} figures"
        return ""

    @property
    def theirs(self) -> str:
        """What the script lacks, where it fails in both or in plain Python alone."""
        return cause(self.plain.problem) if self.plain and self.plain.problem else ""


@dataclass(frozen=True)
class Trial:
    """What came of a gallery.

    Attributes:
        pairs: both runs of each script, by name.
        runner: wall-clock seconds of the runner for all of them.
        jobs: how many scripts the runner ran at once; 0 for one per processor.
    """

    pairs: dict[str, Pair]
    runner: float
    jobs: int

    @property
    def plain(self) -> float | None:
        """Seconds of plain Python, one script after the other; ``None`` if not run for all."""
        found = [pair.plain.seconds for pair in self.pairs.values() if pair.plain]
        return sum(found) if len(found) == len(self.pairs) else None

    @property
    def faults(self) -> dict[str, str]:
        """What the runner did wrong, by script."""
        return {name: pair.ours for name, pair in self.pairs.items() if pair.ours}


def attempt(
    folder: Path,
    records: Path,
    options: Options,
    which: Which = "all",
    every: int = 1,
    plainly: Callable[[Path, float], Plain] = run_plain,
) -> Trial:
    """Run a gallery with the runner, then with plain Python one by one.

    A script that is late in the runner, where several run at once, and in time by itself, is run
    by the runner once more, by itself.

    Args:
        folder: the gallery.
        records: an empty folder for the runner's records.
        options: how to run.
        which: the scripts that plain Python runs: all, or those that failed in the runner.
        every: only each so many-th script is taken.
        plainly: runs one script with plain Python.
    """
    chosen = set(find_scripts(folder)[::every])
    begun = time.monotonic()
    session = run_folder(
        folder, records / "all", options, wanted=chosen.__contains__, observer=Bar()
    )
    seconds = time.monotonic() - begun
    found = dict(session.records.items())
    pairs: dict[str, Pair] = {}
    for number, (name, record) in enumerate(found.items(), start=1):
        plain = None
        if which == "all" or record.problem:
            plain = plainly(folder / name, options.timeout)
            words = plain.problem or f"{plain.figures or 0} figures"
            where = f"{number}/{len(found)} {name}"
            print(f"  plain {plain.seconds:6.2f} s  {where}  {words}", file=sys.stderr)
        pairs[name] = Pair(record, plain)
    late = {
        name
        for name, pair in pairs.items()
        if pair.ours and pair.record.problem and pair.record.problem.kind == "timeout"
    }
    if late:
        alone = Options(1, options.timeout, memory=options.memory, style=options.style)
        again = run_folder(folder, records / "late", alone, wanted=late.__contains__)
        pairs |= {name: Pair(record, pairs[name].plain) for name, record in again.records.items()}
    return Trial(dict(sorted(pairs.items())), seconds, options.jobs)

"""The same scripts by the runner and by a bare fork loop, in turn, and what a change then costs."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

from loopbook.bench.cost import Cost, measure
from loopbook.bench.work import BARE_LOOP, SHARED, importers, write_scripts

RUNNER = Path(__file__).resolve().parents[2] / "run_snippets.py"


@dataclass(frozen=True)
class Result:
    """What so many scripts cost.

    Attributes:
        scripts: how many.
        bare: the bare fork loop, at its best.
        cases: the runner, at its best, by what had changed.
        first: processor seconds and page faults of a script in the bare loop's first quarter,
            the median.
        last: the same in its last quarter.
        store: bytes of all records.
    """

    scripts: int
    bare: Cost
    cases: dict[str, Cost]
    first: tuple[float, float]
    last: tuple[float, float]
    store: int

    @property
    def cold(self) -> Cost:
        """The runner with no record to go by."""
        return self.cases["cold"]


def contest(place: Path, scripts: int, slots: int, rounds: int) -> Result:
    """Run so many scripts both ways, then change one thing after the other."""
    folder, ours, bare = place / "scripts", place / "ours", place / "bare"
    loop, said = place / "bare_loop.py", place / "said.txt"
    write_scripts(folder, scripts)
    loop.write_text(BARE_LOOP)

    def run_bare() -> Cost:
        shutil.rmtree(bare, ignore_errors=True)
        bare.mkdir()
        return measure([sys.executable, str(loop), str(folder), str(bare), str(slots)])

    def run_ours(expected: int) -> Cost:
        command = [sys.executable, str(RUNNER), str(folder), "--output", str(ours)]
        cost = measure([*command, "--jobs", str(slots)], said)
        told = said.read_text()
        if not told.startswith(f"{expected} run, {scripts - expected} reused, 0 failed"):
            raise SystemExit(f"expected {expected} scripts to be run, found {told}")
        return cost

    def run_cold() -> Cost:
        shutil.rmtree(ours, ignore_errors=True)
        return run_ours(scripts)

    def changed(file: Path, text: str, expected: int) -> Cost:
        file.write_text(file.read_text() + text)
        return run_ours(expected)

    pairs = [(run_cold(), run_bare()) for _ in range(rounds)]
    one, shared = folder / "s0000.py", folder / SHARED
    cases = {
        "cold": _best(pair[0] for pair in pairs),
        "nothing stale": _best(run_ours(0) for _ in range(7)),
        "a comment changed": _best(changed(one, "# so\n", 0) for _ in range(7)),
        "one changed": _best(changed(one, "print()\n", 1) for _ in range(2)),
        "a shared module changed": changed(shared, "MORE = 1\n", importers(scripts)),
    }
    first, last = quarters((bare / "used").read_text())
    return Result(
        scripts=scripts,
        bare=_best(pair[1] for pair in pairs),
        cases=cases,
        first=first,
        last=last,
        store=sum(file.stat().st_size for file in ours.rglob("*") if file.is_file()),
    )


def one_by_one(place: Path, sample: int) -> Cost:
    """Plain ``python`` for so many scripts, one after the other."""
    folder = place / "scripts"
    write_scripts(folder, sample + 1)
    costs = [
        measure([sys.executable, str(script)], MPLBACKEND="agg")
        for script in sorted(folder.glob("s*.py"))
    ]
    return Cost(
        seconds=sum(cost.seconds for cost in costs),
        processor=sum(cost.processor for cost in costs),
        others=fmean(cost.others for cost in costs),
    )


def _best(costs: Iterable[Cost]) -> Cost:
    return min(costs, key=lambda cost: cost.seconds)


def quarters(used: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """What a script of the bare loop's first quarter took, and one of its last: the medians.

    Args:
        used: a line for each script, in the order of their ends: its name, processor seconds,
            page faults. The shared module, which does next to nothing, is left out.
    """
    rows = [line.split() for line in used.splitlines()]
    costs = [(float(seconds), float(faults)) for name, seconds, faults in rows if name != SHARED]
    quarter = max(1, len(costs) // 4)
    return _usual(costs[:quarter]), _usual(costs[-quarter:])


def _usual(costs: list[tuple[float, float]]) -> tuple[float, float]:
    return median(cost[0] for cost in costs), median(cost[1] for cost in costs)

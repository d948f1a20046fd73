"""Time the runner against a bare fork loop and against plain python, in one run.

The work: scripts that each import torch and matplotlib, train for 0.25 s on one thread and show
two figures. Printed: seconds, their ratios to the bare loop and to plain python, memory, and the
limits that the runner is held to; the status is 1 where one is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from loopbook.bench.contest import contest, one_by_one
from loopbook.bench.report import limits, table


def main() -> int:
    """Run the benchmark; the status says whether the limits were kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="+",
        default=[10, 40, 160, 640],
        metavar="N",
        help="how many scripts; 640 alone takes some six minutes on two processors",
    )
    parser.add_argument("--slots", type=int, default=os.cpu_count() or 1, help="scripts at once")
    parser.add_argument(
        "--rounds", type=int, default=3, help="cold, up to 40 scripts; of more, one"
    )
    parser.add_argument("--sample", type=int, default=10, help="scripts run by python one by one")
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        plain = one_by_one(Path(place) / "plain", wishes.sample)
        results = []
        for size in sorted(wishes.sizes):
            print(f"{size} scripts, {wishes.slots} at once …", file=sys.stderr, flush=True)
            rounds = wishes.rounds if size <= 40 else 1
            results.append(contest(Path(place) / str(size), size, wishes.slots, rounds))
    print(*table(results, plain, wishes.sample), sep="\n")
    judged = limits(results, plain, wishes.sample)
    print(*judged, sep="\n")
    return 0 if all(limit.kept for limit in judged) else 1


if __name__ == "__main__":
    sys.exit(main())

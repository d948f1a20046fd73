"""Kill runs and builds at random moments, and fill a disk; see that nothing is wrong or lost.

Each kind of fault is described in `loopbook.faults`. Torch, which takes seconds to import and plays
no part here, is stood in for.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path

from loopbook.faults.builds import kill_builds
from loopbook.faults.disk import fill
from loopbook.faults.runs import kill_runs


def main() -> int:
    """Do what is asked for; the status says whether all went well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="of runs (default: 100)")
    parser.add_argument("--builds", type=int, default=0, help="kills of builds, too (default: 0)")
    parser.add_argument("--seed", type=int, default=0, help="of all that is random")
    parser.add_argument("--disk", action="store_true", help="fill a disk of 200 kB, too (Linux)")
    parser.add_argument("--json", type=Path, help="write what was counted into a file")
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        runs, builds = Path(folder) / "runs", Path(folder) / "builds"
        wrong: list[str] = []
        counted: dict[str, int] = {}
        if wishes.kills:
            runs.mkdir()
            wrong, more = kill_runs(runs, wishes.kills, random.Random(wishes.seed))
            counted |= more
        if wishes.builds:
            builds.mkdir()
            found, more = kill_builds(builds, wishes.builds, random.Random(wishes.seed))
            wrong, counted = wrong + found, counted | more
        if wishes.disk:
            wrong += fill(Path(folder))
    print("\n".join(wrong) or "nothing lost, nothing wrong, nothing left")
    if wishes.json:
        wishes.json.write_text(json.dumps(counted), "utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

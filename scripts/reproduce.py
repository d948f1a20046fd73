"""Build two clones of the book under different circumstances and compare every byte: see --help.

The clones lie in different places and start with nothing made; hash seeds, time zones, dates,
locales, threads, the place of Python's packages and the number of scripts run at once differ.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from loopbook.errors import BookError
from loopbook.reproduce.circumstances import pair
from loopbook.reproduce.clone import Clone, cloned, git
from loopbook.reproduce.differences import differences

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Build and compare.

    Returns:
        0 if the two sites are equal, 1 if they differ, 2 if one could not be built.
    """
    parser = argparse.ArgumentParser(prog="reproduce", description=__doc__)
    parser.add_argument(
        "--root", type=Path, default=ROOT, help="the repository (default: this one)"
    )
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="put the clones there, and stay"
    )
    wishes = parser.parse_args(arguments)
    try:
        if wishes.keep is not None:
            wishes.keep.mkdir(parents=True, exist_ok=True)
            return reproduce(wishes.root.resolve(), wishes.keep.resolve())
        with tempfile.TemporaryDirectory(prefix="reproduce-") as folder:
            return reproduce(wishes.root.resolve(), Path(folder).resolve())
    except BookError as error:
        print(f"reproduce: {error}", file=sys.stderr)
        return 2


def reproduce(root: Path, folder: Path) -> int:
    """Build two clones of a repository below a folder, say what differs, and return the status.

    Raises:
        BookError: one cannot be cloned or built.
    """
    begun = time.monotonic()
    commit = git(root, "rev-parse", "HEAD")
    changed = git(root, "status", "--porcelain").splitlines()
    print(f"commit {commit[:12]}")
    if changed:
        print(f"  not in it, and so not built: {len(changed)} file(s) changed since, such as "
              f"{changed[0][3:]}")  # fmt: skip
    clones = [cloned(root, commit, folder, way) for way in pair(folder / "locales")]
    for clone in clones:
        print(f"  built in {clone.circumstances}", flush=True)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(Clone.build, clones))
    differing = differences(clones[0].site, clones[1].site)
    for difference in differing:
        print(f"differs: {difference}")
    count = sum(path.is_file() for path in clones[0].site.rglob("*"))
    seconds = time.monotonic() - begun
    print(f"{count} files, {len(differing)} differ, {seconds:.0f} s")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())

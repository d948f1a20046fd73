"""The same sources give the same bytes, wherever, whenever and in whatever order of hashes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from loopbook.reproduce.differences import differences

ROOT = Path(__file__).resolve().parents[2]


def test_two_builds_give_the_same_bytes(
    site: Path, tmp_path: Path, build_book: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    # Made anew: nothing that the first build has kept may stand in for the second.
    other = {"PYTHONHASHSEED": "2024", "TZ": "Pacific/Kiritimati", "BOOK_FRESH": "1"}
    done = build_book(ROOT, tmp_path / "again", **other)
    assert done.returncode == 0, done.stderr
    assert not differences(site, tmp_path / "again")

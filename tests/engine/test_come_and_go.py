"""What another build puts away at the same moment disturbs none."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from loopbook.links import check_links
from loopbook.runner.prune import prune
from loopbook.runner.scratch import abandoned
from loopbook.runner.store import Store

ROUNDS = 300
WRITTEN = ("docs/",)


@contextmanager
def coming_and_going(folder: Path, name: str) -> Iterator[None]:
    """Folders of this name are made and removed without an end, with links where authors write."""
    ended = threading.Event()

    def work(number: int) -> None:
        while not ended.is_set():
            place = folder / name.format(number)
            with suppress(OSError):  # who looks may put it away as well
                (place / "a/b/c").mkdir(parents=True, exist_ok=True)
                (place / "a/file").touch()
                if name.startswith(WRITTEN):
                    (place / "a/.#file").symlink_to("file")
                    (place / "a/link").symlink_to(folder / "kept")
            shutil.rmtree(place, ignore_errors=True)

    others = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for other in others:
        other.start()
    try:
        yield
    finally:
        ended.set()
        for other in others:
            other.join()


LOOKING: dict[str, Callable[[Path], object]] = {
    "run-1-0-{}": lambda folder: abandoned(folder, "run-"),
    ".new-{}": lambda folder: Store(folder).discard_others(["kept.py"]),
    "styles/{}": lambda folder: prune(folder, days=0),
    "vector/{}": lambda folder: prune(folder, days=0),
    "docs/{}": check_links,
}


@pytest.mark.parametrize("name", LOOKING)
def test_who_looks_at_a_folder_minds_no_one_else_in_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "kept").touch()
    (tmp_path / "styles").mkdir()
    (tmp_path / "vector").mkdir()
    with coming_and_going(tmp_path, name):
        for _ in range(ROUNDS):
            LOOKING[name](tmp_path)
    assert not any(left.startswith(".gone-") for left in os.listdir(tmp_path / "styles"))

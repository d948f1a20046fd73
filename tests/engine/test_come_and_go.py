"""What another build puts away at the same moment disturbs none, nor what a killed one left."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from zipfile import ZipFile

import pytest

from loopbook.blocks.book import Book
from loopbook.blocks.exercise import check_exercise
from loopbook.blocks.marks import marks_of
from loopbook.blocks.room import Room
from loopbook.devices.choice import snippets_for_devices
from loopbook.errors import BookError
from loopbook.exercises.exercise import all_exercises
from loopbook.kept.shelf import Shelf
from loopbook.labs.lab import find_labs
from loopbook.links import check_links
from loopbook.mathematics.place import find
from loopbook.notebooks.archive import exercises_zip, scripts_zip
from loopbook.runner.prune import prune
from loopbook.runner.remote import manifest
from loopbook.runner.scratch import abandoned, clear_scratch
from loopbook.runner.store import Store
from loopbook.site.publish import published_scripts
from loopbook.whole import write_whole

ROUNDS = 300
SECONDS = 0.6  # enough, too
#: Whatever an author writes, it is this; and there it lies.
TEXT = '"""A lab."""\n# %%\nprint(1)\n'
WRITTEN = ("a.py", "lab.py", "page.md", "test_a.py", "exercises/b/check.py", "exercises/b/start.py")
CHAPTER = "part-1/1-a"


def write(place: Path, kept: Path) -> None:
    """Files that are there whole at once, and links to one of the book."""
    (place / "exercises/b").mkdir(parents=True, exist_ok=True)
    for name in WRITTEN:
        (place / name).hardlink_to(kept)
    (place / ".#a.py").symlink_to("a.py")
    (place / "link.py").symlink_to(kept)


@contextmanager
def coming_and_going(folder: Path, name: str) -> Iterator[None]:
    """Folders of this name, with some in them, are made and removed without an end."""
    ended = threading.Event()

    def work(number: int) -> None:
        while not ended.is_set():
            place = folder / name.format(number)
            with suppress(OSError):  # who looks may put it away as well
                (place / "a/b/c").mkdir(parents=True, exist_ok=True)
                (place / "a/file").touch()
                if name.startswith(("docs", "snippets", "tests")):
                    write(place, folder / "kept.py")
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


def room_of(folder: Path) -> Room:
    return Room(Book(folder), CHAPTER)


def missing_exercise(folder: Path) -> None:
    with pytest.raises(BookError, match="has no start"):
        check_exercise(room_of(folder), "none", ())


LOOKING: dict[str, tuple[str, Callable[[Path], object]]] = {
    "runs": ("run-1-0-{}", lambda folder: abandoned(folder, "run-")),
    "records": (".new-{}", lambda folder: Store(folder).discard_others(["kept.py"])),
    "styles": ("styles/{}", lambda folder: prune(folder, days=0)),
    "drawings": ("vector/{}", lambda folder: prune(folder, days=0)),
    "links": ("docs/{}", check_links),
    "pages": ("docs/{}", lambda folder: Book(folder).sources()),
    "formulas": ("docs/{}", lambda folder: find("x", folder / "docs")),
    "marks": (f"tests/{CHAPTER}/{{}}", lambda folder: marks_of(Book(folder), CHAPTER)),
    "snippets": ("snippets/{}", snippets_for_devices),
    "labs": ("snippets/{}", lambda folder: find_labs(Book(folder))),
    "published": ("snippets/{}", lambda folder: list(published_scripts(folder))),
    "manifest": ("snippets/{}", lambda folder: manifest(folder, folder / "snippets")),
    "exercises": ("snippets/{}", all_exercises),
    "zip": (f"snippets/{CHAPTER}/{{}}", lambda folder: scripts_zip(room_of(folder), "a", "1")),
    "exercises' zip": (
        f"snippets/{CHAPTER}/exercises/{{}}",
        lambda folder: exercises_zip(room_of(folder), "a", "1"),
    ),
    "an exercise": (f"snippets/{CHAPTER}/exercises/{{}}", missing_exercise),
}


@pytest.mark.parametrize("what", LOOKING)
def test_who_looks_at_a_folder_minds_no_one_else_in_it(tmp_path: Path, what: str) -> None:
    name, look = LOOKING[what]
    (tmp_path / "kept.py").write_text(TEXT)
    (tmp_path / "styles").mkdir()
    (tmp_path / "vector").mkdir()
    with coming_and_going(tmp_path, name):
        started = time.monotonic()
        for _ in takewhile(lambda _: time.monotonic() < started + SECONDS, range(ROUNDS)):
            look(tmp_path)
    assert not any(left.startswith(".gone-") for left in os.listdir(tmp_path / "styles"))


def test_what_has_gone_since_it_was_listed_holds_nothing_else_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old").touch()
    listed, true = ["gone", "old"], os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: listed if path == tmp_path else true(path))
    Shelf(tmp_path).tidy(room=-1)
    assert not (tmp_path / "old").exists()
    monkeypatch.setattr(Path, "exists", lambda path: True)  # a moment ago
    write_whole(tmp_path / "new", b"1")
    assert (tmp_path / "new").read_bytes() == b"1"


def test_what_an_editor_keeps_beside_a_script_is_none_of_the_book(tmp_path: Path) -> None:
    room = room_of(tmp_path)
    room.path.mkdir(parents=True)
    for name in ("a.py", "a.out", "a.py~", "#a.py#", ".a.py.swp", "4913", ".old/a.py"):
        (room.path / name).parent.mkdir(exist_ok=True)
        (room.path / name).write_text(TEXT)
    (room.path / ".old/hosts.py").symlink_to("/etc/hosts")
    assert [name for name, _ in published_scripts(tmp_path)] == [f"snippets/{CHAPTER}/a.py"]
    with ZipFile(BytesIO(scripts_zip(room, "z", "1"))) as made:
        assert made.namelist() == ["z/README.txt", "z/a.out", "z/a.py"]
    assert [*manifest(tmp_path, room.path)] == [f"snippets/{CHAPTER}/a.py"]


KILLED = """
from loopbook.notebooks.items import Cell
from loopbook.notebooks.kernel import execute

execute([Cell("import os\\nos.kill(os.getppid(), 9)", "listing")])
"""


def test_what_a_killed_build_left_of_a_notebook_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as place:  # short enough for a kernel's sockets
        monkeypatch.setattr(tempfile, "tempdir", place)
        environment = os.environ | {"TMPDIR": place}
        done = subprocess.run([sys.executable, "-c", KILLED], env=environment, timeout=120)
        assert done.returncode == -signal.SIGKILL and os.listdir(place)
        clear_scratch()
        assert os.listdir(place) == []

"""A pipe, a socket or a device in the place of an author's file is named, and nobody waits."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from loopbook.blocks.book import Book
from loopbook.devices.recording import read_recording
from loopbook.errors import BookError
from loopbook.kept.desk import Desk
from loopbook.kept.shelf import Shelf
from loopbook.links import check_links
from loopbook.regular import bytes_of
from loopbook.runner.script import read_script
from loopbook.runner.watch import fingerprint
from loopbook.text import plain_bytes, read

ROOT = Path(__file__).parents[2]
SECONDS = 40  # until a command that waits is given up


def bound(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)  # the name of a socket is short
        made.bind(path.name)
        os.chdir(here)


ODD: dict[str, Callable[[Path], None]] = {
    "a named pipe": os.mkfifo,
    "a socket": bound,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a folder": Path.mkdir,
}
READERS: dict[str, Callable[[Path], object]] = {
    "a chapter": read,
    "a published file": plain_bytes,
    "a script": lambda path: read_script(path.parent, path.name),
    "a recording": lambda path: read_recording(path.with_name("a.py")),
    "a style": lambda path: check_links(path.parent.parent),
}


#: Among styles, a folder is a folder; and a link out of the book is refused as one.
CASES = [(kind, reader) for reader in READERS for kind in ODD]
CASES = [case for case in CASES if case not in (("a folder", "a style"), ("a device", "a style"))]


@pytest.mark.parametrize(("kind", "reader"), CASES)
def test_what_is_no_file_is_named(tmp_path: Path, kind: str, reader: str) -> None:
    (tmp_path / "docs").mkdir()
    path = tmp_path / "docs/a.cuda.json"
    ODD[kind](path)
    with pytest.raises(BookError) as caught:
        READERS[reader](path)
    assert str(caught.value.file).endswith("a.cuda.json")
    assert kind in f"{caught.value.message} {caught.value.__cause__}"


def test_a_run_that_looked_at_a_pipe_is_judged_without_reading_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "data.csv")
    assert fingerprint(tmp_path, "data.csv", imported=False).content == ""


def test_a_page_that_looked_at_a_pipe_is_made_without_reading_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "data.csv")

    def make() -> str:
        with pytest.raises(OSError, match="a named pipe"):
            bytes_of(tmp_path / "data.csv")
        return "made"

    desk = Desk(Book(tmp_path), Shelf(tmp_path / "kept"))
    with desk.in_use():
        assert desk.kept("page", "", make) == "made"


def test_a_run_names_each_and_runs_the_others(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("good", "pipe"):
        (tmp_path / f"in/{name}.py").write_text("print(1)\n")
    os.mkfifo(tmp_path / "in/pipe.out")
    os.mkfifo(tmp_path / "in/odd.py")
    done = subprocess.run(
        [sys.executable, "scripts/run_snippets.py", tmp_path / "in", "--output", tmp_path / "out"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == 1 and "2 run, 0 reused, 2 failed" in done.stdout, done.stdout
    for name in ("pipe.out", "odd.py"):
        assert f"in/{name}" in done.stderr
    assert done.stderr.count("it is a named pipe, no file") == 2
    assert "Traceback" not in done.stderr

"""What builds keep by content stays within its days and its megabytes."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from loopbook.runner.cli import main
from loopbook.runner.prune import prune

MEGABYTE = 1 << 20


def put(build: Path, name: str, days: float, size: int = MEGABYTE) -> Path:
    """A file that was last used so many days ago."""
    file = build / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"x" * size)
    then = time.time() - days * 86_400
    os.utime(file, (then, then))
    os.utime(file.parent, (then, then))
    return file


def left(build: Path) -> set[str]:
    return {path.relative_to(build).as_posix() for path in build.rglob("*") if path.is_file()}


def test_what_was_not_used_for_a_month_goes(tmp_path: Path) -> None:
    put(tmp_path, "styles/old.css", 31)
    put(tmp_path, "styles/new.css", 29)
    put(tmp_path, "vector/svgo/old.svg", 31)
    put(tmp_path, "vector/svgo/new.svg", 1)
    put(tmp_path, "node/old/node_modules/a/index.js", 40)
    put(tmp_path, "node/new/node_modules/a/index.js", 2)
    put(tmp_path, "records/part-1/script/record.json", 400)
    put(tmp_path, "notebooks/part-1.ipynb", 400)
    swept = {one.store: one for one in prune(tmp_path)}
    assert left(tmp_path) == {
        "styles/new.css",
        "vector/svgo/new.svg",
        "node/new/node_modules/a/index.js",
        "records/part-1/script/record.json",
        "notebooks/part-1.ipynb",
    }
    assert set(swept) == {"styles", "vector", "node"}
    assert (swept["styles"].kept, swept["styles"].removed) == (MEGABYTE, MEGABYTE)
    assert swept["node"].entries == 1


def test_reading_is_use(tmp_path: Path) -> None:
    file = put(tmp_path, "cards/a.png", 400)
    os.utime(file, (time.time(), file.stat().st_mtime))
    prune(tmp_path)
    assert left(tmp_path) == {"cards/a.png"}


def test_the_longest_unused_goes_until_the_rest_is_small_enough(tmp_path: Path) -> None:
    for day in range(5):
        put(tmp_path, f"styles/{day}.css", day)
    prune(tmp_path, megabytes=2.5)
    assert left(tmp_path) == {"styles/0.css", "styles/1.css"}


def test_the_command_says_what_it_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "snippets").mkdir()
    put(tmp_path / ".build", "web/old/book.js", 100)
    put(tmp_path / ".build", "web/new/book.js", 1)
    assert main(tmp_path, ["--prune"]) == 0
    assert "1.0 MB kept, 1.0 MB in 1 entries removed" in capsys.readouterr().out
    assert left(tmp_path / ".build") == {"web/new/book.js"}


def test_another_folder_has_no_stores_to_prune(tmp_path: Path) -> None:
    assert main(tmp_path, [str(tmp_path), "--output", str(tmp_path / "out"), "--prune"]) == 2

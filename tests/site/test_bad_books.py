"""A broken book through the whole command: a message that names the place, never a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Build = Callable[..., subprocess.CompletedProcess[str]]
CHAPTER = "docs/part-1/1-tiny.md"
SCRIPT = "snippets/part-1/1-tiny/sum.py"


def as_folder(path: Path) -> None:
    """Put a folder in the place of a file."""
    path.unlink(missing_ok=True)
    path.mkdir()


def as_file(path: Path) -> None:
    """Put a file in the place of a folder."""
    shutil.rmtree(path)
    path.touch()


BROKEN: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a chapter in another encoding": (
        f"{CHAPTER}:3: is not UTF-8",
        lambda root: (root / CHAPTER).write_bytes("# A\n\né\n".encode("latin-1")),
    ),
    "a day that is none": (
        f"{CHAPTER}:1: the front matter is not YAML",
        lambda root: (root / CHAPTER).write_text("---\ndate: 2026-13-45\n---\n\n# A\n"),
    ),
    "a control sign": (
        f"{CHAPTER}:3: holds the sign U+0000",
        lambda root: (root / CHAPTER).write_text("# A\n\n\x00\n"),
    ),
    "a folder for a page": (
        "docs/b.md:1: cannot be read",
        lambda root: (root / "docs/b.md").mkdir(),
    ),
    "a folder for an output": (
        "sum.out:1: cannot be read",
        lambda root: as_folder(root / SCRIPT.replace(".py", ".out")),
    ),
    "a pipe for a page": (
        "docs/b.md:1: cannot be read: it is a named pipe",
        lambda root: os.mkfifo(root / "docs/b.md"),
    ),
    "a pipe for data": (
        "part-1/1-tiny/data.csv:1: cannot be read: it is a named pipe",
        lambda root: os.mkfifo(root / SCRIPT.replace("sum.py", "data.csv")),
    ),
    "a pipe for a style": (
        "docs/assets/more.css:1: cannot be read: it is a named pipe",
        lambda root: os.mkfifo(root / "docs/assets/more.css"),
    ),
    "a file for all that is made": (
        "/.build: is a file, and records need a folder of this name\n  → delete it",
        lambda root: as_file(root / ".build"),
    ),
    "a file for the cards": (
        "/.build/cards: is in the way of what builds keep there\n  → delete it",
        lambda root: as_file(root / ".build/cards"),
    ),
    "a link that leads out": (
        "docs/b.md:1: this link leads out of the book",
        lambda root: (root / "docs/b.md").symlink_to("/etc/passwd"),
    ),
    "a script in another encoding": (
        f"{SCRIPT}:2",
        lambda root: (
            (root / SCRIPT).write_bytes('"""Add."""\n# é\nprint("sum:", 3)\n'.encode("latin-1")),
            (root / CHAPTER).write_text("# A\n\n/// code | sum.py\n///\n"),
        ),
    ),
    "a picture whose name is not UTF-8": (
        "docs/caf\\udce9.png:1: has a name that is not UTF-8",
        lambda root: (root / "docs" / os.fsdecode(b"caf\xe9.png")).write_bytes(b""),
    ),
    "a page whose name is not UTF-8": (
        "docs/caf\\udce9.md:1: has a name that is not UTF-8",
        lambda root: (root / "docs" / os.fsdecode(b"caf\xe9.md")).write_text("# A\n"),
    ),
    "a script whose name is not UTF-8": (
        "1-tiny/caf\\udce9.py:1: has a name that is not UTF-8",
        lambda root: (root / SCRIPT).with_name(os.fsdecode(b"caf\xe9.py")).write_text("1"),
    ),
    "a formula that is none": (
        f"{CHAPTER}:3: MathJax cannot set the formula",
        lambda root: (root / CHAPTER).write_text("# A\n\nIt is $\\frac{1$.\n"),
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_book_ends_the_build_with_the_place(
    tiny_book: Path, tmp_path: Path, build_book: Build, what: str
) -> None:
    said, break_it = BROKEN[what]
    break_it(tiny_book)
    done = build_book(tiny_book, tmp_path / "site")
    output = done.stdout + done.stderr
    assert done.returncode == 1 and said in output, output
    assert "Traceback" not in output and "loopbook/" not in output, output


def test_a_book_of_a_windows_clone_is_the_same_site(
    tiny_book: Path, tmp_path: Path, build_book: Build
) -> None:
    assert build_book(tiny_book, tmp_path / "plain").returncode == 0
    for name in (CHAPTER, SCRIPT, SCRIPT.replace(".py", ".out"), "docs/index.md"):
        data = (tiny_book / name).read_bytes()
        (tiny_book / name).write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    assert build_book(tiny_book, tmp_path / "windows").returncode == 0
    plain, windows = (
        {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
        for site in (tmp_path / "plain", tmp_path / "windows")
    )
    assert [name for name in plain if windows.get(name) != plain[name]] == []
    assert plain.keys() == windows.keys()

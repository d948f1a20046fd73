"""Which files below a folder a script reads, found by watching it run."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from loopbook.regular import bytes_of
from loopbook.runner.hearing import hear
from loopbook.runner.record import Dependency
from loopbook.runner.script import digest, syntax_digest


def fingerprint(root: Path, name: str, imported: bool) -> Dependency:
    """What there is under this name now.

    Args:
        root: the folder below which the name lies.
        name: path of a file; with a slash at its end, of a folder whose listing counts.
        imported: whether the file was imported, so that its comments are free.
    """
    path = root / name
    try:
        if name.endswith("/"):
            return Dependency(digest(os.fsencode("\n".join(sorted(os.listdir(path))))))
        data = bytes_of(path)
    except OSError:
        return Dependency("")
    return Dependency(digest(data), syntax_digest(data) if imported else "")


def same(root: Path, name: str, then: Dependency) -> bool:
    """Whether a file is still what it was, comments of imported modules aside."""
    now = fingerprint(root, name, imported=False)
    if now.content == then.content:
        return True
    return bool(then.syntax) and fingerprint(root, name, imported=True).syntax == then.syntax


class Watch:
    """Notes in a file, one JSON line each, what this process and its forks read below a root.

    Packages in an environment that lies below the root, such as ``.venv``, are left out: what a run
    depends on there is named by the packages' versions.
    A watch lasts as long as its process.
    """

    def __init__(self, root: Path, script: Path, notes: Path) -> None:
        self._root = os.path.realpath(root) + os.sep
        self._packages = os.path.realpath(sys.prefix) + os.sep
        self._inside = self._packages.startswith(self._root)
        self._script = os.path.realpath(script)
        self._seen: set[str] = set()
        self._busy = False
        self._notes = notes  # opened for each note: a script may close whatever is open
        hear(("open", "os.listdir", "os.scandir"), self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            self._note(event, arguments, sys._getframe(2).f_code.co_filename)
        finally:
            self._busy = False

    def _note(self, event: str, arguments: tuple[Any, ...], caller: str) -> None:
        try:
            where = os.getcwd() if arguments[0] is None else arguments[0]
            if isinstance(where, int):
                return
            path = os.path.realpath(os.fsdecode(where))
        except (OSError, ValueError, TypeError):
            return  # a name that is no path; the script's own call will say so
        importing = caller.startswith("<frozen importlib")
        if not path.startswith(self._root) or (self._inside and path.startswith(self._packages)):
            return
        if event != "open":
            if not importing:
                self._write(path[len(self._root) :] + "/", imported=False)
            return
        if path.endswith(".pyc") and importing:
            with suppress(ValueError):  # an old one, beside its source
                path = importlib.util.source_from_cache(path)
        if path == self._script and caller.endswith("tokenize.py"):
            return  # the line shown in a traceback or a warning
        if _writes(arguments[1], arguments[2]):
            self._seen.add(path[len(self._root) :])  # its own file, not one it depends on
        else:
            self._write(path[len(self._root) :], imported=importing)

    def _write(self, name: str, imported: bool) -> None:
        if name in self._seen:
            return
        self._seen.add(name)
        note = asdict(fingerprint(Path(self._root), name, imported)) | {"name": name}
        with self._notes.open("ab", buffering=0) as file:
            file.write(json.dumps(note).encode() + b"\n")


def read_notes(notes: Path) -> dict[str, Dependency]:
    """What a watch has noted, sorted by name; the first note of a name counts."""
    found: dict[str, Dependency] = {}
    if notes.exists():
        for line in bytes_of(notes).decode().splitlines():
            note: dict[str, str] = json.loads(line)
            found.setdefault(note.pop("name"), Dependency(**note))
    return dict(sorted(found.items()))


def _writes(mode: str | None, flags: int | None) -> bool:
    if isinstance(mode, str):
        return mode[:1] in ("w", "x", "a")
    return bool((flags or 0) & (os.O_WRONLY | os.O_TRUNC | os.O_CREAT))

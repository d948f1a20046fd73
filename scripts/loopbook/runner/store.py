"""Where records lie: one folder per script, written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from loopbook.errors import BookError
from loopbook.runner.record import Figure, Record
from loopbook.runner.script import Script
from loopbook.runner.supervise import Outcome

_MARK = ".lock"


class Store:
    """A folder of records, ``<script without .py>/record.json`` and what belongs to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def claim(self) -> None:
        """Take the folder for records: later, what lies in it is replaced and removed.

        Raises:
            BookError: it is no folder, or it holds what no run of ours put there.
        """
        mark = self.folder / _MARK
        cure = "name a new folder, or an empty one, for the records"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # In this order: another run marks the folder before it puts anything else there.
            if any(self.folder.iterdir()) and not mark.exists():
                raise BookError("holds files that are no records", file=self.folder, cure=cure)
            mark.touch()
        except OSError as error:
            message = f"cannot hold records: {error.strerror}"
            raise BookError(message, file=self.folder, cure=cure) from error

    def load(self, script: Script) -> Record | None:
        """The record of a script's last run, if there is one."""
        return Record.from_folder(self.folder / script.stem)

    def save(self, record: Record, outcome: Outcome) -> Record:
        """Put a record and its figures in the place of the one before.

        Returns:
            The record with its figures' files.
        """
        fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=self.folder))
        try:
            os.chmod(fresh, 0o755)
            figures = tuple(Figure(name, f"figures/{name}.svg") for name, _ in outcome.figures)
            record = replace(record, figures=figures)
            if figures:
                (fresh / "figures").mkdir()
            for figure, (_, svg) in zip(figures, outcome.figures, strict=True):
                (fresh / figure.file).write_bytes(svg.encode("utf-8"))
            (fresh / "stdout.txt").write_bytes(record.stdout.encode("utf-8"))
            (fresh / "record.json").write_bytes(record.to_json().encode("utf-8"))
            self._put(fresh, self.folder / record.script.removesuffix(".py"))
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return record

    def discard_others(self, scripts: list[Script]) -> None:
        """Remove the records of scripts that are no more."""
        known = {self.folder / script.stem for script in scripts}
        for found in sorted(self.folder.rglob("record.json")):
            place = found.parent
            if place in known or place.relative_to(self.folder).parts[0].startswith("."):
                continue  # of a script, or another run's that is being written
            with _lock(self.folder / _MARK):
                shutil.rmtree(place / "figures", ignore_errors=True)
                for name in ("stdout.txt", "record.json"):
                    (place / name).unlink(missing_ok=True)
                if not any(place.iterdir()):  # else records of scripts in a folder of its name
                    place.rmdir()

    def _put(self, fresh: Path, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        with _lock(self.folder / _MARK):
            # Records of scripts in a folder of the script's own name lie inside: keep them.
            old = Path(tempfile.mkdtemp(prefix=".old-", dir=self.folder))
            if place.exists():
                os.rename(place, old / "record")
            os.rename(fresh, place)
            for inner in sorted((old / "record").glob("*/**/record.json")):
                home = place / inner.parent.relative_to(old / "record")
                home.parent.mkdir(parents=True, exist_ok=True)
                os.rename(inner.parent, home)
            shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Only one process at a time; the system lets go of it if the process dies."""
    with path.open("a") as file:
        try:
            import fcntl
        except ImportError:  # Windows
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield

"""Where records lie: one folder per script, written whole or not at all."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from loopbook.errors import BookError
from loopbook.lock import locked
from loopbook.regular import in_the_way, written
from loopbook.runner.record import MARK, Figure, Record, Run
from loopbook.runner.scratch import abandoned, own_folder
from loopbook.runner.script import Script, digest
from loopbook.runner.supervise import Outcome

_NEW, _OLD = ".new-", ".old-"
_GOOD = ".good"
_OWN = (_GOOD, "figures", "record.json", "stdout.txt")


class Store:
    """A folder of records, ``<script without .py>/record.json`` and what belongs to it.

    The record of a failed run keeps the last good one in a folder ``.good`` beside itself: once
    what broke the script is taken back, it stands again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def claim(self) -> None:
        """Take the folder for records: later, what lies in it is replaced and removed.

        Raises:
            BookError: it is no folder, or it holds what no run of ours put there.
        """
        mark = self.folder / MARK
        cure = "name a new folder, or an empty one, for the records"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # In this order: another run marks the folder before it puts anything else there.
            found = os.listdir(self.folder)
            if found and not mark.exists():
                raise BookError("holds files that are no records", file=self.folder, cure=cure)
            if MARK not in found:
                mark.touch()
        except OSError as error:
            if file := in_the_way(self.folder):
                message = "is a file, and records need a folder of this name"
                raise BookError(message, file=file, cure=f"delete it, or {cure}") from error
            message = f"cannot hold records: {error.strerror}"
            raise BookError(message, file=self.folder, cure=cure) from error
        if not mark.is_file():
            kind = "a folder" if mark.is_dir() else "no file"
            message, cure = f"is {kind}, and runs lock a file of this name", "delete it"
            raise BookError(message, file=mark, cure=f"{cure}: the next run makes it again")
        if any(name.startswith((_NEW, _OLD)) for name in found):
            self._tidy()

    def load(self, script: Script) -> Record | None:
        """The record of a script's last run, if there is one."""
        record = Record.from_folder(self.folder / script.stem)
        return record if record and record.script == script.name else None

    def find(self, name: str) -> Record | None:
        """The record of a script by its name, even while another run puts a new one there."""
        run = Run.find(self.folder, name)
        return run.record if run else None

    def last_good(self, script: Script) -> Record | None:
        """The record of the last run that went well, where the very last one failed."""
        return Record.from_folder(self.folder / script.stem / _GOOD)

    def restore(self, script: Script) -> None:
        """Put the last good record in the place of the failed one."""
        with self._writing(script.name), locked(self.folder / MARK):
            self._put(self.folder / script.stem / _GOOD, script.stem)

    def save(self, record: Record, outcome: Outcome) -> Record:
        """Put a record and its figures in the place of the one before.

        Returns:
            The record with its figures' files.

        Raises:
            BookError: it cannot be written; the one before stands.
        """
        figures = {f"figures/{name}.svg": svg.encode("utf-8") for name, svg in outcome.figures}
        named = zip(outcome.figures, figures.items(), strict=True)
        drawn = tuple(Figure(name, file, digest(data)) for (name, _), (file, data) in named)
        record = replace(record, figures=drawn)
        with self._writing(record.script), own_folder(self.folder, _NEW) as fresh:
            os.chmod(fresh, 0o755)
            if figures:
                (fresh / "figures").mkdir()
            for file, data in figures.items():
                (fresh / file).write_bytes(data)
            (fresh / "stdout.txt").write_bytes(record.stdout.encode("utf-8"))
            (fresh / "record.json").write_bytes(record.to_json().encode("utf-8"))
            stem = record.script.removesuffix(".py")
            with locked(self.folder / MARK):
                there = Record.from_folder(self.folder / stem)
                if there and _equal(there, record):  # another run was first
                    return there
                self._put(fresh, stem)
        return record

    def discard_others(
        self, names: Iterable[str], there: Callable[[str], bool] = lambda name: False
    ) -> None:
        """Remove the records of all scripts but those of these names.

        Args:
            names: of the scripts that were found.
            there: whether another script is there by now, which another run may have run.
        """
        known = {name.removesuffix(".py") for name in names}
        # A hidden one is another run's that is being written.
        records = written(self.folder, "record.json")
        stems = (name.removesuffix("/record.json") for name in records)
        others = (stem for stem in stems if stem not in known and not there(f"{stem}.py"))
        for stem in sorted(others, reverse=True):  # what lies below another's name goes first
            place = self.folder / stem
            with self._writing(stem), locked(self.folder / MARK):
                for name in ("figures", _GOOD):
                    shutil.rmtree(place / name, ignore_errors=True)
                for name in ("stdout.txt", "record.json"):
                    (place / name).unlink(missing_ok=True)
                if not any(place.iterdir()):  # else records of scripts in a folder of its name
                    place.rmdir()

    def _put(self, fresh: Path, stem: str) -> None:
        """Put a folder in the place of a record, under the lock: there is a whole one always."""
        place = self.folder / stem
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists():
            os.rename(fresh, place)
            return
        old = Path(tempfile.mkdtemp(prefix=_OLD, dir=self.folder))
        (old / "stem").write_text(stem, "utf-8")
        os.rename(fresh, old / "record")
        _exchange(old / "record", place)
        self._settle(old)

    def _settle(self, old: Path) -> None:
        """Give what was replaced its place, under the lock; also after a kill in the middle."""
        try:
            place = self.folder / (old / "stem").read_text("utf-8")
        except FileNotFoundError:
            place = self.folder  # nothing was moved yet
        for kept in (old / "third", old / "record"):
            if kept.exists() and not place.exists():
                os.rename(kept, place)
            elif kept.exists():
                self._keep(kept, place)
        shutil.rmtree(old, ignore_errors=True)

    def _keep(self, kept: Path, place: Path) -> None:
        """Of a record that was replaced: the last good one, and what lies below its name."""
        for child in sorted(kept.iterdir()):
            if child.name not in _OWN and not (place / child.name).exists():
                os.rename(child, place / child.name)
        now, before = Record.from_folder(place), Record.from_folder(kept)
        good = kept if before and before.status == "ok" else kept / _GOOD
        if now and now.status == "failed" and good.exists() and not (place / _GOOD).exists():
            os.rename(good, place / _GOOD)

    def _tidy(self) -> None:
        """After runs that were killed: what they were moving goes to its place, the rest away."""
        try:
            with locked(self.folder / MARK):
                for old in sorted(self.folder.glob(f"{_OLD}*")):
                    self._settle(old)
        except OSError:
            return  # nothing can be written here: a run that must write will say so
        for fresh in abandoned(self.folder, _NEW):
            shutil.rmtree(fresh, ignore_errors=True)

    @contextmanager
    def _writing(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise BookError(
                f"the record of {what} cannot be kept here: {error.strerror}",
                file=self.folder,
                cure="make room, or make the folder writable, and run again: what was finished "
                "before is kept",
            ) from error


def _equal(one: Record, other: Record) -> bool:
    """Whether two good runs were the same in all that counts."""
    same = replace(one, seconds=other.seconds, processor=other.processor)
    return one.status == "ok" and same == other


def _exchange(one: Path, other: Path) -> None:
    """Two folders change their names, at once where the system can."""
    if sys.platform == "linux":
        rename = getattr(ctypes.CDLL(None), "renameat2", None)
        here, names = -100, (os.fsencode(one), os.fsencode(other))
        if rename and rename(here, names[0], here, names[1], 2) == 0:
            return
    third = one.with_name("third")
    os.rename(other, third)
    os.rename(one, other)
    os.rename(third, one)

"""What a run over a folder has to do: which records stand, and which scripts are stale."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from loopbook.errors import BookError
from loopbook.runner.cells import cut
from loopbook.runner.record import Record
from loopbook.runner.records import Records
from loopbook.runner.script import Script, digest, find_scripts, read_source, syntax_digest
from loopbook.runner.store import Store
from loopbook.runner.versions import versions
from loopbook.runner.watch import same


@dataclass
class Plan:
    """The scripts of a folder, and what is known of their runs.

    Attributes:
        records: those that stand, by script.
        folder: where the scripts lie.
        root: files below it count as a script's dependencies.
        store: the records.
        device: the kind of device to run on.
        style: how figures look.
        names: of the scripts that can be read.
        stale: those that are to be run, each with the key of its run and its seconds last time.
        errors: why the other scripts cannot be read.
    """

    records: Records
    folder: Path
    root: Path
    store: Store
    device: str
    style: str
    names: set[str] = field(default_factory=set)
    stale: list[tuple[Script, str, float]] = field(default_factory=list)
    errors: list[BookError] = field(default_factory=list)

    def look(self, name: str, known: dict[tuple[str, str], bool]) -> None:
        """Look at a script as it is now, and at its record; one that is gone is left out.

        Args:
            name: of the script.
            known: what was found out so far of files that were read.
        """
        try:
            script, source = read_source(self.folder, name)
        except BookError as error:
            if os.path.lexists(self.folder / name):
                self.errors.append(error)
            return
        self.names.add(name)
        record = self.store.load(script)
        key = _key(script, source, device_of(script, self.device), self.style, record)
        if record and _stands(record, key, self.root, known):
            self.records.add(record)
            return
        good = self.store.last_good(script) if record and record.status == "failed" else None
        if good and _stands(good, key, self.root, known):  # what broke the script was taken back
            self.store.restore(script)
            self.records.add(good)
        else:
            self.stale.append((script, key, record.seconds if record else float("inf")))


def plan_run(
    folder: Path,
    root: Path,
    store: Store,
    device: str,
    wanted: Callable[[str], bool],
    style: str = "house",
    wake: Callable[[], None] | None = None,
    step: Callable[[], None] = lambda: None,
) -> Plan:
    """Look at every script and its record; a good one that a failure had put aside is put back.

    Args:
        folder: where the scripts lie.
        root: files below it count as a script's dependencies.
        store: the records.
        device: the kind of device to run on.
        wanted: which names below the folder are scripts.
        style: how figures look.
        wake: called once, at the first stale script: what runs it may get ready meanwhile.
        step: called before each script.
    """
    plan = Plan(Records(store, folder), folder, root, store, device, style)
    known: dict[tuple[str, str], bool] = {}
    for name in find_scripts(folder, wanted):
        step()
        plan.look(name, known)
        if wake and plan.stale:
            wake()
            wake = None
    return plan


def _stands(record: Record, key: str, root: Path, known: dict[tuple[str, str], bool]) -> bool:
    """Whether a record is what a run would come to now."""
    return record.status == "ok" and record.key == key and _unread(record, root, known)


def device_of(script: Script, device: str) -> str:
    """Where a script runs: on the device asked for, if it takes any; else on the one it needs."""
    says = script.declarations
    return says.needs or (device if says.any_device else "cpu")


def _key(script: Script, data: bytes, device: str, style: str, record: Record | None) -> str:
    """Names all that a run depends on, but for the files that it reads."""
    around = repr((script.declarations, sorted(versions().items()), device, style))
    if record and record.source == script.content and record.key.endswith(digest(around.encode())):
        return record.key  # not a byte changed: no need to parse
    parts = "".join(f"-{count}" for count in cut(data))  # a comment, and yet the record's affair
    return f"{syntax_digest(data)}{parts}-{digest(around.encode())}"


def _unread(record: Record, root: Path, known: dict[tuple[str, str], bool]) -> bool:
    """Whether no file that the run read has changed since."""
    for name, then in record.reads.items():
        question = (name, then.content)
        if question not in known:
            known[question] = same(root, name, then)
        if not known[question]:
            return False
    return True

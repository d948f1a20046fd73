"""Several stores made into one: what the shards of a book came to on their machines."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from loopbook.errors import BookError
from loopbook.regular import below
from loopbook.runner.outcome import Outcome
from loopbook.runner.plan import plan_run
from loopbook.runner.record import Record
from loopbook.runner.records import Records
from loopbook.runner.script import Script, find_scripts, read_script
from loopbook.runner.session import Options, Session
from loopbook.runner.store import Store
from loopbook.runner.versions import versions

_SHOWN = 8


@dataclass(frozen=True)
class _Found:
    """A record, and the folder that holds it."""

    place: Path
    record: Record

    def figures(self) -> tuple[tuple[str, str], ...]:
        """Name and SVG of each figure."""
        return tuple(
            (figure.name, (self.place / figure.file).read_bytes().decode("utf-8"))
            for figure in self.record.figures
        )

    def agrees(self, other: _Found) -> bool:
        """Whether two runs of a script came to the same, however long they took."""
        mine, theirs = (replace(it.record, seconds=0, processor=0) for it in (self, other))
        return mine == theirs


def merge(
    stores: Sequence[Path],
    folder: Path,
    output: Path,
    options: Options = Options(),
    *,
    root: Path | None = None,
    wanted: Callable[[str], bool] = lambda name: True,
) -> Session:
    """Put the records of all scripts below a folder into one store, as if they had been run there.

    Args:
        stores: where the records are; each script's in at least one.
        folder: where the scripts lie.
        output: the store that takes them.
        options: how they were run; ``auto`` is no device for several machines.
        root: files below it count as a script's dependencies (default: the folder).
        wanted: which names below the folder are scripts.

    Raises:
        BookError: a record is missing, cannot be read, or does not belong to these scripts as they
            are here; or two stores contradict each other. Then nothing is written.
    """
    begun = time.monotonic()
    folder, root = folder.resolve(), (root or folder).resolve()
    names = find_scripts(folder, wanted)
    found: dict[str, _Found] = {}
    wrong: list[str] = []
    for store in stores:
        held = _records(store, wrong)
        for name, this in _fitting(store, held, names, folder, root, options, wrong).items():
            other = found.setdefault(name, this)
            if not this.agrees(other):
                wrong.append(f"{this.place}: contradicts {other.place}")
    scripts, errors = _read(folder, names)
    missing = [script.name for script in scripts if script.name not in found]
    if missing and not wrong:
        wrong = [f"{name}: no store holds a record of it" for name in missing]
    if wrong:
        more = [f"and {len(wrong) - _SHOWN} more"] if len(wrong) > _SHOWN else []
        raise BookError(
            "the stores do not make a whole:\n" + "\n".join(wrong[:_SHOWN] + more),
            cure="run all shards K/N of the same commit with the same packages, and merge their "
            "stores alone",
        )
    target = Store(output)
    target.claim()
    records = Records(target, folder)
    for _, this in sorted(found.items()):
        outcome = Outcome(this.record.seconds, figures=this.figures())
        records.add(target.save(this.record, outcome))
    target.discard_others(script.name for script in scripts)
    return Session(
        records=records,
        ran=(),
        errors=errors,
        seconds=round(time.monotonic() - begun, 2),
    )


def _read(folder: Path, names: Sequence[str]) -> tuple[list[Script], tuple[BookError, ...]]:
    scripts, errors = [], []
    for name in names:
        try:
            scripts.append(read_script(folder, name))
        except BookError as error:
            errors.append(error)
    return scripts, tuple(errors)


def _records(store: Path, wrong: list[str]) -> dict[str, _Found]:
    """What a store holds, by script."""
    if not store.is_dir():
        wrong.append(f"{store}: there is no such folder")
    found = {}
    for file in below(store, "record.json"):
        place = file.parent.relative_to(store)
        if any(part.startswith(".") for part in place.parts):
            continue  # put aside by a run
        record = Record.from_folder(file.parent)
        if record is None:
            wrong.append(f"{file.parent}: a record that cannot be read")
        elif record.script != f"{place.as_posix()}.py":
            wrong.append(f"{file.parent}: a record of another script, {record.script}")
        else:
            found[record.script] = _Found(file.parent, record)
    return found


def _fitting(
    store: Path,
    held: dict[str, _Found],
    names: Sequence[str],
    folder: Path,
    root: Path,
    options: Options,
    wrong: list[str],
) -> dict[str, _Found]:
    """The records that are of these scripts, as they are here."""
    wrong += [f"{held[name].place}: of a script that is not here" for name in held.keys() - names]
    known = held.__contains__
    seen = plan_run(folder, root, Store(store), options.device, known, options.style)
    fitting = {name: replace(held[name], record=record) for name, record in seen.records.items()}
    for script, key, _ in seen.stale:
        record = held[script.name].record
        if record.key == key and record.status != "ok":  # as it would be run again, and fail
            fitting[script.name] = held[script.name]
        else:
            wrong.append(f"{held[script.name].place}: {_foreign(record, script.content)}")
    return fitting


def _foreign(record: Record, content: str) -> str:
    """Why a record does not belong to the scripts as they are here."""
    for name, mine in sorted(versions().items()):
        if (other := record.versions.get(name, "absent")) != mine:
            return f"made with {name} {other}, and here is {mine}"
    if record.source != content:
        return "made from another text of the script"
    return "made for another device, or from other files than those here"

"""What is known of one run of one script."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from loopbook.errors import printable
from loopbook.lock import locked
from loopbook.runner.script import digest

#: Whoever writes records holds a lock on the file of this name beside them.
MARK = ".lock"

Status = Literal["ok", "failed", "skipped"]


@dataclass(frozen=True)
class Figure:
    """One figure that a script showed.

    Attributes:
        name: the figure's label or number, made fit for a file name.
        file: the file below the record's folder, such as ``figures/loss.svg``.
        content: hash of the file's bytes; empty where it is not known.
    """

    name: str
    file: str
    content: str = ""


@dataclass(frozen=True)
class Cell:
    """How far a run was at the start of one part of a script that lines ``# %%`` cut.

    Attributes:
        printed: bytes of standard output before it.
        figures: how many figures were shown before it.
    """

    printed: int
    figures: int


@dataclass(frozen=True)
class Dependency:
    """One file that a run read, by content.

    Attributes:
        content: hash of the bytes; empty where the file did not exist.
        syntax: for an imported module, hash of its syntax tree; otherwise empty.
    """

    content: str
    syntax: str = ""


@dataclass(frozen=True)
class Problem:
    """Why a run did not go as expected.

    Attributes:
        kind: the exception's type, or ``timeout``, ``output``, ``signal``, ``exit``, ``process``,
            ``write``, ``launch``.
        message: one sentence.
        line: the script's own line, where there is one.
        trace: the traceback from the script's first line on, if an exception was raised.
    """

    kind: str
    message: str
    line: int | None = None
    trace: str = ""


@dataclass(frozen=True)
class Record:
    """One run of one script: what it was, what it read, what it made.

    Attributes:
        script: path of the script below the folder that was run.
        status: ``ok``, ``failed``, or ``skipped`` (it needs a device that is not here).
        seconds: wall-clock seconds of the script alone.
        stdout: what it printed (kept in ``stdout.txt``, not in ``record.json``).
        stderr: what it wrote to standard error.
        figures: its figures in the order shown.
        cells: its parts that have statements; one where no line ``# %%`` cuts it.
        reads: files below the root that it opened or imported, by their path below the root.
        versions: of Python, torch, numpy, matplotlib and the runner.
        device: kind of device that it was to run on, ``cpu`` or ``cuda``.
        source: hash of the script's bytes.
        key: hash of the script's syntax tree, its declarations, the versions and the device.
        problem: why it failed or was skipped.
        processor: seconds of processor time, which other work on the machine hardly changes.
        hardware: ``name``, ``driver``, ``cuda`` of the GPU that it computed on; empty on the CPU.
    """

    script: str
    status: Status
    seconds: float
    stdout: str
    device: str
    source: str
    key: str
    stderr: str = ""
    figures: tuple[Figure, ...] = ()
    cells: tuple[Cell, ...] = ()
    reads: dict[str, Dependency] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    problem: Problem | None = None
    processor: float = 0.0
    hardware: dict[str, str] = field(default_factory=dict)

    @property
    def syntax(self) -> str:
        """Hash of the syntax tree of the script that ran: the key begins with it."""
        return self.key.partition("-")[0]

    def to_json(self) -> str:
        """The record as sorted JSON, without its printed text, sealed: any byte that is changed
        later, here or in the text, is seen.
        """
        data = asdict(self) | {"seal": ""}
        data["stdout"] = digest(self.stdout.encode("utf-8"))
        # A name that is no UTF-8 is among what was read: its escape is JSON's, too.
        text = printable(json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False)) + "\n"
        return text.replace(_UNSEALED, f'\n "seal": "{digest(text.encode())}"', 1)

    @classmethod
    def from_folder(cls, folder: Path) -> Record | None:
        """Read a record back; ``None`` where there is none, or not all of it as it was written."""
        run = Run.from_folder(folder)
        return run.record if run else None


@dataclass(frozen=True)
class Run:
    """A record and the figures that belong to it.

    Attributes:
        record: the record.
        figures: SVG of each of its figures.
    """

    record: Record
    figures: tuple[str, ...]

    @classmethod
    def find(cls, store: Path, name: str) -> Run | None:
        """The last run of a script, in one piece even while another run puts a new one there.

        Args:
            store: the folder of the records.
            name: path of the script below the folder that was run.
        """
        place, mark = store / name.removesuffix(".py"), store / MARK
        run = cls.from_folder(place)
        if run is None and mark.is_file():  # else nobody writes there
            with suppress(OSError), locked(mark, shared=True):
                run = cls.from_folder(place)
        return run

    @classmethod
    def from_folder(cls, folder: Path) -> Run | None:
        """Read a run back; ``None`` where there is none, or not all of it as it was written."""
        place = os.fspath(folder)
        try:
            text = _read(place, "record.json").decode("utf-8")
            data: dict[str, Any] = json.loads(text)
            seal = data.pop("seal")
            if seal != digest(text.replace(f'\n "seal": "{seal}"', _UNSEALED, 1).encode()):
                return None
            printed = _read(place, "stdout.txt")
            if data.pop("stdout") != digest(printed):
                return None
            figures = tuple(Figure(**figure) for figure in data.pop("figures"))
            drawn = [_read(place, figure.file) for figure in figures]
            pairs = zip(figures, drawn, strict=True)
            if any(figure.content not in ("", digest(svg)) for figure, svg in pairs):
                return None
            problem = data.pop("problem")
            record = Record(
                stdout=printed.decode("utf-8"),
                figures=figures,
                cells=tuple(Cell(**cell) for cell in data.pop("cells")),
                reads={name: Dependency(**read) for name, read in data.pop("reads").items()},
                problem=None if problem is None else Problem(**problem),
                **data,
            )
            return cls(record, tuple(svg.decode("utf-8") for svg in drawn))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None


def _read(place: str, name: str) -> bytes:
    with open(f"{place}/{name}", "rb", buffering=0) as file:
        return file.read()


_UNSEALED = '\n "seal": ""'

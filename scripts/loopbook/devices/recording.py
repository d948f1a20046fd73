"""A snippet's run on a GPU, kept beside it: ``name.cuda.json`` for ``name.py``."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from loopbook.errors import BookError, printable
from loopbook.regular import bytes_of
from loopbook.runner.record import Dependency, Record
from loopbook.runner.script import syntax_digest
from loopbook.runner.watch import same

_AGAIN = "record it again: python scripts/record_device.py"


@dataclass(frozen=True)
class Recording:
    """What a snippet printed on a GPU, and where and when that was.

    Attributes:
        hardware: ``name``, ``driver`` and ``cuda`` of the GPU.
        date: the day of the run, as ``2026-11-21``.
        versions: of Python, torch, NumPy and matplotlib.
        seconds: wall-clock seconds of the script alone.
        stdout: what it printed.
        syntax: hash of the snippet's syntax tree, for which comments are free.
        reads: files that it read, by their path below the root.
    """

    hardware: dict[str, str]
    date: str
    versions: dict[str, str]
    seconds: float
    stdout: str
    syntax: str
    reads: dict[str, Dependency]

    @classmethod
    def of(cls, record: Record, date: str) -> Recording:
        """The recording of a run that touched a GPU."""
        return cls(
            hardware=record.hardware,
            date=date,
            versions={name: found for name, found in record.versions.items() if name != "runner"},
            seconds=record.seconds,
            stdout=record.stdout,
            syntax=record.syntax,
            reads=record.reads,
        )

    def is_stale(self, root: Path, script: Path) -> bool:
        """Whether the snippet, or a file that it read, has changed since, comments aside."""
        return syntax_digest(script.read_bytes()) != self.syntax or not all(
            same(root, name, then) for name, then in self.reads.items()
        )


def place_of(script: Path) -> Path:
    """The file beside a script that holds its recording."""
    return script.with_suffix(".cuda.json")


def write_recording(script: Path, recording: Recording) -> None:
    """Put a recording beside its script."""
    text = json.dumps(asdict(recording), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    place_of(script).write_text(printable(text), encoding="utf-8", newline="\n")


def read_recording(script: Path) -> Recording | None:
    """The recording beside a script; ``None`` if there is none.

    Raises:
        BookError: there is one, and it cannot be read.
    """
    place = place_of(script)
    try:
        data: dict[str, Any] = json.loads(bytes_of(place))
        reads = {name: Dependency(**read) for name, read in data.pop("reads").items()}
        recording = Recording(reads=reads, **data)
        recording.hardware["name"], recording.stdout.splitlines()
        return recording
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BookError("is no recording of a run", file=place, cure=_AGAIN) from error

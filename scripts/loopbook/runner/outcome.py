"""What a run left in its folder, gathered into one value."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from loopbook.errors import printable
from loopbook.regular import bytes_of
from loopbook.runner.job import Job
from loopbook.runner.leaving import LEFT
from loopbook.runner.places import Places
from loopbook.runner.record import Cell, Dependency, Problem
from loopbook.runner.script import declared_at
from loopbook.runner.stack import last_line
from loopbook.runner.watch import read_notes

#: Why nothing was run: between plan and process the script was changed, or removed.
CHANGED = Problem("changed", "is not the script any more that was to be run")
#: The run was ended before it was through.
STOPPED = Problem("stopped", "the run was stopped")
_RUN = "nobody sees what that reads and draws: run it by subprocess.run"


@dataclass(frozen=True)
class Outcome:
    """What a run left, whole and in memory, so that it can come from another machine.

    Attributes:
        seconds: wall-clock seconds of the script alone.
        stdout: what it printed.
        stderr: what it wrote to standard error.
        figures: name and SVG of each figure, in the order shown.
        cells: its parts; of a launched script, those of the first process.
        reads: files below the root that it read.
        problem: why it did not go as expected.
        processor: seconds of processor time.
        hardware: the GPU that it computed on; empty on the CPU.
    """

    seconds: float
    stdout: str = ""
    stderr: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    cells: tuple[Cell, ...] = ()
    reads: dict[str, Dependency] = field(default_factory=dict)
    problem: Problem | None = None
    processor: float = 0.0
    hardware: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """All its words can be written as UTF-8, whatever the script put into them."""
        if said := self.problem:
            kind, message, trace = map(printable, (said.kind, said.message, said.trace))
            told = replace(said, kind=kind, message=message, trace=trace)
            object.__setattr__(self, "problem", told)


def folders(job: Job, folder: Path) -> list[Path]:
    """Where the processes of a run leave what they have to tell: one for each rank, in order."""
    if not job.launch:
        return [folder]
    return sorted(folder.glob("rank-*"), key=lambda path: int(path.name[5:]))


def collect(job: Job, folder: Path, code: int | None, elapsed: float) -> Outcome:
    """One outcome from a run's folder; from all ranks, in order, where it was launched."""
    try:
        return _collect(job, folder, code, elapsed)
    except (OSError, ValueError, TypeError, LookupError) as error:
        message = f"changed files beside its working folder, by which its run is told: {error}"
        return Outcome(round(elapsed, 3), problem=Problem("files", message))


def came_to_its_end(folder: Path) -> dict[str, Any] | None:
    """What a process left when it was through with the script; ``None``: it was not.

    The names and lines under ``threads`` are those that it waited for then; there are none once it
    has come to the script's very end.
    """
    try:
        found: dict[str, Any] = json.loads(bytes_of(folder / "result.json"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and "threads" in found else None


def _collect(job: Job, folder: Path, code: int | None, elapsed: float) -> Outcome:
    ranks = folders(job, folder)
    if any((rank / "changed").exists() for rank in ranks):
        return Outcome(round(elapsed, 3), problem=CHANGED)
    parts = [_collect_one(job, rank, code, elapsed) for rank in ranks or [folder]]
    problems = [part.problem for part in parts if part.problem]
    problem = problems[0] if problems else None
    if job.launch and code is not None and (not ranks or (code and problem is None)):
        problem = _not_launched(job, folder, code)
    return Outcome(
        seconds=max(part.seconds for part in parts),
        stdout="".join(part.stdout for part in parts),
        stderr="".join(part.stderr for part in parts),
        figures=tuple(figure for part in parts for figure in part.figures),
        cells=parts[0].cells,
        reads={name: read for part in parts for name, read in sorted(part.reads.items())},
        problem=problem,
        processor=sum(part.processor for part in parts),
        hardware=next((part.hardware for part in parts if part.hardware), {}),
    )


def _not_launched(job: Job, folder: Path, code: int) -> Problem:
    """What the launcher said before it ended, without the script or for no fault of it."""
    log = Places.of(folder, job.root).out_of(_text(folder / "launcher.txt", job.output)).strip()
    said = log.rpartition("\n")[2] if code else ""
    said = said or f"torchrun ended with {code}, and has not run the script"
    with suppress(OSError):  # it is no more
        return Problem("launch", said, declared_at(Path(job.path).read_bytes(), "launch"), log)
    return Problem("launch", said, None, log)


def _collect_one(job: Job, folder: Path, code: int | None, elapsed: float) -> Outcome:
    shown = Places.of(folder, job.root).out_of
    printed = _text(folder / "stdout.txt", job.output)
    outcome = Outcome(
        seconds=round(elapsed, 3),
        stdout=shown(printed),
        stderr=shown(_text(folder / "stderr.txt", job.output)),
    )
    if (result := came_to_its_end(folder)) is None:
        return replace(outcome, problem=_crash(job, folder, code, outcome.stderr))
    figures = tuple(
        (name, shown(_text(folder / "figures" / f"{name}.svg"))) for name in result["figures"]
    )
    cells = tuple(Cell(**cell) for cell in result["cells"])
    if outcome.stdout != printed:
        cells = tuple(replace(cell, printed=_moved(cell, printed, shown)) for cell in cells)
    problem = None
    if (said := result["problem"]) is not None:
        problem = Problem(**said | {key: shown(said[key]) for key in ("message", "trace")})
    cut_off = result["threads"] is not None  # by a thread, or by what is called at the end
    if problem is None and (cut_off or (code and not job.launch)):
        problem = _crash(job, folder, code, outcome.stderr)
    return replace(
        outcome,
        seconds=result["seconds"],
        figures=figures,
        cells=cells,
        reads=read_notes(folder / "reads.jsonl"),
        problem=problem,
        processor=result["processor"],
        hardware=result["hardware"],
    )


def _moved(cell: Cell, printed: str, shown: Callable[[str], str]) -> int:
    """Bytes printed before a cell, once paths of this machine are cut off."""
    before = printed.encode("utf-8")[: cell.printed].decode("utf-8", "replace")
    return len(shown(before).encode("utf-8"))


def _crash(job: Job, folder: Path, code: int | None, stderr: str) -> Problem:
    if code is not None and code < 0:
        message = f"its process was ended by {_signal(-code)}"
        return Problem("signal", message, last_line(folder, job.path), stderr)
    message, line = f"its process ended by itself with status {code}", None
    if (left := folder / LEFT).exists():
        status, line = json.loads(bytes_of(left))
        message += f", by os._exit({status})"
        if status is None:
            message = f"its process became another program, which ended with status {code}; {_RUN}"
    return Problem("exit", message, line, stderr)


def _signal(number: int) -> str:
    """A signal's name; those for programs' own purposes are counted from the first of them."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"SIGRTMIN+{number - signal.SIGRTMIN}"


def _text(path: Path, most: int = -1) -> str:
    if not path.exists():
        return ""
    return bytes_of(path, most).decode("utf-8", "replace")

"""One run over a folder of scripts: find what is stale, run it, keep the records."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path

from loopbook.errors import BookError
from loopbook.runner.cells import cut
from loopbook.runner.child import Job
from loopbook.runner.interrupt import Stop, heard
from loopbook.runner.progress import Observer
from loopbook.runner.record import Problem, Record
from loopbook.runner.scratch import clear_scratch
from loopbook.runner.script import Script, digest, find_scripts, read_script, syntax_digest
from loopbook.runner.store import Store
from loopbook.runner.supervise import Outcome
from loopbook.runner.versions import choose_device, has_cuda, versions
from loopbook.runner.watch import same
from loopbook.runner.workers import Workers

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Options:
    """How to run.

    Attributes:
        jobs: how many scripts at once; 0 for one per processor.
        timeout: seconds a script may take that does not say so itself.
        device: ``auto``, ``cpu`` or ``cuda``: where scripts run that take any device.
        memory: megabytes of private memory a script may take.
        output: megabytes a script may print.
        style: how figures look: ``house``, or ``matplotlib`` to leave them as it draws them.
    """

    jobs: int = 0
    timeout: float = 60.0
    device: str = "cpu"
    memory: int = 4096
    output: int = 8
    style: str = "house"


@dataclass(frozen=True)
class Session:
    """What a run over a folder came to.

    Attributes:
        records: of all scripts, by name, sorted.
        ran: names of the scripts that were run.
        errors: scripts that could not be read at all.
        seconds: wall-clock seconds.
    """

    records: dict[str, Record]
    ran: tuple[str, ...]
    errors: tuple[BookError, ...] = ()
    seconds: float = 0.0

    @property
    def reused(self) -> int:
        """How many records stood."""
        return len(self.records) - len(self.ran)

    @property
    def figures(self) -> int:
        """How many figures all records hold."""
        return sum(len(record.figures) for record in self.records.values())

    @property
    def failed(self) -> list[Record]:
        """Records of the scripts that did not go as expected."""
        return [record for record in self.records.values() if record.status == "failed"]


@dataclass
class _Plan:
    scripts: list[Script] = field(default_factory=list)
    stale: list[tuple[Script, str, float]] = field(default_factory=list)  # key, last seconds
    records: dict[str, Record] = field(default_factory=dict)
    errors: list[BookError] = field(default_factory=list)


def run_folder(
    folder: Path,
    output: Path,
    options: Options = Options(),
    *,
    root: Path | None = None,
    wanted: Callable[[str], bool] = lambda name: True,
    observer: Observer | None = None,
    executor: Executor | None = None,
) -> Session:
    """Run every stale script below a folder and keep a record of each.

    Args:
        folder: where the scripts lie.
        output: where the records go, ``<script without .py>/record.json``.
        options: how to run.
        root: files below it count as a script's dependencies (default: the folder).
        wanted: which names below the folder are scripts.
        observer: hears of the progress.
        executor: runs the jobs; by default threads of this process, each of which waits for
            one process. Any executor of the ``concurrent.futures`` kind will do.

    Raises:
        BookError: a device is wanted that is not here, or the output folder holds other files.
    """
    begun = time.monotonic()
    observer = observer or Observer()
    folder, root = folder.resolve(), (root or folder).resolve()
    device = choose_device(options.device)
    store = Store(output)
    store.claim()
    plan = _plan(folder, root, store, device, options.style, wanted)
    store.discard_others(plan.scripts)
    if plan.stale:
        clear_scratch()
    with heard() as stop:
        observer.begin(len(plan.stale), len(plan.records))
        try:
            if plan.stale:
                workers = Workers(options.jobs, executor)
                fresh = _run(plan.stale, root, store, device, options, observer, workers, stop)
                plan.records.update(fresh)
        finally:
            observer.end()
    return Session(
        records=dict(sorted(plan.records.items())),
        ran=tuple(sorted(script.name for script, _, _ in plan.stale)),
        errors=tuple(plan.errors),
        seconds=round(time.monotonic() - begun, 2),
    )


def _plan(
    folder: Path,
    root: Path,
    store: Store,
    device: str,
    style: str,
    wanted: Callable[[str], bool],
) -> _Plan:
    plan = _Plan()
    known: dict[tuple[str, str], bool] = {}
    for name in find_scripts(folder, wanted):
        try:
            script = read_script(folder, name)
        except BookError as error:
            plan.errors.append(error)
            continue
        plan.scripts.append(script)
        record = store.load(script)
        key = _key(script, _device_of(script, device), style, record)
        if record and _stands(record, key, root, known):
            plan.records[name] = record
            continue
        good = store.last_good(script) if record and record.status == "failed" else None
        if good and _stands(good, key, root, known):  # what broke the script was taken back
            store.restore(script)
            plan.records[name] = good
        else:
            plan.stale.append((script, key, record.seconds if record else float("inf")))
    return plan


def _stands(record: Record, key: str, root: Path, known: dict[tuple[str, str], bool]) -> bool:
    """Whether a record is what a run would come to now."""
    return record.status == "ok" and record.key == key and _unread(record, root, known)


def _device_of(script: Script, device: str) -> str:
    """Where a script runs: on the device asked for, if it takes any; else on the one it needs."""
    says = script.declarations
    return says.needs or (device if says.any_device else "cpu")


def _key(script: Script, device: str, style: str, record: Record | None) -> str:
    """Names all that a run depends on, but for the files that it reads."""
    around = repr((script.declarations, sorted(versions().items()), device, style))
    if record and record.source == script.content and record.key.endswith(digest(around.encode())):
        return record.key  # not a byte changed: no need to parse
    data = script.path.read_bytes()
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


def _run(
    stale: Iterable[tuple[Script, str, float]],
    root: Path,
    store: Store,
    device: str,
    options: Options,
    observer: Observer,
    workers: Workers,
    stop: Stop,
) -> dict[str, Record]:
    records: dict[str, Record] = {}
    waiting: dict[Job, tuple[Script, str]] = {}
    for script, key, _ in sorted(stale, key=lambda item: (-item[2], item[0].name)):  # long first
        if script.declarations.needs and not has_cuda():
            records[script.name] = _skip(script, key, store, observer)
        else:
            waiting[_job(script, root, device, options)] = (script, key)

    def finished(job: Job, outcome: Outcome) -> None:
        script, key = waiting[job]
        record = store.save(_record(script, key, device, outcome), outcome)
        records[script.name] = record
        observer.finished(record)

    workers.run(waiting, finished, stop, observer.started)
    return records


def _job(script: Script, root: Path, device: str, options: Options) -> Job:
    says = script.declarations
    return Job(
        path=str(script.path),
        name=script.name,
        root=str(root),
        device=_device_of(script, device),
        threads=1,  # the workers know better
        timeout=says.timeout or options.timeout,
        memory=options.memory * MEGABYTE,
        output=options.output * MEGABYTE,
        expects=says.expects,
        launch=says.launch,
        style=options.style,
    )


def _record(script: Script, key: str, device: str, outcome: Outcome) -> Record:
    return Record(
        script=script.name,
        status="failed" if outcome.problem else "ok",
        seconds=outcome.seconds,
        stdout=outcome.stdout,
        stderr=outcome.stderr,
        device=_device_of(script, device),
        source=script.content,
        key=key,
        cells=outcome.cells,
        reads=outcome.reads,
        versions=versions(),
        problem=outcome.problem,
        processor=outcome.processor,
        hardware=outcome.hardware,
    )


def _skip(script: Script, key: str, store: Store, observer: Observer) -> Record:
    """The record of a script for whose device there is no machine: it keeps no result."""
    why = Problem("skipped", f"needs {script.declarations.needs}, which is not here")
    outcome = Outcome(seconds=0.0, problem=why)
    record = _record(script, key, str(script.declarations.needs), outcome)
    record = store.save(replace(record, status="skipped"), outcome)
    observer.finished(record)
    return record

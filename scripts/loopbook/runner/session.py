"""One run over a folder of scripts: find what is stale, run it, keep the records."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from loopbook.errors import BookError
from loopbook.runner.child import Job
from loopbook.runner.interrupt import Interrupted, Stop, heard
from loopbook.runner.plan import Plan, device_of, plan_run
from loopbook.runner.progress import Observer
from loopbook.runner.record import Problem, Record
from loopbook.runner.records import Records
from loopbook.runner.scratch import clear_scratch
from loopbook.runner.script import Script
from loopbook.runner.server import end_server, keep_warm
from loopbook.runner.store import Store
from loopbook.runner.supervise import Outcome
from loopbook.runner.versions import choose_device, versions
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
        records: of all scripts, by name, sorted, read when asked for.
        ran: names of the scripts that were run.
        errors: scripts that could not be read at all.
        seconds: wall-clock seconds.
    """

    records: Records
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
        return self.records.figures

    @property
    def failed(self) -> list[Record]:
        """Records of the scripts that did not go as expected."""
        return list(self.records.of("failed"))


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
    wake = keep_warm if executor is None and device == "cpu" else None
    with heard() as stop:
        try:
            plan = plan_run(
                folder, root, store, device, wanted, options.style, wake, step=stop.check
            )
        except Interrupted:
            end_server(hurry=True)  # it may have been woken
            raise
        store.discard_others(plan.names)
        stale = tuple(sorted(script.name for script, _, _ in plan.stale))
        if stale:
            clear_scratch()
        observer.begin(len(stale), len(plan.records))
        try:
            if stale:
                workers = Workers(options.jobs, executor)
                _run(plan, root, store, device, options, observer, workers, stop)
        finally:
            observer.end()
    return Session(
        records=plan.records,
        ran=stale,
        errors=tuple(plan.errors),
        seconds=round(time.monotonic() - begun, 2),
    )


def _run(
    plan: Plan,
    root: Path,
    store: Store,
    device: str,
    options: Options,
    observer: Observer,
    workers: Workers,
    stop: Stop,
) -> None:
    under_way: dict[str, tuple[Script, str]] = {}
    waiting = deque(sorted(plan.stale, key=lambda item: (-item[2], item[0].name)))
    plan.stale.clear()  # what is known of a script is let go of once it has run
    for _ in range(len(waiting)):
        script, key, seconds = waiting.popleft()
        if script.declarations.needs and not workers.has_cuda():
            plan.records.add(_skip(script, key, store, observer))
        else:
            waiting.append((script, key, seconds))

    def jobs() -> Iterator[Job]:
        while waiting:
            script, key, _ = waiting.popleft()
            under_way[script.name] = script, key
            yield _job(script, root, device, options)

    def finished(job: Job, outcome: Outcome) -> None:
        script, key = under_way.pop(job.name)
        record = store.save(_record(script, key, device, outcome), outcome)
        plan.records.add(record)
        observer.finished(record)

    workers.run(jobs(), finished, stop, observer.started)


def _job(script: Script, root: Path, device: str, options: Options) -> Job:
    says = script.declarations
    return Job(
        path=str(script.path),
        name=script.name,
        root=str(root),
        device=device_of(script, device),
        threads=says.threads,
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
        device=device_of(script, device),
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

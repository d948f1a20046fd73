"""One run over a folder of scripts: find what is stale, run it, keep the records."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from loopbook.errors import BookError
from loopbook.runner.child import Job
from loopbook.runner.interrupt import Interrupted, Stop, heard
from loopbook.runner.outcome import CHANGED
from loopbook.runner.plan import Plan, device_of, plan_run
from loopbook.runner.progress import Observer
from loopbook.runner.record import Problem, Record, Status
from loopbook.runner.records import Records
from loopbook.runner.scratch import clear_scratch
from loopbook.runner.script import Script
from loopbook.runner.server import end_server, keep_warm
from loopbook.runner.store import Store
from loopbook.runner.supervise import Outcome
from loopbook.runner.versions import choose_device, versions
from loopbook.runner.workers import Workers

MEGABYTE = 1 << 20
#: A script that has another text each time that its turn comes is begun so often.
TIMES = 5


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
        return len(self.records.keys() - self.ran)

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
    only: Callable[[str], bool] | None = None,
    step: Callable[[], None] = lambda: None,
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
        only: which of them to look at; the records of the others stay as they are.
        step: called before each script that is looked at; what it raises ends the run.
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
    both = wanted if only is None else lambda name: wanted(name) and only(name)
    wake = keep_warm if executor is None and device == "cpu" else None
    with heard() as stop:

        def look_on() -> None:
            stop.check()
            step()

        try:
            plan = plan_run(folder, root, store, device, both, options.style, wake, look_on)
        except Interrupted:
            end_server(hurry=True)  # it may have been woken
            raise
        if only is None:
            store.discard_others(
                plan.names, lambda name: wanted(name) and os.path.lexists(folder / name)
            )
        stale = tuple(sorted(script.name for script, _, _ in plan.stale))
        clear_scratch()
        dropped: set[str] = set()
        observer.begin(len(stale), len(plan.records))
        try:
            if stale:
                workers = Workers(options.jobs, executor)
                dropped = _run(plan, options, observer, workers, stop)
        finally:
            observer.end()
    return Session(
        records=plan.records,
        ran=tuple(name for name in stale if name not in dropped),
        errors=tuple(plan.errors),
        seconds=round(time.monotonic() - begun, 2),
    )


def _run(
    plan: Plan, options: Options, observer: Observer, workers: Workers, stop: Stop
) -> set[str]:
    """Run each stale script as it is when its turn comes; names of those that need not be run."""
    dropped: set[str] = set()
    for _ in range(TIMES):
        changed = _run_once(plan, options, observer, workers, stop)
        for name in changed:
            plan.look(name, {})
        over = changed - {script.name for script, _, _ in plan.stale}
        for name in over:
            observer.dropped(name)
        dropped |= over
        if not plan.stale:
            return dropped
    for script, key, _ in plan.stale:
        why = Problem("changed", f"was changed each of the {TIMES} times that it was to be run")
        _note(plan, script, key, "failed", why, observer)
    return dropped


def _run_once(
    plan: Plan, options: Options, observer: Observer, workers: Workers, stop: Stop
) -> set[str]:
    """Begin each stale script once; names of those that were changed since the plan was made."""
    changed: set[str] = set()
    under_way: dict[str, tuple[Script, str]] = {}
    waiting = deque(sorted(plan.stale, key=lambda item: (-item[2], item[0].name)))
    plan.stale.clear()  # what is known of a script is let go of once it has run
    for _ in range(len(waiting)):
        script, key, seconds = waiting.popleft()
        if script.declarations.needs and not workers.has_cuda():
            why = Problem("skipped", f"needs {script.declarations.needs}, which is not here")
            _note(plan, script, key, "skipped", why, observer)
        else:
            waiting.append((script, key, seconds))

    def jobs() -> Iterator[Job]:
        while waiting:
            script, key, _ = waiting.popleft()
            under_way[script.name] = script, key
            yield _job(script, plan, options)

    def finished(job: Job, outcome: Outcome) -> None:
        script, key = under_way.pop(job.name)
        if outcome.problem == CHANGED:
            changed.add(job.name)
            return
        record = plan.store.save(_record(script, key, plan.device, outcome), outcome)
        plan.records.add(record)
        observer.finished(record)

    workers.run(jobs(), finished, stop, observer.started)
    return changed


def _job(script: Script, plan: Plan, options: Options) -> Job:
    says = script.declarations
    return Job(
        path=str(script.path),
        name=script.name,
        root=str(plan.root),
        device=device_of(script, plan.device),
        threads=says.threads,
        timeout=says.timeout or options.timeout,
        memory=options.memory * MEGABYTE,
        output=options.output * MEGABYTE,
        expects=says.expects,
        launch=says.launch,
        style=options.style,
        content=script.content,
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


def _note(
    plan: Plan, script: Script, key: str, status: Status, why: Problem, observer: Observer
) -> None:
    """Keep a record of a script that could not be run: it has no result."""
    outcome = Outcome(seconds=0.0, problem=why)
    record = replace(_record(script, key, plan.device, outcome), status=status)
    plan.records.add(plan.store.save(record, outcome))
    observer.finished(record)

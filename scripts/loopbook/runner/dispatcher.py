"""An executor whose processes are on other machines: it hands jobs to a Dask cluster."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import distributed

from loopbook.errors import BookError
from loopbook.runner import remote
from loopbook.runner.job import Job
from loopbook.runner.outcome import CHANGED, Outcome
from loopbook.runner.record import Problem
from loopbook.runner.supervise import execute
from loopbook.runner.watch import same

#: Seconds to wait for a worker when none is left.
PATIENCE = 30.0
_KEPT = "what was finished is kept: run again"


@dataclass(eq=False)
class _Task:
    """A job on its way. Suspect: its workers died, which may have been another job's doing."""

    job: Job
    future: Future[Outcome] = field(default_factory=Future)
    suspect: bool = False


class Dispatcher(Executor):
    """Sends jobs to a cluster, as many at once as its workers have threads, in order.

    No more than that is sent: when a worker dies, the scheduler blames all that waited there.
    What ran on a lost worker is run again on another. A job whose workers died again and again is
    run once more when nothing else is under way; if they die then, too, it is the script's doing.
    """

    def __init__(self, client: distributed.Client, address: str) -> None:
        self._client = client
        self._address = address
        self._waiting: deque[_Task] = deque()
        self._flying: dict[_Task, distributed.Future[Outcome]] = {}
        self._lock = threading.RLock()
        self._closed = threading.Event()
        self._slots, self._gpus = self._count()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def has_cuda(self) -> bool:
        """Whether some worker was started with ``--resources GPU=1``."""
        return self._gpus > 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Let ``fn(job)`` be run, which must be ``execute(job)``, by a worker.

        Raises:
            TypeError: it is something else.
        """
        if fn is not execute or len(args) != 1 or kwargs:
            raise TypeError("a cluster executes jobs, and nothing else")
        task = _Task(args[0])
        with self._lock:
            self._waiting.append(task)
            self._fill()
        return task.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the cluster; jobs that are under way are ended, unless they are waited for."""
        if wait and not cancel_futures:
            while self._waiting or self._flying:
                time.sleep(0.05)
        self._closed.set()
        with self._lock:
            flying = list(self._flying.values())
            for task in (*self._waiting, *self._flying):
                task.future.cancel()
            self._waiting.clear()
            self._flying.clear()
        if flying and self._client.status == "running":
            self._client.cancel(flying, asynchronous=False)
        self._watcher.join(timeout=5.0)

    def _fill(self) -> None:
        while self._waiting and len(self._flying) < self._slots and not self._closed.is_set():
            task = self._waiting[0]
            if task.suspect and self._flying:
                return  # all before it first: it runs alone
            self._waiting.popleft()
            if not task.future.cancelled():
                self._send(task)
            if task.suspect:
                return

    def _send(self, task: _Task) -> None:
        job = task.job
        root = Path(job.root)
        sent = self._client.submit(
            remote.run,
            replace(job, path=Path(job.path).relative_to(root).as_posix()),
            remote.equipment(),
            job.content,
            key=f"{job.name}-{time.monotonic_ns()}",
            pure=False,
            retries=2,
            resources={remote.GPU: 1} if job.device == "cuda" else None,
        )
        self._flying[task] = sent
        sent.add_done_callback(lambda done: self._landed(task, done))

    def _landed(self, task: _Task, done: distributed.Future[Outcome]) -> None:
        """Hear, in a thread of the client, of a job that came to an end."""
        if self._closed.is_set():
            return
        try:
            outcome = _checked(task.job, done.result())
        except distributed.KilledWorker as error:
            if not task.suspect:
                with self._lock:
                    if self._flying.pop(task, None):
                        self._waiting.append(replace(task, suspect=True))
                    self._fill()
                return
            many = error.allowed_failures + 1
            message = f"{many} workers of the cluster died one after another while they ran it"
            outcome = Outcome(0.0, problem=Problem("worker", message))
        except BookError as error:
            if remote.content(Path(task.job.path)) == task.job.content:
                self._give_up(error)
                return
            outcome = Outcome(0.0, problem=CHANGED)  # here, too
        except Exception as error:
            if done.status != "error":  # cancelled, and not by us
                self._give_up(self._gone())
                return
            message = f"a worker of the cluster failed: {type(error).__name__}: {error}"
            outcome = Outcome(0.0, problem=Problem("worker", message))
        with self._lock:
            mine = self._flying.pop(task, None) is not None
            self._fill()
        if mine and task.future.set_running_or_notify_cancel():
            task.future.set_result(outcome)

    def _give_up(self, error: BookError) -> None:
        """Tell all who wait that it is over."""
        with self._lock:
            tasks = [*self._waiting, *self._flying]
            self._waiting.clear()
            self._flying.clear()
        for task in tasks:
            if task.future.set_running_or_notify_cancel():
                task.future.set_exception(error)

    def _gone(self) -> BookError:
        return BookError(f"the scheduler at {self._address} is gone", cure=_KEPT)

    def _count(self) -> tuple[int, int]:
        """Threads of all workers, and how many of the workers may use a GPU."""
        workers = self._client.scheduler_info()["workers"].values()
        gpus = sum(1 for worker in workers if worker["resources"].get(remote.GPU, 0) > 0)
        return sum(worker["nthreads"] for worker in workers), gpus

    def _watch(self) -> None:
        """Notice workers that come and go, and a cluster that is no more."""
        alone = 0.0
        while not self._closed.wait(1.0):
            if self._client.status != "running":
                self._give_up(self._gone())
                continue
            try:
                self._slots, self._gpus = self._count()
                with self._lock:
                    self._fill()
                    needed = any(task.job.device == "cuda" for task in self._flying)
            except (OSError, RuntimeError, KeyError):
                continue  # it is going: look again
            alone = alone + 1.0 if not self._slots or (needed and not self._gpus) else 0.0
            if alone > PATIENCE:
                message = f"the cluster at {self._address} has lost the workers that it needs"
                self._give_up(BookError(message, cure=f"start workers; {_KEPT}"))


def _checked(job: Job, outcome: Outcome) -> Outcome:
    """The outcome, unless the script read a file that is another one here."""
    root = Path(job.root)
    other = [name for name, then in outcome.reads.items() if not same(root, name, then)]
    if not other:
        return outcome
    message = f"read {other[0]} on a worker, where it is not the same file as here"
    return replace(outcome, problem=Problem("worker", message))

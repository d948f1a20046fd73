"""Who runs a session's jobs: threads of this process, or an executor such as a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from loopbook.errors import BookError
from loopbook.runner.interrupt import Stop, completed
from loopbook.runner.job import Job
from loopbook.runner.outcome import STOPPED, Outcome
from loopbook.runner.server import end_server
from loopbook.runner.supervise import execute
from loopbook.runner.turns import Turns
from loopbook.runner.versions import has_cuda

#: Jobs that are begun or next in line: so many for each slot, and for all that an executor has.
#: What the others need is made when it is their turn.
_AHEAD, _AHEAD_ELSEWHERE = 8, 1024


@contextmanager
def workers_at(address: str | None, root: Path, folder: Path) -> Iterator[Executor | None]:
    """The cluster at this address; nothing, where there is no address.

    Raises:
        BookError: Dask is not installed, or the cluster cannot run what lies below the folder.
    """
    if address is None:
        yield None
        return
    try:
        from loopbook.runner.cluster import cluster
    except ModuleNotFoundError as error:
        cure = "install it: python -m pip install -e '.[cluster]'"
        raise BookError(f"a cluster needs the package {error.name}", cure=cure) from error
    with cluster(address, root, folder) as made:
        yield made


@dataclass(frozen=True)
class Workers:
    """Where jobs are run.

    Attributes:
        slots: how many at once on this machine; 0 for one per processor.
        executor: runs them elsewhere; by default threads of this process, each of which waits for
            one process.
    """

    slots: int = 0
    executor: Executor | None = None

    def has_cuda(self) -> bool:
        """Whether a script that needs a CUDA device can be run there."""
        asked: Callable[[], bool] = getattr(self.executor, "has_cuda", has_cuda)
        return asked()

    def run(
        self,
        jobs: Iterable[Job],
        finished: Callable[[Job, Outcome], None],
        stop: Stop,
        started: Callable[[str], None] = lambda name: None,
    ) -> None:
        """Run all jobs, begun in this order; an interrupt ends those that are under way.

        Args:
            jobs: the runs to make.
            finished: called in this thread with each outcome as it comes.
            stop: once it is set, what runs is ended and has no outcome.
            started: called with a job's name when it begins, where that is heard of.
        """
        slots = self.slots or os.cpu_count() or 1
        turns = Turns(slots, stop.is_set)

        @contextmanager
        def slot(name: str, ticket: int) -> Iterator[None]:
            with turns.taken(ticket):
                started(name)
                yield

        def work(job: Job, ticket: int) -> Outcome:
            try:
                return execute(job, stop.is_set, slot(job.name, ticket))
            finally:
                turns.give_up(ticket)

        # One thread more than slots: the next process starts before what the last left is gathered.
        own = ThreadPoolExecutor(slots + 1)
        ahead = _AHEAD * slots if self.executor is None else _AHEAD_ELSEWHERE
        futures: dict[Future[Outcome], Job] = {}

        def submitted() -> Iterator[Future[Outcome]]:
            for job in jobs:
                if self.executor is not None:
                    future = self.executor.submit(execute, job)
                else:
                    future = own.submit(work, job, turns.ticket())
                futures[future] = job
                yield future

        try:
            for future in completed(submitted(), ahead, stop):
                job = futures.pop(future)  # and with it, what the run left in memory
                outcome = future.result()
                if outcome.problem != STOPPED:
                    finished(job, outcome)
        except BaseException:
            stop.set()
            turns.look()
            raise
        finally:
            for future in futures:
                future.cancel()
            end_server(hurry=stop.number is not None)
            own.shutdown(wait=True)

"""What a worker of a cluster does for a session that is on another machine."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from dask.typing import Key
from distributed import Reschedule, get_worker
from distributed.core import Status
from distributed.worker import Worker

from loopbook.errors import BookError
from loopbook.regular import bytes_of, still_there, written
from loopbook.runner.job import Job
from loopbook.runner.outcome import STOPPED, Outcome
from loopbook.runner.scratch import clear_scratch
from loopbook.runner.script import digest
from loopbook.runner.supervise import execute
from loopbook.runner.versions import has_cuda, versions

#: The environment variable that names a worker's copy of the folder that is run, or of the book.
ROOT = "LOOPBOOK_ROOT"
#: A worker that may use a GPU is started with ``--resources GPU=1``.
GPU = "GPU"


@functools.cache
def equipment() -> dict[str, str]:
    """What must be the same on all machines that work on one book: versions, and the engine."""
    modules = sorted(Path(__file__).parent.glob("*.py"))
    parts = (f"{path.name} {digest(path.read_bytes())}\n" for path in modules)
    return versions() | {"engine": digest("".join(parts).encode())[:8]}


def manifest(root: Path, folder: Path) -> dict[str, str]:
    """The files below a folder by content, named from the root; what only compares is left out."""
    names = (
        name
        for name in written(folder)
        if PurePosixPath(name).suffix != ".out" and (folder / name).is_file()
    )
    found = still_there(folder, names, lambda name: digest(bytes_of(folder / name)))
    return {(folder / name).relative_to(root).as_posix(): known for name, known in found}


def complaints(
    root: str, wanted: Mapping[str, str], files: Mapping[str, str], dask_worker: Worker
) -> list[str]:
    """Why a worker cannot run scripts in the place of whoever asks; empty if it can.

    Args:
        root: where the asker's files are; ours are there too, or where ``LOOPBOOK_ROOT`` says.
        wanted: the asker's equipment.
        files: content of the asker's files, by their path below the root.
        dask_worker: the worker, filled in by Dask.
    """
    clear_scratch()  # of a worker that was killed here
    found = [
        f"has {name} {mine}, and not {theirs}"
        for name, theirs in wanted.items()
        if (mine := equipment().get(name, "absent")) != theirs
    ]
    if GPU in dask_worker.state.total_resources and not has_cuda():
        found.append(f"was started with --resources {GPU}=1, and has no CUDA device")
    place = _here(root)
    if not place.is_dir():
        return [*found, f"has no folder {place}"]
    other = [name for name, known in files.items() if content(place / name) != known]
    if other:
        more = f" and {len(other) - 3} more" if len(other) > 3 else ""
        found.append(f"has other sources in {place}: {', '.join(other[:3])}{more}")
    return found


def run(job: Job, wanted: Mapping[str, str], script: str) -> Outcome:
    """Run a script here as it would be run there.

    Args:
        job: its path is named from its root, which is the asker's.
        wanted: the asker's equipment.
        script: hash of the script's bytes.

    Raises:
        BookError: this worker has other versions or another script, for it came after the others
            were looked at; or it has no room for a run.
        Reschedule: the worker is closing: let another one do it.
    """
    worker = get_worker()
    key = worker.get_current_task()
    if why := complaints(job.root, wanted, {job.path: script}, worker):
        raise BookError(f"the worker {worker.address} {'; '.join(why)}", cure=CURE)
    root = _here(job.root).resolve()
    job = replace(job, root=str(root), path=str(root / job.path))
    try:
        outcome = execute(job, lambda: _dropped(worker, key))
    except BookError as error:
        message = f"the worker {worker.address}: {error.message}"
        raise BookError(message, file=error.file, cure=error.cure) from error
    if outcome.problem == STOPPED:
        raise Reschedule  # nobody hears of it if the session itself has ended
    return outcome


CURE = (
    "give every worker the same commit and the same packages, start it anew, and with "
    f"{ROOT}=FOLDER if its copy of the files lies elsewhere than here"
)


def _here(root: str) -> Path:
    return Path(os.environ.get(ROOT) or root)


def content(path: Path) -> str:
    """Names the bytes of a file; empty where it cannot be read."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


def _dropped(worker: Worker, key: Key) -> bool:
    """Whether nobody waits for this task any more, or the worker is about to leave."""
    task = worker.state.tasks.get(key)
    leaving = worker.status not in (Status.running, Status.paused)
    return leaving or task is None or task.state not in ("executing", "long-running")

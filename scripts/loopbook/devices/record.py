"""Runs snippets on a GPU and keeps what they print beside them."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path

from loopbook.devices.choice import chosen, need_gpu, snippets_for_devices
from loopbook.devices.recording import Recording, write_recording
from loopbook.errors import BookError
from loopbook.runner.progress import Bar
from loopbook.runner.record import Record
from loopbook.runner.session import Options, run_folder


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def record_runs(
    root: Path,
    names: Sequence[str] = (),
    executor: Executor | None = None,
    today: Callable[[], str] = _today,
) -> dict[str, Recording | BookError]:
    """Run snippets of the book on the GPU, one at a time, and write their recordings.

    Args:
        root: the repository's root.
        names: paths below ``snippets``; without any, all that take any device or need a GPU.
        executor: runs the jobs.
        today: tells the date.

    Returns:
        By name, what was recorded, or why nothing was: an earlier recording then stays.

    Raises:
        BookError: there is no GPU, or a name is not known.
    """
    scripts = chosen(snippets_for_devices(root), names)
    need_gpu()
    with tempfile.TemporaryDirectory(prefix="gpu-") as records:
        session = run_folder(
            root / "snippets",
            Path(records),
            Options(jobs=1, device="cuda"),
            root=root,
            wanted=scripts.__contains__,
            observer=Bar(),
            executor=executor,
        )
        return {
            name: _recorded(record, scripts[name].path, today)
            for name, record in session.records.items()
        }


def _recorded(record: Record, path: Path, today: Callable[[], str]) -> Recording | BookError:
    try:
        _check(record, path)
    except BookError as error:
        return error
    recording = Recording.of(record, today())
    write_recording(path, recording)
    return recording


def _check(record: Record, path: Path) -> None:
    if record.problem:
        problem = record.problem
        raise BookError(f"{problem.kind}: {problem.message}", file=path, line=problem.line)
    if not record.hardware:
        raise BookError(
            "did not compute on the GPU, so nothing was recorded",
            file=path,
            cure='choose the device with torch.device("cuda" if torch.cuda.is_available() else '
            '"cpu") and move tensors to it',
        )

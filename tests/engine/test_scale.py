"""What the runner takes of memory and of a child's time, however many scripts there are."""

from __future__ import annotations

import threading
import time
import tracemalloc
from pathlib import Path

import pytest

from loopbook.errors import BookError
from loopbook.runner import session, supervise, workers
from loopbook.runner.child import Job
from loopbook.runner.record import Record
from loopbook.runner.session import Observer, Options, run_folder
from loopbook.runner.supervise import Outcome

MEGABYTE = 1 << 20


class Gate(Observer):
    """Lets a run begin only when the record of the one before is kept."""

    def __init__(self) -> None:
        self.open = threading.Semaphore(1)

    def finished(self, record: Record) -> None:
        self.open.release()


def peak(folder: Path, scripts: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """The most memory, in bytes, of a session of scripts that print a megabyte each."""
    folder.mkdir()
    for number in range(scripts):
        (folder / f"s{number}.py").write_text("print()\n")
    gate = Gate()

    def execute(job: Job, cancelled: object, slot: object) -> Outcome:
        gate.open.acquire()
        return Outcome(seconds=0.1, stdout=job.name[1] * MEGABYTE)

    monkeypatch.setattr(workers, "execute", execute)
    monkeypatch.setattr(session, "keep_warm", lambda: None)
    tracemalloc.start()
    try:
        for ran in (scripts, 0):
            result = run_folder(folder, folder / "out", Options(jobs=1), observer=gate)
            assert (len(result.ran), len(result.records)) == (ran, scripts)
            assert all(len(record.stdout) == MEGABYTE for record in result.records.values())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_what_all_scripts_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = peak(tmp_path / "few", 3, monkeypatch)
    many = peak(tmp_path / "many", 15, monkeypatch)
    assert many - few < 2 * MEGABYTE


def test_no_more_scripts_run_at_once_than_there_are_slots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running: list[str] = []
    most: list[int] = []

    class Process:
        def __init__(self, job: Job, folder: Path) -> None:
            self.name = job.name
            running.append(self.name)
            most.append(len(running))

        def wait(self, seconds: float) -> int:
            time.sleep(0.02)
            return 0

        def end(self) -> None:
            running.remove(self.name)

    gathered = threading.Barrier(2, timeout=30)

    def collect(job: Job, folder: Path, code: int | None, elapsed: float) -> Outcome:
        gathered.wait()  # what one left is gathered while the next is on its way
        return Outcome(seconds=elapsed)

    monkeypatch.setattr(supervise, "_Forked", Process)
    monkeypatch.setattr(supervise, "collect", collect)
    monkeypatch.setattr(session, "keep_warm", lambda: None)
    for number in range(4):
        (tmp_path / f"s{number}.py").write_text("print()\n")
    assert len(run_folder(tmp_path, tmp_path / "out", Options(jobs=1)).ran) == 4
    assert max(most) == 1 and len(most) == 4


def test_a_record_that_someone_removed_is_said_to_be_gone(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("# run: needs cuda\n")
    result = run_folder(tmp_path, tmp_path / "out")
    assert result.records["a.py"].status == "skipped"
    (tmp_path / "out" / "a" / "record.json").unlink()
    with pytest.raises(BookError, match="its record is gone"):
        result.records["a.py"]
    with pytest.raises(KeyError):
        result.records["b.py"]


def test_the_server_wakes_for_the_first_stale_script_and_for_none_that_is_fresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[str] = []
    monkeypatch.setattr(session, "keep_warm", lambda: woken.append("wake"))
    monkeypatch.setattr(workers, "execute", lambda job, cancelled, slot: Outcome(seconds=0.1))
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text("print()\n")
    run_folder(tmp_path, tmp_path / "out")
    assert woken == ["wake"]
    run_folder(tmp_path, tmp_path / "out")
    assert woken == ["wake"]


def test_a_script_finds_the_collector_at_work_and_the_server_s_objects_out_of_its_way(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.py").write_text(
        "import gc\nprint(gc.isenabled(), gc.get_threshold(), gc.get_freeze_count() > 100_000)\n"
    )
    supervise.keep_warm()
    (record,) = run_folder(tmp_path, tmp_path / "out").records.values()
    assert record.stdout == "True (700, 10, 10) True\n"

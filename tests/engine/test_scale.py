"""What the runner takes of memory and of a child's time, however many scripts there are."""

from __future__ import annotations

import json
import shutil
import threading
import time
import tracemalloc
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from loopbook.errors import BookError
from loopbook.runner import server, session, supervise, workers
from loopbook.runner.child import Job
from loopbook.runner.cli import main
from loopbook.runner.interrupt import Stop
from loopbook.runner.record import Cell, Record
from loopbook.runner.records import Records
from loopbook.runner.session import Observer, Options, run_folder
from loopbook.runner.supervise import Outcome
from loopbook.runner.verdict import Judge
from loopbook.runner.workers import Workers

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


def peaks(folder: Path, scripts: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The most memory, in bytes, of the command over so many scripts: all stale, one, none."""
    (folder / "in").mkdir(parents=True)
    for number in range(scripts):
        (folder / f"in/s{number:04}.py").write_text(f"print({number})\n")
    figures, cells = (("loss", "<svg/>"), ("end", "<svg/>")), (Cell(0, 0),) * 20
    outcome = Outcome(seconds=0.1, figures=figures, cells=cells)
    monkeypatch.setattr(workers, "execute", lambda job, cancelled, slot: outcome)
    monkeypatch.setattr(session, "keep_warm", lambda: None)
    told = folder / "told.json"
    command = [str(folder / "in"), "--output", str(folder / "out"), "--jobs", "2"]
    found: dict[str, int] = {}
    for case, stale in {"all": scripts, "one": 1, "none": 0}.items():
        if case == "one":
            shutil.rmtree(folder / "out/s0000")
        tracemalloc.start()
        try:
            assert main(folder, [*command, "--json", str(told)]) == 0
            found[case] = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        ran = [script["ran"] for script in json.loads(told.read_text())["scripts"]]
        assert (sum(ran), len(ran)) == (stale, scripts)
    return found


def test_memory_hardly_grows_with_the_number_of_scripts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = (120, 20, 120, 20, 120)  # the first imports; of two: Python's own tables grow by leaps
    _, *rounds = (peaks(tmp_path / f"{n}", size, monkeypatch) for n, size in enumerate(sizes))
    few, many = ({case: min(r[case] for r in rounds[n::2]) for case in rounds[0]} for n in (0, 1))
    further = {case: (many[case] - few[case]) / 100 for case in few}
    assert max(further.values()) < 1600, f"bytes a further script, by what is stale: {further}"


def test_no_more_scripts_run_at_once_than_there_are_slots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running: list[str] = []
    most: list[int] = []

    class Process:
        def __init__(self, job: Job, folder: Path, cancelled: object) -> None:
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
    server.keep_warm()
    (record,) = run_folder(tmp_path, tmp_path / "out").records.values()
    assert record.stdout == "True (700, 10, 10) True\n"


class Cluster(Executor):
    """Has done a job once it holds the fifth one, and the rest when it holds the last of 30."""

    def __init__(self) -> None:
        self.held: list[Future[Any]] = []
        self.taken = 0

    def submit(self, fn: object, /, *args: object, **kwargs: object) -> Future[Any]:
        future: Future[Any] = Future()
        self.held.append(future)
        self.taken += 1
        while self.held and (len(self.held) == 5 or self.taken == 30):
            self.held.pop(0).set_result(Outcome(0.1))
        return future


def test_a_cluster_is_handed_a_job_when_another_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_AHEAD_ELSEWHERE", 5)
    job = Job("a.py", "a.py", ".", "cpu", 1, 1.0, 1, 1)
    jobs = (replace(job, name=f"s{number:02}.py") for number in range(30))
    cluster = Cluster()
    ran: list[str] = []
    ahead: list[int] = []

    def finished(job: Job, outcome: Outcome) -> None:
        ran.append(job.name)
        ahead.append(cluster.taken - len(ran))

    Workers(1, cluster).run(jobs, finished, Stop())
    assert ran == [f"s{number:02}.py" for number in range(30)]
    assert max(ahead) == 5


def test_what_is_as_expected_is_judged_without_its_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of which nothing is stale, a script's record is read once, when that is found out."""
    folder = tmp_path / "scripts"
    folder.mkdir()
    for name in ("agrees", "differs", "silent"):
        (folder / f"{name}.py").write_text(f"print('{name}')\n")
    (folder / "agrees.out").write_bytes(b"agrees\r\n")
    (folder / "differs.out").write_text("else\n")
    result = run_folder(folder, tmp_path / "out", Options(jobs=1))
    read = Records.__getitem__
    asked: list[str] = []

    def noted(records: Records, name: str) -> Record:
        asked.append(name)
        return read(records, name)

    monkeypatch.setattr(Records, "__getitem__", noted)
    assert list(Judge(folder).complaints(result)) == ["differs.py"]
    assert asked == ["differs.py"]
    asked.clear()
    assert list(Judge(folder, required=True).complaints(result)) == ["differs.py", "silent.py"]
    assert asked == ["differs.py", "silent.py"]

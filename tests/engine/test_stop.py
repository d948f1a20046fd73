"""Ctrl-C, SIGTERM, SIGKILL, several runs at once: nothing torn, nothing lost, nothing left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from loopbook.runner import session
from loopbook.runner.interrupt import Interrupted
from loopbook.runner.offspring import adopt_orphans, offspring
from loopbook.runner.record import Record
from loopbook.runner.scratch import abandoned, own_folder
from loopbook.runner.session import run_folder

SCRIPTS = Path(__file__).parents[2] / "scripts"
# Starts two more processes, one of which leaves its session, and tells when all are there.
STUBBORN = """
import os, signal, subprocess, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen(["sleep", "71"])
subprocess.Popen(["sleep", "72"], start_new_session=True)
open({marker!r}, "w").close()
time.sleep(60)
"""


def start(place: Path, *, group: bool = False) -> subprocess.Popen[bytes]:
    """The command over ``in``, with a temporary folder of its own."""
    (place / "tmp").mkdir(exist_ok=True)
    with (place / "said").open("wb") as said:
        return subprocess.Popen(
            [sys.executable, str(SCRIPTS / "run_snippets.py"), str(place / "in"),
             "--output", str(place / "out"), "--jobs", "2"],
            env=os.environ | {"TMPDIR": str(place / "tmp")},
            stdout=said,
            stderr=said,
            start_new_session=group,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )  # fmt: skip


class Started:
    """The processes that a test has started, directly or not, forks too, and that still run."""

    def __init__(self) -> None:
        adopt_orphans()
        self._before = offspring(os.getpid())

    def living(self) -> dict[int, str]:
        """Their command lines."""
        found = {}
        for pid in offspring(os.getpid()) - self._before:
            with suppress(OSError):  # it has just ended
                found[pid] = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
        return found

    def gone(self, until: float) -> None:
        """All have ended by now, or do so until then."""
        assert time.monotonic() < until
        while left := self.living():
            assert time.monotonic() < until, left
            time.sleep(0.02)


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    while not path.exists():
        assert time.monotonic() < until and process.poll() is None
        time.sleep(0.02)


@pytest.fixture
def started() -> Iterator[Started]:
    """Looks after what the test starts; nothing of it survives the test."""
    started = Started()
    yield started
    for pid in started.living():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder of two quick scripts and a stubborn one."""
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.py").write_text(f"print('{name}')\n")
    stubborn = STUBBORN.format(marker=str(tmp_path / "tmp" / "there"))
    (tmp_path / "in" / "c.py").write_text(stubborn)
    return tmp_path


@pytest.mark.usefixtures("hangups")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_within_two_seconds(
    place: Path, started: Started, number: int
) -> None:
    process = start(place, group=True)
    for path in (place / "tmp/there", place / "out/a/record.json", place / "out/b/record.json"):
        wait_for(path, process)
    begin = time.monotonic()
    # The terminal tells the whole group of a Ctrl-C, ``kill`` one process.
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    assert process.wait(20) == 128 + number
    started.gone(begin + 2)
    said = (place / "said").read_text()
    assert "stopped; what was finished is kept" in said and "Traceback" not in said
    assert sorted(path.name for path in (place / "out").iterdir()) == [".lock", "a", "b"]
    assert not list((place / "tmp").glob("loopbook-*"))
    if number == signal.SIGTERM:
        (place / "in/c.py").write_text("print('c')\n")
        assert start(place).wait() == 0
        assert "1 run, 2 reused" in (place / "said").read_text(), "the next run goes on"


def test_ctrl_c_while_torch_is_being_imported_ends_at_once(place: Path, started: Started) -> None:
    process = start(place, group=True)
    wait_for(place / "out/.lock", process)
    while not any("forkserver" in command for command in started.living().values()):
        assert process.poll() is None
        time.sleep(0.01)
    begin = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(20) == 130, (place / "said").read_text()
    started.gone(begin + 2)
    assert "Traceback" not in (place / "said").read_text()


@pytest.mark.parametrize("stale", [True, False])
def test_a_killed_run_is_cleaned_up_by_the_next(place: Path, started: Started, stale: bool) -> None:
    process = start(place)
    for path in (place / "tmp/there", place / "out/a/record.json", place / "out/b/record.json"):
        wait_for(path, process)
    process.kill()
    process.wait()
    until = time.monotonic() + 20
    while any("sleep" not in command for command in started.living().values()):
        assert time.monotonic() < until, "the scripts themselves end with the runner"
        time.sleep(0.02)
    assert started.living() and list((place / "tmp").glob("loopbook-*"))
    if stale:
        (place / "in/c.py").write_text("print('c')\n")
    else:
        (place / "in/c.py").unlink()
    assert start(place).wait() == 0
    assert f"{stale:d} run, 2 reused" in (place / "said").read_text()
    started.gone(time.monotonic() + 20)
    assert not list((place / "tmp").glob("loopbook-*"))


def test_four_runs_at_once_into_one_place_do_no_harm(place: Path) -> None:
    text = "import matplotlib.pyplot as plt\nprint({0})\nplt.plot([{0}, 1])\nplt.show()\n"
    for number in range(6):
        (place / "in" / f"s{number}.py").write_text(text.format(number))
    (place / "in/c.py").write_text("print('c')\n")
    runs = [start(place) for _ in range(4)]
    assert [run.wait() for run in runs] == [0] * 4
    for script in (place / "in").glob("*.py"):
        record = Record.from_folder(place / "out" / script.stem)
        assert record and record.status == "ok"
        assert record.stdout == f"{script.stem.removeprefix('s')}\n"
        assert len(record.figures) == script.stem.startswith("s")
    hidden = [path.name for path in (place / "out").iterdir() if path.name.startswith(".")]
    assert hidden == [".lock"]


def test_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    """Four of them; ``python scripts/faults.py`` makes a hundred."""
    summary = tmp_path / "summary.json"
    command = [str(SCRIPTS / "faults.py"), "--kills", "4", "--json", str(summary)]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(summary.read_text())
    assert found["kills"] == 4 and found["checked"] == 48


def test_a_folder_of_a_process_whose_number_another_one_has_now_is_abandoned(
    tmp_path: Path,
) -> None:
    with own_folder(tmp_path, "run-") as mine:
        pid, start, _ = mine.name.removeprefix("run-").split("-")
        (tmp_path / f"run-{pid}-{start}-ours").mkdir()
        (tmp_path / f"run-{pid}-{int(start) - 1}-theirs").mkdir()
        assert [path.name[-6:] for path in abandoned(tmp_path, "run-")] == ["theirs"]


def test_a_signal_while_scripts_are_still_looked_at_ends_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"in/{name}.py").parent.mkdir(exist_ok=True)
        (tmp_path / f"in/{name}.py").write_text(f"print('{name}')\n")
    assert not run_folder(tmp_path / "in", tmp_path / "out").failed
    kept = sorted((tmp_path / "out").rglob("record.json"))
    (tmp_path / "in/a.py").write_text("print('c')\n")
    ended: list[bool] = []
    # A shell's background has Ctrl-C ignored, which a run respects.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    # What wakes the server is called in the midst: the signal comes when it has just been started.
    monkeypatch.setattr(session, "keep_warm", lambda: signal.raise_signal(signal.SIGINT))
    monkeypatch.setattr(session, "end_server", lambda hurry: ended.append(hurry))
    try:
        with pytest.raises(Interrupted):
            run_folder(tmp_path / "in", tmp_path / "out")
    finally:
        signal.signal(signal.SIGINT, before)
    assert ended == [True]
    assert sorted((tmp_path / "out").rglob("record.json")) == kept

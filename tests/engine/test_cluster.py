"""Scripts on a Dask cluster, the same interface and the same bytes; workers, and all else, lost."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from loopbook.runner.cli import main
from loopbook.runner.session import Options, run_folder
from loopbook.runner.versions import versions

COMMAND = Path(__file__).parents[2] / "scripts" / "run_snippets.py"
PLOT = """
import warnings
from pathlib import Path
import matplotlib.pyplot as plt
import torch
from shared import double
text = (Path(__file__).parent / "data" / "numbers.txt").read_text()
print(torch.linspace(0, 1, 5).softmax(0), double(2), text, {"a", "b", "c"})
warnings.warn("look here")
plt.plot([1, 2, 3], label="$x^2$")
plt.legend()
plt.show()
"""
# Once another script is under way, kills the worker: the parent of its own fork server.
KILLER = """
import os, signal, time
while not os.path.exists({marker!r}):
    time.sleep(0.05)
stat = open(f"/proc/{{os.getppid()}}/stat").read()
os.kill(int(stat.rpartition(")")[2].split()[1]), signal.SIGKILL)
time.sleep(60)
"""


def slow(marker: Path, seconds: float = 60.0) -> str:
    """A script that leaves its process's number in a file, and takes its time the first time."""
    return (
        "import os, time\n"
        f"begun = os.path.exists({str(marker)!r})\n"
        f"print(os.getpid(), file=open({str(marker)!r}, 'a'))\n"
        f"time.sleep(0.1 if begun else {seconds})\n"
        "print('done')\n"
    )


def until(true: Callable[[], Any], seconds: float = 180.0) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def gone(pid: int) -> bool:
    """Whether a process has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@dataclass
class Cluster:
    """A scheduler and its workers, processes on this machine."""

    folder: Path
    address: str = ""
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def begin(self, **environment: str) -> None:
        """Start the scheduler."""
        self.start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", **environment
        )
        until(lambda: "Scheduler at:" in self.said())
        self.address = self.said().partition("Scheduler at:")[2].split()[0]

    def said(self) -> str:
        """What the scheduler has logged."""
        return (self.folder / "log-0").read_text()

    def start(self, program: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start one of Dask's programs."""
        with (self.folder / f"log-{len(self.started)}").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{program}", *arguments],
                cwd=self.folder,
                env=os.environ | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def worker(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker with one thread and wait until the scheduler knows it."""
        before = self.workers()
        process = self.start(
            "worker",
            self.address,
            *("--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard", *arguments),
            *("--local-directory", str(self.folder / "dask")),
            **environment,
        )
        until(lambda: len(self.workers()) > len(before))
        return process

    def workers(self) -> set[str]:
        """Addresses of the workers that the scheduler knows."""
        lines = (line for line in self.said().splitlines() if "Register worker addr" in line)
        return {line.split()[-1] for line in lines}

    def command(self, folder: Path, output: Path, *more: str) -> subprocess.Popen[str]:
        """``run_snippets.py`` over a folder, on this cluster."""
        asked = [str(folder), "--output", str(output), "--cluster", self.address, *more]
        return subprocess.Popen(
            [sys.executable, str(COMMAND), *asked],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster that has not begun; at the end nothing is left of it."""
    (tmp_path / "cluster").mkdir()
    made = Cluster(tmp_path / "cluster")
    yield made
    for process in reversed(made.started):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def fill(folder: Path, **scripts: str) -> Path:
    """A folder of scripts, with a module and a file that they may read."""
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "numbers.txt").write_text("1 2 3")
    (folder / "shared.py").write_text("def double(x):\n    return 2 * x\n")
    for name, text in scripts.items():
        (folder / f"{name}.py").write_text(text)
    return folder


def contents(output: Path) -> dict[str, str]:
    """All files of a store; of a record, what two runs have in common: not the seconds."""
    found = {}
    for path in sorted(output.rglob("*.*")):
        text = path.read_text()
        if path.name == "record.json":
            text = re.sub(r'"(seconds|processor)": [\d.]+|"seal": "\w+"', "", text)
        found[path.relative_to(output).as_posix()] = text
    return found


def pids(marker: Path) -> list[int]:
    """The processes that a slow script has had."""
    return [int(line) for line in marker.read_text().split()] if marker.exists() else []


def parent(pid: int) -> int:
    """The parent of a process."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def ancestors(pid: int) -> list[int]:
    """The parents of a process, from the nearest on."""
    return [] if pid <= 1 else [above := parent(pid), *ancestors(above)]


def test_a_worker_elsewhere_makes_the_same_records_until_nobody_waits_for_it(
    tmp_path: Path, cluster: Cluster
) -> None:
    meet = "import time, pathlib\npathlib.Path({!r}).touch()\n" + (
        "while not pathlib.Path({!r}).exists():\n    time.sleep(0.05)\nprint('met')\n"
    )
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    folder = fill(
        tmp_path / "in",
        a=meet.format(one, two),
        b=meet.format(two, one),
        plot=PLOT,
        wrong="import shared\nshared.double(None)\n",
    )
    (folder / "plot.out").write_text("of no interest to the worker")
    elsewhere = fill(tmp_path / "elsewhere/in")
    for path in folder.glob("*.py"):
        shutil.copy(path, elsewhere)
    cluster.begin()
    cluster.worker("--nthreads", "2", LOOPBOOK_ROOT=str(elsewhere))
    process = cluster.command(folder, tmp_path / "out")
    said, _ = process.communicate(timeout=180)
    assert process.returncode == 1 and "5 run, 0 reused, 2 failed, 1 figures" in said, said
    run_folder(folder, tmp_path / "here", Options(jobs=2))
    assert contents(tmp_path / "out") == contents(tmp_path / "here")
    assert len(contents(tmp_path / "out")) == 12  # five records, one figure, the lock

    marker = tmp_path / "marker"
    for place in (folder, elsewhere):
        (place / "slow.py").write_text(slow(marker))
    process = cluster.command(folder, tmp_path / "out")
    until(lambda: pids(marker))
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=5)
    assert process.returncode == 130 and "Traceback" not in said, said
    until(lambda: gone(pids(marker)[0]), 5)
    assert not (tmp_path / "out/slow").exists()


def test_a_lost_worker_loses_nothing_and_a_lost_scheduler_is_told(
    tmp_path: Path, cluster: Cluster
) -> None:
    marker, second = tmp_path / "marker", tmp_path / "second"
    quick = {f"quick{number}": PLOT + f"print({number})\n" for number in range(5)}
    folder = fill(tmp_path / "in", slow=slow(marker), **quick)
    cluster.begin()
    workers = [cluster.worker("--no-nanny") for _ in range(2)]
    process = cluster.command(folder, tmp_path / "out")
    until(lambda: pids(marker))
    lost = parent(parent(pids(marker)[0]))
    assert lost in [worker.pid for worker in workers]
    os.kill(lost, signal.SIGKILL)
    said, _ = process.communicate(timeout=180)
    assert process.returncode == 0 and "7 run, 0 reused, 0 failed, 5 figures" in said, said
    assert len(pids(marker)) == 2
    until(lambda: gone(pids(marker)[0]), 10)
    run_folder(folder, tmp_path / "here")
    before = contents(tmp_path / "out")
    assert before == contents(tmp_path / "here")

    (folder / "slow.py").write_text(slow(second))
    process = cluster.command(folder, tmp_path / "out")
    until(lambda: pids(second))
    cluster.started[0].kill()
    said, _ = process.communicate(timeout=15)
    assert process.returncode == 2 and f"the scheduler at {cluster.address} is gone" in said, said
    assert "Traceback" not in said
    until(lambda: gone(pids(second)[0]), 10)
    assert contents(tmp_path / "out") == before


def test_a_script_that_kills_its_workers_takes_nothing_with_it(
    tmp_path: Path, cluster: Cluster
) -> None:
    marker = tmp_path / "marker"
    folder = fill(tmp_path / "in", killer=KILLER.format(marker=str(marker)), slow=slow(marker))
    cluster.begin(DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
    cluster.worker("--nthreads", "2")
    process = cluster.command(folder, tmp_path / "out")
    said, _ = process.communicate(timeout=180)
    assert process.returncode == 1 and "3 run, 0 reused, 1 failed" in said, said
    assert "killer.py: worker: 1 workers of the cluster died one after another" in said
    assert (tmp_path / "out/slow/stdout.txt").read_text() == "done\n"
    assert len(pids(marker)) == 2  # it was beside the killer the first time


def test_a_worker_that_differs_is_refused_by_name(tmp_path: Path, cluster: Cluster) -> None:
    folder = fill(tmp_path / "in", a="print(1)\n")
    other = fill(tmp_path / "other", a="print(2)\n")
    cluster.begin()
    process = cluster.command(folder, tmp_path / "out")
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 2 and f"{cluster.address} has no worker" in said, said

    older = tmp_path / "older.py"
    older.write_text(
        "import loopbook.runner.remote as remote\n"
        "found = remote.equipment() | {'torch': '1.0'}\n"
        "remote.equipment = lambda: found\n"
    )
    cluster.worker("--no-nanny", LOOPBOOK_ROOT=str(other))
    (first,) = cluster.workers()
    cluster.worker("--no-nanny", "--preload", str(older))
    (second,) = cluster.workers() - {first}
    cluster.worker("--no-nanny", "--resources", "GPU=1", LOOPBOOK_ROOT=str(tmp_path / "nowhere"))
    (third,) = cluster.workers() - {first, second}
    process = cluster.command(folder, tmp_path / "out")
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 2 and "Traceback" not in said, said
    assert f"the worker {first} has other sources in {other}: a.py\n" in said
    assert f"the worker {second} has torch 1.0, and not {versions()['torch']}\n" in said
    third += " was started with --resources GPU=1, and has no CUDA device;"
    assert f"the worker {third} has no folder {tmp_path / 'nowhere'}\n" in said
    assert not (tmp_path / "out").exists()


def test_scripts_that_need_a_gpu_go_where_one_is_and_a_late_worker_is_looked_at_too(
    tmp_path: Path, cluster: Cluster
) -> None:
    marker = tmp_path / "marker"
    gpu = {f"gpu{number}": f"# run: needs cuda\n{slow(marker, 0.5)}" for number in range(2)}
    folder = fill(tmp_path / "in", **gpu)
    cluster.begin()
    cluster.worker("--no-nanny")
    said, _ = cluster.command(folder, tmp_path / "out").communicate(timeout=180)
    assert "gpu1.py: left out: needs cuda, which is not here\n3 run, 0 reused, 0 failed" in said

    equipped = tmp_path / "equipped.py"
    equipped.write_text(
        "import loopbook.runner.remote\nloopbook.runner.remote.has_cuda = lambda: True"
    )
    lucky = cluster.worker("--no-nanny", "--resources", "GPU=1", "--preload", str(equipped))
    process = cluster.command(folder, tmp_path / "out")
    until(lambda: pids(marker))
    assert lucky.pid in ancestors(pids(marker)[0])
    said, _ = process.communicate(timeout=180)
    assert "2 run, 1 reused, 0 failed" in said and "left out" not in said, said

    other = fill(tmp_path / "other")
    busy = [tmp_path / f"busy{number}" for number in range(3)]
    for begun in busy:
        (folder / f"{begun.name}.py").write_text(slow(begun))
    process = cluster.command(folder, tmp_path / "out")
    until(lambda: sum(begun.exists() for begun in busy) == 2)
    cluster.worker("--no-nanny", LOOPBOOK_ROOT=str(other))
    said, _ = process.communicate(timeout=180)
    (late,) = [name for name in cluster.workers() if name in said]
    assert process.returncode == 2 and f"{late} has other sources in {other}: busy" in said, said


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nonsense", "http"])
def test_an_address_where_no_scheduler_is(
    tmp_path: Path, address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        if address == "http":
            address = f"127.0.0.1:{silent.getsockname()[1]}"
        begun = time.monotonic()
        status = main(
            tmp_path, [str(fill(tmp_path / "in")), "--output", "out", "--cluster", address]
        )
        assert status == 2 and time.monotonic() - begun < 15
    said = capfd.readouterr().err
    assert f"no Dask scheduler answers at '{address}'\n  → name the address" in said


def test_jobs_are_a_matter_of_the_workers(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = str(fill(tmp_path / "in"))
    asked = [folder, "--output", "out", "--cluster", "127.0.0.1:1", "--jobs", "2"]
    assert main(tmp_path, asked) == 2
    assert "--jobs is for this machine" in capfd.readouterr().err

"""A Dask cluster on this machine, and what a test wants to know of it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

COMMAND = Path(__file__).parents[3] / "scripts" / "run_snippets.py"


def until(true: Callable[[], Any], seconds: float = 180.0) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def parent(pid: int) -> int:
    """The parent of a process."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def ancestors(pid: int) -> list[int]:
    """The parents of a process, from the nearest on."""
    return [] if pid <= 1 else [above := parent(pid), *ancestors(above)]


def gone(pid: int) -> bool:
    """Whether a process has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@dataclass(frozen=True)
class Slow:
    """A script that leaves its process's number in a file, and takes its time the first time."""

    marker: Path

    def text(self, seconds: float = 60.0) -> str:
        """The script."""
        marker = str(self.marker)
        return (
            "import os, time\n"
            f"begun = os.path.exists({marker!r})\n"
            f"print(os.getpid(), file=open({marker!r}, 'a'))\n"
            f"time.sleep(0.1 if begun else {seconds})\n"
            "print('done')\n"
        )

    @property
    def pids(self) -> list[int]:
        """The processes that it has had."""
        return [int(line) for line in self.marker.read_text().split()] if self.begun else []

    @property
    def begun(self) -> bool:
        """Whether it has begun."""
        return self.marker.exists()

    def wait(self) -> list[int]:
        """Wait until it has begun; what is above its first process, from the nearest on."""
        until(lambda: self.pids)
        return ancestors(self.pids[0])

    def wait_for_its_end(self) -> None:
        """Wait for the end of its first process, for a short time."""
        until(lambda: gone(self.pids[0]), 10)


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

    def run(self, folder: Path, output: Path) -> tuple[int, str]:
        """The status of that command, and what it said."""
        process = self.command(folder, output)
        said, _ = process.communicate(timeout=180)
        return process.returncode, said

    def slow(self, name: str) -> Slow:
        """A slow script of this name."""
        return Slow(self.folder / name)

    def fill(self, folder: Path, **scripts: str) -> Path:
        """A folder of scripts, with a module and a file that they may read."""
        (folder / "data").mkdir(parents=True)
        (folder / "data" / "numbers.txt").write_text("1 2 3")
        (folder / "shared.py").write_text("def double(x):\n    return 2 * x\n")
        for name, text in scripts.items():
            (folder / f"{name}.py").write_text(text)
        return folder

    def contents(self, output: Path) -> dict[str, str]:
        """All files of a store; of a record, what two runs have in common: not the seconds."""
        found = {}
        for path in sorted(output.rglob("*.*")):
            text = path.read_text()
            if path.name == "record.json":
                text = re.sub(r'"(seconds|processor)": [\d.]+|"seal": "\w+"', "", text)
            found[path.relative_to(output).as_posix()] = text
        return found


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

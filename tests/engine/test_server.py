"""The server that scripts are forked from is ended: what it held is begun again elsewhere."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from loopbook.errors import BookError
from loopbook.runner import server
from loopbook.runner.session import Observer, Options, Session, run_folder

COMMAND = Path(__file__).parents[2] / "scripts" / "run_snippets.py"
# Takes long enough for its server to be ended meanwhile.
SLOW = """
import time
print("{0} begins")
time.sleep(0.4)
print("{0} ends")
"""
KILLS = """
import os, signal
print("before")
os.{0}
print("after")
import time; time.sleep(9)
"""


class Killer(Observer):
    """Ends the server when so many scripts have begun."""

    def __init__(self, begun: int) -> None:
        self._left = begun

    def started(self, name: str) -> None:
        """Begin to count a short time later, when it is under way."""
        self._left -= 1
        if self._left == 0:
            threading.Timer(0.2, self._kill).start()

    def _kill(self) -> None:
        server.end_server(hurry=True)


@pytest.fixture(autouse=True)
def warm() -> Iterator[None]:
    """The server of this process is a good one, before and after."""
    server.keep_warm()
    yield
    server.end_server(hurry=True)


def run(folder: Path, observer: Observer | None = None, **scripts: str) -> Session:
    for name, text in scripts.items():
        (folder / f"{name}.py").write_text(dedent(text), "utf-8")
    return run_folder(folder, folder / "out", Options(jobs=3, timeout=20), observer=observer)


def test_a_fork_that_its_server_did_not_live_to_tell_of_leaves_nothing_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process, begun = server.context().Process, list[Path]()
    usual = process.start

    def start(self: Any) -> None:
        folder = self._args[1]
        if not begun:
            begun.append(folder)
            (folder / "cwd").mkdir()
            (folder / "stdout.txt").write_text("first\n", "utf-8")
            raise EOFError
        usual(self)

    monkeypatch.setattr(process, "start", start)
    record = run(tmp_path, a="print('second')").records["a.py"]
    assert begun and (record.stdout, record.problem) == ("second\n", None)


def test_scripts_whose_server_was_ended_are_run_again(tmp_path: Path) -> None:
    slow = {f"s{number}": SLOW.format(number) for number in range(5)}
    session = run(tmp_path, Killer(2), **slow)
    assert not session.failed and len(session.ran) == 5
    for number in range(5):
        assert session.records[f"s{number}.py"].stdout == f"{number} begins\n{number} ends\n"


def test_those_that_end_their_server_are_named_and_no_others(tmp_path: Path) -> None:
    slow = {f"s{number}": SLOW.format(number) for number in range(3)}
    killers = {
        "one": KILLS.format("kill(os.getppid(), 9)"),
        "group": KILLS.format("killpg(os.getpgid(os.getppid()), signal.SIGTERM)"),
    }
    session = run(tmp_path, **slow, **killers)
    assert {record.script for record in session.failed} == {"group.py", "one.py"}
    for record in session.failed:
        problem = record.problem
        assert problem and (problem.kind, problem.line) == ("server", 4), problem
        assert "ended twice while it ran" in problem.message and record.stdout.startswith(
            "before\n"
        )
    for number in range(3):
        assert session.records[f"s{number}.py"].stdout == f"{number} begins\n{number} ends\n"


def test_a_server_that_is_halted_goes_on(tmp_path: Path) -> None:
    halt = "import os, signal\nos.kill(os.getppid(), signal.SIGSTOP)\nprint('done')\n"
    assert not run(tmp_path, halts=halt, after="print('after')\n").failed


def test_what_a_killed_script_left_in_shared_memory_is_removed_without_a_word(
    tmp_path: Path,
) -> None:
    left = tmp_path / "left"
    text = f"""
        import multiprocessing, os
        lock = multiprocessing.get_context("spawn").Lock()
        open({str(left)!r}, "w").write(lock._semlock.name)
        os.kill(os.getpid(), 9)
    """
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.py").write_text(dedent(text), "utf-8")
    command = [sys.executable, str(COMMAND), str(tmp_path / "in"), "--output", str(tmp_path / "o")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "SIGKILL" in done.stderr
    assert "resource_tracker" not in done.stderr
    assert not Path(f"/dev/shm/sem.{left.read_text()[1:]}").exists()


def test_a_server_that_does_not_start_ends_the_run_with_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "books").mkdir()
    (tmp_path / "falls_over.py").write_text("import os\nos._exit(3)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(server, "_PRELOAD", ["falls_over"])
    server.end_server(hurry=True)
    begin = time.monotonic()
    with pytest.raises(BookError, match="ended 3 times as it started") as caught:
        run(tmp_path / "books", good="print(1)\n")
    assert "memory" in caught.value.cure and time.monotonic() - begin < 20
    monkeypatch.undo()
    assert not run(tmp_path / "books", good="print(1)\n").failed

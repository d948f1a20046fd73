"""Which processes a script left behind, what they are called, and what its own became."""

from __future__ import annotations

import sys
from textwrap import dedent

import pytest

from loopbook.runner.births import named
from loopbook.runner.session import Session, run_folder

OWN = [f"{sys.prefix}/bin/python", "-c", "from multiprocessing.forkserver import main; main(3)"]
BIRTHS = [(2, ""), (3, "sleep 7"), (5, "sleep 8")]


@pytest.mark.parametrize(
    ("command", "births", "name", "line"),
    [
        (["sleep", "7"], BIRTHS, "sleep 7", 3),
        (["/usr/bin/sleep", "9"], BIRTHS, "sleep 9", 5),  # started by a child of it
        (OWN, BIRTHS, "a copy of itself", 2),
        ([], BIRTHS[:2], "sleep 7", 3),  # its command cannot be read yet
        ([], BIRTHS[:1], "one that has no name", 2),
        ([""], BIRTHS[:1], "one that has no name", 2),
        ([sys.executable, "a.py"], BIRTHS, "python a.py", 5),
        (["sh", "-c", f"exec {sys.executable} a.py"], BIRTHS, "sh -c exec python a.py", 5),
        (["sh", "-c", *["word"] * 40], BIRTHS, f"sh -c {'word ' * 12}…", 5),
    ],
)
def test_a_process_is_called_by_its_command_without_this_machines_places(
    command: list[str], births: list[tuple[int | None, str]], name: str, line: int
) -> None:
    assert named(command, OWN, births) == (name, line)


# What a library starts for itself is nobody's to wait for, whatever else the script started.
HELPED = {
    "shared": """
        import torch
        from torch.utils.data import DataLoader
        torch.multiprocessing.set_sharing_strategy("file_system")
        for batch in DataLoader(torch.arange(2), 2, num_workers=1):
            print(batch.tolist())
        """,
    "server": """
        import multiprocessing as mp, subprocess
        if __name__ == "__main__":
            subprocess.run(["true"], check=True)
            with mp.get_context("forkserver").Pool(1) as pool:
                print(pool.map(abs, [0, -1]))
        """,
    "loky": """
        import subprocess
        from joblib import Parallel, delayed
        subprocess.run(["true"], check=True)
        print(Parallel(n_jobs=2)(delayed(abs)(i) for i in (0, -1)))
        """,
    "pool": """
        from joblib import Parallel, delayed
        print(Parallel(n_jobs=2, backend="multiprocessing")(delayed(abs)(i) for i in (0, -1)))
        """,
    "inside": """
        import multiprocessing as mp
        from multiprocessing.resource_tracker import ResourceTracker
        tracker = ResourceTracker()
        def work():
            tracker.ensure_running()
            print([0, 1], flush=True)
        process = mp.get_context("fork").Process(target=work)
        process.start()
        process.join()
        """,
}
# What is left, the line that started it, and its name.
LEFT = {
    "shell": ("""
        from subprocess import Popen, run
        Popen("exec sleep 75", shell=True)
        run(["true"])
        """, 2, "sleep 75"),
    "spawned": ("""
        import os, subprocess
        os.posix_spawn("/bin/sh", ["sh", "-c", "exec sleep 69"], os.environ)
        subprocess.run(["true"])
        """, 2, "sleep 69"),
    "orphan": ("import os\nos.system('sleep 74 & sleep 0.2')", 2, "sleep 74"),
    "same": ("""
        import subprocess
        subprocess.Popen(["sleep", "73"])
        other = subprocess.Popen(["sleep", "73"])
        other.kill()
        other.wait()
        """, 2, "sleep 73"),
    "forks": ("""
        import os, time
        if os.fork() == 0:
            time.sleep(72)
        if os.fork() == 0:
            os._exit(0)
        os.wait()
        """, 2, "a copy of itself"),
    "worker": ("""
        import multiprocessing as mp, subprocess
        process = mp.get_context("fork").Process(target=subprocess.Popen, args=(["sleep", "71"],))
        process.start()
        process.join()
        subprocess.run(["true"])
        """, 3, "sleep 71"),
    "beside": ("""
        import multiprocessing as mp, subprocess
        if __name__ == "__main__":
            with mp.get_context("forkserver").Pool(1) as pool:
                subprocess.Popen(["sleep", "70"])
        """, 4, "sleep 70"),
}  # fmt: skip
# What a script's process becomes, and what is said of line 2.
BECAME = {
    "fine": ("os.execvp('true', ['true'])", "exit", "another program, which ended with status 0;"),
    "ends": ("os.execlp('sh', 'sh', '-c', 'exit 3')", "exit", "which ended with status 3;"),
    "dies": ("os.execlp('sh', 'sh', '-c', 'kill -9 $$')", "signal", "SIGKILL"),
    "fails": ("os.execvp('no-such', ['a'])", "FileNotFoundError", "No such file"),
}  # fmt: skip


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """All of them run."""
    place = tmp_path_factory.mktemp("left")
    scripts = HELPED | {name: left[0] for name, left in LEFT.items()}
    scripts |= {name: f"import os\n{became[0]}" for name, became in BECAME.items()}
    for name, text in scripts.items():
        (place / f"{name}.py").write_text(dedent(text).lstrip(), "utf-8")
    return run_folder(place, place / "out")


@pytest.mark.parametrize("name", HELPED)
def test_a_librarys_helper_is_not_left_by_the_script(session: Session, name: str) -> None:
    record = session.records[f"{name}.py"]
    assert (record.problem, record.stdout) == (None, "[0, 1]\n")


@pytest.mark.parametrize("name", LEFT)
def test_a_process_that_is_left_is_told_with_the_line_that_started_it(
    session: Session, name: str
) -> None:
    problem = session.records[f"{name}.py"].problem
    assert problem and (problem.kind, problem.line) == ("process", LEFT[name][1]), problem
    assert f"left a process behind: {LEFT[name][2]};" in problem.message


@pytest.mark.parametrize("name", BECAME)
def test_a_script_that_becomes_another_program_is_told_with_its_line(
    session: Session, name: str
) -> None:
    problem = session.records[f"{name}.py"].problem
    assert problem and (problem.kind, problem.line) == (BECAME[name][1], 2), problem
    assert BECAME[name][2] in problem.message

"""Sixty scripts in one run, a third of them up to no good: the others do not even notice."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

import pytest

from loopbook.runner.offspring import adopt_orphans, offspring

COMMAND = Path(__file__).parents[2] / "scripts" / "run_snippets.py"
TIMEOUT, MEMORY, ALL = 3, 1024, 60


class Bad(NamedTuple):
    """A script, the kind of its problem, the line that is named, and words of the message."""

    text: str
    kind: str
    line: int | None
    words: str


BAD = {
    "exception": Bad("x = {}\nx['gone']", "KeyError", 2, "gone"),
    "syntax": Bad("x = 1\ny = (", "SyntaxError", 2, "never closed"),
    "endless": Bad("x = 0\n\nwhile True: x += 1 - 1", "timeout", 3, "to its end within 3 sec"),
    "asleep": Bad("import time\ndef f():\n    time.sleep(99)\nf()", "timeout", 3, "to its end"),
    "leaves": Bad("import os\nprint(1)\nos._exit(0)\nprint(2)", "exit", 3, "os._exit(0)"),
    "parent": Bad(
        "import os\nprint(1)\nos.kill(os.getppid(), 9)", "server", 3, "ended twice while it ran"
    ),
    "half": Bad("x = 1\nraise ValueError('\\ud800')", "ValueError", 2, "\\ud800"),
    "says half": Bad("import sys\nsys.exit('\\ud800')", "exit", 2, "\\ud800"),
    "wordless": Bad(
        "class E(Exception):\n    def __str__(self): return 5\nraise E()",
        "E", 3, "<exception str() failed>",
    ),
    "nameless": Bad(
        """\
        class Kind(type):
            def __getattribute__(self, name): raise RuntimeError(name)
        class E(SyntaxError, metaclass=Kind):
            __getattribute__ = Kind.__getattribute__
            filename = None
        raise E("no name")
        """,
        "E", 6, "no name",
    ),
    "status": Bad("import sys\nsys.exit(3)", "exit", 2, "sys.exit(3)"),
    "segfault": Bad("import ctypes\nctypes.string_at(0)", "signal", 2, "SIGSEGV"),
    "abort": Bad("import os\nprint(1)\nos.abort()", "signal", 3, "SIGABRT"),
    "real time": Bad("import os\nos.kill(os.getpid(), 40)", "signal", 2, "SIGRTMIN+6"),
    "kills itself": Bad("import os\nos.killpg(0, 9)", "signal", 2, "SIGKILL"),
    "memory": Bad("x = []\nwhile True:\n    x.append('y' * 10**6)", "MemoryError", 3, "1,024 MB"),
    "tensor": Bad("import torch\ntorch.zeros(400_000_000)", "RuntimeError", 2, "allocate memory"),
    "prints": Bad("for _ in range(1000):\n    print('x' * 10**6)", "output", 2, "printed more"),
    "mutters": Bad(
        "import sys\nfor _ in range(1000):\n    sys.stderr.write('x' * 10**6)",
        "output", 3, "printed more",
    ),
    "child": Bad(
        "import subprocess\nsubprocess.Popen(['/bin/sleep', '77'])",
        "process", 2, "behind: sleep 77;",
    ),
    "odd child": Bad(
        """\
        from subprocess import Popen
        left = Popen(["sh", b"-c", b"sleep 76; : \\xff"])
        Popen(["true"])
        """,
        "process", 2, "behind: sh -c sleep 76; : \\udcff;",
    ),
    "daemon": Bad(
        """\
        import os, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.chdir("/")
                os.closerange(0, 64)
                time.sleep(78)
            os._exit(0)
        os.wait()
        """,
        "process", 2, "left a process behind: a copy of itself;",
    ),
    "thread": Bad(
        "from threading import Timer as T\nt = T(79, print)\nt.name = 'T7\\ud800'\nt.start()",
        "timeout", 4, "thread T7\\ud800",
    ),
    "closes": Bad("import os\nos.close(1); os.close(2)\nprint(3)", "OSError", 3, "file descriptor"),
    "figure": Bad(
        "import matplotlib.pyplot as plt\nplt.title(r'$\\frac{$')\nplt.show()\nprint(1)",
        "ValueError", 3, "frac",
    ),
    "unshown": Bad(
        "import matplotlib.pyplot as plt\nplt.figure('f7')\nplt.title(r'$\\frac{$')\nprint(1)",
        "ValueError", 2, "figure f7 cannot be drawn",
    ),
    "package": Bad("import math\nimport no_such_package", "ModuleNotFoundError", 2, "no_such"),
    "missing": Bad("print(1)\nopen('missing.csv')", "FileNotFoundError", 2, "missing.csv"),
    "writes": Bad(
        "from pathlib import Path\nPath(__file__).with_name('made.txt').write_text('x')",
        "write", 2, "writes into made.txt",
    ),
    "oddly": Bad(
        "import os\nopen(os.path.dirname(__file__) + '/a\\udcff', 'w')",
        "write", 2, "writes into a\\udcff",
    ),
    "insists": Bad(
        "try:\n    open(__file__, 'a').write('x')\nexcept OSError:\n    print('so what')",
        "write", 2, "insists.py",
    ),
    "removes": Bad(
        "import os\nos.chdir(os.path.dirname(__file__))\nos.remove('notes.txt')",
        "write", 3, "notes.txt",
    ),
    "saves": Bad(
        "import torch\ntorch.save(torch.ones(2), __file__[:-3] + '.pt')",
        "RuntimeError", 2, "outside the book",
    ),
    "touches": Bad(
        "import subprocess\nsubprocess.run(['touch', __file__ + '.new'], check=True)",
        "CalledProcessError", 2, "touch",
    ),
}  # fmt: skip

# Rude to their own process, which is nobody's business: plain python ends with 0.
RUDE = {
    "deletes": "import os, shutil\nshutil.rmtree(os.getcwd())\nprint('gone')",
    "moves": "import os\nos.chdir('/')\nprint(os.getcwd())",
    "style": "import matplotlib.pyplot as plt\nplt.rcParams['lines.linewidth'] = 9\nprint(9)",
    "dtype": "import torch\ntorch.set_default_dtype(torch.float64)\nprint(torch.ones(1).dtype)",
    "device": "import torch\ntorch.set_default_device('meta')\nprint(torch.ones(1).device)",
    "seeds": "import torch, random\ntorch.manual_seed(5); random.seed(5)\nprint(torch.rand(1))",
    "patches": "import torch\ntorch.ones = torch.nn.Linear = None\nprint(torch.ones)",
    "shuts": "import os\nprint('last words')\nos.close(1); os.close(2)",
    "mute": "import sys\nprint('last words')\nsys.stdout = sys.stderr = None",
    "asks": "try:\n    open(__file__ + '\\udcfe')\nexcept OSError:\n    print('none')",
    "lists": "import os\nprint(len(os.listdir(os.path.dirname(__file__))) > 9)",
    "daemonic": "import threading\nthreading.Thread(target=input, daemon=True).start()\nprint(1)",
}

GOOD = """
import matplotlib.pyplot as plt
import torch

torch.manual_seed({seed})
line = torch.nn.Linear(2, 1)
print({seed}, line.weight.dtype, line.weight.device, line(torch.ones(2)).item())
plt.plot([{seed}, 1, 2])
plt.show()
"""


# Files that are no text, each with the line that says so.
BYTES = {
    "latin": (b"x = 1\n# run: caf\xe9\nprint('caf\xe9')\n", 2),
    "null": (b"x = 1\r\ny = '\0'\r\n", 2),
    "wide": ("x = 1\n".encode("utf-16"), 1),
    "ascii": (b"# coding: ascii\nx = 1\n# \xc3\xa9\n", 3),
    "unknown": (b"#!python\n# coding: none-such\n", 2),
}
ODD = os.fsdecode(b"caf\xe9")  # a name that is not UTF-8
ILL = {*BAD, *BYTES, ODD}


def write(folder: Path, scripts: dict[str, str]) -> None:
    folder.mkdir()
    (folder / "notes.txt").write_text("kept")
    for name, text in scripts.items():
        (folder / f"{name}.py").write_text(dedent(text) + "\n", "utf-8")


def run(folder: Path, output: Path) -> dict[str, Any]:
    """Run a folder by the command; the entries of its summary, by name of the script."""
    summary, scratch = output.with_suffix(".json"), output.with_suffix(".tmp")
    scratch.mkdir()
    command = [sys.executable, str(COMMAND), str(folder), "--output", str(output)]
    limits = ["--timeout", str(TIMEOUT), "--memory", str(MEMORY), "--json", str(summary)]
    done = subprocess.run(
        [*command, *limits],
        env=os.environ | {"TMPDIR": str(scratch)},
        capture_output=True,
        text=True,
    )
    assert 'Traceback (most recent call last):\n  File "/' not in done.stderr
    left = {path.name.partition("_")[0] for path in scratch.iterdir()}
    assert left <= {"torchinductor"}, "torch's own folder may be there, but no run's"
    scripts = json.loads(summary.read_text("utf-8"))["scripts"]
    return {entry["script"].removesuffix(".py"): entry for entry in scripts}


def made(output: Path, name: str) -> dict[str, bytes]:
    """Printed text and figures of a script."""
    files = (output / name).rglob("*.*")
    return {path.name: path.read_bytes() for path in files if path.name != "record.json"}


def living(before: set[int]) -> set[int]:
    """What was started since, forks and all, and does not end within five seconds."""
    until = time.monotonic() + 5
    while (left := offspring(os.getpid()) - before) and time.monotonic() < until:
        time.sleep(0.05)
    return left


@pytest.fixture(scope="module")
def session(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Path, dict[str, Any], float, set[int]]]:
    """Where sixty scripts were run, what is known of each, the seconds it took, what is left."""
    adopt_orphans()
    before = offspring(os.getpid())
    place = tmp_path_factory.mktemp("sixty")
    good = {f"good{seed}": GOOD.format(seed=seed) for seed in range(ALL - len(ILL) - len(RUDE))}
    write(place / "in", {name: bad.text for name, bad in BAD.items()} | RUDE | good)
    for name, (data, _) in BYTES.items():
        (place / "in" / f"{name}.py").write_bytes(data)
    (place / "in" / f"{ODD}.py").write_text("print(1)\n")
    write(place / "alone", {"good0": good["good0"], "good7": good["good7"]} | RUDE)
    shutil.copytree(place / "in", place / "before")
    start = time.monotonic()
    found = run(place / "in", place / "out")
    seconds, left = time.monotonic() - start, living(before)
    yield place, found, seconds, left
    for pid in left:
        os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("name", BAD)
def test_each_misdeed_is_reported_as_its_own(session: Any, name: str) -> None:
    found = session[1]
    bad, entry = BAD[name], found[name]
    assert entry["status"] == "failed"
    problem = entry["problem"]
    assert (problem["kind"], problem["line"]) == (bad.kind, bad.line), problem
    assert bad.words in problem["message"]
    assert f"{name}.py:{bad.line}: " in entry["complaint"]


def test_the_folder_of_the_scripts_is_as_it_was(session: Any) -> None:
    now, before = (
        {path.name: path.read_bytes() for path in (session[0] / name).iterdir()}
        for name in ("in", "before")
    )
    assert now == before


@pytest.mark.parametrize("name", BYTES)
def test_a_file_that_is_no_text_names_its_line(session: Any, name: str) -> None:
    entry = session[1][name]
    assert entry["problem"]["kind"] == "SyntaxError"
    assert entry["problem"]["line"] == BYTES[name][1], entry["problem"]
    assert f"{name}.py:{BYTES[name][1]}: " in entry["complaint"]


def test_a_name_that_is_not_utf8_is_refused(session: Any) -> None:
    assert session[1][ODD].keys() == {"script", "status", "complaint"}
    assert "caf\\udce9.py:1: has a name that is not UTF-8" in session[1][ODD]["complaint"]


def test_all_others_succeed_as_they_do_alone(session: Any) -> None:
    place, found, *_ = session
    others = {name: entry for name, entry in found.items() if name not in ILL}
    assert len(found) == ALL and len(others) == ALL - len(ILL)
    wrong = {name: entry["problem"] for name, entry in others.items() if entry["status"] != "ok"}
    assert not wrong
    run(place / "alone", place / "apart")
    for path in (place / "alone").glob("*.py"):
        assert made(place / "out", path.stem) == made(place / "apart", path.stem), path.stem
    printed = [entry for name, entry in found.items() if name.startswith("good")]
    assert len({(place / "out" / entry["script"][:-3] / "stdout.txt").read_text()
                for entry in printed}) == len(printed)  # fmt: skip


def test_good_scripts_print_what_plain_python_prints(session: Any) -> None:
    place = session[0]
    for name in ("good0", "seeds"):
        plain = subprocess.run(
            [sys.executable, str(place / "in" / f"{name}.py")],
            env=os.environ | {"MPLBACKEND": "agg", "OMP_NUM_THREADS": "1"},
            capture_output=True,
            check=True,
        )
        assert made(place / "out", name)["stdout.txt"] == plain.stdout


def test_nothing_is_left_running_and_all_ends_within_the_limits(session: Any) -> None:
    _, found, seconds, left = session
    assert not left
    slow = [name for name in BAD if (found[name]["problem"] or {}).get("kind") == "timeout"]
    assert len(slow) == 3
    assert seconds < len(slow) * TIMEOUT + ALL

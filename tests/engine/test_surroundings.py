"""What a script sees around it is the same everywhere, and nothing of this machine is kept."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from textwrap import dedent

import pytest

from loopbook.notebooks.items import Cell
from loopbook.notebooks.kernel import execute
from loopbook.runner.record import Record

COMMAND = Path(__file__).resolve().parents[2] / "scripts" / "run_snippets.py"
#: A sign that stands nowhere else.
MARK = "zq7marker"

LOOKING = '''
"""Looks around, and into every process that it comes from."""
import getpass, locale, os, shutil, sys, tempfile, time, warnings
from pathlib import Path
import matplotlib.pyplot as plt

print(sorted(os.environ.items()))
process, seen = os.getpid(), []
for line in Path("/proc/self/environ").read_text().split(chr(0)):
    seen += [line] if line else []
while process := int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1]):
    try:
        seen.append(Path(f"/proc/{process}/environ").read_text())
    except OSError:
        seen.append("closed")
print(seen)
print(os.getcwd(), __file__, sys.argv)
print(Path.home(), os.path.expanduser("~/.config"), tempfile.gettempdir())
print(tempfile.mkdtemp(prefix="", suffix="")[:-8])
print(getpass.getuser(), time.tzname, time.localtime(0).tm_hour)
print(sys.flags.utf8_mode, locale.getencoding(), sys.getfilesystemencoding())
print(shutil.get_terminal_size(), sys.flags.optimize, sys.warnoptions)
print(sys.executable, sys.prefix, sys.base_prefix, [sys.executable])
Path("note.txt").write_text("η")
print(Path("note.txt").read_bytes())
warnings.warn(f"in {__file__} and {os.getcwd()}/x")
fig = plt.figure(f"drawn in {os.getcwd()}")
fig.text(0.1, 0.5, f"{__file__} {tempfile.gettempdir()} {os.environ.get('HOSTNAME')}")
plt.show()
'''
SPAWNING = '''
"""Starts another process."""
import os, subprocess, sys

say = "import os; print(sorted(os.environ)); print(os.environ['HOME'], os.environ['TZ'])"
print(subprocess.run([sys.executable, "-c", say], capture_output=True, text=True).stdout)
print(subprocess.run("echo $HOME $USER $GITHUB_TOKEN", shell=True, capture_output=True).stdout)
'''
FAILING = '''
"""Fails."""
import os
raise RuntimeError(f"no such file: {os.getcwd()}/data.csv, {__file__}, {os.environ}")
'''


def surroundings(folder: Path, name: str) -> dict[str, str]:
    """An environment full of marks, as no two machines have the same."""
    home = folder / f"{MARK}-home-{name}"
    for made in (home, folder / f"{MARK}-tmp-{name}"):
        made.mkdir(parents=True)
    marked = {
        variable: f"{MARK}-{variable.lower()}-{name}"
        for variable in (
            "USER", "LOGNAME", "USERNAME", "HOSTNAME", "GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY",
            "SSH_AUTH_SOCK", "MAIL", "EDITOR", "http_proxy", "PS1", "OLDPWD",
        )
    }  # fmt: skip
    return marked | {
        "HOME": str(home),
        "TMPDIR": str(folder / f"{MARK}-tmp-{name}"),
        "PATH": f"{home}/bin{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(COMMAND.parent),
    }


def run(folder: Path, environment: dict[str, str], **scripts: str) -> Path:
    """Run scripts with the command under an environment of its own; returns the records."""
    (folder / "in").mkdir(parents=True)
    for name, text in scripts.items():
        (folder / "in" / f"{name}.py").write_text(dedent(text).lstrip(), "utf-8")
    done = subprocess.run(
        [sys.executable, str(COMMAND), str(folder / "in"), "--output", str(folder / "out")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr.replace("Traceback (most recent call last):\n  File", "")
    return folder / "out"


@pytest.fixture(scope="module")
def two_machines(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The records of the same scripts, run in two folders under two environments."""
    made = []
    tokyo = {"TZ": "Asia/Tokyo", "LANG": "C.UTF-8", "COLUMNS": "40", "PYTHONWARNINGS": "error"}
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONOPTIMIZE": "2", "MPLBACKEND": "pdf"}
    for name, more in (("one", tokyo), ("other", plain)):
        folder = tmp_path_factory.mktemp(f"{MARK}-{name}")
        environment = surroundings(folder, name) | more
        made.append(run(folder / "book", environment, look=LOOKING, spawn=SPAWNING, fail=FAILING))
    return made[0], made[1]


@pytest.mark.parametrize("script", ["look", "spawn", "fail"])
def test_nothing_of_this_machine_is_kept(two_machines: tuple[Path, Path], script: str) -> None:
    for records in two_machines:
        files = [path for path in (records / script).rglob("*") if path.is_file()]
        assert len(files) == (3 if script == "look" else 2)
        for path in files:
            assert MARK not in path.read_text("utf-8"), path
            assert MARK not in path.name


@pytest.mark.parametrize("script", ["look", "spawn", "fail"])
def test_two_machines_see_the_same(two_machines: tuple[Path, Path], script: str) -> None:
    one, other = (Record.from_folder(records / script) for records in two_machines)
    assert one is not None and other is not None
    assert one.status == other.status == ("failed" if script == "fail" else "ok"), one.problem
    assert one.stdout == other.stdout and one.stderr == other.stderr
    assert one.problem == other.problem and one.figures == other.figures


def test_a_script_finds_a_home_and_a_place_for_files_of_its_own(
    two_machines: tuple[Path, Path],
) -> None:
    record = Record.from_folder(two_machines[0] / "look")
    assert record is not None and record.status == "ok", record and record.problem
    lines = record.stdout.splitlines()
    assert f"{COMMAND.parent}" not in lines[1] and "MPLCONFIGDIR" not in lines[1]
    assert lines[2] == ". look.py ['look.py']"
    assert lines[3] == "~ ~/.config /tmp"
    assert lines[5] == "reader ('UTC', 'UTC') 0"
    assert lines[6] == "1 UTF-8 utf-8"
    assert lines[8] == "python /usr /usr ['python']"
    assert lines[7] == "os.terminal_size(columns=80, lines=24) 0 []"
    assert "UserWarning: in look.py and x" in record.stderr


def test_an_exception_names_files_from_the_folder_on(two_machines: tuple[Path, Path]) -> None:
    record = Record.from_folder(two_machines[0] / "fail")
    assert record is not None and record.problem is not None
    assert record.problem.message.startswith("no such file: data.csv, fail.py, ")
    assert record.problem.line == 3


def test_a_notebooks_cells_see_and_keep_nothing_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in surroundings(tmp_path, "kernel").items():
        if name not in ("TMPDIR", "PATH", "PYTHONPATH"):
            monkeypatch.setenv(name, value)
    look = """
import os, sys, tempfile, time, warnings
print(sorted(os.environ.items()))
print(os.getcwd(), os.path.expanduser("~"), tempfile.gettempdir(), time.tzname)
warnings.warn(f"in {os.getcwd()}/x")
open("none.csv", "w").write(os.environ["HOME"])
"""
    fail = "import json; raise RuntimeError(f'in {os.getcwd()}/x, {json.__file__}')"
    shown = execute([Cell(look, "around"), Cell(fail, "around", raises=True)])
    said = repr(shown)
    assert MARK not in said and tempfile.gettempdir() + "/" not in said
    assert "ipykernel_" not in said and str(COMMAND.parents[1]) not in said
    printed = "".join(output.get("text", "") for output in shown[0])
    assert ". ~ /tmp ('UTC', 'UTC')" in printed and "cell:4: UserWarning: in x" in printed
    assert shown[1][0]["evalue"] == "in x, json/__init__.py"

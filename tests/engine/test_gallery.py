"""A foreign gallery run twice, by the runner and by plain Python, and what is said of it."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tarfile
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from loopbook.errors import BookError
from loopbook.gallery.causes import OTHER, cause
from loopbook.gallery.plain import Plain, run_plain
from loopbook.gallery.report import report
from loopbook.gallery.sources import fetch_gallery, unpack
from loopbook.gallery.trial import Pair, attempt
from loopbook.runner.record import Problem, Record
from loopbook.runner.session import Options

COMMAND = Path(__file__).parents[2] / "scripts" / "run_gallery.py"
SHOWS = """
import matplotlib.pyplot as plt

for number in range(2):
    plt.plot([1, 2])
    plt.show()
plt.figure()
plt.pause(0.001)
plt.close()
plt.figure().show()
plt.figure()  # open at the end
"""


def write(folder: Path, **scripts: str) -> Path:
    """A gallery with these scripts."""
    for name, text in scripts.items():
        (folder / f"{name}.py").write_text(dedent(text), encoding="utf-8")
    return folder


# --- plain Python


def test_plain_python_counts_every_figure_that_is_on_show(tmp_path: Path) -> None:
    folder = write(tmp_path, shows=SHOWS, none="print(1)", own="import matplotlib\n")
    assert run_plain(folder / "shows.py", 60).figures == 5
    none = run_plain(folder / "none.py", 60)
    assert none.figures is None and none.problem == "" and 0 < none.seconds < 60


def test_a_script_may_be_named_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, one="print(1)"))
    assert run_plain(Path("one.py"), 60).problem == ""


def test_plain_python_says_why_a_script_fails(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        raises="import nowhere_at_all",
        late="import time\ntime.sleep(60)",
        drawn=r"import matplotlib.pyplot as plt; plt.title(r'$\nothing$')",
        status="raise SystemExit(3)",
    )
    assert "No module named 'nowhere_at_all'" in run_plain(folder / "raises.py", 60).problem
    assert run_plain(folder / "late.py", 0.5).problem == "timeout"
    assert run_plain(folder / "drawn.py", 60).problem  # a figure that fails at the very end
    assert run_plain(folder / "status.py", 60).problem == "status 3"


@pytest.mark.parametrize(
    ("problem", "word"),
    [
        ("ModuleNotFoundError: No module named 'gi'", "package"),
        ("_tkinter.TclError: no display name and no $DISPLAY environment variable", "window"),
        ("RuntimeError: Failed to process string with tex because latex could not be", OTHER),
        ("RuntimeError: Failed … because latex could not be found", "LaTeX"),
        ("FileNotFoundError: [Errno 2] No such file or directory: 'ffmpeg'", "program"),
        ("FileNotFoundError: [Errno 2] No such file or directory: 'data/a.csv'", OTHER),
        ("urllib.error.URLError: <urlopen error [Errno -2] Name or service not known>", "network"),
        ("timeout", "time"),
        ("ZeroDivisionError: division by zero", OTHER),
    ],
)
def test_a_cause_is_read_from_the_last_words(problem: str, word: str) -> None:
    assert word in cause(problem)


# --- both


def test_what_fails_in_both_is_the_scripts_own_and_figures_agree(tmp_path: Path) -> None:
    folder = tmp_path / "gallery"
    folder.mkdir()
    write(folder, shows=SHOWS, lacks="import nowhere_at_all")
    trial = attempt(folder, tmp_path / "records", Options(jobs=1, style="matplotlib"))
    assert trial.faults == {}
    assert len(trial.pairs["shows.py"].record.figures) == 5
    assert "package" in trial.pairs["lacks.py"].theirs
    said = report(trial)
    assert re.search(r"^fail because of the runner +0$", said, re.MULTILINE)
    assert re.search(r"^run where plain Python cannot +0$", said, re.MULTILINE)
    assert "lacks.py: a package" in said and "× the runner's" in said


def test_a_missed_figure_and_a_failure_of_the_runner_alone_are_ours(tmp_path: Path) -> None:
    folder = tmp_path / "gallery"
    folder.mkdir()
    write(folder, a="print(1)", b="1 / 0", c="print(3)")

    def plainly(script: Path, timeout: float) -> Plain:
        return Plain(1.0, 2 if script.stem == "a" else 0)

    trial = attempt(folder, tmp_path / "records", Options(jobs=1), plainly=plainly)
    assert trial.faults == {
        "a.py": "kept 0 of 2 figures",
        "b.py": "ZeroDivisionError: division by zero",
    }
    assert "b.py: THE RUNNER: ZeroDivisionError" in report(trial)


def test_a_script_that_is_late_only_beside_others_is_run_again_by_itself(tmp_path: Path) -> None:
    folder, slow = tmp_path / "gallery", tmp_path / "slow"
    folder.mkdir()
    slow.touch()
    text = f"""
        import pathlib, time
        slow = pathlib.Path({str(slow)!r})
        if slow.exists():
            time.sleep(60)
        """
    write(folder, late=text)

    def plainly(script: Path, timeout: float) -> Plain:
        slow.unlink()
        return Plain(0.1, None)

    options = Options(jobs=1, timeout=15)
    trial = attempt(folder, tmp_path / "records", options, plainly=plainly)
    assert trial.pairs["late.py"].record.problem is None and trial.faults == {}


def test_without_a_plain_run_nothing_is_ours_or_theirs() -> None:
    record = Record("a.py", "ok", 0.1, "", "cpu", "", "")
    failed = replace(record, problem=Problem("ValueError", "no"))
    assert Pair(record, None).ours == Pair(failed, None).ours == Pair(failed, None).theirs == ""
    assert Pair(failed, Plain(0.1, 0, "timeout")).ours == ""


# --- sources


def archive(folder: Path, *names: str) -> Path:
    place = folder / "sources.tar.gz"
    with tarfile.open(place, "w:gz") as sources:
        for name in names:
            sources.addfile(tarfile.TarInfo(name), io.BytesIO())
    return place


def test_only_the_examples_leave_the_archive(tmp_path: Path) -> None:
    sources = archive(tmp_path, "pkg-1.0/setup.py", "pkg-1.0/galleries/examples/a.py")
    examples = unpack(sources, "galleries/examples", tmp_path / "out")
    assert [path.name for path in examples.iterdir()] == ["a.py"]
    assert not (tmp_path / "out/pkg-1.0/setup.py").exists()
    with pytest.raises(BookError, match="holds no folder"):
        unpack(sources, "docs", tmp_path / "out")


def test_sources_that_pip_cannot_have_are_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(BookError, match="cannot download") as caught:
        fetch_gallery("matplotlib", tmp_path / "in")
    assert "folder" in caught.value.cure


def test_a_folder_that_is_not_there_is_wrong_usage() -> None:
    done = subprocess.run(
        [sys.executable, str(COMMAND), "nowhere"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and "there is no folder nowhere" in done.stderr

"""What happens to records when a disk is full, a folder is locked, bytes flip, or runs fail."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from loopbook.errors import BookError
from loopbook.runner.cli import main
from loopbook.runner.record import Record
from loopbook.runner.session import run_folder
from loopbook.runner.store import Store

COMMAND = Path(__file__).parents[2] / "scripts" / "run_snippets.py"
PLOT = "import matplotlib.pyplot as plt\nprint('two\\nlines')\nplt.plot([1, 2])\nplt.show()\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two scripts that were run: one prints and draws, one prints."""
    place = tmp_path / "in"
    place.mkdir()
    (place / "plot.py").write_text(PLOT)
    (place / "plain.py").write_text("print(1)\n")
    assert ran(place) == ("plain.py", "plot.py")
    return place


def ran(place: Path) -> tuple[str, ...]:
    """Run the folder; the names of the scripts that it was necessary to run."""
    session = run_folder(place, place.parent / "out")
    assert not session.failed, session.failed
    return session.ran


def command(
    place: Path, before: Callable[[], None] = lambda: None
) -> subprocess.CompletedProcess[str]:
    """The command over the folder, in a process that first does something to itself."""
    arguments = [str(COMMAND), str(place), "--output", str(place.parent / "out")]
    done = subprocess.run(
        [sys.executable, *arguments], preexec_fn=before, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    return done


def everything(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("name", ["record.json", "stdout.txt", "figures/1.svg"])
def test_every_flipped_or_cut_byte_is_seen(folder: Path, name: str) -> None:
    place = folder.parent / "out" / "plot"
    file = place / name
    good = file.read_bytes()
    for index in range(0, len(good), max(1, len(good) // 1500)):
        file.write_bytes(good[:index] + bytes([good[index] ^ 1]) + good[index + 1 :])
        assert Record.from_folder(place) is None, f"byte {index}: {good[index - 9 : index + 9]!r}"
        file.write_bytes(good[:index])
        assert Record.from_folder(place) is None, f"cut at byte {index}"
    file.write_bytes(good + b"\n")
    assert Record.from_folder(place) is None
    assert ran(folder) == ("plot.py",)
    assert Record.from_folder(place)
    if name != "record.json":
        assert file.read_bytes() == good


def test_a_record_in_the_place_of_another_is_not_taken(folder: Path) -> None:
    out = folder.parent / "out"
    (out / "plain").rename(out / "third")
    (out / "plot").rename(out / "plain")
    (out / "third").rename(out / "plot")
    assert ran(folder) == ("plain.py", "plot.py")


def test_a_script_that_was_broken_and_mended_need_not_run_again(folder: Path) -> None:
    before = everything(folder.parent / "out")
    (folder / "plot.py").write_text("1 / 0\n")
    for _ in range(2):
        session = run_folder(folder, folder.parent / "out")
        assert [record.script for record in session.failed] == ["plot.py"]
    (folder / "plot.py").write_text(PLOT)
    assert ran(folder) == ()
    assert everything(folder.parent / "out") == before
    (folder / "plot.py").write_text("print(2)\n")
    assert ran(folder) == ("plot.py",)
    assert not (folder.parent / "out/plot/.good").exists()


def test_what_was_good_once_is_not_good_for_another_text_or_other_data(folder: Path) -> None:
    (folder / "numbers.txt").write_text("7")
    reads = "from pathlib import Path\nprint(7 / int(Path(__file__).with_name('{}').read_text()))\n"
    (folder / "plot.py").write_text(reads.format("numbers.txt"))
    assert ran(folder) == ("plot.py",)
    (folder / "numbers.txt").write_text("0")
    assert run_folder(folder, folder.parent / "out").failed
    (folder / "numbers.txt").write_text("2")
    assert ran(folder) == ("plot.py",)
    assert (folder.parent / "out/plot/stdout.txt").read_text() == "3.5\n"


def test_a_folder_that_cannot_be_written_serves_as_long_as_nothing_is_stale(folder: Path) -> None:
    out = folder.parent / "out"
    before = everything(out)

    def lock() -> None:
        from loopbook.runner.landlock import forbid_writing

        forbid_writing(out)  # even root
        for place, _, _ in os.walk(out):
            os.chmod(place, 0o555)

    try:
        done = command(folder, lock)
        assert (done.returncode, done.stderr) == (0, "")
        (folder / "plain.py").write_text("print(2)\n")
        done = command(folder, lock)
        assert done.returncode == 2
        assert (
            f"{out}: the record of plain.py cannot be kept here: Permission denied" in done.stderr
        )
        (folder / "plain.py").unlink()
        assert "the record of plain cannot" in command(folder, lock).stderr
    finally:
        for place, _, _ in os.walk(out):
            os.chmod(place, 0o755)
    assert everything(out) == before


def test_a_full_disk_is_named_and_costs_no_good_result(folder: Path) -> None:
    out = folder.parent / "out"
    before = everything(out)
    # Twice as long in the record, where each quotation mark is escaped: the record alone is cut.
    long = "import sys\nsys.stderr.write('\"' * 40_000)\n"
    (folder / "plot.py").write_text(long)

    def shrink() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    done = command(folder, shrink)
    assert done.returncode == 2
    assert f"{out}: the record of plot.py cannot be kept here: File too large" in done.stderr
    assert everything(out) == before
    (folder / "plot.py").write_text(PLOT)
    assert ran(folder) == ()


def test_no_room_for_temporary_files_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "plain.py").write_text("print(2)\n")
    arguments = [str(folder), "--output", str(folder.parent / "out")]
    with monkeypatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(folder / "nowhere"))
        assert main(folder, arguments) == 2
    said = capsys.readouterr().err
    assert "a script cannot be run: No such file or directory" in said and "TMPDIR" in said
    assert (folder.parent / "out/plain/stdout.txt").read_text() == "1\n"


def test_what_a_kill_left_is_tidied_up_and_what_it_moved_comes_back(folder: Path) -> None:
    out = folder.parent / "out"
    before = everything(out)
    dead = subprocess.Popen(["true"])
    dead.wait()
    (out / f".new-{dead.pid}-abc").mkdir()
    (out / f".new-{dead.pid}-abc" / "stdout.txt").write_text("half")
    (out / f".new-{os.getpid()}-abc").mkdir()  # of a run under way
    (out / ".old-abc").mkdir()
    (out / ".old-abc" / "stem").write_text("plot")
    (out / "plot").rename(out / ".old-abc" / "third")
    (out / ".old-void").mkdir()
    assert ran(folder) == ()
    (out / f".new-{os.getpid()}-abc").rmdir()
    assert everything(out) == before
    assert {path.name for path in out.iterdir()} == {".lock", "plain", "plot"}


def test_the_same_result_of_another_run_stays_as_it_is(folder: Path) -> None:
    store = Store(folder.parent / "out")
    place = store.folder / "plain"
    record = Record.from_folder(place)
    assert record
    from loopbook.runner.supervise import Outcome

    number = place.stat().st_ino
    assert store.save(record, Outcome(9.0, stdout=record.stdout)) == record
    assert place.stat().st_ino == number


IN_THE_WAY: dict[str, Callable[[Path], object]] = {
    ".build": Path.touch,
    ".build/records": Path.touch,
    ".build/records/.lock": Path.mkdir,
}


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_what_is_in_the_way_of_records_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    IN_THE_WAY[name](path)
    with pytest.raises(BookError) as caught:
        Store(tmp_path / ".build/records").claim()
    assert caught.value.file == str(path) and "delete it" in caught.value.cure
    assert "folder" in caught.value.message

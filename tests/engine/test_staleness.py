"""A script is run again when something it depends on changed, and only then."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from loopbook.runner.record import Record
from loopbook.runner.session import Options, run_folder
from loopbook.runner.watch import read_notes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three scripts: one imports a sibling and reads a file, one stands alone, one lists."""
    place = tmp_path / "in"
    (place / "data").mkdir(parents=True)
    (place / "alone.py").write_text("print(1)\n")
    (place / "data" / "numbers.txt").write_text("1 2 3")
    (place / "shared.py").write_text("def double(x):\n    return 2 * x\n")
    (place / "user.py").write_text(
        "from pathlib import Path\n"
        "from shared import double\n"
        "here = Path(__file__).parent\n"
        "print(double(2), (here / 'data/numbers.txt').read_text())\n"
        "try:\n"
        "    print(open(here / 'optional.txt').read())\n"
        "except FileNotFoundError:\n"
        "    print('no optional')\n"
    )
    (place / "lister.py").write_text(
        "import os\nprint(sorted(os.listdir(os.path.dirname(__file__) + '/data')))\n"
    )
    assert ran(place) == ("alone.py", "lister.py", "shared.py", "user.py")
    assert ran(place) == ()
    return place


def ran(place: Path, options: Options = Options()) -> tuple[str, ...]:
    """Run the folder; the names of the scripts that it was necessary to run."""
    session = run_folder(place, place.parent / "out", options)
    assert not session.failed, session.failed
    return session.ran


def test_comments_and_blank_lines_are_free(folder: Path) -> None:
    (folder / "alone.py").write_text("# why\n\n\nprint(1)  # one\n")
    (folder / "shared.py").write_text("# twice\ndef double(x):\n\n    return 2 * x  # two\n")
    assert ran(folder) == ()


def test_a_changed_script_is_run_alone(folder: Path) -> None:
    (folder / "alone.py").write_text("print(2)\n")
    assert ran(folder) == ("alone.py",)


def test_those_that_are_not_looked_at_keep_their_records(folder: Path) -> None:
    for name in ("alone.py", "lister.py"):
        (folder / name).write_text("print(2)\n")
    (folder / "user.py").unlink()
    out = folder.parent / "out"
    session = run_folder(folder, out, only=lambda name: name == "alone.py")
    assert session.ran == ("alone.py",) and list(session.records) == ["alone.py"]
    assert (out / "user/record.json").exists() and (out / "lister/record.json").exists()
    assert ran(folder) == ("lister.py",)
    assert not (out / "user").exists()


def test_touching_a_file_changes_nothing(folder: Path) -> None:
    for path in folder.rglob("*.*"):
        path.touch()
    assert ran(folder) == ()


def test_a_changed_module_makes_its_importers_stale(folder: Path) -> None:
    (folder / "shared.py").write_text("def double(x):\n    return x + x\n")
    assert ran(folder) == ("shared.py", "user.py")


def test_a_changed_data_file_makes_its_readers_stale(folder: Path) -> None:
    (folder / "data" / "numbers.txt").write_text("1 2 4")
    assert ran(folder) == ("user.py",)


def test_a_file_that_was_missed_and_appears_makes_its_readers_stale(folder: Path) -> None:
    (folder / "optional.txt").write_text("here")
    assert ran(folder) == ("user.py",)


def test_a_new_file_in_a_listed_folder_makes_its_listers_stale(folder: Path) -> None:
    (folder / "data" / "more.txt").write_text("")
    assert ran(folder) == ("lister.py",)


def test_a_declaration_is_no_free_comment(folder: Path) -> None:
    (folder / "alone.py").write_text("# run: timeout 30\nprint(1)\n")
    assert ran(folder) == ("alone.py",)


def test_another_version_makes_all_stale(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import loopbook.runner.plan as plan

    other = plan.versions() | {"torch": "99"}
    monkeypatch.setattr(plan, "versions", lambda: other)
    assert len(ran(folder)) == 4
    assert ran(folder) == ()


def test_a_failure_is_not_kept(folder: Path) -> None:
    (folder / "alone.py").write_text("raise ValueError('no')\n")
    for _ in range(2):
        session = run_folder(folder, folder.parent / "out")
        assert session.ran == ("alone.py",)
        assert [record.script for record in session.failed] == ["alone.py"]
    (folder / "alone.py").write_text("print(2)\n")
    assert ran(folder) == ("alone.py",)


@pytest.mark.parametrize("spoil", ["", "{", '{"script": "alone.py"}'])
def test_a_spoilt_record_is_made_again(folder: Path, spoil: str) -> None:
    record = folder.parent / "out" / "alone" / "record.json"
    record.write_text(spoil)
    assert Record.from_folder(record.parent) is None
    assert ran(folder) == ("alone.py",)


def test_a_lost_figure_is_made_again(folder: Path) -> None:
    (folder / "alone.py").write_text("import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()\n")
    assert ran(folder) == ("alone.py",)
    (folder.parent / "out/alone/figures/1.svg").unlink()
    assert ran(folder) == ("alone.py",)


def test_the_record_of_a_removed_script_is_removed(folder: Path) -> None:
    (folder / "alone.py").unlink()
    assert ran(folder) == ()
    assert not (folder.parent / "out" / "alone").exists()
    assert (folder.parent / "out" / "user").exists()


def test_a_script_and_a_folder_may_have_one_name(folder: Path) -> None:
    (folder / "alone").mkdir()
    (folder / "alone" / "inner.py").write_text("print('inner')\n")
    assert ran(folder) == ("alone/inner.py",)
    (folder / "alone.py").write_text("print(3)\n")
    assert ran(folder) == ("alone.py",)
    assert ran(folder) == ()


def test_removing_a_script_keeps_the_records_below_its_name(folder: Path) -> None:
    (folder / "alone").mkdir()
    (folder / "alone" / "inner.py").write_text("print('inner')\n")
    assert ran(folder) == ("alone/inner.py",)
    (folder / "alone.py").unlink()
    assert ran(folder) == ()
    out = folder.parent / "out"
    assert not (out / "alone" / "record.json").exists()
    assert (out / "alone" / "inner" / "record.json").exists()


def test_nothing_half_written_is_left(folder: Path) -> None:
    (folder / "alone.py").write_text("print(5)\n")
    ran(folder)
    names = {path.name for path in (folder.parent / "out").iterdir()}
    assert names == {".lock", "alone", "lister", "shared", "user"}


def test_packages_of_an_environment_below_the_root_are_no_files_of_the_book(
    tmp_path: Path,
) -> None:
    """``make site`` makes ``.venv`` in the repository: what a script imports is below its root."""
    for name in (".venv/lib/package.py", "data.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text", "utf-8")
    program = (
        "import sys; from pathlib import Path; from loopbook.runner.watch import Watch\n"
        "root = Path(sys.argv[1]); sys.prefix = str(root / sys.argv[2])\n"
        "Watch(root, root / 'script.py', root / 'notes.jsonl')\n"
        "for name in ('.venv/lib/package.py', 'data.csv'): open(root / name).close()\n"
    )
    for prefix, expected in ((".venv", {"data.csv"}), ("..", {".venv/lib/package.py", "data.csv"})):
        (tmp_path / "notes.jsonl").unlink(missing_ok=True)
        subprocess.run([sys.executable, "-c", program, str(tmp_path), prefix], check=True)
        assert set(read_notes(tmp_path / "notes.jsonl")) == expected


def test_a_file_whose_name_is_not_utf8_counts_like_any_other(folder: Path) -> None:
    odd = folder / "data" / os.fsdecode(b"caf\xe9.txt")
    odd.write_text("1")
    assert ran(folder) == ("lister.py",)
    (folder / "alone.py").write_text(f"print(open(__file__[:-8] + {'data/' + odd.name!a}).read())")
    assert ran(folder) == ("alone.py",)
    assert ran(folder) == ()
    odd.write_text("2")
    assert ran(folder) == ("alone.py",)

"""Scripts on several machines that know nothing of each other, and one store in the end."""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loopbook.runner.book import run_book
from loopbook.runner.cli import main
from loopbook.runner.outcome import Outcome
from loopbook.runner.record import Record
from loopbook.runner.shard import Shard
from loopbook.runner.store import Store
from loopbook.runner.versions import versions

#: What two runs of a script do not have in common.
SECONDS = re.compile(r'"(seconds|processor)": [\d.]+|"seal": "\w+"')
PLOT = """
import matplotlib.pyplot as plt
from shared import double
plt.figure("line")
plt.plot([0, double({number})])
plt.show()
print("number", {number})
"""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of one chapter with six snippets, three of which read another."""
    folder = tmp_path / "book/snippets/part-1/one"
    folder.mkdir(parents=True)
    (tmp_path / "book/docs").mkdir()
    (folder / "shared.py").write_text("def double(x):\n    return 2 * x\n")
    (folder / "shared.out").write_text("")
    for number in range(5):
        text = PLOT.format(number=number) if number < 3 else f"print('number', {number})\n"
        (folder / f"s{number}.py").write_text(text)
        (folder / f"s{number}.out").write_text(f"number {number}\n")
    monkeypatch.chdir(tmp_path / "book")
    return tmp_path / "book"


def contents(store: Path, seconds: bool = False) -> dict[str, str]:
    """All files of a store; of a record, unless asked for, what two runs have in common."""
    found = {}
    for path in sorted(store.rglob("*.*")):
        if path.is_file() and path.name != ".lock":
            text = path.read_text()
            if path.name == "record.json" and not seconds:
                text = SECONDS.sub("", text)
            found[path.relative_to(store).as_posix()] = text
    return found


def stores(book: Path) -> list[str]:
    """The stores of the shards that were run."""
    return [str(path) for path in sorted((book / ".build/shards").iterdir())]


def forge(place: Path, **changes: Any) -> None:
    """Let a record in a store say something else, under a seal of its own."""
    record = Record.from_folder(place)
    assert record and not record.figures
    folder = place.parents[len(Path(record.script).parts) - 1]
    Store(folder).save(replace(record, **changes), Outcome(0.0))


def refused(book: Path, capfd: pytest.CaptureFixture[str]) -> str:
    """What is said of shards that cannot be merged; the book's records are not touched."""
    before = contents(book / ".build/records")
    capfd.readouterr()
    assert main(book, ["--merge", *stores(book)]) == 2
    assert contents(book / ".build/records") == before
    return capfd.readouterr().err


@settings(max_examples=40)
@given(st.sets(st.text(min_size=1), max_size=40), st.integers(1, 9))
def test_shards_are_disjoint_complete_and_even(names: set[str], count: int) -> None:
    shares = [Shard(number, count).share(names) for number in range(1, count + 1)]
    assert sorted(name for share in shares for name in share) == sorted(names)
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_a_script_has_its_shard_on_every_machine() -> None:
    names = [f"part-1/{number}.py" for number in range(6)]
    dealt = [sorted(Shard(number, 3).share(reversed(names))) for number in (1, 2, 3)]
    assert dealt == [
        ["part-1/1.py", "part-1/4.py"],
        ["part-1/2.py", "part-1/3.py"],
        ["part-1/0.py", "part-1/5.py"],
    ]


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1 / 2"])
def test_what_is_no_part_is_said_to_be_none(
    book: Path, text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(book, [f"--shard={text}"])
    assert left.value.code == 2
    assert f"{text!r} is no K/N with K from 1 to N, such as 2/3" in capfd.readouterr().err


@pytest.mark.parametrize("count", [1, 2, 3])
def test_merged_shards_are_the_unsharded_book(
    book: Path, count: int, capfd: pytest.CaptureFixture[str]
) -> None:
    for number in range(1, count + 1):
        assert main(book, ["--shard", f"{number}/{count}"]) == 0
        assert f"{6 // count} run, 0 reused" in capfd.readouterr().out
    assert not (book / ".build/records").exists()
    assert [Path(store).name for store in stores(book)] == [
        f"{number}-of-{count}" for number in range(1, count + 1)
    ]
    assert main(book, ["--merge", *stores(book)]) == 0
    assert "0 run, 6 reused, 0 failed, 3 figures" in capfd.readouterr().out
    merged = contents(book / ".build/records", seconds=True)
    for store in stores(book):
        assert contents(Path(store), seconds=True).items() <= merged.items()
    assert run_book(book).ran == 0  # what a build of the site does
    assert contents(book / ".build/records", seconds=True) == merged

    shutil.rmtree(book / ".build")
    assert main(book, []) == 0
    whole = contents(book / ".build/records")
    assert len(whole) == 15
    assert whole == {name: SECONDS.sub("", text) for name, text in merged.items()}


def test_any_folder_can_be_sharded(book: Path, tmp_path: Path) -> None:
    folder, parts = str(book / "snippets"), tmp_path / "parts"
    for number in (1, 2):
        assert main(book, [folder, "--output", str(parts), "--shard", f"{number}/2"]) == 0
    asked = ["--merge", str(parts / "1-of-2"), str(parts / "2-of-2")]
    assert main(book, [folder, "--output", str(tmp_path / "all"), *asked]) == 0
    assert len(contents(tmp_path / "all")) == 15


def test_what_is_missing_is_named(book: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(book, ["--shard", "2/3"]) == 0
    assert main(book, ["--shard", "3/3"]) == 0
    said = refused(book, capfd)
    assert said.count("no store holds a record of it") == 2
    missing = Shard(1, 3).share(
        f"part-1/one/{path.name}" for path in book.rglob("snippets/**/*.py")
    )
    assert all(f"\n{name}: no store" in said for name in missing)
    assert main(book, ["--merge", "nowhere"]) == 2
    assert "nowhere: there is no such folder" in capfd.readouterr().err


def test_what_is_foreign_is_named(book: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(book, []) == 0
    for number in (1, 2):
        assert main(book, ["--shard", f"{number}/2"]) == 0
    folder = book / "snippets/part-1/one"
    held = {path.parent.name: path.parent for path in (book / ".build/shards").rglob("record.json")}
    (folder / "shared.py").write_text("def double(x):\n    return x + x\n")
    (folder / "s3.py").write_text("print('number', 1 + 2)\n")
    (folder / "s4.py").unlink()
    forge(held["shared"], versions=versions() | {"torch": "1.0"}, key="another")
    (held["s2"] / "figures/line.svg").write_text("<svg/>")
    said = refused(book, capfd)
    assert f"{held['shared']}: made with torch 1.0, and here is " in said
    assert f"{held['s1']}: made for another device, or from other files than those here" in said
    assert f"{held['s2']}: a record that cannot be read" in said
    assert f"{held['s3']}: made from another text of the script" in said
    assert f"{held['s4']}: of a script that is not here" in said


def test_contradictory_records_are_named(book: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for part in ("1/1", "1/2", "2/2"):
        assert main(book, ["--shard", part]) == 0
    assert main(book, ["--merge", *stores(book)]) == 0  # what agrees may be there twice
    (place,) = (book / ".build/shards").glob("*-of-2/part-1/one/s3")
    forge(place, stdout="number 4\n")
    said = refused(book, capfd)
    first = book / ".build/shards/1-of-1/part-1/one/s3"
    assert f"\n{place}: contradicts {first}\n" in said


def test_a_failure_is_merged_and_told(book: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (book / "snippets/part-1/one/s3.py").write_text("print('number', 3)\n1 / 0\n")
    (book / "snippets/part-1/one/s4.out").write_text("number 5\n")
    assert sorted(main(book, ["--shard", f"{number}/2"]) for number in (1, 2)) in ([0, 1], [1, 1])
    capfd.readouterr()
    assert main(book, ["--merge", *stores(book)]) == 1
    said = capfd.readouterr()
    assert "s3.py:2: ZeroDivisionError" in said.err and "-number 5\n+number 4" in said.err
    assert "0 run, 6 reused, 2 failed" in said.out


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--merge", ".", "--shard", "1/2"], "--merge runs nothing"),
        (["--shard", "1/2", "--device", "auto"], "machines may differ in what device they have"),
    ],
)
def test_what_goes_not_together_is_said(
    book: Path, asked: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(book, asked) == 2
    assert said in capfd.readouterr().err

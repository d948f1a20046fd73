"""Scripts that change or go while a run is under way, and records that are replaced meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import SimpleNamespace as Namespace
from typing import Any

import pytest

from loopbook.blocks.book import Book
from loopbook.blocks.room import Room
from loopbook.labs.lab import read_lab
from loopbook.labs.notebook import notebook
from loopbook.runner import session as sessions
from loopbook.runner.outcome import Outcome
from loopbook.runner.plan import Plan, plan_run
from loopbook.runner.progress import Observer
from loopbook.runner.record import Cell, Record
from loopbook.runner.session import Session, run_folder
from loopbook.runner.store import Store
from loopbook.runner.summary import summary
from loopbook.runner.verdict import Judge


@dataclass
class Meanwhile(Observer):
    """Does something when a script's process is about to begin, or when its run is over."""

    begins: Callable[[str], object] = str
    ends: Callable[[str], object] = str
    stale: int = 0
    over: int = 0

    def begin(self, stale: int, reused: int) -> None:
        self.stale = stale

    def started(self, name: str) -> None:
        self.begins(name)

    def finished(self, record: Record) -> None:
        self.over += 1
        self.ends(record.script)

    def dropped(self, name: str) -> None:
        self.over += 1


def ran(
    folder: Path, begins: Callable[[str], object] = str, ends: Callable[[str], object] = str
) -> Session:
    """Run the folder while something happens to it; each script is begun, and comes to an end."""
    seen = Meanwhile(begins, ends)
    session = run_folder(folder, folder.parent / "out", observer=seen)
    assert seen.over == seen.stale
    return session


def once(name: str, do: Callable[[], object]) -> Callable[[str], object]:
    """Does something when the script of this name begins for the first time."""
    left = [do]
    return lambda begun: left.pop()() if left and begun == name else None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two scripts, of which one was run."""
    place = tmp_path / "in"
    place.mkdir()
    (place / "a.py").write_text("print('first')\n")
    assert ran(place).ran == ("a.py",)
    (place / "a.py").write_text("print('second')\n")
    (place / "b.py").write_text("print('b')\n")
    return place


EDITS = {
    "another text": ("print('third')\n", "third\n", ("a.py", "b.py")),
    "a declaration": ("# run: expects KeyError\n{}[1]\n", "KeyError: 1\n", ("a.py", "b.py")),
    "what it was": ("print('first')\n", "first\n", ("b.py",)),
}


@pytest.mark.parametrize("what", EDITS)
def test_a_script_edited_before_its_turn_is_run_as_it_is_then(folder: Path, what: str) -> None:
    text, printed, run = EDITS[what]
    session = ran(folder, once("a.py", lambda: (folder / "a.py").write_text(text)))
    assert session.records["a.py"].stdout == printed
    assert (session.ran, session.reused, session.failed) == (run, 2 - len(run), [])
    (folder / "a.py").write_text("print('second')\n")
    again = ran(folder)
    assert (again.ran, again.records["a.py"].stdout) == (("a.py",), "second\n")


@pytest.mark.parametrize("moment", range(2))
def test_a_run_given_up_while_it_is_planned_leaves_all_as_it_was(folder: Path, moment: int) -> None:
    def give_up() -> None:
        if next(steps) == moment:
            raise InterruptedError

    steps = count()
    out = folder.parent / "out"
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with pytest.raises(InterruptedError):
        run_folder(folder, out, step=give_up)
    assert before == {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert next(steps) == moment + 1
    assert run_folder(folder, out, step=lambda: None).ran == ("a.py", "b.py")


def test_a_script_edited_again_and_again_is_given_up_and_said_to_be_so(folder: Path) -> None:
    numbers = count()

    def edit(name: str) -> None:
        if name == "a.py":
            (folder / name).write_text(f"print({next(numbers)})\n")

    session = ran(folder, edit)
    assert next(numbers) == sessions.TIMES
    (failed,) = session.failed
    assert failed.problem and failed.problem.message.startswith("was changed each of the 5 times")
    assert session.records["b.py"].stdout == "b\n"
    assert ran(folder).records["a.py"].stdout == f"{sessions.TIMES - 1}\n"


def test_a_script_that_cannot_be_read_any_more_is_named(folder: Path) -> None:
    bad = once("a.py", lambda: (folder / "a.py").write_text("# run: launch\n"))
    session = ran(folder, bad)
    assert [error.line for error in session.errors] == [1]
    assert (list(session.records), session.ran) == (["b.py"], ("b.py",))


@pytest.mark.parametrize("when", ["before its turn", "after its run"])
def test_a_script_removed_while_others_run_is_left_out(folder: Path, when: str) -> None:
    def remove() -> None:
        (folder / "a.py").unlink()
        if when == "after its run":  # another run finds it gone
            Store(folder.parent / "out").discard_others(["b.py"])

    if when == "before its turn":
        session = ran(folder, begins=once("a.py", remove))
    else:
        session = ran(folder, ends=once("a.py", remove))
    complaints = Judge(folder).complaints(session)
    assert complaints == {}
    assert [record.script for record in session.records.values()] == ["b.py"]
    assert (len(session.records), session.reused) == (1, 0)
    assert b"a.py" not in b"".join(summary(session, complaints))


def test_a_script_added_since_a_run_was_planned_keeps_the_record_of_another_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def planned(*args: Any, **kwargs: Any) -> Plan:
        plan = plan_run(*args, **kwargs)
        monkeypatch.undo()
        (folder / "c.py").write_text("print('c')\n")
        assert "c.py" in ran(folder).ran
        return plan

    monkeypatch.setattr(sessions, "plan_run", planned)
    assert "c.py" not in ran(folder).records
    assert ran(folder).ran == ()


@pytest.fixture
def replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """A room whose lab is run again and again, and prints and draws another number each time."""
    book, folder, ended = Book(tmp_path), "part-1/lab-1-tiny", threading.Event()
    (book.snippets / folder).mkdir(parents=True)
    (book.snippets / folder / "lab.py").write_text('"""Tiny."""\n\n# %%\nx = 1\n# alt: A line.\n')
    (book.snippets / folder / "lab.out").write_text("-1\n")
    store = Store(book.records)
    store.claim()

    def save(number: int) -> None:
        svg = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{number}</text></svg>'
        told, cells = f"{number}\n", (Cell(0, 0), Cell(0, 0))
        record = Record(f"{folder}/lab.py", "ok", 1.0, told, "cpu", told, told, cells=cells)
        store.save(record, Outcome(1.0, figures=(("loss", svg),)))

    def work() -> None:
        for number in count(1):
            save(number)
            if ended.is_set():
                return

    monkeypatch.setattr("loopbook.labs.notebook.shared", lambda root: Namespace(optimise=str))
    save(0)
    other = threading.Thread(target=work)
    other.start()
    yield Room(book, folder)
    ended.set()
    other.join()


def _on_a_page(room: Room) -> tuple[str, str]:
    svg, record = room.drawn("lab.py", "loss")
    return svg, record.stdout


def _in_a_lab(room: Room) -> tuple[str, str]:
    text, figure = notebook(read_lab(room.book, room.folder)).cells[-1].outputs
    return figure.data["image/svg+xml"], text.text


@pytest.mark.parametrize(("look", "times"), [(_on_a_page, 300), (_in_a_lab, 20)])
def test_what_is_printed_and_drawn_is_of_one_run_while_its_record_is_replaced(
    replaced: Room, look: Callable[[Room], tuple[str, str]], times: int
) -> None:
    for _ in range(times):
        svg, printed = look(replaced)
        assert f"<text>{printed.strip()}</text>" in svg

"""A script cut by ``# %%`` runs as it would whole, and its record says what each part did."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

from loopbook.runner.record import Record
from loopbook.runner.session import run_folder


def run(tmp_path: Path, text: str) -> Record:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/lab.py").write_text(textwrap.dedent(text), "utf-8")
    session = run_folder(tmp_path / "in", tmp_path / "out")
    (record,) = session.records.values()
    assert Record.from_folder(tmp_path / "out/lab") == record
    return record


def test_a_record_says_what_was_printed_and_shown_before_each_cell(tmp_path: Path) -> None:
    record = run(
        tmp_path,
        '''\
        """A lab."""

        # %% [markdown]
        # Words.

        # %%
        import matplotlib.pyplot as plt
        print("η")
        plt.plot([1, 2]); plt.show()
        plt.plot([2, 1]); plt.show()

        # %%
        print("two")
        print("three")

        # %% a title
        print("four")
        plt.plot([2, 1])
        ''',
    )
    cells = [(cell.printed, cell.figures) for cell in record.cells]
    assert cells == [(0, 0), (0, 0), (3, 2), (13, 2)]  # the docstring, and what has statements
    assert len(record.figures) == 3 and record.stdout == "η\ntwo\nthree\nfour\n"


def test_a_script_without_cells_has_one_part(tmp_path: Path) -> None:
    record = run(tmp_path, "print(1)\nif True:\n    # %%\n    print(2)\n#%%\n# %%%\n")
    assert len(record.cells) == 1
    assert record.stdout == "1\n2\n"


def test_cells_are_one_script(tmp_path: Path) -> None:
    """Futures, the docstring, names and annotations reach across cells as in plain Python."""
    text = '''\
    """Docs."""
    from __future__ import annotations
    import functools
    # %%
    "no docstring"
    @functools.cache
    def f(x: nowhere) -> int:
        return x + later
    # %%
    later = 2
    print(f(1), f.__annotations__["x"], __doc__, __name__)
    # %% empty

    # %%
    y: nothing = 3
    print(__annotations__, sorted(n for n in globals() if not n.startswith("__")))
    '''
    record = run(tmp_path, text)
    assert record.status == "ok", record.problem
    plain = subprocess.run(
        [sys.executable, tmp_path / "in/lab.py"], capture_output=True, text=True, check=True
    )
    assert record.stdout == plain.stdout
    assert record.stdout.startswith("3 nowhere Docs. __main__\n")


def test_words_between_cells_are_free_and_a_moved_mark_is_not(tmp_path: Path) -> None:
    def ran(text: str) -> bool:
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in/lab.py").write_text(text, "utf-8")
        return bool(run_folder(tmp_path / "in", tmp_path / "out").ran)

    assert ran("# %%\nprint(1)\n# %%\nprint(2)\n")
    assert not ran("# %% [markdown]\n# Words.\n# %%\n# Why.\nprint(1)\n\n# %%\nprint(2)\n")
    assert ran("# %%\nprint(1)\nprint(2)\n")
    assert ran("# %%\nprint(1)\n# %%\nprint(2)\n")


def test_an_error_in_a_cell_names_the_files_line(tmp_path: Path) -> None:
    record = run(tmp_path, "x = 1\n# %%\nprint(x)\n\n# %% [markdown]\n# A\n# %%\n1 / 0\n")
    assert record.status == "failed" and record.stdout == "1\n"
    assert record.problem and record.problem.line == 8
    assert 'File "lab.py", line 8' in record.problem.trace


def test_a_syntax_error_in_a_late_cell_runs_nothing(tmp_path: Path) -> None:
    record = run(tmp_path, "print(1)\n# %%\nreturn 2\n")
    assert record.problem and record.problem.kind == "SyntaxError" and record.problem.line == 3
    assert record.stdout == ""

"""Digits do not depend on the machine: as many threads as declared, and memory filled."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from loopbook.errors import BookError
from loopbook.runner.record import Record
from loopbook.runner.script import read_script

COMMAND = Path(__file__).resolve().parents[2] / "scripts" / "run_snippets.py"
COUNTS = """
import numpy, torch
from threadpoolctl import threadpool_info

print(torch.get_num_threads(), {pool["num_threads"] for pool in threadpool_info()})
"""
#: Its last digits differ between one thread and two.
SUM = """
import torch

generator = torch.Generator().manual_seed(0)
values = torch.randn(2_000_000, generator=generator)
print([f"{values[: size].sum().item():.9g}" for size in range(1_000_000, 2_000_000, 100_000)])
"""
#: Least squares after memory was left full of ones, or of zeros; torch 2.13 reads some of it.
MEMORY = """
import torch

generator = torch.Generator().manual_seed(0)
X, y = (torch.randn(4000, columns, generator=generator) for columns in (64, 1))
found = set()
for fill in (0, 1, 0, 1):
    left = [torch.full((64,), fill, dtype=torch.int32) for _ in range(50)]
    del left
    found.add(torch.linalg.lstsq(X, y).solution.numpy().tobytes())
print(len(found), "solution(s)")
"""


def run(folder: Path, jobs: int, threads: int, **scripts: str) -> dict[str, Record]:
    """Run scripts so many at once, with an environment that asks for so many threads."""
    folder.mkdir()
    for name, text in scripts.items():
        (folder / f"{name}.py").write_text(text, "utf-8")
    names = ("MKL_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    out = folder.with_name(f"{folder.name}-out")
    subprocess.run(
        [sys.executable, COMMAND, folder, "--output", out, "--jobs", str(jobs)],
        env=os.environ | dict.fromkeys(names, str(threads)),
        capture_output=True,
        check=False,
    )
    records = {name: Record.from_folder(out / name) for name in scripts}
    return {name: record for name, record in records.items() if record is not None}


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Record]]:
    """The same scripts run one at a time with two threads offered, and two at a time with one."""
    folder = tmp_path_factory.mktemp("threads")
    scripts = {
        "counts": COUNTS,
        "memory": MEMORY,
        "sum": SUM,
        "two": f"# run: threads 2\n{COUNTS}",
        "sum2": f"# run: threads 2\n{SUM}",
    }
    return [run(folder / f"jobs-{jobs}", jobs, 3 - jobs, **scripts) for jobs in (1, 2)]


def test_torch_and_numpy_use_one_thread_whatever_the_machine_offers(
    machines: list[dict[str, Record]],
) -> None:
    assert [records["counts"].stdout for records in machines] == ["1 {1}\n"] * 2


def test_a_script_may_declare_more(machines: list[dict[str, Record]]) -> None:
    assert {records["two"].stdout.split()[0] for records in machines} == {"2"}


def test_a_sum_has_the_same_digits_however_many_scripts_run_at_once(
    machines: list[dict[str, Record]],
) -> None:
    one, other = machines
    assert one["sum"].stdout == other["sum"].stdout != ""
    assert one["sum2"].stdout == other["sum2"].stdout
    assert one["sum"].stdout != one["sum2"].stdout, "no sum here depends on the threads"


def test_what_was_in_memory_before_changes_no_digit(machines: list[dict[str, Record]]) -> None:
    for records in machines:
        assert records["memory"].stdout == "1 solution(s)\n"


@pytest.mark.parametrize("count", ["0", "-1", "many", "", "65", "9" * 20])
def test_what_is_no_number_of_threads_is_an_error_with_its_line(tmp_path: Path, count: str) -> None:
    (tmp_path / "a.py").write_text(f"print(1)\n# run: threads {count}\n", "utf-8")
    with pytest.raises(BookError) as caught:
        read_script(tmp_path, "a.py")
    assert caught.value.line == 2 and "# run: threads 2" in caught.value.cure

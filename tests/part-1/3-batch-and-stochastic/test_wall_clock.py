"""What an epoch costs: kept times of one machine, and their shape on this one."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from loopbook.blocks.values import find_value

FOLDER = Path(__file__).resolve().parents[3]
FOLDER /= "snippets/part-1/3-batch-and-stochastic"


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/3-batch-and-stochastic/wall_clock.py")


def value(run, key):
    return float(find_value(run.printed, key, "wall_clock.py").text)


def test_what_no_machine_contradicts_holds_now(run):
    said = [line for line in run.printed.splitlines() if line.startswith("now, ")]
    assert len(said) == 2 and all(line.endswith(": True") for line in said)


def test_kept_steps_cost_the_same_up_to_64_samples_and_more_beyond_a_thousand(run):
    step = run["SECONDS"]
    small = [step[B] for B in (1, 4, 16, 64)]
    assert max(small) < 1.25 * min(small)
    assert step[16_384] > 5 * step[64]


def test_printed_epochs_are_steps_times_their_time(run):
    step = run["SECONDS"]
    least = step[16_384]
    for B in run["sizes"]:
        epoch = 16_384 / B * step[B] / least
        assert value(run, f"{B} time of an epoch") == pytest.approx(epoch, rel=0.03)
        assert value(run, f"{B} steps") == 16_384 // B


def test_model_of_two_terms_is_near_every_kept_time(run):
    alpha, beta = run["overhead"], run["per_sample"]
    for B, seconds in run["SECONDS"].items():
        assert alpha + beta * B == pytest.approx(seconds, rel=0.25)
    printed = run.number("a step costs as much as")
    assert printed == pytest.approx(alpha / beta, abs=0.5)


def test_this_machine_has_the_kept_shape_within_a_wide_margin(run):
    now = run["now"]
    kept = run["SECONDS"]
    for B in (64, 16_384):
        ratio = (now[B] / now[1]) / (kept[B] / kept[1])
        assert 0.1 < ratio < 10


def test_keep_writes_the_times_of_this_machine(tmp_path):
    """On small data, in a folder of its own."""
    for name in ("wall_clock.py", "kept_times.py"):
        text = (FOLDER / name).read_text("utf-8")
        text = text.replace("range(60)", "range(1)").replace("16_384", "256")
        (tmp_path / name).write_text(text.replace("range(8)", "range(5)"), "utf-8")
    before = runpy.run_path(str(tmp_path / "kept_times.py"))
    done = subprocess.run(
        [sys.executable, str(tmp_path / "wall_clock.py"), "--keep"],
        env=os.environ | {"MPLBACKEND": "Agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = runpy.run_path(str(tmp_path / "kept_times.py"))
    assert made["__doc__"] == before["__doc__"]
    assert list(made["SECONDS"]) == [1, 4, 16, 64, 256]
    assert made["SECONDS"] != {B: before["SECONDS"][B] for B in made["SECONDS"]}


def test_figures_are_named(run):
    assert run.figures == ("epoch-time",)

"""What an epoch costs: kept times of one machine, and their shape on this one."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from loopbook.blocks.values import find_value

FOLDER = Path(__file__).resolve().parents[3]
FOLDER /= "snippets/part-1/3-batch-and-stochastic"


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/3-batch-and-stochastic/wall_clock.py")


def value(run, key):
    return float(find_value(run.printed, key, "wall_clock.py").text)


def test_kept_steps_cost_nearly_the_same_up_to_64_samples_and_more_beyond_a_thousand(run):
    step = run["BY_HAND"]
    small = [step[B] for B in (1, 4, 16, 64)]
    assert max(small) < 1.3 * min(small)
    assert step[16_384] > 5 * step[64]


def test_printed_epochs_are_steps_times_their_time(run):
    for B in run["sizes"]:
        by_hand, loader = (1e3 * 16_384 / B * run[kind][B] for kind in ("BY_HAND", "LOADER"))
        assert value(run, f"{B} ms an epoch") == pytest.approx(by_hand, abs=0.06)
        assert value(run, f"{B} DataLoader, ms an epoch") == pytest.approx(loader, abs=0.06)
        assert value(run, f"{B} µs a step") == pytest.approx(1e6 * run["BY_HAND"][B], abs=0.6)
        assert value(run, f"{B} steps") == 16_384 // B


@pytest.mark.parametrize(
    ("name", "kind", "least", "most"),
    [("by hand", "BY_HAND", 400, 1600), ("with DataLoader", "LOADER", 20, 90)],
)
def test_model_of_two_terms_is_near_every_kept_time_and_has_its_bend(
    run, name, kind, least, most
):
    alpha, beta = run["terms"][name]
    for B, seconds in run[kind].items():
        assert alpha + beta * B == pytest.approx(seconds, rel=0.35)
    printed = run.number(f"{name}, the overhead of a step: that of")
    assert printed == pytest.approx(alpha / beta, abs=0.5)
    assert least < printed < most


def test_device_threads_version_and_day_are_kept_and_printed(run):
    assert re.fullmatch(r".+, one thread, torch [\d.]+\S*, \d{4}-\d\d-\d\d", run["MADE"])
    assert run.printed.startswith(f"kept: {run['MADE']}\n")
    assert os.uname().nodename not in run["MADE"] and "/" not in run["MADE"]


def test_this_machine_has_the_kept_shape_within_a_wide_margin(run):
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    now = {
        (kind, B): min(run["seconds_per_step"](run[kind](B), 50) for _ in range(4))
        for kind in ("by_hand", "by_loader")
        for B in (1, 64, 16_384)
    }
    torch.set_num_threads(threads)
    kept = {"by_hand": run["BY_HAND"], "by_loader": run["LOADER"]}
    for (kind, B), seconds in now.items():
        ratio = (seconds / now["by_hand", 1]) / (kept[kind][B] / kept["by_hand"][1])
        assert 0.1 < ratio < 10
    assert 64 * now["by_hand", 1] > 10 * now["by_hand", 64]
    assert now["by_loader", 16_384] > 3 * now["by_hand", 16_384]


def test_loader_and_hand_give_every_row_once_in_batches_of_one_size(run):
    for kind in ("by_hand", "by_loader"):
        batches = list(run[kind](4096))
        assert [len(x_batch) for x_batch, _ in batches] == [4096] * 4
        seen = torch.cat([y_batch for _, y_batch in batches]).flatten()
        assert torch.equal(seen.sort().values, run["y"].flatten().sort().values)


def test_keep_writes_the_times_of_this_machine(tmp_path):
    """On small data, in a folder of its own."""
    for name in ("wall_clock.py", "kept_times.py"):
        text = (FOLDER / name).read_text("utf-8")
        text = text.replace("range(30)", "range(1)").replace("16_384", "256")
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
    for kind in ("BY_HAND", "LOADER"):
        assert list(made[kind]) == [1, 4, 16, 64, 256]
        assert made[kind] != {B: before[kind][B] for B in made[kind]}


def test_figures_are_named(run):
    assert run.figures == ("epoch-time",)

"""The samples of the interactive figure are those of the main run, its batches epochs."""

import json

import pytest

FOLDER = "part-1/3-batch-and-stochastic"


@pytest.fixture
def run(run_snippet):
    return run_snippet(f"{FOLDER}/interactive_data.py")


def test_samples_and_start_are_those_of_the_main_run(run, run_snippet):
    main = run_snippet("part-1/2-linear-regression/by_hand.py")
    line = run.printed.splitlines()[0]
    data = json.loads(line.removeprefix("main run: "))
    assert data["x"] == pytest.approx(main["X"].flatten().tolist(), rel=1e-6)
    assert data["y"] == pytest.approx(main["y"].flatten().tolist(), rel=1e-6)
    start = [parameter.item() for parameter in main["lines"][0]]
    assert data["start"] == pytest.approx(start, rel=1e-6)


@pytest.mark.parametrize("seed", [1, 42, 43])
def test_every_epoch_has_each_sample_once_in_a_new_order(run, seed):
    order = run["shuffled"](seed, 3)
    epochs = [order[k : k + 100] for k in (0, 100, 200)]
    assert all(sorted(epoch) == list(range(100)) for epoch in epochs)
    assert len({tuple(epoch) for epoch in epochs}) == 3


def test_places_are_taken_evenly(run):
    """Sample 0 lands in the first half of an epoch about half of the time."""
    order = run["shuffled"](7, 2000)
    first = sum(order[k : k + 100].index(0) < 50 for k in range(0, 200_000, 100))
    assert first == pytest.approx(1000, abs=4 * 500**0.5)

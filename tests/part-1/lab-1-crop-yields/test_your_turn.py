"""The answers to the lab's tasks."""

import pytest

from loopbook.blocks.values import find_value

FOLDER = "part-1/lab-1-crop-yields"


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet(f"{FOLDER}/your_turn.py")


def printed(run, key):
    return float(find_value(run.printed, key, "your_turn.py").text)


def test_data_and_split_are_those_of_the_lab(run, run_snippet):
    lab = run_snippet(f"{FOLDER}/lab.py")
    for name in ("X", "Y", "train", "val"):
        assert run[name].equal(lab[name])
    key = "groups of 192 validation loss"
    best = find_value(lab.printed, "least squares validation loss", "lab.py")
    assert printed(run, key) == pytest.approx(float(best.text), abs=0.01)


def test_more_updates_end_lower(run):
    sizes = (8, 32, 192)
    losses = [printed(run, f"batches of {size} validation loss") for size in sizes]
    assert losses == sorted(losses) and losses[0] < 18 < losses[1] < 1000 < losses[2]


def test_without_humidity_its_own_part_is_noise(run):
    expected = 16 + 81 * (0.7**2 + 1.0**2) / 2
    assert expected == pytest.approx(76, abs=0.5)
    loss = printed(run, "without humidity validation loss")
    assert loss == pytest.approx(expected, rel=0.2)
    weight = "humidity weight of rainfall apples"
    assert printed(run, f"without {weight}") > printed(run, f"with {weight}") + 0.05


def test_few_regions_are_learned_with_their_noise(run):
    for size in (6, 12, 192):
        loss = printed(run, f"groups of {size} training loss")
        assert loss == pytest.approx(16 * (size - 4) / size, rel=0.25)
    losses = [printed(run, f"groups of {size} validation loss") for size in (6, 12, 192)]
    assert losses[0] > 2 * losses[1] and losses[1] > losses[2] + 3

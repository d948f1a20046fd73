"""The perceptron on AND, OR and XOR, one correction of it, and its mistakes."""

import itertools

import pytest
import torch

CHAPTER = "part-1/1-what-is-a-training-loop/"


@pytest.fixture(scope="module")
def gates(run_snippet):
    return run_snippet(CHAPTER + "perceptron.py")


@pytest.mark.parametrize("gate", ["AND", "OR"])
def test_gate_is_learned_and_all_four_samples_are_right(gates, gate):
    X, y = gates["X"], gates["labels"][gate]
    counts = [mistakes for mistakes, _, _ in gates["histories"][gate]]
    _, w, b = gates["histories"][gate][-1]
    assert counts[-1] == 0 and all(counts[:-1])
    assert (y * (X @ w + b) > 0).all()


def test_mistakes_may_rise_before_they_end(gates):
    for gate in ("AND", "OR"):
        counts = [mistakes for mistakes, _, _ in gates["histories"][gate]]
        assert any(b > a for a, b in itertools.pairwise(counts))


def test_xor_gets_all_four_wrong_in_every_epoch(gates):
    counts = [mistakes for mistakes, _, _ in gates["histories"]["XOR"]]
    assert counts == [4] * 12


@pytest.mark.parametrize(
    ("gate", "separable"), [("AND", True), ("OR", True), ("XOR", False)]
)
def test_trying_all_small_weights_agrees_on_which_gate_has_a_line(
    gates, gate, separable
):
    steps = torch.arange(-4, 4.5, 0.5)
    theta = torch.cartesian_prod(steps, steps, steps)  # w1, w2, b
    X1 = torch.cat([gates["X"], torch.ones(4, 1)], dim=1)
    right = (gates["labels"][gate] * (theta @ X1.T) > 0).all(dim=1)
    assert right.any() == separable


def test_each_dashed_line_gets_three_samples_of_xor_right(gates):
    X, y = gates["X"], gates["labels"]["XOR"]
    for offset, side in ((0.5, 1), (1.5, -1)):
        z = side * (X.sum(dim=1) - offset)
        assert (y * z > 0).sum() == 3


def test_the_shaded_side_of_a_gate_is_that_of_yes(gates):
    for gate in ("AND", "OR"):  # shaded above the line, so z must rise with x2
        assert gates["histories"][gate][-1][1][1] > 0


def test_figures_of_the_gates_are_named(gates):
    assert gates.figures == ("gates", "mistakes")


def test_one_correction_raises_z_by_the_squared_length_and_one(run_snippet):
    run = run_snippet(CHAPTER + "one_correction.py")
    assert run["z"].item() < 0 < run["z_new"].item()
    assert run.number("gain in z") == 1 + 4 + 1
    assert run["z_new"] - run["z"] == run["x"] @ run["x"] + 1
    assert run.number("squared length and one") == 6


def test_xor_comes_round_after_four_corrections(run_snippet):
    run = run_snippet(CHAPTER + "xor.py")
    assert run["theta"].tolist() == [0, 0, 0]
    lines = [line for line in run.printed.splitlines() if line.startswith("x =")]
    assert len(lines) == 4
    moved = [line.split("b = ")[1] for line in lines]
    assert moved == ["0 0 -1", "0 1 0", "1 1 1", "0 0 0"]


def test_corrections_of_xor_add_up_to_zero(run_snippet):
    run = run_snippet(CHAPTER + "xor.py")
    assert (run["y"].unsqueeze(1) * run["X1"]).sum(dim=0).tolist() == [0, 0, 0]


def test_no_line_gets_all_of_xor_right_and_none_all_wrong(run_snippet):
    run = run_snippet(CHAPTER + "xor.py")
    counts = [run.number(f"lines with {k} of 4 right") for k in range(5)]
    assert counts[0] == counts[4] == 0
    assert sum(counts) == 100_000 and min(counts[1:4]) > 0


def test_every_start_of_xor_comes_round(run_snippet):
    run = run_snippet(CHAPTER + "xor.py")
    assert run.number("random starts") == 200
    assert max(run["epochs"]) == run.number("the latest after")
    again = [run["epochs_until_a_repeat"](torch.tensor(t)) for t in ([3, -2, 1], [9, 9, 9])]
    assert all(1 <= epochs < 50 for epochs in again)


def test_without_a_bias_the_origin_is_undecided_whatever_the_weights(run_snippet):
    run = run_snippet(CHAPTER + "no_bias.py")
    for w in torch.randn(20, 2):
        assert w @ run["X"][0] == 0
    assert run.number("98 to 100") == 4
    assert run.number("mistakes in epoch 100") == 0
    _, counts = run["train"](run["X"], run["y"], 300)
    assert min(counts) > 0


def test_without_a_bias_the_weights_of_and_are_back_at_zero_after_each_epoch(run_snippet):
    run = run_snippet(CHAPTER + "no_bias.py")
    for num_epochs in (1, 2, 3):
        w, counts = run["train"](run["X"], run["y"], num_epochs)
        assert w.tolist() == [0, 0] and counts[-1] == 4


def test_without_a_bias_the_other_three_samples_of_and_contradict_each_other(run_snippet):
    run = run_snippet(CHAPTER + "no_bias.py")
    X, y = run["X"][1:], run["y"][1:]
    _, counts = run["train"](X, y, 300)
    assert min(counts) > 0
    steps = torch.arange(-4, 4.5, 0.25)
    w = torch.cartesian_prod(steps, steps)
    assert not (y * (w @ X.T) > 0).all(dim=1).any()
    _, counts = run["train"](X, torch.ones(3), 300)  # OR
    assert counts[-1] == 0


def test_labels_of_zero_are_never_corrected(run_snippet):
    run = run_snippet(CHAPTER + "zero_one_labels.py")
    theta, counts = run["train"](run["y"], 200)
    assert counts[-1] == 3, "the three samples with the label 0, for ever"
    assert (run["X1"] @ theta > 0).all(), "and the answer is yes to everything"
    theta, counts = run["train"](2 * run["y"] - 1)
    assert counts[-1] == 0
    assert ((2 * run["y"] - 1) * (run["X1"] @ theta) > 0).all()


def test_correcting_every_sample_of_and_drives_the_bias_down_for_ever(gates):
    y = gates["labels"]["AND"]
    assert (y.unsqueeze(1) * gates["X"]).sum(dim=0).tolist() == [0, 0]
    assert y.sum() == -2

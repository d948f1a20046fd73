"""What can go wrong: each mistake does what the chapter says of it."""

import pytest
import torch

CHAPTER = "part-1/6-recap"


def test_scaler_is_scikit_learn_s(run_snippet):
    run = run_snippet(f"{CHAPTER}/standardise.py")
    torch.testing.assert_close(run["by_hand"], run["by_tool"], rtol=1e-5, atol=1e-5)
    assert (run["other"] - run["by_tool"]).abs().max() > 1e-3
    assert run["mean"].tolist() == pytest.approx(run["scaler"].mean_.tolist(), rel=1e-5)


def test_best_of_forty_is_flattered(run_snippet):
    run = run_snippet(f"{CHAPTER}/best_of_many.py")
    assert run["mean"] + run["half"] < -1
    assert run.number("best of 40", "loss on new regions") < run.number(
        "first run", "loss on new regions"
    )


def test_leak_of_a_scaler_is_small_and_that_of_a_choice_large(run_snippet):
    run = run_snippet(f"{CHAPTER}/leak.py")
    assert run.number("400 epochs", "factor") == pytest.approx(1, abs=0.005)
    assert 0.8 < run.number("40 epochs", "factor") < 1.25
    honest = run.number("chosen on training rows", "validation loss")
    leaky = run.number("chosen on all rows", "validation loss")
    assert honest > 1 > leaky + 0.2


def test_scheduler_first_warns_and_skips_the_first_rate(run_snippet):
    run = run_snippet(f"{CHAPTER}/scheduler_first.py")
    with pytest.warns(UserWarning, match=r"Detected call of `lr_scheduler\.step\(\)` before"):
        assert run["rates"](True) == pytest.approx([0.4, 0.2, 0.1])
    assert run["rates"](False) == pytest.approx([0.8, 0.4, 0.2])


def test_clipping_works_only_between_backward_and_step(run_snippet):
    step = run_snippet(f"{CHAPTER}/clip_order.py")["step"]
    assert step("before backward") == (0, pytest.approx(20))
    assert step("before the step") == (pytest.approx(200), pytest.approx(0.1))
    assert step("after the step") == (pytest.approx(200), pytest.approx(20))


def test_keeping_the_last_weights_harms_more_with_more_patience(run_snippet):
    compare = run_snippet(f"{CHAPTER}/early.py")["compare"]
    (_, _, high), (_, _, high_100) = (compare(30, 10, 30, p)[2] for p in (20, 100))
    assert high > 1 > high_100


def test_graph_of_a_summed_loss_grows_and_the_mean_does_not_change(run_snippet):
    run = run_snippet(f"{CHAPTER}/val_graph.py")
    lines = run.printed.splitlines()
    assert "record of 4002 nodes" in lines[0] and "record of 0 nodes" in lines[1]
    assert lines[0].split("mean ")[1][:6] == lines[1].split("mean ")[1][:6]


def test_interval_with_t_keeps_its_word_for_bells_and_not_for_skewed(run_snippet):
    shares = run_snippet(f"{CHAPTER}/coverage.py")["shares"]
    assert all(abs(shares["bell-shaped", n][0] - 95) < 0.5 for n in (3, 5, 10, 20))
    assert shares["bell-shaped", 3][1] < 85
    assert all(shares["skewed", n][0] < 93 for n in (3, 5, 10, 20))


def test_five_versions_agree_from_twenty_starts(run_snippet):
    run = run_snippet(f"{CHAPTER}/five_again.py")
    for w, b in 5 * torch.randn(3, 2, 1, dtype=torch.float64):
        mine = run["by_hand"](w, b)
        for step in run["versions"].values():
            torch.testing.assert_close(torch.stack(mine), torch.stack(step(w, b)))
    for name in run["versions"]:
        assert 13 < run.number(name, "the same to") < 17

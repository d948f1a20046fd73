"""Each listing with a mistake makes that mistake and no other: the cure is one line."""

import pytest

FOLDER = "part-1/self-test/"


def test_gradients_cleared_before_the_step_move_nothing(run_snippet):
    run = run_snippet(FOLDER + "zero_too_late.py")
    assert run.number("epoch 1: loss") == run.number("epoch 100: loss") > 10
    assert run.number("cured: loss") < 0.02  # the noise has a variance of 0.01


def test_optimizer_of_another_model_moves_nothing_and_clears_nothing(run_snippet):
    run = run_snippet(FOLDER + "other_model.py")
    assert run.number("epoch 1: loss") == run.number("epoch 100: loss") > 10
    first, last = (run.number(f"epoch {epoch}", "gradient") for epoch in (1, 100))
    assert last == pytest.approx(100 * first, rel=1e-3)
    assert run.number("cured: loss") < 0.02


def test_residual_with_the_wrong_sign_walks_uphill_at_every_rate(run_snippet):
    run = run_snippet(FOLDER + "uphill.py")
    start = run.number("rate 0: loss of the start")
    ends = [run.number(f"rate {lr}: loss after thirty epochs") for lr in ("0.1", "0.01", "0.001")]
    assert ends[0] > ends[1] > ends[2] > start
    assert run["train"](-0.1) < 0.2 * start  # downhill: the same loop with the sign turned


def test_two_orders_leave_nothing_to_learn(run_snippet):
    run = run_snippet(FOLDER + "two_orders.py")
    assert abs(run.number("two orders: w")) < 0.15
    assert run.number("two orders", "loss") == pytest.approx(
        run.number("mean square of y"), rel=0.05
    )
    assert run.number("one order: w") == pytest.approx(3, abs=0.05)


def test_parameters_that_were_kept_without_a_copy_are_those_of_the_last_epoch(run_snippet):
    run = run_snippet(FOLDER + "kept_best.py")
    assert run.number("that of the model") == run.number("validation loss in the last epoch")
    assert run.number("best validation loss") < 0.8 * run.number("that of the model")
    kept, model = run["kept"], run["model"].state_dict()
    assert all(kept[name].data_ptr() == model[name].data_ptr() for name in model)

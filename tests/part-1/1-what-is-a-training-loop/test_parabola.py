"""The loop on (x - 3)^2 + 2: by hand, at five rates, and with autograd."""

import pytest
import torch

CHAPTER = "part-1/1-what-is-a-training-loop/"


def path_of_torch(lr, num_steps, start=5.0):
    x = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=lr)
    path = [x.item()]
    for _ in range(num_steps):
        optimizer.zero_grad()
        ((x - 3) ** 2 + 2).backward()
        optimizer.step()
        path.append(x.item())
    return path


def test_loop_by_hand_takes_the_steps_of_torch(run_snippet):
    run = run_snippet(CHAPTER + "parabola.py")
    assert run["path"] == pytest.approx(path_of_torch(0.1, 50))
    assert run.number("step 50", "loss") == 2
    assert run.number("error before: from") == 0.8


@pytest.mark.parametrize("lr", [0.1, 0.5, 0.9, 1.0, 1.1])
def test_each_rate_shrinks_the_error_by_its_factor_at_every_step(run_snippet, lr):
    path = run_snippet(CHAPTER + "five_rates.py")["paths"][lr]
    assert path == pytest.approx(path_of_torch(lr, 20))
    for before, after in zip(path, path[1:], strict=False):
        left = abs(1 - 2 * lr) * abs(before - 3)
        assert abs(after - 3) == pytest.approx(left, rel=1e-9, abs=1e-12)


def test_five_rates_do_what_the_table_says(run_snippet):
    paths = run_snippet(CHAPTER + "five_rates.py")["paths"]
    assert all(a > b > 3 for a, b in zip(paths[0.1], paths[0.1][1:], strict=False))
    assert paths[0.5][1:] == [3.0] * 20
    assert all((x > 3) == (t % 2 == 0) for t, x in enumerate(paths[0.9]))
    assert paths[1.0] == pytest.approx([5.0, 1.0] * 10 + [5.0])
    assert abs(paths[1.1][20] - 3) > 70


def test_rates_of_a_tenth_and_nine_tenths_meet_after_even_steps(run_snippet):
    run = run_snippet(CHAPTER + "five_rates.py")
    low, high = run["paths"][0.1], run["paths"][0.9]
    assert low[::2] == pytest.approx(high[::2])
    assert low[1] != pytest.approx(high[1])
    assert run.figures == ("paths", "errors")


def test_gradients_add_up_and_start_anew_when_cleared(run_snippet):
    run = run_snippet(CHAPTER + "first_gradient.py")
    assert run.number("x.grad after backward") == 4
    assert run.number("backward number 2") == 8
    assert run.number("backward number 3") == 12
    assert run.number("one more") == 4
    assert run.number("autograd") == run.number("rise over run")


def test_autograd_loop_is_that_by_hand_and_never_clearing_swings(run_snippet):
    run = run_snippet(CHAPTER + "autograd_loop.py")
    assert run["path"] == pytest.approx(path_of_torch(0.1, 20), abs=1e-5)
    assert run["descend"](forget=True) == run["path"]
    # e(t + 1) - 2 e(t) + e(t - 1) = -2 lr e(t), as for a spring
    e = [x - 3 for x in run["heavy"]]
    for t in range(1, 20):
        assert e[t + 1] - 2 * e[t] + e[t - 1] == pytest.approx(-0.2 * e[t], abs=1e-4)
    assert min(run["heavy"]) < 1.1


def test_rate_above_one_leaves_float32_when_the_powers_say(run_snippet):
    run = run_snippet(CHAPTER + "rate_too_large.py")
    largest = torch.finfo(torch.float32).max
    error, step = 2.0, 1  # of the loss at step t: 2 * 1.2 ** (t - 1), squared
    while error**2 <= largest:
        error, step = 1.2 * error, step + 1
    assert run.number("loss is inf for the first time at step") == step
    assert run.number("x is nan for the first time at step") == 481
    assert run["x"].isnan()


def test_three_bathers_follow_their_factors(run_snippet):
    run = run_snippet(CHAPTER + "shower.py")
    for lr, felt in run["runs"].items():
        for before, after in zip(felt, felt[1:], strict=False):
            assert after - 38 == pytest.approx((1 - 0.5 * lr) * (before - 38))
    felt = run["runs"][4.1]
    assert abs(felt[-1] - 38) > abs(felt[0] - 38)

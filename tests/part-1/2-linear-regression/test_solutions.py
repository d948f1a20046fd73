"""What the worked solutions compute, beyond what their checks ask for."""

from itertools import pairwise

import pytest

CHAPTER = "part-1/2-linear-regression"


def test_function_that_stops_on_the_checks_data_is_told_their_sizes(tmp_path, answer, exercises):
    solution = exercises[f"{CHAPTER}/two-features"].solution.read_text("utf-8")
    file = tmp_path / "attempt.py"
    by_name = "X @ torch.stack([w[0], w[1]]) + b"
    file.write_text(solution.replace("X @ w + b", by_name), "utf-8")
    told = answer(f"{CHAPTER}/two-features", file).text
    assert "size mismatch" in told or "shapes cannot be multiplied" in told
    assert told.endswith("(The check uses data of its own: 7 samples of 3 features.)")


def test_offset_trained_by_hand_beside_a_watched_slope_is_named(tmp_path, answer, exercises):
    solution = exercises[f"{CHAPTER}/autograd"].solution.read_text("utf-8")
    file = tmp_path / "attempt.py"
    by_hand = "b -= lr * 2 * (y_hat - y).mean()"
    solution = solution.replace("b_start.clone().requires_grad_()", "b_start.clone()")
    file.write_text(solution.replace("b -= lr * b.grad", by_hand), "utf-8")
    told = answer(f"{CHAPTER}/autograd", file).text
    assert "b takes no part in backward(): was it made with requires_grad=True?" in told


def test_offset_jumps_and_slope_settles_at_learning_rate_one(solved):
    names = solved(f"{CHAPTER}/two-rates")
    start = names["w_start"], names["b_start"]
    ws, bs = names["train"](names["X"], names["y"], *start, 1.0, 50)
    assert ws[-2:] == pytest.approx([1.9971, 1.9971], abs=1e-4)
    assert bs[-2:] == pytest.approx([-1.4174, -0.5706], abs=1e-4)


def test_slope_jumps_and_offset_explodes_at_one_over_the_mean_square(solved):
    names = solved(f"{CHAPTER}/two-rates")
    start = names["w_start"], names["b_start"]
    rate = 1 / (names["X"] ** 2).mean().item()
    assert rate == pytest.approx(names["rate_where_w_jumps"], abs=5e-3)
    ws, bs = names["train"](names["X"], names["y"], *start, rate, 10)
    assert ws[::2] == pytest.approx([ws[0]] * 5)
    assert ws[1::2] == pytest.approx([start[0].item()] * 5)
    growth = [
        abs(late - names["b_best"]) / abs(early - names["b_best"])
        for early, late in pairwise(bs)
    ]
    assert growth == pytest.approx([2 * rate - 1] * 9)


def test_in_float32_the_exploding_offset_moves_the_slope(solved):
    names = solved(f"{CHAPTER}/two-rates")
    data = [names[name].float() for name in ("X", "y", "w_start", "b_start")]
    ws, _ = names["train"](*data, 1.2, 50)
    assert abs(ws[-1] - names["w_best"]) > 1e-3


def test_two_features_reach_the_values_of_the_task(solved):
    names = solved(f"{CHAPTER}/two-features")
    assert names["w"].tolist() == pytest.approx([1.44, -2.89], abs=5e-3)
    assert names["b"].item() == pytest.approx(0.536, abs=5e-4)


def test_autograd_reaches_the_numbers_of_two_features_by_hand(solved):
    by_hand, by_autograd = solved(f"{CHAPTER}/two-features"), solved(f"{CHAPTER}/autograd")
    data = [by_autograd[name] for name in ("X", "y", "w_start", "b_start")]
    w, b, losses = by_autograd["train"](*data, 0.1, 50)
    assert w.tolist() == pytest.approx(by_hand["w"].tolist())
    assert b.item() == pytest.approx(by_hand["b"].item())
    assert losses[-1] < losses[0]


def test_words_on_a_function_come_with_the_line_where_the_file_stops(tmp_path, answer, exercises):
    solution = exercises[f"{CHAPTER}/several-targets"].solution.read_text("utf-8")
    file = tmp_path / "attempt.py"
    file.write_text(solution.replace("R.T @ X", "X.T @ R"), "utf-8")
    first, second = answer(f"{CHAPTER}/several-targets", file).messages
    assert "it is transposed" in first
    assert second.startswith("Your file itself stops here:\nattempt.py, line ")
    assert "RuntimeError: The size of tensor a" in second


def test_target_too_high_changes_no_step_on_the_absolute_error(solved):
    names = solved(f"{CHAPTER}/absolute-error")
    train, X = names["train"], names["X"]
    assert train(X, names["y_high"]) == train(X, names["y"])
    assert train(X, names["y_low"]) != train(X, names["y"])

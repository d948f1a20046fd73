"""Looks at what the reader chose by, and at what was reported."""

import math

import torch


def check(attempt):
    report = attempt.function("report", "val, test", "chosen, loss, half")
    torch.manual_seed(9)
    val, test = torch.rand(6, 30) ** 2, torch.rand(6, 100) ** 2
    val[2] *= 0.5
    test[4] *= 0.3
    val[5, 0] = -0.0  # the smallest single error is not of the best model
    with attempt.own_data("6 models, 30 validation and 100 test samples"):
        chosen, loss, half = report(val, test)
        chosen = attempt.number(chosen, "the chosen model")
        attempt.must(
            chosen != 4,
            "You chose by the test set. Then it has become a second validation set, "
            "and its loss is too good as well: choose by val.",
        )
        attempt.must(
            chosen != val.mean(dim=1).argmax().item(),
            "You chose the model with the largest loss: argmin.",
        )
        attempt.must(
            chosen == 2,
            f"You chose model {chosen:.0f}; model 2 has the smallest mean validation "
            "loss. Models are rows: the mean runs over dim=1.",
        )
        loss = attempt.number(loss, "the loss")
        attempt.must(
            abs(loss - val[2].mean()) > 1e-4,
            "You report the validation loss. It was the smallest of six, and luck "
            "helped to make it so: report the test loss.",
        )
        attempt.must(
            abs(loss - test.mean()) > 1e-4,
            "You report the mean over all models: take the chosen one's row.",
        )
        attempt.must(
            abs(loss - test[2].mean()) < 1e-4,
            f"The loss reported is {loss:.4f}; on the test set model 2 has "
            f"{test[2].mean():.4f}. Did validation rows get in?",
        )
        half = attempt.number(half, "half the width")
        right = 1.96 * test[2].std().item() / 10
        slips = {
            right * 10: "Half the width is that of a single sample. The mean of 100 is "
            "known ten times better: divide by the root of their number.",
            right / 10: "You divided by n. The width falls with its root.",
            right / 1.96: "That is the standard deviation of the mean; 95 % need 1.96 "
            "of them.",
            1.96 * val[2].std().item() / math.sqrt(30): "The width is that of the "
            "validation loss.",
        }
        for value, words in slips.items():
            attempt.must(abs(half - value) > 1e-3 * value, words)
        attempt.must(
            abs(half - right) < 0.01 * right,
            f"Half the width is {half:.4f}; it should be {right:.4f}.",
        )
    return "Right: chosen by one set, judged by another, and with an interval."

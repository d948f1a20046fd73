"""Compares the reader's factors, loop and predictions with the run itself."""

import torch

WORDS = ("lands", "settles", "creeps", "jumps", "explodes")
RIGHT = {
    1.0: {
        "w": ("settles", "0.32, between -1 and 1: what does 0.32**50 leave?"),
        "b": (
            "jumps",
            "1 - 2 = -1: each step turns the distance round and keeps its size.",
        ),
    },
    0.01: {
        "w": ("creeps", "0.9932: how much of the distance does 0.9932**50 leave?"),
        "b": ("creeps", "0.98: how much of the distance does 0.98**50 leave?"),
    },
    0.5: {
        "w": ("settles", "0.66: how much of the distance does 0.66**50 leave?"),
        "b": ("lands", "1 - 1 = 0: what does a single step leave of the distance?"),
    },
    1.2: {
        "w": ("settles", "0.18: between -1 and 1, whatever b does meanwhile."),
        "b": ("explodes", "1 - 2.4 = -1.4: is the distance larger after a step?"),
    },
}


def path(X, y, w, b, lr, num_epochs, in_turn=False):
    """The reference run; in_turn computes b's gradient with the new w."""
    ws, bs = [], []
    for _ in range(num_epochs):
        residual = w * X + b - y
        w = w - lr * 2 * (residual * X).mean()
        if in_turn:
            residual = w * X + b - y
        b = b - lr * 2 * residual.mean()
        ws.append(w.item())
        bs.append(b.item())
    return ws, bs


def check_factors(attempt, factors, lr, X):
    X = X.unsqueeze(1)
    mean = (X**2).mean().item()
    factor_w, factor_b = factors(lr, X)
    factor_w = attempt.number(factor_w, "The factor for w")
    factor_b = attempt.number(factor_b, "The factor for b")
    attempt.must(
        abs(factor_w - (1 - lr * mean)) > 1e-4 and abs(factor_b - (1 - lr)) > 1e-4,
        "The 2 of the gradient is missing in your factors: a step moves b by "
        "the rate times *twice* the mean residual.",
    )
    attempt.must(
        abs(factor_w - (1 - 2 * lr)) > 1e-4,
        "Your factor for w does not contain x. The gradient for w is 2 * "
        "mean(residual * x), and the residual itself holds w times x: which mean "
        "of x remains?",
    )
    attempt.must(
        abs(factor_w - (1 - 2 * lr * mean)) < 1e-4,
        f"At rate {lr} with mean(x^2) = {mean:.4f} the factor for w is not "
        f"{factor_w:.4f}. Write w's update as a number times (w - best w).",
    )
    attempt.must(
        abs(factor_b - (1 - 2 * lr)) < 1e-4,
        f"At rate {lr} the factor for b is not {factor_b:.4f}. "
        "Write b's update as a number times (b - best b).",
    )


def check_train(attempt, train):
    generator = torch.Generator().manual_seed(3)
    X = torch.randn(20, 1, generator=generator) + 0.5
    y = 2 * X - 1
    start = torch.tensor([0.5]), torch.tensor([0.25])
    ws, bs = train(X, y, *start, 0.1, 5)
    attempt.must(
        len(ws) == len(bs) == 5,
        "Over 5 epochs train must return 5 values of w and 5 of b; yours are "
        f"{len(ws)} and {len(bs)}: append after each update.",
    )
    for name, values in (("ws", ws), ("bs", bs)):
        attempt.must(
            all(isinstance(value, float) for value in values),
            f"The entries of {name} must be floats, and yours are tensors or something "
            f"else: append the number alone, use .item().",
        )
    mine = torch.tensor([ws, bs])
    right = path(X, y, *start, 0.1, 5)
    before = [[0.5, *right[0][:-1]], [0.25, *right[1][:-1]]]
    for slip, words in (
        (
            path(X, y, *start, -0.1, 5),
            "Your loop walks uphill: the update subtracts the gradient.",
        ),
        (
            path(X, y, *start, 0.05, 5),
            "Your steps are half as long as they should be: the square's derivative "
            "brings a 2.",
        ),
        (
            path(X, y, *start, 0.1 * 20 / 100, 5),
            "You divide by the 100 samples of the starting file: take the number from "
            "X, or use .mean().",
        ),
        (
            path(X, y, *start, 0.1, 5, in_turn=True),
            "Your gradient for b is worked out after w has moved: take both gradients "
            "at the same point, then update both.",
        ),
        (
            before,
            "Your lists are late by one: they begin with the starting values. Append "
            "after the update, not before it.",
        ),
    ):
        attempt.must(not torch.allclose(mine, torch.tensor(slip), rtol=1e-3), words)
    attempt.must(
        torch.allclose(mine, torch.tensor(right), rtol=1e-3),
        "Your loop does not take the steps of gradient descent: print the gradients "
        "of the first epoch and compare them with autograd's.",
    )
    attempt.must(
        not train.changed,
        f"Your loop changes the {' and the '.join(train.changed)} that it was given, "
        "so the next rate starts where this one ended. `w -= ...` works in place: "
        "write `w = w - ...`.",
    )


def check_word(attempt, word, right, words, why):
    attempt.must(
        word is not ..., f"{words} is still `...`: put your prediction in its place."
    )
    attempt.must(
        word in WORDS, f"{words} must be one of {', '.join(map(repr, WORDS))}."
    )
    attempt.must(word == right, f'{words} is not "{word}". {why}')


def check_predictions(attempt):
    for lr, answers in RIGHT.items():
        pair = attempt.predicted.get(lr)
        attempt.must(
            isinstance(pair, tuple | list) and len(pair) == 2,
            f"`predicted` must hold two words for the rate {lr}: what w does, and b.",
        )
        for word, (name, (right, why)) in zip(pair, answers.items(), strict=True):
            words = f"What {name} does at rate {lr}"
            why = f"One step multiplies its distance by {why}"
            check_word(attempt, word, right, words, why)


def check_jump(attempt):
    rate = attempt.number(attempt.rate_where_w_jumps, "`rate_where_w_jumps`")
    attempt.must(
        abs(rate - 1) > 0.02,
        "At rate 1 it is b that jumps. For w, which rate makes the factor "
        "1 - 2 * rate * mean(x^2) equal to -1?",
    )
    attempt.must(
        abs(rate - 1.47) > 0.02,
        "At rate 1.47 the factor for w is 0: w would land, not jump. Which factor "
        "keeps the size of the distance and turns it round?",
    )
    attempt.must(
        abs(rate - 2.9406) < 0.01,
        f"At rate {rate:g} the factor for w is {1 - 2 * rate * 0.34007:.2f}. To jump "
        "for ever it must be -1: solve 1 - 2 * rate * mean(x^2) = -1 to two decimals.",
    )
    check_word(
        attempt,
        attempt.b_at_that_rate,
        "explodes",
        "`b_at_that_rate`",
        "At 2.94 its factor is 1 - 5.88 = -4.88.",
    )


def check(attempt):
    factors = attempt.function("factors", "lr, X", "factor_w, factor_b")
    check_factors(attempt, factors, 1.0, torch.linspace(-1, 1, 100))
    with attempt.own_data("7 samples, x from -2 to 2"):
        check_factors(attempt, factors, 0.01, torch.linspace(-2, 2, 7))
    train = attempt.function("train", "X, y, w, b, lr, num_epochs", "ws, bs")
    with attempt.own_data("20 samples of 1 feature, and its own start"):
        check_train(attempt, train)
    check_predictions(attempt)
    check_jump(attempt)
    return (
        "Right: two factors foretell every one of these runs. The rate that suits w, "
        "1.47, is beyond what b allows: one loss, two parameters, two speeds."
    )

"""Compares the reader's factors, loop and predictions with the run itself."""

import torch

RIGHT = {
    "w_at_1": (
        "settles",
        "At rate 1.0 the factor for w is 0.32, between -1 and 1: what does 0.32 to the "
        "power 50 leave of a distance?",
    ),
    "b_at_1": (
        "jumps",
        "At rate 1.0 the factor for b is 1 - 2 = -1: each step turns the distance "
        "round and leaves its size as it is. What does b do then?",
    ),
    "w_at_001": (
        "creeps",
        "At rate 0.01 the factor for w is 0.9932: how much of the distance is left "
        "after 50 epochs?",
    ),
    "b_at_001": (
        "creeps",
        "At rate 0.01 the factor for b is 0.98: how much of the distance is left after "
        "50 epochs?",
    ),
}


def path(X, y, w, b, lr, num_epochs, in_turn=False):
    """The reference run; in_turn computes b's gradient with the new w."""
    ws, bs = [], []
    for _ in range(num_epochs):
        error = w * X + b - y
        w = w - lr * 2 * (error * X).mean()
        if in_turn:
            error = w * X + b - y
        b = b - lr * 2 * error.mean()
        ws.append(w.item())
        bs.append(b.item())
    return ws, bs


def check(attempt):
    generator = torch.Generator().manual_seed(3)
    factors = attempt.function("factors", "lr, X", "factor_w, factor_b")
    for lr, X in ((1.0, torch.linspace(-1, 1, 100)), (0.01, torch.linspace(-2, 2, 7))):
        X = X.unsqueeze(1)
        mean = (X**2).mean().item()
        factor_w, factor_b = factors(lr, X)
        factor_w = attempt.number(factor_w, "The factor for w")
        factor_b = attempt.number(factor_b, "The factor for b")
        attempt.must(
            abs(factor_w - (1 - lr * mean)) > 1e-4 and abs(factor_b - (1 - lr)) > 1e-4,
            "The 2 of the gradient is missing in your factors: a step moves b by "
            "the rate times *twice* the mean error.",
        )
        attempt.must(
            abs(factor_w - (1 - 2 * lr)) > 1e-4,
            "Your factor for w does not contain x. The gradient for w is 2 * "
            "mean(error * x), and the error itself holds w times x: which mean of x "
            "remains?",
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

    train = attempt.function("train", "X, y, w, b, lr, num_epochs", "ws, bs")
    X = torch.randn(20, 1, generator=generator) + 0.5
    y = 2 * X - 1
    start = torch.tensor([0.5]), torch.tensor([0.25])
    ws, bs = train(X, y, *start, 0.1, 5)
    attempt.must(
        len(ws) == len(bs) == 5,
        "Over 5 epochs train must return 5 values of w and 5 of b; yours are "
        f"{len(ws)} and {len(bs)}: append after each update.",
    )
    ws = [attempt.number(w, "An entry of ws") for w in ws]
    bs = [attempt.number(b, "An entry of bs") for b in bs]
    paths = torch.tensor([ws, bs])
    up = torch.tensor(path(X, y, *start, -0.1, 5))
    half = torch.tensor(path(X, y, *start, 0.05, 5))
    in_turn = torch.tensor(path(X, y, *start, 0.1, 5, in_turn=True))
    attempt.must(
        not torch.allclose(paths, up, rtol=1e-3),
        "Your loop walks uphill: the update subtracts the gradient.",
    )
    attempt.must(
        not torch.allclose(paths, half, rtol=1e-3),
        "Your steps are half as long as they should be: the square's derivative "
        "brings a 2.",
    )
    attempt.must(
        not torch.allclose(paths, in_turn, rtol=1e-3),
        "Your gradient for b is worked out after w has moved: take both gradients "
        "at the same point, then update both.",
    )
    attempt.must(
        torch.allclose(paths, torch.tensor(path(X, y, *start, 0.1, 5)), rtol=1e-3),
        "Your loop does not take the steps of gradient descent: print the gradients "
        "of the first epoch and compare them with autograd's.",
    )

    for name, (right, why) in RIGHT.items():
        word = getattr(attempt, name)
        attempt.must(
            word in ("settles", "jumps", "creeps", "explodes"),
            f'`{name}` must be one of "settles", "jumps", "creeps", "explodes".',
        )
        attempt.must(word == right, f'`{name}` is not "{word}". {why}')
    return (
        "Right: at rate 1.0 the slope settles while the offset jumps between "
        "-0.5706 and -1.4174; at 0.01 both creep. One loss, two parameters, two "
        "speeds."
    )

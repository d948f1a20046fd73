"""Tries the reader's correction on single samples, then the loop on data of its own."""

import torch


def reference(X, y, max_epochs):
    theta, counts = torch.zeros(X.shape[1] + 1), []
    X1 = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    for _ in range(max_epochs):
        counts.append(0)
        for x_i, y_i in zip(X1, y, strict=True):
            if y_i * (theta @ x_i) <= 0:
                theta = theta + y_i * x_i
                counts[-1] += 1
        if counts[-1] == 0:
            break
    return theta, counts


def check_correct(attempt, correct):
    w, b = torch.tensor([1.0, -2.0]), torch.tensor(0.5)
    x, y = torch.tensor([2.0, 0.5]), torch.tensor(1.0)  # z = 1.5: right
    new_w, new_b = correct(w.clone(), b.clone(), x, y)
    attempt.must(
        torch.equal(attempt.tensor(new_w, (2,), "w").float(), w) and new_b == b,
        "A sample that is answered rightly must change nothing: correct only if "
        "y * z is not above zero.",
    )
    near = torch.tensor([0.5, 0.4])  # w @ x = -0.3, z = 0.2: right, thanks to b
    new_w, _ = correct(w.clone(), b.clone(), near, y)
    attempt.must(
        torch.equal(attempt.tensor(new_w, (2,), "w").float(), w),
        "Your test leaves b out: with w @ x = -0.3 and b = 0.5, z is 0.2, and y = 1 is "
        "answered rightly. z = w @ x + b.",
    )
    no = -y  # now z = 1.5 is wrong
    new_w, new_b = correct(w.clone(), b.clone(), x, no)
    new_w = attempt.tensor(new_w, (2,), "w").float()
    attempt.must(
        not torch.allclose(new_w, w + x),
        "Your w moves towards a sample whose answer should be no: multiply by y.",
    )
    attempt.must(
        not torch.allclose(new_w, w),
        "A wrong answer leaves your w as it was: for y = -1 and z = 1.5 a correction "
        "is due. Is the test y * z <= 0?",
    )
    attempt.must(
        torch.allclose(new_w, w - x),
        f"After a wrong answer w is {new_w.tolist()}, and should be w + y * x.",
    )
    attempt.must(
        float(new_b) != float(b),
        "Your b never moves: a correction adds y to it.",
    )
    attempt.must(
        abs(float(new_b) - (float(b) - 1)) < 1e-6,
        f"After a wrong answer b went from {float(b)} to {float(new_b)}: it gets + y.",
    )
    zero = torch.zeros(2), torch.tensor(0.0)
    new_w, _ = correct(*zero, x, y)
    attempt.must(
        not torch.equal(new_w, torch.zeros(2)),
        "At z = 0 nothing is corrected, so from zeros your perceptron never starts: "
        "count undecided as wrong, y * z <= 0.",
    )


def check_train(attempt, train, X, y):
    w, b, mistakes = train(X, y, 200)
    theta, counts = reference(X, y, 200)
    mistakes = [int(count) for count in mistakes]
    attempt.must(
        mistakes[-1:] == [0],
        "A line separates these samples, so the last epoch must have 0 mistakes; your "
        f"list ends in {mistakes[-1:]}. Stop only then.",
    )
    attempt.must(
        mistakes[0] > 0,
        "Your first epoch, from zeros, has no mistake: count before you correct, with "
        "the weights that gave the wrong answer.",
    )
    attempt.must(
        mistakes.count(0) == 1,
        f"Your loop goes on after an epoch without a mistake ({mistakes.count(0)} of "
        "them): stop at the first.",
    )
    attempt.must(
        mistakes == counts,
        f"Your mistakes per epoch begin {mistakes[:4]}, and should begin {counts[:4]}: "
        "start from zeros, take the samples in order, and let each correction count "
        "for the next sample already.",
    )
    attempt.equal(
        torch.cat([w.detach().flatten(), torch.tensor([float(b)])]),
        theta,
        {},
        "Your mistakes are right, your weights are not: {mine}, not {theirs}.",
    )
    # Nothing separates these.
    X, y = X[:4, :2] * 0, torch.tensor([1.0, -1.0, 1.0, -1.0])
    _, _, mistakes = train(X, y, 7)
    attempt.must(
        len(mistakes) == 7,
        f"On data that no line separates train must stop after max_epochs = 7; yours "
        f"ran {len(mistakes)} epochs.",
    )


def check(attempt):
    check_correct(attempt, attempt.function("correct", "w, b, x, y", "w, b"))
    train = attempt.function("train", "X, y, max_epochs", "w, b, mistakes")
    generator = torch.Generator().manual_seed(3)
    X = torch.randn(40, 2, generator=generator)
    X = X[(X[:, 0] - 2 * X[:, 1] + 0.3).abs() > 0.2]
    y = torch.sign(X[:, 0] - 2 * X[:, 1] + 0.3)
    with attempt.own_data(f"{len(X)} samples of 2 features"):
        check_train(attempt, train, X, y)
    return "Right: it corrects only when it is wrong, and stops when it never is."

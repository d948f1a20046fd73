"""Compares the schedules with PyTorch's, epoch by epoch."""

import torch


def rates(make, epochs):
    """The rates that a schedule of PyTorch's gives, from epoch 0 on."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.4)
    scheduler, found = make(optimizer), []
    for _ in range(epochs + 1):
        found.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
    return torch.tensor(found)


def check(attempt):
    cosine = attempt.function("cosine", "t, T, lr", "the rate")
    warm_cosine = attempt.function("warm_cosine", "t, T, lr, warm", "the rate")
    annealing = torch.optim.lr_scheduler.CosineAnnealingLR
    T = 12
    with attempt.own_data("12 epochs, first rate 0.4"):
        mine = [attempt.number(cosine(t, T, 0.4), "a rate") for t in range(T + 1)]
        mine = torch.tensor(mine)
        theirs = rates(lambda optimizer: annealing(optimizer, T), T)
        attempt.must(
            abs(mine[0] - 0.8) > 1e-4,
            "The first rate is twice lr: 1 + cos goes from 2 to 0, so half of it is "
            "needed.",
        )
        attempt.must(
            not torch.allclose(mine, theirs.flip(0), atol=1e-4),
            "Your rate rises. The cosine falls from 1 at 0 to -1 at pi: 1 *plus* it.",
        )
        attempt.must(
            abs(mine[0] - 0.4) < 1e-4,
            f"The rate of epoch 0 is {mine[0]:.4f}, and should be lr, 0.4.",
        )
        attempt.must(
            abs(mine[-1] - 0.4) > 1e-3,
            "At t = T the rate is lr again: you go round a whole circle, 2 pi. Half of "
            "it ends at 0.",
        )
        attempt.must(
            not torch.allclose(mine, 0.4 * (1 - torch.arange(T + 1) / T), atol=1e-4),
            "That falls along a straight line. A cosine is level at both ends.",
        )
        attempt.must(
            torch.allclose(mine, theirs, atol=1e-5),
            f"In epoch 3 your rate is {mine[3]:.4f}; CosineAnnealingLR has "
            f"{theirs[3]:.4f}.",
        )
    with attempt.own_data("12 epochs, 3 of them to warm up"):
        mine = [warm_cosine(t, T, 0.4, 3) for t in range(T + 1)]
        mine = [attempt.number(rate, "a rate") for rate in mine]
        attempt.must(
            mine[0] > 1e-9,
            "The rate of epoch 0 is 0, so this epoch does nothing. It begins at "
            "lr / warm: t + 1 in place of t.",
        )
        attempt.must(
            max(abs(mine[t] - 0.4 * (t + 1) / 3) for t in range(3)) < 1e-4,
            "In epochs 0, 1 and 2 of a warm-up of 3, the rate is a third, two thirds "
            "and the whole of lr.",
        )
        attempt.must(
            abs(mine[3] - 0.4) < 1e-4,
            f"In the first epoch after the warm-up the rate is {mine[3]:.4f}, and "
            "should be lr: the cosine begins there, at t - warm.",
        )
        attempt.must(
            abs(mine[T]) < 1e-4,
            "The cosine must end at t = T, so it has T - warm epochs and not T.",
        )
        wanted = rates(lambda optimizer: annealing(optimizer, T - 3), T - 3)
        attempt.must(
            torch.allclose(torch.tensor(mine[3:]), wanted, atol=1e-4),
            "After the warm-up the rates are not those of a cosine of T - warm epochs.",
        )
    return "Right: level at both ends, and the warm-up begins above zero."

"""Trains with the reader's loop, watches backward(), then takes its gradients away."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

import torch

SIZES = {"w": 3, "b": 1}


def leaves(node):
    """The parameters that a graph ends in."""
    if node is None:
        return
    if hasattr(node, "variable"):
        yield node.variable
    for parent, _ in node.next_functions:
        yield from leaves(parent)


@dataclass
class Seen:
    """What backward() met: how often, where w and b began, and the tensors last."""

    calls: int = 0
    first: dict = field(default_factory=dict)
    last: dict = field(default_factory=dict)


@contextmanager
def watched(erase=False):
    """Note what backward() meets; with erase, set to 0 the gradients it leaves."""
    backward = torch.Tensor.backward
    seen = Seen()

    def noted(self, *arguments, **options):
        by_size = {leaf.numel(): leaf for leaf in leaves(self.grad_fn)}
        seen.last = {n: by_size[size] for n, size in SIZES.items() if size in by_size}
        if seen.calls == 0:
            seen.first = {n: leaf.detach().clone() for n, leaf in seen.last.items()}
        seen.calls += 1
        backward(self, *arguments, **options)
        for parameter in by_size.values() if erase else ():
            parameter.grad.zero_()

    with patch.object(torch.Tensor, "backward", noted):
        yield seen


def path(X, y, w, b, lr, num_epochs, kept=0.0, from_b=False):
    """The reference run; kept=1 never clears gradients, from_b moves w by b's."""
    sum_w, sum_b, losses = torch.zeros(3), torch.zeros(1), []
    for _ in range(num_epochs):
        residual = X @ w + b - y
        losses.append((residual**2).mean().item())
        sum_w = kept * sum_w + 2 / len(X) * X.T @ residual
        sum_b = kept * sum_b + 2 * residual.mean()
        w = w - lr * (sum_b if from_b else sum_w)
        b = b - lr * sum_b
    losses.append(((X @ w + b - y) ** 2).mean().item())
    return torch.cat([w, b]), losses


def explain_empty(attempt, seen):
    """Say which .grad is empty and why, after the reader's loop met None."""
    for name in SIZES if seen.first else ():
        attempt.must(
            name in seen.first,
            f"{name} gets no gradient: the first backward() met no {name} made with "
            "requires_grad=True. Both parameters need it.",
        )
        attempt.must(
            name in seen.last,
            f"After the first epoch {name} is no longer the tensor made with "
            f"requires_grad=True: `{name} = {name} - ...` makes a new one. Update the "
            f"one you have, `{name} -= ...`.",
        )
        attempt.must(
            seen.last[name].grad is not None,
            f"The .grad of {name} is cleared between backward() and the update, which "
            "needs it: clear it after the update, or before backward().",
        )


def check_start(attempt, seen, start):
    """Whether both parameters are watched, and begin where the caller says."""
    for name, first in zip(SIZES, start, strict=True):
        attempt.must(
            name in seen.first,
            f"{name} takes no part in backward(): was it made with requires_grad=True?",
        )
        attempt.must(
            torch.equal(seen.first[name].flatten(), first),
            f"Your {name} begins somewhere else than the {name}_start that train was "
            "given: start from the w and b you were given, not from new numbers.",
        )


def check_moved(attempt, seen, w, b, start):
    """Whether what came back is the parameters, and moved."""
    moved = torch.cat([w.detach().flatten(), b.detach().flatten()])
    if torch.equal(moved, torch.cat(start)):
        attempt.must(
            w is not seen.last["w"],
            "Your w and b never move, though backward() is called: is .grad cleared "
            "between backward() and the update? Then the update subtracts 0.",
        )
        attempt.must(
            False,
            "After 6 epochs w and b are where they started: return the tensors that "
            "the update moves.",
        )


def check_values(attempt, w, b, losses, data):
    trained = torch.cat(
        [attempt.tensor(w, (3,), "w"), attempt.tensor(b, (1,), "b")]
    ).float()
    right, right_losses = path(*data, 0.05, 6)
    for slip, words in (
        (
            path(*data, 0.05, 6, kept=1.0),
            "Your gradients pile up: backward() adds to .grad. Clear both .grad in "
            "every epoch.",
        ),
        (
            path(*data, -0.05, 6),
            "Your loop walks uphill: the update subtracts the gradient.",
        ),
        (
            path(*data, 0.05, 6, from_b=True),
            "You move w by the gradient of b: w has a .grad of its own.",
        ),
    ):
        attempt.must(not torch.allclose(trained, slip[0], rtol=1e-3), words)
    attempt.equal(
        trained,
        right,
        {},
        "After 6 epochs at 0.05 your w and b are {mine}; by hand they are {theirs}. "
        "Are both .grad cleared, and both updated?",
    )
    attempt.must(
        len(losses) == 6 and all(isinstance(loss, float) for loss in losses),
        "losses must hold one float an epoch: append loss.item(). A tensor would "
        "keep its whole graph in memory.",
    )
    attempt.equal(
        losses,
        right_losses[:-1],
        {},
        "Your losses over 6 epochs are {mine}, those of the loop by hand {theirs}: "
        "record the mean squared error of each epoch, before its update.",
    )


def check_train(attempt, train, X, y, start):
    with watched() as seen:
        try:
            w, b, losses = train(X, y, *start, 0.05, 6)
        except (AttributeError, RuntimeError, TypeError) as error:
            if "None" in str(error) or "does not require grad" in str(error):
                explain_empty(attempt, seen)
            raise

    attempt.must(
        seen.calls,
        "Your loop never calls backward(): its gradients are still written by hand.",
    )
    check_start(attempt, seen, start)
    check_moved(attempt, seen, w, b, start)
    check_values(attempt, w, b, losses, (X, y, *start))
    attempt.must(
        not train.changed,
        f"train changes the {' and the '.join(train.changed)} that it was given: a "
        "second call would begin where the first one ended. Make parameters of your "
        "own: .clone() first, then .requires_grad_().",
    )

    with watched(erase=True):
        w, b, _ = train(X, y, *start, 0.05, 6)
    attempt.must(
        torch.equal(torch.cat([w.detach(), b.detach()]), torch.cat(start)),
        "You call backward(), but your update does not use what it leaves: with every "
        ".grad set to 0 your parameters still move. Update with w.grad and b.grad.",
    )


def check(attempt):
    train = attempt.function(
        "train", "X, y, w_start, b_start, lr, num_epochs", "w, b, losses"
    )
    generator = torch.Generator().manual_seed(7)
    X = torch.randn(20, 3, generator=generator)
    y = X @ torch.tensor([2.0, -1.0, 0.5]) - 1
    start = torch.tensor([0.5, -0.25, 1.0]), torch.tensor([0.25])
    with attempt.own_data("20 samples of 3 features, and its own start"):
        check_train(attempt, train, X, y, start)
    return (
        "Right: the same numbers, and not one derivative written by you. The loop "
        "stays as it is when the model grows; the gradients by hand would not."
    )

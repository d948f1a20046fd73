"""Trains with the reader's loop, watches backward(), then takes its gradients away."""

from contextlib import contextmanager
from unittest.mock import patch

import torch


def leaves(node):
    """The parameters that a graph ends in."""
    if node is None:
        return
    if hasattr(node, "variable"):
        yield node.variable
    for parent, _ in node.next_functions:
        yield from leaves(parent)


@contextmanager
def watched(erase):
    """Count the calls of backward(); with erase, set to 0 the gradients it leaves."""
    backward = torch.Tensor.backward
    calls = []

    def counted(self, *arguments, **options):
        parameters = list(leaves(self.grad_fn))
        backward(self, *arguments, **options)
        calls.append(len(parameters))
        for parameter in parameters if erase else []:
            parameter.grad.zero_()

    with patch.object(torch.Tensor, "backward", counted):
        yield calls


def path(X, y, w, b, lr, num_epochs, kept=0.0, from_w=False):
    """The reference run; kept=1 never clears gradients, from_w moves b by w's."""
    sum_w = sum_b = 0.0
    for _ in range(num_epochs):
        error = w * X + b - y
        sum_w = kept * sum_w + 2 * (error * X).mean()
        sum_b = kept * sum_b + 2 * error.mean()
        w = w - lr * sum_w
        b = b - lr * (sum_w if from_w else sum_b)
    return torch.cat([w, b])


def check(attempt):
    train = attempt.function("train", "X, y, w, b, lr, num_epochs", "w, b, losses")
    generator = torch.Generator().manual_seed(7)
    X = torch.randn(20, 1, generator=generator)
    y = 2 * X - 1
    start = torch.tensor([0.5]), torch.tensor([0.25])
    with watched(erase=False) as calls:
        w, b, losses = train(X, y, *start, 0.05, 6)

    attempt.must(
        calls,
        "Your loop never calls backward(): its gradients are still written by hand.",
    )
    w = attempt.tensor(w, (1,), "w").float()
    b = attempt.tensor(b, (1,), "b").float()
    attempt.must(
        not torch.equal(torch.cat([w, b]), torch.cat(start)),
        "After 6 epochs w and b are where they started: return the tensors that the "
        "update moves.",
    )
    trained = torch.cat([w, b])
    attempt.must(
        not torch.allclose(trained, path(X, y, *start, 0.05, 6, kept=1.0), rtol=1e-3),
        "Your gradients pile up: backward() adds to .grad. Clear both .grad in "
        "every epoch.",
    )
    attempt.must(
        not torch.allclose(trained, path(X, y, *start, -0.05, 6), rtol=1e-3),
        "Your loop walks uphill: the update subtracts the gradient.",
    )
    attempt.must(
        not torch.allclose(
            trained, path(X, y, *start, 0.05, 6, from_w=True), rtol=1e-3
        ),
        "You move b by the gradient of w: b has a .grad of its own.",
    )
    attempt.must(
        torch.allclose(trained, path(X, y, *start, 0.05, 6), rtol=1e-3),
        f"After 6 epochs at 0.05 your w and b are {w.item():.4f} and {b.item():.4f}; "
        f"by hand they are {path(X, y, *start, 0.05, 6)[0]:.4f} and "
        f"{path(X, y, *start, 0.05, 6)[1]:.4f}. Are both .grad cleared, and both "
        "updated?",
    )
    attempt.must(
        len(losses) == 6 and all(isinstance(loss, float) for loss in losses),
        "losses must hold one float an epoch: append loss.item(). A tensor would "
        "keep its whole graph in memory.",
    )

    with watched(erase=True):
        w, b, _ = train(X, y, *start, 0.05, 6)
    attempt.must(
        torch.equal(torch.cat([w.detach(), b.detach()]), torch.cat(start)),
        "You call backward(), but your update does not use what it leaves: with every "
        ".grad set to 0 your parameters still move. Update with w.grad and b.grad.",
    )
    return (
        "Right: the same numbers, and not one derivative written by you. The loop "
        "stays as it is when the model grows; the gradients by hand would not."
    )

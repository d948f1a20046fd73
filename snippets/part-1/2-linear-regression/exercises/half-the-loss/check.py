"""Compares the reader's gradient of J with autograd, and the rate with its step."""

import torch


def check_gradient(attempt, gradient_J, X, y, w, b):
    results = gradient_J(X, y, w.detach(), b.detach())
    for name, mine, theirs in zip("wb", results, (w.grad, b.grad), strict=True):
        attempt.equal(
            attempt.number(mine, f"Your gradient for {name}"),
            theirs.item(),
            {
                2: f"Your gradient for {name} is twice what autograd gets: that is the "
                "gradient of L. In J the 1/2 cancels the 2.",
                0.5: f"Your gradient for {name} is half of what autograd gets: the "
                "square brings a 2, which cancels the 1/2. Nothing of either is "
                "left.",
                -1: f"Your gradient for {name} points the wrong way: the residual is "
                "the prediction minus the target.",
                8: f"Your gradient for {name} is n times what autograd gets: "
                "J divides by n, so take the mean and not the sum.",
                8 / 100: f"Your gradient for {name} divides by the 100 samples of the "
                "starting file: take n from the shape, len(X), or use .mean().",
            },
            f"Your gradient for {name} is {{mine}}, autograd gets {{theirs}}: "
            "apply the chain rule to (w x + b - y)^2 / (2n) once more.",
        )


def check(attempt):
    gradient_J = attempt.function("gradient_J", "X, y, w, b", "grad_w, grad_b")
    generator = torch.Generator().manual_seed(5)
    X = torch.randn(8, 1, generator=generator) + 0.5
    y = torch.randn(8, 1, generator=generator)
    w = torch.tensor([0.75], requires_grad=True)
    b = torch.tensor([-0.5], requires_grad=True)
    (((w * X + b - y) ** 2).sum() / (2 * len(X))).backward()
    with attempt.own_data("8 samples of 1 feature"):
        check_gradient(attempt, gradient_J, X, y, w, b)

    rate_for_J = attempt.function("rate_for_J", "lr", "the rate")
    for lr in (0.1, 0.03):
        attempt.equal(
            attempt.number(rate_for_J(lr), "What rate_for_J returns"),
            2 * lr,
            {
                0.25: "Your rate for J is half of lr, and the gradient of J is "
                "already half that of L: together a quarter of the step. Which way "
                "must the rate go?",
                0.5: "Your rate for J is lr itself: with a gradient half as long, "
                "the step is half as long.",
            },
            f"For lr = {lr} your rate is {{mine}}: the product of rate and gradient "
            "must be the same for L and J.",
        )
    return (
        "Right: J's gradient is half as long, so twice the rate takes the same steps. "
        "A rate means nothing until one knows which loss it belongs to."
    )

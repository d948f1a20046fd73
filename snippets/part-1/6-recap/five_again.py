"""One step of each of the five versions, from twenty starts, in float64."""

import math

import torch
from torch import nn

N, lr = 100, 0.1
torch.manual_seed(42)
X = torch.linspace(-1, 1, N, dtype=torch.float64).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1, dtype=torch.float64)


def by_hand(w, b):
    residual = w * X + b - y
    return w - lr * 2 * (residual * X).mean(), b - lr * 2 * residual.mean()


def in_matrices(w, b):
    X1, theta = torch.cat([X, torch.ones_like(X)], dim=1), torch.stack([w, b])
    return tuple(theta - lr * 2 / N * X1.T @ (X1 @ theta - y))


def with_autograd(w, b):
    w, b = w.clone().requires_grad_(), b.clone().requires_grad_()
    ((w * X + b - y) ** 2).mean().backward()
    with torch.no_grad():
        return w - lr * w.grad, b - lr * b.grad


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1, 1, dtype=torch.float64))
        self.bias = nn.Parameter(torch.zeros(1, dtype=torch.float64))

    def forward(self, X):
        return X @ self.weight.T + self.bias


def with_parts(model, w, b):
    model.load_state_dict({"weight": w[None], "bias": b})
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    optimizer.zero_grad()
    nn.MSELoss()(model(X), y).backward()
    optimizer.step()
    return model.weight.detach()[0], model.bias.detach()


# --8<-- [start:compare]
linear, own = nn.Linear(1, 1, dtype=torch.float64), Line()
versions = {
    "in matrices": in_matrices,
    "with autograd": with_autograd,
    "with PyTorch's parts": lambda w, b: with_parts(linear, w, b),
    "a model of our own": lambda w, b: with_parts(own, w, b),
}
starts = 5 * torch.randn(20, 2, 1, dtype=torch.float64)
for name, step in versions.items():
    gap = 0.0
    for w, b in starts:
        for mine, theirs in zip(by_hand(w, b), step(w, b)):
            gap = max(gap, (mine - theirs).abs().item())
    print(f"{name}: the same to {math.floor(-math.log10(gap))} decimals at least")
# --8<-- [end:compare]

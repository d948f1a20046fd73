"""Runs the choices of the last group, so that the page need not argue about them."""

import math

import torch
from torch import nn

# More samples in a batch, and the rate scaled with them: is there room for it?
torch.manual_seed(2)
scale = torch.tensor([3.8, 1.0])
X = torch.randn(512, 2) * scale
y = X @ torch.tensor([1.0, -2.0]) + 0.5 * torch.randn(512)
H = 2 / len(X) * X.T @ X
limit = 2 / torch.linalg.eigvalsh(H)[-1]
print(f"limit of the rate {limit:.3f}")
for lr in (0.02, 0.03, 0.08):
    w = torch.zeros(2)
    for _ in range(200):
        rows = torch.randint(512, (8 if lr == 0.02 else 32,))
        w = w - lr * 2 / len(rows) * X[rows].T @ (X[rows] @ w - y[rows])
    print(f"rate {lr}: loss after 200 updates {(X @ w - y).square().mean():.3g}")

# One wild gradient, made shorter in two ways
p = nn.Parameter(torch.zeros(2))
for name, clip in (
    ("norm", lambda: nn.utils.clip_grad_norm_([p], max_norm=1.0)),
    ("value", lambda: nn.utils.clip_grad_value_([p], clip_value=1.0)),
):
    p.grad = torch.tensor([30.0, 4.0])
    clip()
    angle = torch.rad2deg(torch.atan2(p.grad[1], p.grad[0]))
    print(f"clipped by {name}: first entry {p.grad[0]:.2f}", end=", ")
    print(f"second entry {p.grad[1]:.2f}, angle {angle:.1f}")
print(f"not clipped: angle {math.degrees(math.atan2(4, 30)):.1f}")

# A single new sample, standardised with its own numbers or those of the training set
train = torch.randn(100) * 25 + 90
new = torch.tensor([140.0])
own = (new - new.mean()) / new.std(correction=0)
known = (new - train.mean()) / train.std(correction=0)
print(f"new sample: z with its own numbers {own.item()}", end=", ")
print(f"with those of the training set {known.item():.2f}")

# Three plans for the rate, with one sample at each update: means over 200 runs
torch.manual_seed(2)
x = torch.linspace(-1, 1, 100)
targets = 2 * x + 0.5 * torch.randn(100)
best = (x * targets).mean() / x.square().mean()
plans = {
    "large": lambda t: 0.3,
    "small": lambda t: 0.003,
    "large, then falling": lambda t: 0.3 if t < 100 else 0.3 / (1 + (t - 100) / 20),
}
for name, plan in plans.items():
    w = torch.full((200,), -8.0)
    for t in range(1000):
        i = torch.randint(100, (200,))
        w = w - plan(t) * 2 * (w * x[i] - targets[i]) * x[i]
    print(f"plan {name}: mean squared error of w {(w - best).square().mean():.4f}")

# Which gradients does a bound on the norm shorten, in the first run at its end?
w, norms = torch.linalg.solve(X.T @ X, X.T @ y), []
for _ in range(1000):
    rows = torch.randint(512, (8,))
    norms.append((2 / 8 * X[rows].T @ (X[rows] @ w - y[rows])).norm())
norms = torch.stack(norms)
for times in (1, 5):
    part = (norms > times * norms.mean()).float().mean()
    print(f"bound of {times} times the usual norm: shortens {100 * part:.0f} %")

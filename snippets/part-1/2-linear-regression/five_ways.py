"""Runs the five versions of the main run side by side and compares their losses."""

import matplotlib.pyplot as plt
import torch
from torch import nn

torch.manual_seed(42)
N, lr, num_epochs = 100, 0.1, 50
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
w_0, b_0 = torch.randn(1), torch.randn(1)


# --8<-- [start:hand]
def by_hand(w, b):
    for _ in range(num_epochs):
        error = w * X + b - y
        yield (error**2).mean()
        w, b = w - lr * 2 * (error * X).mean(), b - lr * 2 * error.mean()


def vectorised(w, b):
    X_and_ones = torch.cat([X, torch.ones(N, 1)], dim=1)  # (N, 2)
    theta = torch.stack([w, b])  # (2, 1)
    for _ in range(num_epochs):
        error = X_and_ones @ theta - y
        yield (error**2).mean()
        theta = theta - lr * 2 / N * X_and_ones.T @ error


# --8<-- [end:hand]
# --8<-- [start:autograd]
def autograd(w, b):
    w, b = w.clone().requires_grad_(), b.clone().requires_grad_()
    for _ in range(num_epochs):
        loss = ((w * X + b - y) ** 2).mean()
        yield loss
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
            w.grad = b.grad = None


# --8<-- [end:autograd]
# --8<-- [start:torch]
class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1, 1))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return X @ self.weight.T + self.bias


def train(model):
    model.load_state_dict({"weight": w_0.unsqueeze(0), "bias": b_0})
    loss_fn, optimizer = nn.MSELoss(), torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        loss = loss_fn(model(X), y)
        yield loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


# --8<-- [end:torch]
# --8<-- [start:compare]
runs = {
    "by hand": by_hand(w_0, b_0),
    "vectorised": vectorised(w_0, b_0),
    "autograd": autograd(w_0, b_0),
    "nn.Linear": train(nn.Linear(1, 1)),
    "custom module": train(Line()),
}
losses = {way: torch.tensor([loss.item() for loss in run]) for way, run in runs.items()}
gaps = {way: losses[way] - losses["by hand"] for way in losses}
for way, gap in gaps.items():
    print(f"{way}: last loss {losses[way][-1]:.4f}, largest gap {gap.abs().max():.0e}")
# --8<-- [end:compare]

fig, (top, bottom) = plt.subplots(2, 1, num="five-ways", figsize=(6.4, 5), sharex=True)
epochs = range(1, num_epochs + 1)
for k, (way, look) in enumerate(zip(losses, ("C1o", "C1s", "C2D", "C3^", "C3v"))):
    top.semilogy(epochs, losses[way], look, markevery=(k, 5), label=way)
    bottom.plot(epochs, 1e7 * gaps[way], look + "-", markevery=(k, 5), linewidth=0.8)
top.legend()
top.set(ylabel="$L$, loss")
bottom.set(xlabel="epoch", ylabel="difference from\nby hand, $10^{-7}$")
plt.show()

"""Runs the five versions of the main run side by side and compares their losses."""

import matplotlib.pyplot as plt
import torch
from torch import nn

torch.manual_seed(42)
N, lr, num_epochs = 100, 0.1, 50
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
w0, b0 = torch.randn(1), torch.randn(1)


# --8<-- [start:hand]
def by_hand(w, b):
    for _ in range(num_epochs):
        residual = w * X + b - y
        yield (residual**2).mean()
        w = w - lr * 2 * (residual * X).mean()
        b = b - lr * 2 * residual.mean()


def vectorised(w, b):
    X1 = torch.cat([X, torch.ones(N, 1)], dim=1)  # X with a column of ones
    theta = torch.stack([w, b])  # (2, 1)
    for _ in range(num_epochs):
        residual = X1 @ theta - y
        yield (residual**2).mean()
        theta = theta - lr * 2 / N * X1.T @ residual


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
    model.load_state_dict({"weight": w0.unsqueeze(0), "bias": b0})
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        loss = nn.MSELoss()(model(X), y)
        yield loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


# --8<-- [end:torch]
# --8<-- [start:compare]
runs = {"by hand": by_hand(w0, b0), "vectorised": vectorised(w0, b0)}
runs |= {"autograd": autograd(w0, b0), "nn.Linear": train(nn.Linear(1, 1))}
runs["custom module"] = train(Line())
losses, gaps = {}, {}
for way, run in runs.items():
    losses[way] = torch.tensor([loss.item() for loss in run])
    gaps[way] = losses[way] - losses["by hand"]
    last, gap = losses[way][-1], gaps[way].abs().max()
    print(f"{way}: last loss {last:.4f}, largest gap {gap:.0e}")
# --8<-- [end:compare]
fig, (top, bottom) = plt.subplots(2, 1, num="five-ways", figsize=(6.4, 5), sharex=True)
for k, (way, look) in enumerate(zip(losses, ("C1o", "C1s", "C2D", "C3^", "C3v"))):
    top.semilogy(range(1, 51), losses[way], look, markevery=(k, 5), label=way)
    bottom.plot(range(1, 51), 1e7 * gaps[way], look + "-", markevery=(k, 5), lw=0.8)
top.legend()
top.set(ylabel="$L$, loss")
bottom.set(xlabel="epoch", ylabel="difference from\nby hand, $10^{-7}$")
plt.show()

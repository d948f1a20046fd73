"""Compares predictions (N, 1) with targets (N,): broadcasting makes an (N, N) table."""

import warnings

import matplotlib.pyplot as plt
import torch
from torch import nn

torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)  # (N, 1)
column = 2 * X - 1 + 0.1 * torch.randn(N, 1)  # (N, 1), as it should be
y = column[:, 0]  # (N,)


# --8<-- [start:loop]
def train(target, num_epochs=200):
    torch.manual_seed(1)
    model = nn.Linear(1, 1)
    loss_fn = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(num_epochs):
        loss = loss_fn(model(X), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model.weight.item(), model.bias.item(), loss.item()
# --8<-- [end:loop]


# --8<-- [start:symptom]
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    w, b, loss = train(y)
print(f"wrong shape: loss {loss:.4f}, w = {w:.4f}, b = {b:.4f}")
print(f"mean of y: {y.mean():.4f}")
print(f"variance of y: {y.var(correction=0):.4f}")
warning = caught[0]
sentences = str(warning.message).replace(". ", ".\n")
print(f"{warning.category.__name__}: {sentences}")
# --8<-- [end:symptom]

# --8<-- [start:silent]
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    squares = (X - y) ** 2  # any prediction of shape (N, 1)
print(f"by hand: shape {tuple(squares.shape)}", end=", ")
print(f"number of warnings {len(caught)}")
# --8<-- [end:silent]

y_hat = (0.7 * X + 0.2)[:, 0]  # any predictions will do
all_pairs = (y_hat.unsqueeze(1) - y).square().mean()  # over N x N pairs (i, j)
two_parts = (y_hat - y.mean()).square().mean() + y.var(correction=0)
print(f"all pairs: {all_pairs:.4f}")
print(f"two parts: {two_parts:.4f}")

# --8<-- [start:cure]
w_right, b_right, loss = train(y.unsqueeze(1))
print(f"right shape: loss {loss:.4f}, w = {w_right:.4f}, b = {b_right:.4f}")
# --8<-- [end:cure]

fig, ax = plt.subplots(num="flat-line")
ax.plot(X, y, "o", color="C0", alpha=0.5)
ax.plot(X, w * X + b, color="C3")
ax.plot(X, w_right * X + b_right, "--", color="C6")
ax.annotate("target (N,)", (-0.98, b + 0.12), color="C3")
ax.annotate("target (N, 1)", (0.42, -0.55), color="C6")
ax.set(xlabel="$x$, feature", ylabel="$y$, target")
plt.show()

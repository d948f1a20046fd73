"""Learns two targets from three raw features, at three rates."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:data]
regions = ["Kanto", "Johto", "Hoenn", "Sinnoh", "Unova"]
# temperature (°F), rainfall (mm), humidity (%), apples, oranges (tons)
data = torch.tensor([
    [73.0, 67, 43, 56, 70],
    [91.0, 88, 64, 81, 101],
    [87.0, 134, 58, 119, 133],
    [102.0, 43, 37, 22, 37],
    [69.0, 96, 70, 103, 119],
])
X, Y = data[:, :3], data[:, 3:]
torch.manual_seed(1337)
W0, b0 = torch.randn(2, 3), torch.rand(2)
# --8<-- [end:data]

# --8<-- [start:shapes]
scores = X @ W0.T  # (5, 2)
seen = {"X": X, "Y": Y, "W": W0, "b": b0}
seen |= {"X @ W.T": scores, "X @ W.T + b": scores + b0}
for name, tensor in seen.items():
    print(f"{name}: shape {tuple(tensor.shape)}")
by_rows = torch.stack([row + b0 for row in scores])
print("b is added to every row:", torch.equal(scores + b0, by_rows))
# --8<-- [end:shapes]


# --8<-- [start:loop]
def train(lr, num_epochs=100):
    W, b = W0.clone().requires_grad_(), b0.clone().requires_grad_()
    losses = []
    for _ in range(num_epochs):
        Y_hat = X @ W.T + b  # 1. forward
        loss = (Y_hat - Y).square().mean()  # 2. loss: mean over 5 x 2
        loss.backward()  # 3. gradient
        with torch.no_grad():
            W -= lr * W.grad  # 4. update
            b -= lr * b.grad
            W.grad = b.grad = None
        losses.append(loss.item())
    return torch.tensor(losses), (X @ W.T + b).detach()


print("lr     RMSE in the last epoch")
runs = {lr: train(lr) for lr in (1e-3, 1e-4, 1e-5)}
for lr, (losses, _) in runs.items():
    print(f"{lr:.0e}  {losses[-1].sqrt():.3f}")
print(f"rate 1e-03: last finite loss in epoch {runs[1e-3][0].isfinite().sum()}")
# --8<-- [end:loop]

fig, axes = plt.subplots(1, 2, num="yields", figsize=(7.2, 3.4), sharey=True)
for ax, fruit, y, y_hat in zip(axes, ("apples", "oranges"), Y.T, runs[1e-4][1].T):
    ax.vlines(regions, y, y_hat, color="C6")
    ax.plot(regions, y, "o", color="C0", label="target")
    ax.plot(regions, y_hat, "_", color="C2", ms=16, mew=2.5, label="prediction")
    ax.set(title=fruit, ylim=(0, 140))
axes[0].set_ylabel("$y$, yield (tons)")
axes[0].legend(loc="lower left", frameon=False)

fig, ax = plt.subplots(num="rates", figsize=(6.4, 3.6))
for losses, _ in runs.values():
    ax.semilogy(range(1, 101), losses, color="C2")
ax.annotate(r"$\eta = 10^{-3}$: infinite, then NaN", (3, 1e6), color="C2")
ax.annotate(r"$\eta = 10^{-5}$", (60, 500), color="C2")
ax.annotate(r"$\eta = 10^{-4}$", (60, 1.5), color="C2")
ax.set(xlabel="epoch", ylabel="$L$, loss", ylim=(0.1, 1e7))
plt.show()

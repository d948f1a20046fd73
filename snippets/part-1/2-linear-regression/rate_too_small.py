"""Runs the main run at a rate of 0.01: nothing is wrong, it is only slow."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
w0, b0 = torch.randn(1), torch.randn(1)


# --8<-- [start:loop]
def train(lr, num_epochs):
    w, b, losses = w0, b0, []
    for _ in range(num_epochs):
        error = w * X + b - y
        losses.append((error**2).mean().item())
        w = w - lr * 2 * (error * X).mean()
        b = b - lr * 2 * error.mean()
    return w.item(), b.item(), losses


for lr, num_epochs in ((0.01, 50), (0.01, 500), (0.1, 50)):
    w, b, losses = train(lr, num_epochs)
    print(f"lr {lr}, {num_epochs} epochs: loss {losses[-1]:.4f}", end=", ")
    print(f"w = {w:.4f}, b = {b:.4f}")
# --8<-- [end:loop]

# --8<-- [start:factors]
for lr in (0.01, 0.1):
    factor = 1 - 2 * lr * (X**2).mean()
    print(f"lr {lr}: factor of the error of w {factor:.4f}", end=", ")
    print(f"epochs to halve it {torch.log(torch.tensor(0.5)) / torch.log(factor):.0f}")
# --8<-- [end:factors]

fig, ax = plt.subplots(num="slow", figsize=(6.4, 3.6))
slow, quick = train(0.01, 500)[-1], train(0.1, 50)[-1]
ax.loglog(range(1, 501), slow, color="C1")
ax.loglog(range(1, 51), quick, color="C6", linestyle="--")
ax.plot(50, slow[49], "o", color="C1")
ax.annotate(f"epoch 50: {slow[49]:.2f}", (56, slow[49]), color="C1")
ax.annotate(r"$\eta = 0.01$", (165, 0.4), color="C1")
ax.annotate(r"$\eta = 0.1$", (8, 0.4), color="C6", ha="right")
ax.set(xlabel="epoch", ylabel="$L$, loss")
plt.show()

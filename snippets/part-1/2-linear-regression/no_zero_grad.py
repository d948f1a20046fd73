"""Forgets to clear the gradients: they add up, and the loss swings up and down."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
w0, b0 = torch.randn(1), torch.randn(1)


# --8<-- [start:loop]
def train(clear, num_epochs=60, lr=0.1):
    w, b = w0.clone().requires_grad_(), b0.clone().requires_grad_()
    losses, slopes = [], []
    for _ in range(num_epochs):
        loss = ((w * X + b - y) ** 2).mean()
        loss.backward()  # adds to w.grad and b.grad
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
        if clear:
            w.grad = b.grad = None
        losses.append(loss.item())
        slopes.append(w.item())
    return losses, slopes


wrong, wrong_slopes = train(clear=False)
right, right_slopes = train(clear=True)
print("epoch  loss cleared  loss not cleared  w cleared  w not cleared")
for e in (1, 5, 10, 15, 20, 25, 30, 40, 50, 60):
    print(f"{e:<5}  {right[e - 1]:<12.4f}  {wrong[e - 1]:<16.4f}", end="  ")
    print(f"{right_slopes[e - 1]:<9.4f}  {wrong_slopes[e - 1]:.4f}")
# --8<-- [end:loop]

# --8<-- [start:period]
# With e for the distance from the best value, each epoch t obeys
# e(t + 1) - 2 e(t) + e(t - 1) = -lr * eigenvalue * e(t).
eigenvalues = {"w": 2 * (X**2).mean(), "b": torch.tensor(2.0)}
for name, eigenvalue in eigenvalues.items():
    period = 2 * torch.pi / torch.acos(1 - 0.1 * eigenvalue / 2)
    print(f"{name} swings with a period of {period:.1f} epochs")
# --8<-- [end:period]

fig, ax = plt.subplots(num="accumulated", figsize=(6.4, 3.6))
ax.plot(range(1, 61), wrong, color="C2")
ax.plot(range(1, 61), right, "--", color="C6")
ax.annotate("gradients never cleared", (21, 2.65), color="C2")
ax.annotate("cleared", (9.7, 0.92), color="C6")
ax.set(xlabel="epoch", ylabel="$L$, loss", ylim=(-0.05, 2.9))
plt.show()

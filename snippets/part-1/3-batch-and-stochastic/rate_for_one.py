"""Uses a rate that suits all samples at once on one sample at a time: it explodes."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)
N = 100
x = torch.linspace(-1, 1, N)
y = 2 * x - 1 + 0.1 * torch.randn(N)
w0, b0 = torch.randn(1), torch.randn(1)


# --8<-- [start:mistake]
def train(lr, B, num_steps=300):
    w, b, losses = w0, b0, []
    for _ in range(num_steps):
        batch = torch.randint(N, (B,)) if B < N else torch.arange(N)
        residual = w * x[batch] + b - y[batch]
        w = w - lr * 2 * (residual * x[batch]).mean()
        b = b - lr * 2 * residual.mean()
        losses.append(((w * x + b - y) ** 2).mean().item())
    return losses


curves = {B: train(0.9, B) for B in (100, 10, 1)}
for B, losses in curves.items():
    print(f"rate 0.9, B {B}: cost after 300 steps {losses[-1]:.4g}")
# --8<-- [end:mistake]

# --8<-- [start:limit]
u = torch.stack([x, torch.ones(N)], dim=1).double()
h = 2 * u[:, :, None] * u[:, None, :]  # each sample's own Hessian
H, eye = h.mean(dim=0), torch.eye(2).double()
# kron(A, A) is the matrix that takes the entries of S to those of A S A
shaken = sum(torch.kron(h_i, h_i) for h_i in h) / N - torch.kron(H, H)


def growth(lr, B):
    """What a step multiplies the mean square of the error with, in the long run."""
    keep = torch.kron(eye - lr * H, eye - lr * H) + lr**2 / B * shaken
    return torch.linalg.eigvals(keep).abs().max()


print("B    largest rate")
for B in (1, 2, 10, 100):
    low, high = 0.0, 1.5
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if growth(middle, B) < 1 else (low, middle)
    print(f"{B:<3}  {low:.3f}")
# --8<-- [end:limit]

fig, ax = plt.subplots(num="rate-for-one", figsize=(5.4, 3.8))
for B, losses in curves.items():
    color = "C1" if B == N else "C3"
    ax.semilogy(losses, color=color, linewidth=1.4)
places = {100: (302, 0.0075), 10: (302, 0.04), 1: (75, 3e4)}
for B, place in places.items():
    ax.annotate(f"$B$ = {B}", place, color="C1" if B == N else "C3", va="center")
ax.set(xlabel="number of steps", ylabel="$L$, cost", xlim=(0, 375), ylim=(4e-3, 1e6))
plt.show()

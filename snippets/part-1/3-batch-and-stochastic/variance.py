"""Measures the noise of the batch gradient against the batch size."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:samples]
torch.manual_seed(42)
N = 100
x = torch.linspace(-1, 1, N)
y = 2 * x - 1 + 0.1 * torch.randn(N)
w, b = torch.randn(1), torch.randn(1)  # the start of the main run

residual = w * x + b - y
g = 2 * residual * torch.stack([x, torch.ones(N)])  # (2, N): one column a sample
full = g.mean(dim=1)
one = g.var(dim=1, correction=0).sum()  # noise of a single sample
print(f"full gradient: for w {full[0]:.4f}, for b {full[1]:.4f}")
print(f"noise of one sample: {one:.4f}")
# --8<-- [end:samples]

# --8<-- [start:measure]
M = 20_000  # batches of each size
sizes = torch.tensor([1, 2, 5, 10, 20, 50, 90])
shuffled = torch.rand(M, N).argsort(dim=1)  # M orders of the samples


def measured(batches):
    """Mean of the batch gradients, and mean of their squared distance from the full."""
    means = g[:, batches].mean(dim=-1)  # (2, M)
    return means.mean(dim=1), (means.T - full).square().sum(dim=1).mean()


noise = {"with": [], "without": []}
worst = 0.0
print("B   with, formula  with, measured  without, formula  without, measured")
for B in sizes.tolist():
    mean_with, with_ = measured(torch.randint(N, (M, B)))
    mean_without, without = measured(shuffled[:, :B])
    noise["with"].append(with_)
    noise["without"].append(without)
    formula = one / B
    finite = formula * (N - B) / (N - 1)
    print(f"{B:<2}  {formula:<13.4f}  {with_:<14.4f}  {finite:<16.4f}  {without:.4f}")
    ratios = torch.stack([with_ / formula, without / finite])
    worst = max(worst, (ratios - 1).abs().max().item())
# --8<-- [end:measure]
print(f"largest deviation from the formulas: {100 * worst:.1f} %")
off = torch.stack([mean_with - full, mean_without - full]).abs().max()
print(f"largest distance of a mean from the full gradient: {off:.4f}")

fig, ax = plt.subplots(num="variance", figsize=(5.4, 4.2))
B = torch.linspace(1, 99.5, 400)
ax.loglog(B, one / B, "--", color="C6", linewidth=1.4)
ax.loglog(B, one / B * (N - B) / (N - 1), color="C6", linewidth=1.4)
ax.loglog(sizes, noise["with"], "o", color="C3", markerfacecolor="none")
ax.loglog(sizes, noise["without"], "s", color="C3", markersize=5)
ax.annotate("with replacement: $s^2/B$", (15, 1.3), color="C3")
ax.annotate("without: 0 at $B = N$", (55, 0.03), color="C3", ha="right")
ax.set(xlabel="$B$, batch size", ylabel=r"mean of $\|g_B-\nabla L\|^2$")
ax.set(ylim=(0.003, 25))
plt.show()

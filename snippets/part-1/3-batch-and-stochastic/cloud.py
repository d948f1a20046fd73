"""Measures the cloud in which SGD ends at a constant rate, and compares with theory."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)
N = 100
x = torch.linspace(-1, 1, N)
y = 2 * x - 1 + 0.1 * torch.randn(N)

# --8<-- [start:noise]
u = torch.stack([x, torch.ones(N)])  # (2, N): what w and b are multiplied with
best = torch.stack([(x * y).mean() / (x**2).mean(), y.mean()])
residual = best @ u - y
eigenvalues = 2 * u.square().mean(dim=1)  # as mean(x) is 0: w's, b's
v = (2 * residual * u).square().mean(dim=1)  # noise of one sample at the minimum
print(f"curvature: of w {eigenvalues[0]:.4f}, of b {eigenvalues[1]:.4f}")
print(f"noise of one sample: for w {v[0]:.4f}, for b {v[1]:.4f}")
# --8<-- [end:noise]


# --8<-- [start:simulate]
def simulate(lr, B, num_runs=1000, steps=200):
    theta, seen = best.repeat(num_runs, 1), []
    for step in range(1, steps + 1):
        batch = torch.randint(N, (num_runs, B))
        r = theta[:, :1] * x[batch] + theta[:, 1:] - y[batch]
        grad = torch.stack([(r * x[batch]).mean(dim=1), r.mean(dim=1)], dim=1)
        theta = theta - lr * 2 * grad
        if step > 100 and step % 10 == 0:  # long after the start is forgotten
            seen.append(theta - best)
    return torch.cat(seen)  # (10 * num_runs, 2)


# --8<-- [end:simulate]
worst, clouds = 0.0, {}
print("rate, B   w, formula  w, measured  b, formula  b, measured")
for lr, B in ((0.05, 10), (0.1, 10), (0.2, 10), (0.1, 5), (0.1, 40)):
    predicted = (lr * v / B / (eigenvalues * (2 - lr * eigenvalues))).sqrt()
    errors = clouds[lr, B] = simulate(lr, B)
    width = errors.square().mean(dim=0).sqrt()
    print(f"{lr:.2f}, {B:<2}  {predicted[0]:<10.4f}  {width[0]:<11.4f}", end="  ")
    print(f"{predicted[1]:<10.4f}  {width[1]:.4f}")
    worst = max(worst, ((width / predicted) ** 2 - 1).abs().max().item())
print(f"variances: largest deviation from the formula {100 * worst:.0f} %")

excess = ((clouds[0.1, 10] @ u).square()).mean()
print(f"rate 0.1, B 10: cost above the minimum measured {excess:.6f}", end=", ")
rough = 0.1 / (2 * 10) * residual.square().mean() * eigenvalues.sum()
print(f"rough formula {rough:.6f}")

# --8<-- [start:exact]
h = 2 * u.T[:, :, None] * u.T[:, None, :]  # (N, 2, 2): each sample's own curvature
C = (4 * residual**2 * u) @ u.T / N  # covariance of a sample's gradient
H = h.mean(dim=0)
for lr, B in ((0.1, 10), (0.1, 1)):
    S = torch.zeros(2, 2)
    for _ in range(200):
        shaken = (h @ S @ h).mean(dim=0) - H @ S @ H
        keep = torch.eye(2) - lr * H
        S = keep @ S @ keep + lr**2 / B * (shaken + C)
    simple = lr * v / B / (eigenvalues * (2 - lr * eigenvalues))
    variance = simulate(lr, B, num_runs=3000).square().mean(dim=0)
    print(f"variance of w at B {B}: simple {1e3 * simple[0]:.4f}", end=", ")
    print(f"exact {1e3 * S[0, 0]:.4f}, measured {1e3 * variance[0]:.4f} thousandths")
# --8<-- [end:exact]

fig, axes = plt.subplots(1, 2, num="cloud", figsize=(5.4, 3.2), sharey=True)
turn = torch.linspace(0, 2 * torch.pi, 100)
ring = torch.stack([turn.cos(), turn.sin()])
for ax, (lr, B) in zip(axes, ((0.1, 40), (0.1, 5))):
    (dots,) = ax.plot(*clouds[lr, B][-400:].T, "o", color="C3", markersize=2.5)
    dots.set(alpha=0.5, rasterized=True)
    sd = (lr * v / B / (eigenvalues * (2 - lr * eigenvalues))).sqrt()
    ax.plot(*(2 * sd[:, None] * ring), "--", color="C6")
    ax.set(title=rf"$\eta$ = {lr}, $B$ = {B}", aspect="equal")
    ends = (-0.06, 0.06)
    ax.set(xlabel="$w-w^*$", xlim=ends, ylim=ends, xticks=(-0.05, 0, 0.05))
axes[0].set_ylabel("$b-b^*$")
plt.show()

"""Solves for the best line in one step, and measures how the loop gets there."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:solve]
torch.manual_seed(42)

N = 100
x = torch.linspace(-1, 1, N)
y = (2 * x - 1 + 0.1 * torch.randn(N)).double()
X1 = torch.stack([x, torch.ones(N)], dim=1)  # X with a column of ones
X1 = X1.double()
theta = torch.randn(2).double()

best = torch.linalg.solve(X1.T @ X1, X1.T @ y)
print(f"solve: w = {best[0]:.4f}, b = {best[1]:.4f}")
least_squares = torch.linalg.lstsq(X1, y).solution
print(f"lstsq: w = {least_squares[0]:.4f}, b = {least_squares[1]:.4f}")
# --8<-- [end:solve]

# --8<-- [start:loop]
lr = 0.1
distances = [(theta - best).abs()]
for epoch in range(1, 301):
    theta = theta - lr * 2 / N * X1.T @ (X1 @ theta - y)
    distances.append((theta - best).abs())
    if epoch in (50, 100, 200, 300):
        print(f"epoch {epoch}: w = {theta[0]:.4f}", end=", ")
        print(f"b = {theta[1]:.4f}", end=", ")
        print(f"distance {(theta - best).norm():.1e}")
# --8<-- [end:loop]

# --8<-- [start:rates]
distances = torch.stack(distances)
eigenvalues = torch.linalg.eigvalsh(2 / N * X1.T @ X1)  # w's first
print("parameter  eigenvalue  1 - lr * eigenvalue  measured factor")
for k, name in enumerate("wb"):
    predicted = 1 - lr * eigenvalues[k]
    measured = distances[40, k] / distances[39, k]
    print(f"{name}          {eigenvalues[k]:10.4f}", end="  ")
    print(f"{predicted:19.4f}  {measured:15.4f}")
# --8<-- [end:rates]


# --8<-- [start:cost]
def solve_operations(N, D):
    return 2 * N * D**2 + 2 / 3 * D**3  # form X1^T X1, then eliminate


def step_operations(B, D):
    return 4 * B * D  # X1 theta, then X1^T times the residual


samples, B = 1_000_000, 100
steps = samples // B  # one pass over the data
print("features  solve    one pass  solve / one pass")
for D in (10, 1_000, 100_000):
    solve = solve_operations(samples, D)
    loop = steps * step_operations(B, D)
    print(f"{D:8d}  {solve:.1e}  {loop:.1e}   {solve / loop:16.1f}")
# --8<-- [end:cost]

fig, ax = plt.subplots(num="distance")
for k, (name, place) in enumerate({"w": (140, 8e-4), "b": (89, 3e-9)}.items()):
    shown = distances[:, k] > 1e-9  # below that, rounding takes over
    ax.semilogy(torch.arange(301)[shown], distances[shown, k], color="C1")
    label = f"distance of ${name}$: times {1 - lr * eigenvalues[k]:.3f} an epoch"
    ax.annotate(label, place, color="C1")
ax.set(xlabel="epoch", ylabel="distance to the closed form")

fig, ax = plt.subplots(num="cost")
D = [10 ** (k / 10) for k in range(61)]
ax.loglog(D, [solve_operations(samples, d) for d in D], color="C1")
ax.loglog(D, [steps * step_operations(B, d) for d in D], color="C3")
ax.annotate("normal equation", (1e4, 1e15), color="C1", ha="right")
ax.annotate(f"one pass in {steps:,} steps of {B}", (2e3, 1e9), color="C3")
ax.set(xlabel="$D$, number of features", ylabel="additions and multiplications")
plt.show()

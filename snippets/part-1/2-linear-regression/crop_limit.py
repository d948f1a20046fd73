"""Finds the limit of the rate from the Hessian, and the directions that are late."""

import torch

# temperature (°F), rainfall (mm), humidity (%), apples, oranges (tons)
data = torch.tensor([
    [73.0, 67, 43, 56, 70],
    [91.0, 88, 64, 81, 101],
    [87.0, 134, 58, 119, 133],
    [102.0, 43, 37, 22, 37],
    [69.0, 96, 70, 103, 119],
])
torch.manual_seed(1337)
W, b = torch.randn(2, 3), torch.rand(2)
start = torch.cat([W.T, b.unsqueeze(0)]).double()  # (4, 2): a column a target

# --8<-- [start:limit]
X, Y = data[:, :3].double(), data[:, 3:].double()
X1 = torch.cat([X, torch.ones(5, 1)], dim=1)  # X with a column of ones
H = 2 / Y.numel() * X1.T @ X1  # one such block a target
eigenvalues, directions = torch.linalg.eigh(H)
smallest, *_, largest = eigenvalues
print(f"Hessian: largest eigenvalue {largest:.0f}, smallest {smallest:.5f}")
print(f"limit of the rate: {2 / largest:.3e}")
print(f"condition number: {largest / smallest / 1e6:.1f} million")
# --8<-- [end:limit]

# --8<-- [start:late]
lr = 1e-4
best = torch.linalg.lstsq(X1, Y).solution  # (4, 2)
floor = (X1 @ best - Y).square().mean()
pieces = directions.T @ (start - best)  # (4, 2): a row a direction
factors = 1 - lr * eigenvalues


def left_after(updates):
    now = factors.unsqueeze(1) ** updates * pieces
    return eigenvalues / 2 * now.square().sum(dim=1)


print("direction  eigenvalue  factor   left of the loss")
for k, left in enumerate(left_after(99)):
    print(f"{k + 1:<9}  {eigenvalues[k]:<10.4g}  {factors[k]:<7.4f}  {left:.2f}")
print(f"bias in direction 1: {directions[-1, 0].abs():.5f}")
print(f"least squares: loss {floor:.2f}, RMSE {floor.sqrt():.3f}")
for updates in (99, 500):
    rmse = (floor + left_after(updates).sum()).sqrt()
    print(f"foretold after {updates} updates: RMSE {rmse:.3f}")
# --8<-- [end:late]

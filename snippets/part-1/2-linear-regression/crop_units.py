"""Foretells the crop run in three choices of units, from the eigenvalues alone."""

import torch

# temperature (°F), rainfall (mm), humidity (%), apples, oranges (tons)
data = torch.tensor([
    [73.0, 67, 43, 56, 70],
    [91.0, 88, 64, 81, 101],
    [87.0, 134, 58, 119, 133],
    [102.0, 43, 37, 22, 37],
    [69.0, 96, 70, 103, 119],
], dtype=torch.float64)
X, Y = data[:, :3], data[:, 3:]
torch.manual_seed(1337)
W, b = torch.randn(2, 3), torch.rand(2)
start = torch.cat([W.T, b.unsqueeze(0)]).double()  # (4, 2): a column a target


# --8<-- [start:foretell]
def foretell(features, lr):
    X1 = torch.cat([features, torch.ones(5, 1)], dim=1)
    eigenvalues, directions = torch.linalg.eigh(2 / Y.numel() * X1.T @ X1)
    best = torch.linalg.lstsq(X1, Y).solution
    floor = (X1 @ best - Y).square().mean()
    pieces = (directions.T @ (start - best)).square().sum(dim=1)

    def rmse(updates):
        shrunk = (1 - lr * eigenvalues) ** (2 * updates) * pieces
        return (floor + (eigenvalues / 2 * shrunk).sum()).sqrt().item()

    return rmse


def first_below(rmse, goal):
    low, high = 0, 1
    while rmse(high) > goal:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if rmse(middle) > goal else (low, middle)
    return high
# --8<-- [end:foretell]


# --8<-- [start:compare]
units = {"raw": (X, 1e-4)}
units["other units"] = X / torch.tensor([100, 1000, 100]), 0.5
units["standardised"] = (X - X.mean(dim=0)) / X.std(dim=0, correction=0), 0.5
print("features      lr      RMSE after 99  updates to 0.70")
for name, (features, lr) in units.items():
    rmse = foretell(features, lr)
    print(f"{name:<12}  {lr:<6}  {rmse(99):<13.3f}  {first_below(rmse, 0.70):,}")
# --8<-- [end:compare]

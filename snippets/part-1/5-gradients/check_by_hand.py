"""Checks the gradient of the main run, derived by hand, against differences."""

import torch

# --8<-- [start:data]
torch.manual_seed(42)
N = 100
X = torch.linspace(-1, 1, N).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(N, 1)
theta = torch.cat([torch.randn(1), torch.randn(1)])  # w and b
X, y, theta = X.double(), y.double(), theta.double()


def cost(theta):
    return ((theta[0] * X + theta[1] - y) ** 2).mean()


def by_hand(theta):
    residual = theta[0] * X + theta[1] - y
    return torch.stack([2 * (residual * X).mean(), 2 * residual.mean()])
# --8<-- [end:data]


# --8<-- [start:numerical]
def numerical_gradient(f, theta, h=6e-6):
    gradient = torch.zeros_like(theta)
    for j in range(len(theta)):
        step = torch.zeros_like(theta)
        step[j] = h
        gradient[j] = (f(theta + step) - f(theta - step)) / (2 * h)
    return gradient


numerical, analytical = numerical_gradient(cost, theta), by_hand(theta)
print(f"numerical:  for w {numerical[0]:.8f}, for b {numerical[1]:.8f}")
print(f"analytical: for w {analytical[0]:.8f}, for b {analytical[1]:.8f}")
# --8<-- [end:numerical]

# --8<-- [start:parabola]
for h in (6e-6, 1.0):
    error = (numerical_gradient(cost, theta, h) - analytical).abs().max()
    print(f"h = {h:g}: error below 1e-14: {(error < 1e-14).item()}")
# --8<-- [end:parabola]


# --8<-- [start:compare]
def relative_error(one, other):
    return ((one - other).norm() / (one.norm() + other.norm())).item()


def wrong(theta):  # the 2 of the bias is missing
    residual = theta[0] * X + theta[1] - y
    return torch.stack([2 * (residual * X).mean(), residual.mean()])


for name, gradient in ("by hand", by_hand), ("wrong", wrong):
    error = relative_error(numerical, gradient(theta))
    verdict = "agree" if error < 1e-6 else f"differ by {error:.2f}"
    print(f"{name}: {verdict}")
# --8<-- [end:compare]

# --8<-- [start:direction]
torch.manual_seed(0)
v = torch.randn(2).double()
h = 6e-6
slope = (cost(theta + h * v) - cost(theta - h * v)) / (2 * h)
print(f"along a random v: slope {slope:.6f}")
for name, gradient in ("by hand", by_hand), ("wrong", wrong):
    print(f"v times gradient, {name}: {v @ gradient(theta):.6f}")
# --8<-- [end:direction]

"""Finds every minimum of a network with two weights."""

import torch

x = torch.linspace(-3, 3, 25, dtype=torch.float64)
y = torch.tanh(0.4 * x) + torch.tanh(1.6 * x)


def cost(theta):
    """The cost at the places theta, (..., 2)."""
    w1, w2 = theta[..., :1], theta[..., 1:]
    return ((torch.tanh(w1 * x) + torch.tanh(w2 * x) - y) ** 2).mean(dim=-1)


def gradient(cost, theta):
    theta = theta.clone().requires_grad_()
    cost(theta).sum().backward()
    return theta.grad


def find_minima(cost, starts, lr=0.2, steps=2000):
    theta = starts.clone()
    for _ in range(steps):
        theta = theta - lr * gradient(cost, theta)
    at_rest = gradient(cost, theta).norm(dim=1) < 1e-4
    minima = []
    for place in theta[at_rest]:
        H = torch.autograd.functional.hessian(cost, place)
        if torch.linalg.eigvalsh(H)[0] <= 0:
            continue
        if all((place - other).norm() > 0.05 for other in minima):
            minima.append(place)
    return torch.stack(minima)


ticks = torch.linspace(-2.5, 2.5, 6, dtype=torch.float64)
minima = find_minima(cost, torch.cartesian_prod(ticks, ticks))
for w1, w2 in minima.tolist():
    print(f"minimum at w1 = {w1:.3f}, w2 = {w2:.3f}")
on_diagonal = torch.tensor([[0.5, 0.5]], dtype=torch.float64)
for _ in range(2000):
    on_diagonal = on_diagonal - 0.2 * gradient(cost, on_diagonal)
small, large = torch.linalg.eigvalsh(
    torch.autograd.functional.hessian(cost, on_diagonal[0])
)
print(f"from the diagonal: w1 = w2 = {on_diagonal[0, 0]:.3f}", end=", ")
print(f"curvatures {small:.3f} and {large:.3f}")

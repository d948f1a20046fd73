"""Takes a gradient by complex steps, and compares it with autograd."""

import torch


def complex_gradient(f, theta, h=1e-30):
    gradient = torch.zeros_like(theta)
    for j in range(len(theta)):
        z = theta.to(torch.complex128)  # a copy: theta stays as it is
        z[j] += 1j * h
        gradient[j] = f(z).imag / h
    return gradient


def f(theta):
    return torch.exp(theta[0]) * torch.sin(theta[1]) / theta[2]


theta = torch.tensor([0.5, 1.0, 2.0], dtype=torch.float64)
mine, exact = complex_gradient(f, theta), torch.func.grad(f)(theta)
print("gradient:", [f"{slope:.6f}" for slope in mine])
apart = ((mine - exact) / exact).abs().max()
print(f"as autograd to 15 digits: {(apart < 1e-15).item()}")

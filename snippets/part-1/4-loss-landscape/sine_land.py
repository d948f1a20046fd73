"""A neuron with a sine: its cost over weight and bias, its gradient, its descent."""

import torch

# --8<-- [start:landscape]
x = torch.linspace(-3, 3, 25)
y = torch.sin(2 * x + 0.5)


def cost(theta):  # (..., 2) -> (...)
    w, b = theta[..., :1], theta[..., 1:]
    return ((torch.sin(w * x + b) - y) ** 2).mean(dim=-1)


def gradient(theta):
    z = theta[..., :1] * x + theta[..., 1:]
    common = 2 * (torch.sin(z) - y) * torch.cos(z)  # chain rule: outer, then sine
    return torch.stack([(common * x).mean(dim=-1), common.mean(dim=-1)], dim=-1)


def roll(theta, lr=0.3, steps=400):
    for _ in range(steps):
        theta = theta - lr * gradient(theta)  # any number of balls at once
    return theta


# --8<-- [end:landscape]

if __name__ == "__main__":
    theta = torch.tensor([0.5, 1.6], requires_grad=True)
    cost(theta).backward()
    by_hand = gradient(theta.detach())
    print(f"gradient by hand {by_hand[0]:.4f}, {by_hand[1]:.4f}", end="; ")
    print(f"by autograd {theta.grad[0]:.4f}, {theta.grad[1]:.4f}")

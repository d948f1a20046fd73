"""A cost of P parameters that counts its calls, and two ways to its gradient."""

import torch


# --8<-- [start:problem]
class Cost:
    """A mean squared error of P parameters that counts its calls."""

    def __init__(self, P, N=8):
        generator = torch.Generator().manual_seed(42)
        self.X = torch.randn(N, P, generator=generator).double() / P**0.5
        self.y = torch.randn(N, 1, generator=generator).double()
        self.theta = torch.randn(P, 1, generator=generator).double()
        self.evaluations = 0

    def __call__(self, theta):
        self.evaluations += 1
        return ((self.X @ theta - self.y) ** 2).mean()
# --8<-- [end:problem]


# --8<-- [start:ways]
def forward_differences(cost, chosen, h=1e-6):
    theta, base, slopes = cost.theta.clone(), cost(cost.theta), []
    for j in chosen:
        theta[j] += h
        slopes.append((cost(theta) - base) / h)
        theta[j] = cost.theta[j]
    return torch.stack(slopes)


def one_backward(cost):
    theta = cost.theta.clone().requires_grad_()
    cost(theta).backward()
    return theta.grad
# --8<-- [end:ways]

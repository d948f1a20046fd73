"""Counts what gradients of up to 100,000 parameters cost, without a clock."""

import time

import matplotlib.pyplot as plt
import torch
from torch.utils.flop_counter import FlopCounterMode


# --8<-- [start:problem]
class Cost:
    """A mean squared error of P parameters that counts its calls."""

    def __init__(self, P, N=64):
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


# --8<-- [start:count]
def operations(work, *arguments):
    with FlopCounterMode(display=False) as counter:
        work(*arguments)
    return counter.get_total_flops()


for P in (10, 100, 1000):
    cost = Cost(P)
    numerical, asked = forward_differences(cost, range(P)), cost.evaluations
    apart = (numerical - one_backward(cost)[:, 0]).abs().max()
    print(f"P = {P}: {asked} evaluations, within 1e-5: {apart.item() < 1e-5}")

counts = {}
print("P         one evaluation  gradient      by differences")
for P in (10, 100, 1_000, 10_000, 100_000):
    cost = Cost(P)
    one, both = operations(cost, cost.theta), operations(one_backward, cost)
    counts[P] = one, both, (P + 1) * one
    print(f"{P:<8,}  {one:<14,}  {both:<12,}  {counts[P][2]:,}")
# --8<-- [end:count]


# --8<-- [start:clock]
def seconds(work, *arguments):
    times = []
    for _ in range(5):
        start = time.perf_counter()
        work(*arguments)
        times.append(time.perf_counter() - start)
    return min(times)


ratio = seconds(one_backward, cost) / seconds(cost, cost.theta)
print(f"by the clock, the gradient takes under 20 evaluations: {ratio < 20}")
# --8<-- [end:clock]

fig, ax = plt.subplots(num="cost", figsize=(6.4, 3.6))
for column, color in ((2, "C1"), (1, "C2"), (0, "C6")):
    ax.loglog(list(counts), [c[column] for c in counts.values()], "o-", color=color)
ax.annotate("differences", (1e3, 1e10), color="C1", ha="right")
ax.annotate("backward pass", (3e3, 8e6), color="C2", ha="center")
ax.annotate("one evaluation", (1.6e3, 2.5e4), color="C6")
ax.set(xlabel="$P$, number of parameters", ylabel="operations")
plt.show()

"""Counts the operations of gradients of up to 100,000 parameters, by both ways."""

import torch
from cost_ways import Cost, forward_differences, one_backward
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


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
print("P        evaluation  backward   slopes counted  all differences")
for P in (10, 100, 1_000, 10_000, 100_000):
    cost, sample = Cost(P), P if P <= 1_000 else 20
    one, both = operations(cost, cost.theta), operations(one_backward, cost)
    asked = operations(forward_differences, cost, range(sample))
    counts[P] = one, both, one + (asked - one) // sample * P
    print(f"{P:<7,}  {one:<10,}  {both:<9,}  {sample:<14,}  {counts[P][2]:,}")
# --8<-- [end:count]

# --8<-- [start:layers]
X = torch.zeros(8, 64)
for n in (1, 2, 12):
    model = nn.Sequential(*(nn.Linear(64, 64) for _ in range(n)))
    one = operations(model, X)
    both = operations(lambda: model(X).sum().backward())
    print(f"hidden layers {n - 1}: the gradient costs {both / one:.2f} evaluations")
# --8<-- [end:layers]

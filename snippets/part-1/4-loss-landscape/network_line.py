"""Walks in a straight line from one trained network to another."""

import matplotlib.pyplot as plt
import torch
from small_net import between, losses, train

# --8<-- [start:walk]
A, B = train(1), train(2)
order = torch.randperm(16, generator=torch.Generator().manual_seed(0))
twin = dict(A)  # the same network: the neurons of the second layer change places
twin["2.weight"], twin["2.bias"] = A["2.weight"][order], A["2.bias"][order]
twin["4.weight"] = A["4.weight"][:, order]

t = torch.linspace(0, 1, 101)
walks = {"A to B": between(A, B, t), "A to its twin": between(A, twin, t)}
heights = {name: losses(places) for name, places in walks.items()}
for name, height in heights.items():
    print(f"{name}: start {height[0]:.4f}, highest {height.max():.4f}", end=", ")
    print(f"end {height[-1]:.4f}")
# --8<-- [end:walk]

fig, ax = plt.subplots(num="line", figsize=(5.4, 3.5))
for (name, height), style in zip(heights.items(), ("-", "--")):
    ax.plot(t, height, style, color="C3")
    k = height.argmax()
    ax.annotate(name, (t[k], height[k] + 0.01), color="C3", ha="center", va="bottom")
ax.set(xlabel="$t$, part of the way", ylabel="$L$, loss")
ax.margins(y=0.15)
plt.show()

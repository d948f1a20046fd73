"""Makes a network look sharp by a change of scale that changes no prediction."""

import matplotlib.pyplot as plt
import torch
from small_net import X, between, direction, losses, make, train

# --8<-- [start:mistake]
theta = train(1)
scaled = dict(theta)
scaled["0.weight"], scaled["0.bias"] = 8 * theta["0.weight"], 8 * theta["0.bias"]
scaled["2.weight"] = theta["2.weight"] / 8

outputs = []
for weights in (theta, scaled):
    model = make(0)
    model.load_state_dict(weights)
    outputs.append(model(X).detach())
print(f"largest difference of predictions {(outputs[0] - outputs[1]).abs().max():.1e}")
# --8<-- [end:mistake]


# --8<-- [start:slices]
def raw(weights, generator):
    draw = {n: torch.randn(p.shape, generator=generator) for n, p in weights.items()}
    return {n: d if d.dim() == 2 else torch.zeros_like(d) for n, d in draw.items()}


def walk(weights, choose):
    d = choose(weights, torch.Generator().manual_seed(3))
    return losses(between(weights, {n: weights[n] + d[n] for n in d}, t))


t = torch.linspace(-0.5, 0.5, 101)
slices = {}
for name, choose in (("raw", raw), ("normalised", direction)):
    slices[name] = walk(theta, choose), walk(scaled, choose)
    for which, height in zip(("theta", "scaled"), slices[name]):
        print(f"{name}, {which}: loss at t = 0.1 {height[60]:.4f}")
# --8<-- [end:slices]
gap = (slices["normalised"][0] - slices["normalised"][1]).abs().max()
print(f"normalised: largest difference of the two slices {gap:.0e}")

fig, axes = plt.subplots(2, 1, num="sharper", figsize=(5.2, 5.2), sharex=True)
for ax, (name, pair) in zip(axes, slices.items()):
    for height, style, word in zip(pair, ("-", "--"), ("trained", "rescaled")):
        ax.semilogy(t, height, style, color="C3", label=word)
    ax.set(title=name, ylabel="$L$, loss", ylim=(0.005, 30))
axes[0].legend()
axes[1].set(xlabel="$t$, along the direction")
plt.show()

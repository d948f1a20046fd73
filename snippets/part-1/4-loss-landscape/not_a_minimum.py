"""Stops where the gradient is small, and asks the Hessian what it was."""

import matplotlib.pyplot as plt
import torch

half = torch.linspace(0.5, 3, 11, dtype=torch.float64)
x = torch.cat([-half.flip(0), half])
y = 1.5 * torch.tanh(1.2 * x)


def cost(theta):
    w, u = theta
    return ((u * torch.tanh(w * x) - y) ** 2).mean()


# --8<-- [start:mistake]
def train(start, lr=0.1, tolerance=1e-3, max_steps=10_000):
    theta = torch.tensor(start, dtype=x.dtype, requires_grad=True)
    for step in range(max_steps):
        theta.grad = None
        cost(theta).backward()
        if theta.grad.norm() < tolerance:
            break
        with torch.no_grad():
            theta -= lr * theta.grad
    return theta.detach(), step


stops = {}
starts = {"slope": (0.5, 1.0), "origin": (1e-5, 1e-5), "plateau": (10.0, 0.5)}
for name, start in starts.items():
    stops[name], step = train(start)
    w, u = stops[name].tolist()
    print(f"{name}: stopped after {step}", end=" ")
    print(f"at w = {w:.3f}, u = {u:.3f}, cost {cost(stops[name]):.4f}")
# --8<-- [end:mistake]

# --8<-- [start:cure]
for name, theta in stops.items():
    small, large = torch.linalg.eigvalsh(torch.autograd.functional.hessian(cost, theta))
    print(f"{name}: curvatures {small:.5f} and {large:.4f}")
torch.manual_seed(0)
shaken = {name: (stops[name] + 0.1 * torch.randn(2)).tolist() for name in stops}
again = {f"{name}, shaken": start for name, start in shaken.items()}
again["plateau, smaller w"] = [2.0, stops["plateau"][1].item()]
for name, start in again.items():
    theta, step = train(start)
    print(f"{name}: stopped after {step}, cost {cost(theta):.4f}")
# --8<-- [end:cure]

fig, ax = plt.subplots(num="plateau", figsize=(5.4, 3.2))
w, u = torch.linspace(0, 12, 241, dtype=x.dtype), stops["plateau"][1]
ax.plot(w, [cost((one, u)) for one in w], color="C1")
ax.plot(10, cost(stops["plateau"]), "o", color="C1")
ax.annotate("plateau", (10, 0.12), color="C1", ha="center")
ax.set(xlabel="$w$, weight into the neuron", ylabel="$L$, cost", ylim=(0, 0.6))
plt.show()

"""Lets the rate decay: the cloud shrinks, unless the rate decays too fast."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(42)
N = 100
x = torch.linspace(-1, 1, N)
y = 2 * x - 1 + 0.1 * torch.randn(N)
w0, b0 = torch.randn(1), torch.randn(1)
best_w, best_b = (x * y).mean() / (x**2).mean(), y.mean()

# --8<-- [start:rates]
rates = {
    "constant 0.1": lambda t: 0.1,
    "constant 0.01": lambda t: 0.01,
    "decaying": lambda t: 0.1 / (1 + t / 100),
    "too fast": lambda t: 0.1 * 0.95**t,
}
# --8<-- [end:rates]


# --8<-- [start:train]
def train(rate, num_steps=10_000, num_runs=100):
    """Mean cost above the minimum over many runs with B = 1, at some of the steps."""
    w, b = w0.repeat(num_runs), b0.repeat(num_runs)
    excess = {}
    for t in range(num_steps + 1):
        if t in marks:
            e_w, e_b = w - best_w, b - best_b
            excess[t] = ((x**2).mean() * e_w**2 + e_b**2).mean().item()
        i = torch.randint(N, (num_runs,))  # one sample for each run
        step = 2 * rate(t) * (w * x[i] + b - y[i])
        w, b = w - step * x[i], b - step
    return excess


# --8<-- [end:train]
marks = sorted({round(10 ** (k / 12)) for k in range(49)})
runs = {name: train(rate) for name, rate in rates.items()}

print("rate           after 100 steps  after 1000  after 10000")
for name, excess in runs.items():
    late = [excess[100], excess[1000], excess[10000]]
    print(f"{name:<13}  {late[0]:<15.6f}  {late[1]:<10.6f}  {late[2]:.6f}")
late = [t for t in marks if t >= 1000]
logs = torch.tensor([[t, runs["decaying"][t]] for t in late]).log()
line = torch.linalg.lstsq(
    torch.stack([logs[:, 0], torch.ones(len(late))], dim=1), logs[:, 1:]
).solution
print(f"decaying: slope on the log-log plot from step 1000 on {line[0].item():.2f}")
product = 2 * 2 * (x**2).mean() * 0.1 * 100  # 2 lambda eta_0 tau, flat direction
print(f"decaying: 2 lambda eta_0 tau = {product:.1f}")
total = sum(rates["too fast"](t) for t in range(10_000))
print(f"too fast: the rates add up to {total:.2f}")

fig, ax = plt.subplots(num="decay", figsize=(5.4, 4.2))
styles = {"constant 0.1": "-", "constant 0.01": "--", "decaying": "-", "too fast": ":"}
for name, excess in runs.items():
    width = 3 if name == "decaying" else 1.6
    ax.loglog(excess.keys(), excess.values(), styles[name], color="C3", linewidth=width)
    ax.annotate(name, (10_500, list(excess.values())[-1]), color="C3", va="center")
ax.set(xlabel="$t$, number of steps", ylabel="cost above the minimum")
ax.set(xlim=(1, 250_000), xticks=(1, 10, 100, 1000, 10_000))
plt.show()

"""Measures the error of difference quotients for every step, in float32 and float64."""

import matplotlib.pyplot as plt
import torch


# --8<-- [start:quotients]
def f(x):
    return x * x * x


def forward(f, x, h):
    right = x + h
    return (f(right) - f(x)) / (right - x)  # the step that was really taken


def central(f, x, h):
    right, left = x + h, x - h
    return (f(right) - f(left)) / (right - left)
# --8<-- [end:quotients]


# --8<-- [start:measure]
def mean_error(quotient, h, dtype):
    x = torch.linspace(1.4, 1.6, 1001, dtype=dtype)  # a thousand places
    slope = quotient(f, x, torch.tensor(h, dtype=dtype))
    return (slope.double() - 3 * x.double() ** 2).abs().mean().item()


def best_steps(eps, x=1.5):  # for x^3: |f| = x^3, |f''| = 6x, |f'''| = 6
    return {
        forward: (2 * eps * x**3 / (6 * x)) ** (1 / 2),
        central: (3 * eps * x**3 / (2 * 6)) ** (1 / 3),
    }


errors = {}
print("quotient         derived h  best h   error there")
for dtype in (torch.float32, torch.float64):
    eps = torch.finfo(dtype).eps
    smallest = 16 if dtype == torch.float64 else 7
    steps = [10 ** (-k / 8) for k in range(4, 8 * smallest - 8)]
    for quotient, derived in best_steps(eps).items():
        error = [mean_error(quotient, h, dtype) for h in steps]
        errors[dtype, quotient] = steps, error
        least = min(range(len(steps)), key=error.__getitem__)
        print(f"{str(dtype)[6:]} {quotient.__name__}", end="  ")
        print(f"{derived:.1e}    {steps[least]:.1e}  {error[least]:.1e}")
# --8<-- [end:measure]


def fitted(steps, error, largest, smallest):
    pairs = torch.tensor([steps, error], dtype=torch.float64)
    chosen = (pairs[0] >= smallest) & (pairs[0] <= largest)
    log_h, log_e = pairs[:, chosen].log()
    points = torch.stack([log_h, torch.ones_like(log_h)], dim=1)
    return torch.linalg.lstsq(points, log_e).solution[0]


# --8<-- [start:slopes]
arms = {  # the steps of the right arm, and of the left one
    (torch.float32, forward): (3e-2, 3e-3, 3e-5, 1e-6),
    (torch.float32, central): (3e-1, 3e-2, 1e-3, 1e-6),
    (torch.float64, forward): (1e-2, 1e-7, 1e-9, 1e-14),
    (torch.float64, central): (1e-1, 1e-4, 1e-9, 1e-14),
}
print("slope            right arm  left arm")
for (dtype, quotient), (*right, a, b) in arms.items():
    curve = errors[dtype, quotient]
    print(f"{str(dtype)[6:]} {quotient.__name__}", end="  ")
    print(f"{fitted(*curve, *right):<9.2f}  {fitted(*curve, a, b):.2f}")
# --8<-- [end:slopes]

size = {"figsize": (5.4, 6.4), "sharex": True, "sharey": True}
fig, axes = plt.subplots(2, 1, num="u-curve", **size)
for ax, dtype in zip(axes, (torch.float32, torch.float64)):
    derived = best_steps(torch.finfo(dtype).eps)
    for quotient, style in ((forward, "-"), (central, "--")):
        ax.loglog(*errors[dtype, quotient], style, color="C1")
        ax.axvline(derived[quotient], color="C6", linestyle=style, linewidth=1)
    ax.set(title=str(dtype)[6:], ylabel="mean error of the slope")
axes[1].set_xlabel("$h$, step")
axes[1].annotate("forward", (2e-3, 0.2), color="C1", ha="right")
axes[1].annotate("central", (4e-4, 1e-9), color="C1")
plt.show()

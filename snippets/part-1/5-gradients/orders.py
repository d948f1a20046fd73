"""Fits the order of the error for four other functions."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:functions]
functions = {  # name: function, its derivative by hand
    "exp": (torch.exp, torch.exp),
    "sin": (torch.sin, torch.cos),
    "x^5": (lambda x: x**5, lambda x: 5 * x**4),
    "sqrt": (torch.sqrt, lambda x: 0.5 / torch.sqrt(x)),
}
x = torch.tensor(1.0, dtype=torch.float64)
steps = torch.logspace(-2, -4, 9, dtype=torch.float64)


def errors(f, derivative):
    forward = (f(x + steps) - f(x)) / steps - derivative(x)
    central = (f(x + steps) - f(x - steps)) / (2 * steps) - derivative(x)
    return forward.abs(), central.abs()


def order(error):
    log_h, log_e = steps.log(), error.log()
    centred = log_h - log_h.mean()
    return (centred * log_e).sum() / (centred**2).sum()


print("f     forward order  central order")
for name, (f, derivative) in functions.items():
    forward, central = errors(f, derivative)
    print(f"{name:<4}  {order(forward):13.3f}  {order(central):13.3f}")
# --8<-- [end:functions]

fig, ax = plt.subplots(num="orders", figsize=(5.4, 4.2))
for (name, pair), marker in zip(functions.items(), "osv^"):
    forward, central = errors(*pair)
    ax.loglog(steps, forward, marker, color="C1", label=name)
    ax.loglog(steps, central, marker, color="C1", markerfacecolor="none")
ax.loglog(steps, 0.25 * steps, color="C6", linewidth=1)
ax.loglog(steps, 0.3 * steps**2, "--", color="C6", linewidth=1)
ax.annotate("forward: slope 1", (4.5e-4, 2e-2), color="C1", ha="right")
ax.annotate("central: slope 2", (1.2e-3, 1.2e-8), color="C1")
ax.legend(loc="lower right", frameon=False)
ax.set(xlabel="$h$, step", ylabel="error of the slope", ylim=(1e-10, 0.4))
plt.show()

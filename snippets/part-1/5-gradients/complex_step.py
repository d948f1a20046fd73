"""Differentiates with an imaginary step, which needs no difference."""

import matplotlib.pyplot as plt
import torch


# --8<-- [start:complex]
def f(x):
    return torch.exp(x) * torch.sin(x) / x


def complex_step(f, x, h):
    z = torch.complex(x, h * torch.ones_like(x))
    return f(z).imag / h


x = torch.tensor(1.3, dtype=torch.float64)
exact = f(x) * (1 + 1 / torch.tan(x) - 1 / x)  # product rule, by hand
for h in (1e-2, 1e-4, 1e-20, 1e-100):
    relative = ((complex_step(f, x, h) - exact) / exact).abs()
    size = "below 1e-15" if relative < 1e-15 else f"{relative:.1e}"
    print(f"h = {h:.0e}: relative error {size}")
# --8<-- [end:complex]

# --8<-- [start:limits]
slope = complex_step(lambda x: x * x.abs(), x, 1e-20)
print(f"of x |x| at 1.3: complex step {slope:.1f}, by hand {2 * x:.1f}")
# --8<-- [end:limits]

quotients = {
    "forward": lambda h: (f(x + h) - f(x)) / h,
    "central": lambda h: (f(x + h) - f(x - h)) / (2 * h),
    "complex": lambda h: complex_step(f, x, h),
}
steps = 10 ** -torch.arange(1, 18, 0.25, dtype=torch.float64)
fig, ax = plt.subplots(num="complex", figsize=(5.4, 3.8))
styles = {"forward": ("-", "C1"), "central": ("--", "C1"), "complex": ("-", "C0")}
for name, quotient in quotients.items():
    style, color = styles[name]
    error = torch.stack([((quotient(h) - exact) / exact).abs() for h in steps])
    ax.loglog(steps, error.clamp(min=1e-16), style, color=color)
ax.annotate("forward", (3e-3, 3e-2), color="C1", ha="right")
ax.annotate("central", (2e-3, 6e-8), color="C1")
ax.annotate("complex step", (1e-17, 4e-15), color="C0")
ax.set(xlabel="$h$, step", ylabel="relative error of the slope", ylim=(3e-17, 30))
plt.show()

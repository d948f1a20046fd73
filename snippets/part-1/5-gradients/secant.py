"""Draws secants with three steps, and the stairs that float32 makes of a curve."""

import matplotlib.pyplot as plt
import torch


# --8<-- [start:secant]
def f(x):
    return x * x * x


def forward(f, x, h):
    return (f(x + h) - f(x)) / h


x = torch.tensor(1.3, dtype=torch.float64)
exact = 3 * x**2
for h in (0.8, 0.4, 0.1):
    slope = forward(f, x, h)
    print(f"h = {h}: slope {slope:.4f}, error {slope - exact:.4f}")
print(f"tangent: slope {exact:.4f}")
# --8<-- [end:secant]

# --8<-- [start:tiny]
for dtype in (torch.float64, torch.float32):
    x = torch.tensor(1.3, dtype=dtype)
    for h in (1e-4, 1e-6, 1e-8):
        slope = forward(f, x, h)
        print(f"{str(dtype)[6:]}, h = {h:.0e}: slope {slope:.4f}")
# --8<-- [end:tiny]

x = torch.tensor(1.3, dtype=torch.float64)
fig, ax = plt.subplots(num="secant", figsize=(5.4, 3.8))
curve = torch.linspace(0.9, 2.3, 200, dtype=torch.float64)
ax.plot(curve, f(curve), color="C0")
ends = torch.tensor([0.95, 2.25], dtype=torch.float64)
ax.plot(ends, f(x) + exact * (ends - x), "--", color="C6")
for h, across, up in ((0.8, -0.3, 0.5), (0.4, 0.06, -1.1), (0.1, 0.06, -1.1)):
    ax.plot(ends, f(x) + forward(f, x, h) * (ends - x), color="C1", linewidth=1.2)
    ax.plot([x + h], [f(x + h)], "o", color="C1")
    ax.annotate(f"$h$ = {h}", (x + h + across, f(x + h) + up), color="C1")
ax.plot([x], [f(x)], "o", color="C0")
ax.annotate("tangent", (2.27, f(x) + exact * 0.93), color="C6")
ax.set(xlim=(0.9, 2.5), ylim=(0, 11.5), xlabel="$x$", ylabel="$f(x) = x^3$")

fig, ax = plt.subplots(num="stairs", figsize=(5.4, 3.8))
gap = 2.0**-23
near = torch.linspace(-6, 6, 2401, dtype=torch.float64) * gap
start = torch.tensor(1.3).double()
seen = f((start + near).float()).double()
ax.plot(near / gap, (seen - f(start)) / gap, color="C1", linewidth=1.4)
ax.plot(near / gap, (f(start + near) - f(start)) / gap, "--", color="C0")
ax.annotate("$x^3$", (1.2, 20), color="C0")
ax.annotate("$x^3$ in float32", (2.2, -2), color="C1")
ax.set_xlabel(r"distance from $x = 1.3$, in units of $2^{-23}$")
ax.set_ylabel(r"change of $f$, in units of $2^{-23}$")
plt.show()

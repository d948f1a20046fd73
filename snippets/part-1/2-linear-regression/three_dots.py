"""Takes one step of gradient descent on three dots, with numbers for a pencil."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:table]
x = torch.tensor([1.0, 2.0, 3.0])
y = torch.tensor([1.0, 5.0, 6.0])
w, b = 1.0, 1.0

y_hat = w * x + b
r = y_hat - y  # the residuals
print("dot  x  y  y_hat  r   r*x")
for i in range(3):
    print(f"{i + 1}    {x[i]:.0f}  {y[i]:.0f}  {y_hat[i]:<5.0f}", end="  ")
    print(f"{r[i]:<2.0f}  {r[i] * x[i]:.0f}")
# --8<-- [end:table]

# --8<-- [start:step]
lr = 0.1
grad_w = 2 / 3 * (r * x).sum()
grad_b = 2 / 3 * r.sum()
new_w = w - lr * grad_w
new_b = b - lr * grad_b
print(f"L before: {(r**2).sum() / 3:.1f}")
print(f"gradient for w: {grad_w:.1f}")
print(f"gradient for b: {grad_b:.1f}")
print(f"new w: {new_w:.1f}")
print(f"new b: {new_b:.1f}")
print(f"L after: {((new_w * x + new_b - y) ** 2).sum() / 3:.1f}")
# --8<-- [end:step]

fig, ax = plt.subplots(num="step")
ends = torch.tensor([0.4, 3.4])
ax.vlines(x, y, y_hat, color="C6")
for x_i, y_i, r_i in zip(x.tolist(), y.tolist(), r.tolist()):
    ax.annotate(f"$r$ = {r_i:.0f}".replace("-", "−"), (x_i + 0.05, y_i + r_i / 2),
                color="C6", va="center")
ax.plot(ends, w * ends + b, "--", color="C1")
ax.plot(ends, new_w * ends + new_b, color="C1")
ax.plot(x, y, "o", color="C0", markersize=8)
ax.annotate("before", (3.45, w * 3.4 + b), color="C1", va="center")
ax.annotate("after\none step", (3.45, new_w * 3.4 + new_b), color="C1", va="center")
ax.set(xlim=(0.3, 4.0), ylim=(0, 7), xticks=(1, 2, 3))
ax.set(xlabel="$x$, feature", ylabel="$y$, target")
plt.show()

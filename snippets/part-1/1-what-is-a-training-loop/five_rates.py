"""Minimises (x - 3)^2 + 2 with five learning rates from the same start."""

import matplotlib.pyplot as plt


# --8<-- [start:rates]
def minimise(x, lr, num_steps=20):
    path = [x]
    for _ in range(num_steps):
        x = x - lr * 2 * (x - 3)
        path.append(x)
    return path


paths = {lr: minimise(5.0, lr) for lr in (0.1, 0.5, 0.9, 1.0, 1.1)}
print("rate  x after 1  x after 2  x after 20  measured  1 - 2 lr")
for lr, path in paths.items():
    factor = (path[1] - 3) / (path[0] - 3)
    print(f"{lr:<4}  {path[1]:<9.4f}  {path[2]:<9.4f}", end="  ")
    print(f"{path[20]:<10.4f}  {factor:<8.4f}  {1 - 2 * lr:.4f}")
# --8<-- [end:rates]

fig, axes = plt.subplots(1, 5, num="paths", figsize=(7.2, 2.5), sharey=True)
xs = [-2 + 0.1 * i for i in range(101)]
for ax, (lr, path) in zip(axes, paths.items()):
    ax.plot(xs, [(x - 3) ** 2 + 2 for x in xs], color="C0")
    near = [x for x in path if -2.5 < x < 8.5]
    ax.plot(near, [(x - 3) ** 2 + 2 for x in near], "o-", color="C1", markersize=4,
            linewidth=1)
    ax.set(title=rf"$\eta$ = {lr}", xlim=(-1.5, 7.5), ylim=(0, 21), xticks=(0, 3, 6))
    ax.set(xlabel="$x$")
axes[0].set_ylabel("$L$, loss")

fig, ax = plt.subplots(num="errors", figsize=(5.4, 3.6))
styles = ("o-", None, "s--", "^:", "v-.")
for (lr, path), style in zip(paths.items(), styles):
    if style is None:  # an error of 0 has no place on this axis
        continue
    errors = [abs(x - 3) for x in path]
    ax.semilogy(errors, style, color="C1", markersize=4, linewidth=1.2)
    shift = {0.1: 1.5, 0.9: 0.67}.get(lr, 1)
    ax.annotate(rf"$\eta$ = {lr}", (20.4, errors[-1] * shift), color="C1", va="center")
ax.set(xlim=(-0.5, 24), ylim=(0.008, 200), xticks=range(0, 21, 5))
sizes = (0.01, 0.1, 1, 10, 100)
ax.set_yticks(sizes, labels=[str(size) for size in sizes])
ax.set_xlabel("$t$, number of steps")
ax.set_ylabel("$|x - 3|$, size of the error")
plt.show()

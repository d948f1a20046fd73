"""Minimises (x - 3)^2 + 2 by hand, one part of the loop after the other."""

import matplotlib.pyplot as plt

# --8<-- [start:loop]
x, lr = 5.0, 0.1
path = [x]
for step in range(1, 51):
    r = x - 3  # 1. forward: how far the prediction is from 3
    loss = r**2 + 2  # 2. loss
    gradient = 2 * r  # 3. gradient
    x = x - lr * gradient  # 4. update
    path.append(x)
    if step in (1, 2, 3, 10, 50):
        print(f"step {step}: loss {loss:.4f}, gradient {gradient:.4f}", end=", ")
        print(f"x = {x:.4f}, error {x - 3:.4f}")
# --8<-- [end:loop]

# --8<-- [start:factor]
factors = [(path[t + 1] - 3) / (path[t] - 3) for t in range(50)]
print(f"error after / error before: from {min(factors):.4f} to {max(factors):.4f}")
# --8<-- [end:factor]

fig, ax = plt.subplots(num="iteration", figsize=(5.4, 3.6))
xs = [0.5 + 0.05 * i for i in range(101)]
ax.plot(xs, [(v - 3) ** 2 + 2 for v in xs], color="C0")
first = path[0]
slope = 2 * (first - 3)
ends = [first - 0.9, first + 0.4]
height = (first - 3) ** 2 + 2
ax.plot(ends, [height + slope * (v - first) for v in ends], "--", color="C6")
ax.annotate(f"slope {slope:.0f}", (4.75, 4.2), color="C6")
for start, end in zip(path[:4], path[1:5]):
    low, high = ((v - 3) ** 2 + 2 for v in (end, start))
    ax.plot([start, end], [high, high], color="C1", linewidth=1)
    arrow = {"arrowstyle": "->", "color": "C1"}
    ax.annotate("", (end, low), (end, high), arrowprops=arrow)
ax.plot(path[:5], [(v - 3) ** 2 + 2 for v in path[:5]], "o", color="C1")
ax.annotate("start", (first - 0.12, height + 0.35), color="C1", ha="right")
ax.plot(3, 2, "+", color="C6", markersize=12)
ax.annotate("minimum", (3, 1.5), color="C6", ha="center")
ax.set(xlabel="$x$, the number to learn", ylabel="$L$, loss", ylim=(1, 8.5))
plt.show()

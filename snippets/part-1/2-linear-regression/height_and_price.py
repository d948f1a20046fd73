"""Two pictures of the question: height from age, and the price of a plot of land."""

import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(3)

age = np.sort(rng.uniform(2, 12, 40))  # years; invented children
height = 75 + 6.2 * age + rng.normal(0, 4, 40)  # centimetres

w, b = np.polyfit(age, height, 1)
print(f"height at age 7: {w * 7 + b:.0f} cm, growth in a year: {w:.1f} cm")

fig, ax = plt.subplots(num="height")
ax.plot(age, height, "o", color="C0", alpha=0.6)
ax.plot([2, 12], [w * 2 + b, w * 12 + b], color="C1")
ax.plot([7, 7, 1.5], [78, w * 7 + b, w * 7 + b], "--", color="C6")
ax.annotate("40 children", (9.6, 121), color="C0")
ax.annotate("one line for all ages", (8.7, 135), color="C1", ha="right")
ax.annotate(f"age 7: {w * 7 + b:.0f} cm", (1.7, w * 7 + b + 1.5), color="C6")
ax.set(xlim=(1.5, 12.5), ylim=(78, 155))
ax.set(xlabel="$x$, age in years", ylabel="$y$, height in cm")

size = np.array([310, 360, 420, 450, 520, 560, 830, 900])  # square metres
price = np.array([152, 181, 178, 214, 216, 247, 322, 338])  # thousands
wanted = 700  # nobody sold a plot of this size

candidates = {"A": (0.38, 38), "B": (0.32, 58), "C": (0.26, 93)}
for name, (w, b) in candidates.items():
    print(f"line {name}: {w * wanted + b:.0f} thousand for {wanted} square metres")

fig, ax = plt.subplots(num="price")
ax.plot(size, price, "o", color="C0")
ends = np.array([250, 930])
for color, (name, (w, b)) in zip(("C1", "C2", "C3"), candidates.items()):
    ax.plot(ends, w * ends + b, color=color)
    ax.annotate(name, (940, w * 930 + b), color=color, va="center", weight="bold")
    ax.plot(wanted, w * wanted + b, "o", color=color, markersize=9, fillstyle="none")
ax.axvline(wanted, color="C6", linestyle="--")
ax.annotate("no sale at 700:\nwhich price?", (690, 130), color="C6", ha="right")
ax.annotate("eight sales", (420, 155), color="C0")
ax.set(xlabel="$x$, size of the plot in square metres")
ax.set(ylabel="$y$, price in thousands")
plt.show()

"""Draws the parts of a training loop as a ring."""

import math

import matplotlib.pyplot as plt

PARTS = ("forward", "loss", "gradient", "update")
WORDS = ("try: predict", "measure: how wrong?", "ask: which way?", "step: change it")

fig, ax = plt.subplots(num="ring", figsize=(5.4, 3.9))
places = []
for k, (part, words) in enumerate(zip(PARTS, WORDS)):
    angle = math.pi / 2 - 2 * math.pi * (k + 0.5) / len(PARTS)
    x, y = 1.75 * math.cos(angle), 1.15 * math.sin(angle)
    places.append((x, y))
    box = {"boxstyle": "round,pad=0.5", "edgecolor": "C1", "facecolor": "none"}
    ax.text(x, y, f"{k + 1}. {part}\n{words}", ha="center", va="center", bbox=box)
for k, (x, y) in enumerate(places):
    across, down = places[(k + 1) % len(places)]
    start = (x + 0.36 * (across - x), y + 0.3 * (down - y))
    end = (x + 0.62 * (across - x), y + 0.7 * (down - y))
    ax.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": "C1"})
ax.text(0, 0, "5. repeat", ha="center", va="center", color="C1", fontweight="bold")
ax.text(places[0][0], 1.72, "data", ha="center", va="center", color="C0")
ax.annotate("", (places[0][0], 1.13), (places[0][0], 1.6),
            arrowprops={"arrowstyle": "->", "color": "C0"})
ax.set(xlim=(-2.4, 2.4), ylim=(-1.4, 1.9))
ax.axis("off")
print("parts of the loop:", ", ".join(PARTS))
plt.show()

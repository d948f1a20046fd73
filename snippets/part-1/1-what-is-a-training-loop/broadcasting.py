"""Adds a column to a row, and a bias to a table: shapes that are stretched to match."""

import matplotlib.pyplot as plt
import torch

# --8<-- [start:rules]
table = torch.tensor([[1, 2, 3], [4, 5, 6]])  # (2, 3)
row = torch.tensor([10, 20, 30])  # (3,)
column = torch.tensor([[100], [200]])  # (2, 1)
print("table + 1:", (table + 1).tolist())
print("table + row:", (table + row).tolist())
print("table + column:", (table + column).tolist())
print("column + row:", (column + row).tolist())
# --8<-- [end:rules]


def draw(ax, values, left, top, real):
    """Cells of a table; those that broadcasting repeats are pale."""
    for i, line in enumerate(values.tolist()):
        for j, value in enumerate(line):
            solid = real(i, j)
            ax.text(left + j, top + i, value, ha="center", va="center",
                    color="C0" if solid else "C6", alpha=1 if solid else 0.75)
            ax.plot([left + j - 0.46, left + j + 0.46, left + j + 0.46, left + j - 0.46,
                     left + j - 0.46],
                    [top + i - 0.4, top + i - 0.4, top + i + 0.4, top + i + 0.4,
                     top + i - 0.4],
                    color="C0" if solid else "C6", linewidth=1.2 if solid else 0.6,
                    linestyle="-" if solid else ":")


fig, ax = plt.subplots(num="stretch", figsize=(7.2, 3.2))
pairs = ((table, row, lambda i, j: True, lambda i, j: i == 0),
         (column, row, lambda i, j: j == 0, lambda i, j: i == 0))
for k, (a, b, first, second) in enumerate(pairs):
    top = 3 * k
    shapes = f"{tuple(a.shape)} + {tuple(b.shape)}"
    ax.text(-0.6, top - 0.75, shapes, color="C6", va="center")
    draw(ax, a.expand(2, 3), 0, top, first)
    ax.text(3, top + 0.5, "+", ha="center", va="center")
    draw(ax, b.expand(2, 3), 4, top, second)
    ax.text(7, top + 0.5, "=", ha="center", va="center")
    draw(ax, a + b, 8, top, lambda i, j: True)
ax.set(xlim=(-0.7, 10.6), ylim=(4.6, -1.1))
ax.axis("off")
plt.show()

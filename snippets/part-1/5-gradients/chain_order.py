"""Counts the multiplications of a chain of Jacobians, from either end."""

import matplotlib.pyplot as plt
import torch


# --8<-- [start:count]
def multiplications(shapes, forwards):
    """Of the product J_n ... J_2 J_1, taken from the first or from the last."""
    count = 0
    if forwards:
        columns = shapes[0][1]
        for rows, inner in shapes[1:]:
            count += rows * inner * columns
    else:
        rows = shapes[-1][0]
        for inner, columns in reversed(shapes[:-1]):
            count += rows * inner * columns
    return count


print("parameters  forward        reverse")
for P in (2, 10, 100, 1000):
    shapes = [(P, P), (P, P), (P, P), (1, P)]  # P numbers in, one loss out
    forward = multiplications(shapes, forwards=True)
    reverse = multiplications(shapes, forwards=False)
    print(f"{P:<10}  {forward:<13,}  {reverse:,}")
# --8<-- [end:count]

torch.manual_seed(0)
J1, J2, J3 = (torch.randn(3, 3, dtype=torch.float64) for _ in range(3))
J4 = torch.randn(1, 3, dtype=torch.float64)
apart = (J4 @ (J3 @ (J2 @ J1)) - ((J4 @ J3) @ J2) @ J1).abs().max()
print(f"the two products agree: {(apart < 1e-14).item()}")

fig, ax = plt.subplots(num="order", figsize=(5.4, 3.6))
sizes = [round(10 ** (k / 4)) for k in range(1, 17)]
for forwards, color in ((True, "C1"), (False, "C2")):
    counts = [
        multiplications([(P, P), (P, P), (P, P), (1, P)], forwards) for P in sizes
    ]
    ax.loglog(sizes, counts, "o-", color=color, markersize=4)
ax.annotate("from the parameters (forward)", (900, 1e11), color="C1", ha="right")
ax.annotate("from the loss (reverse)", (180, 9e3), color="C2")
ax.set(xlabel="$P$, number of parameters", ylabel="multiplications")
plt.show()

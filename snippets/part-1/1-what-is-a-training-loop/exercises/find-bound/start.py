"""Find Novikoff's bound for data that a known line separates.

Complete bound. theta is *some* line that separates the samples (w above b; the last
feature of each sample is 1). It need not have length 1: the margin belongs to the
direction, not to the length.
"""

import torch

# AND, with a last feature of 1, and the weights found in the chapter
X1 = torch.tensor([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])  # (4, 3)
y = torch.tensor([-1.0, -1.0, -1.0, 1.0])  # (4,)
learned = torch.tensor([3.0, 2.0, -4.0])
by_eye = torch.tensor([1.0, 1.0, -1.5])


def bound(X1, y, theta):
    """Return R, gamma and the bound (R / gamma)^2."""
    raise NotImplementedError("work out R, gamma and the bound in bound")


for name, theta in ("learned", learned), ("by eye", by_eye):
    R, gamma, most = bound(X1, y, theta)
    print(f"{name}: R = {R:.4f}, gamma = {gamma:.4f}, bound {most:.1f}")

"""Finds Novikoff's bound for AND, from two different lines."""

import torch

# AND, with a last feature of 1, and the weights found in the chapter
X1 = torch.tensor([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])  # (4, 3)
y = torch.tensor([-1.0, -1.0, -1.0, 1.0])  # (4,)
learned = torch.tensor([3.0, 2.0, -4.0])
by_eye = torch.tensor([1.0, 1.0, -1.5])


def bound(X1, y, theta):
    u = theta / theta.norm()
    R = X1.norm(dim=1).max()
    gamma = (y * (X1 @ u)).min()
    return R, gamma, (R / gamma) ** 2


for name, theta in ("learned", learned), ("by eye", by_eye):
    R, gamma, most = bound(X1, y, theta)
    print(f"{name}: R = {R:.4f}, gamma = {gamma:.4f}, bound {most:.1f}")

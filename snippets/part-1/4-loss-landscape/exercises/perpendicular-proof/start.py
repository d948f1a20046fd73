"""Prove for one function that its gradient is perpendicular to its contours.

The function is L(w, b) = w^2 b, for w > 0 and b > 0. Its contour of height c is a
curve that can be written down: solve w^2 b = c for b, and let s be w.
1. Complete gradient: the two partial derivatives of L, worked out by hand.
2. Complete curve: the place (w, b) on the contour of height c at w = s.
3. Complete direction: the derivative of that place by s.
Then prove on paper, with s and c, that the product is zero.
"""

import torch


def gradient(w, b):
    """Return dL/dw and dL/db."""
    raise NotImplementedError("work out the gradient of w^2 b in gradient")


def curve(s, c):
    """Return w and b of the place on the contour of height c."""
    raise NotImplementedError("solve w^2 b = c for b in curve")


def direction(s, c):
    """Return the derivatives of w and b by s."""
    raise NotImplementedError("differentiate the place by s in direction")


for s in torch.tensor([0.5, 1.0, 2.0]):
    w, b = curve(s, 3.0)
    grad, way = gradient(w, b), direction(s, 3.0)
    product = grad[0] * way[0] + grad[1] * way[1]
    print(f"s = {s:.1f}: place {w:.2f}, {b:.2f}, product {product:.4f}")

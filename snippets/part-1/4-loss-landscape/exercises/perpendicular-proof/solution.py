"""Proves for w^2 b that the gradient is perpendicular to the contours."""

import torch


def gradient(w, b):
    return 2 * w * b, w**2


def curve(s, c):
    return s, c / s**2


def direction(s, c):
    return 1.0, -2 * c / s**3


for s in torch.tensor([0.5, 1.0, 2.0]):
    w, b = curve(s, 3.0)
    grad, way = gradient(w, b), direction(s, 3.0)
    product = grad[0] * way[0] + grad[1] * way[1]
    print(f"s = {s:.1f}: place {w:.2f}, {b:.2f}, product {product:.4f}")

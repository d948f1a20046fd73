"""A cosine schedule by its formula, and one with a warm-up."""

import math


def cosine(t, T, lr):
    return lr / 2 * (1 + math.cos(math.pi * t / T))


def warm_cosine(t, T, lr, warm):
    if t < warm:
        return lr * (t + 1) / warm
    return cosine(t - warm, T - warm, lr)


T, lr, warm = 20, 0.2, 4
print("t   cosine  warm_cosine")
for t in (0, 1, 3, 4, 10, 19, 20):
    print(f"{t:<2}  {cosine(t, T, lr):<6.4f}", end="  ")
    print(f"{warm_cosine(t, T, lr, warm):.4f}")
totals = [sum(f(t) for t in range(T)) for f in (
    lambda t: cosine(t, T, lr), lambda t: warm_cosine(t, T, lr, warm))]
print(f"sum of rates: cosine {totals[0]:.2f}, with warm-up {totals[1]:.2f}")

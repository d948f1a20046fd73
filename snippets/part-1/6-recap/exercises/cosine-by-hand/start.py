"""Write two schedules as functions of the epoch t, which counts from 0.

- cosine(t, T, lr): falls from lr at t = 0 to 0 at t = T, along half a cosine.
- warm_cosine(t, T, lr, warm): rises evenly first, lr/warm in epoch 0 up to lr in epoch
  warm - 1, and then falls along a cosine that is lr at t = warm and 0 at t = T.
Before you run: which of the two has used more rate in all, the sum over t < T?
"""


def cosine(t, T, lr):
    """Return the rate of epoch t."""
    raise NotImplementedError("write half a cosine in cosine")


def warm_cosine(t, T, lr, warm):
    """Return the rate of epoch t, with a warm-up."""
    raise NotImplementedError("rise first and then fall in warm_cosine")


T, lr, warm = 20, 0.2, 4
print("t   cosine  warm_cosine")
for t in (0, 1, 3, 4, 10, 19, 20):
    print(f"{t:<2}  {cosine(t, T, lr):<6.4f}", end="  ")
    print(f"{warm_cosine(t, T, lr, warm):.4f}")
totals = [sum(f(t) for t in range(T)) for f in (
    lambda t: cosine(t, T, lr), lambda t: warm_cosine(t, T, lr, warm))]
print(f"sum of rates: cosine {totals[0]:.2f}, with warm-up {totals[1]:.2f}")

"""Scales the rate with the batch size, and says how far that goes."""


def scaled(lr, B, new_B):
    return lr * new_B / B


def cloud(lr, B, curvature, v):
    return lr * v / (B * curvature * (2 - lr * curvature))


def largest_batch(lr, B, steepest):
    # lr * new_B / B <= 1 / steepest; a hair more, against rounding
    return int(B / (lr * steepest) * (1 + 1e-9))


lr, B = 0.01, 4
for new_B in (4, 16, 64, 256):
    rate = scaled(lr, B, new_B)
    print(f"B {new_B}: rate {rate:.2f}", end=", ")
    print(f"cloud {1000 * cloud(rate, new_B, 2.0, 0.04):.4f} thousandths")
print(f"largest batch: {largest_batch(lr, B, 2.0)}")

"""Let the rate follow the batch size.

1. scaled(lr, B, new_B): the rate that keeps pace and cloud when B becomes new_B.
2. cloud(lr, B, curvature, v): the variance at rest in a direction of this curvature,
   v being the variance of one sample's gradient at the minimum.
3. largest_batch(lr, B, steepest): the largest whole batch size whose scaled rate is at
   most half of the limit 2 / steepest.
"""


def scaled(lr, B, new_B):
    """Return the new rate."""
    raise NotImplementedError("scale the rate in scaled")


def cloud(lr, B, curvature, v):
    """Return the variance of the cloud."""
    raise NotImplementedError("work out the variance in cloud")


def largest_batch(lr, B, steepest):
    """Return a whole number."""
    raise NotImplementedError("solve for the batch size in largest_batch")


lr, B = 0.01, 4
for new_B in (4, 16, 64, 256):
    rate = scaled(lr, B, new_B)
    print(f"B {new_B}: rate {rate:.2f}", end=", ")
    print(f"cloud {1000 * cloud(rate, new_B, 2.0, 0.04):.4f} thousandths")
print(f"largest batch: {largest_batch(lr, B, 2.0)}")

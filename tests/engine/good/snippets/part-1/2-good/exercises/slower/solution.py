"""With half the rate."""

lr = 0.05
print("rate", lr)

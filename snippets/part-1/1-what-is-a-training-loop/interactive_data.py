"""Prints what the chapter's interactive figure starts from."""

import json

# The loss a * (x - c)^2 + d, the start and the rate of the first run by hand.
start = {"a": 1, "c": 3, "d": 2, "x": 5, "rate": 0.1}
print("parabola:", json.dumps(start))

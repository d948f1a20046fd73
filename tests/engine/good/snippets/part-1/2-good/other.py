"""Falls, as well."""

w = 3.0
for _ in range(2):
    # 1. forward
    loss = w * w
    # 3. update
    w -= 0.1 * 2 * w
print("w at last", round(w, 3))

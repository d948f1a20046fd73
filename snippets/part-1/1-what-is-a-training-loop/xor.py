"""Shows that XOR is hopeless: weights that come round, and a hundred thousand lines."""

import torch

X1 = torch.tensor([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])  # a column of ones
y = torch.tensor([-1, 1, 1, -1])

# --8<-- [start:epoch]
theta = torch.tensor([0, 0, 0])  # w1, w2, b
for x_i, y_i in zip(X1, y):
    z = theta @ x_i
    if y_i * z <= 0:
        theta = theta + y_i * x_i
    print(f"x = {x_i[:2].tolist()}, y = {y_i:2d}, z = {z:2d}", end=": ")
    print("then w1, w2, b =", *theta.tolist())
# --8<-- [end:epoch]


# --8<-- [start:cycle]
def epochs_until_a_repeat(theta):
    seen = []
    while theta.tolist() not in seen:
        seen.append(theta.tolist())
        for x_i in y.unsqueeze(1) * X1:  # label and sample multiplied
            if theta @ x_i <= 0:
                theta = theta + x_i
    return len(seen)


torch.manual_seed(42)
epochs = [epochs_until_a_repeat(torch.randint(-4, 5, (3,))) for _ in range(200)]
print(f"random starts: {len(epochs)}, all of them come round", end=", ")
print(f"the latest after {max(epochs)} epochs")
# --8<-- [end:cycle]

# --8<-- [start:lines]
lines = torch.randn(100_000, 3)
right = (y * (lines @ X1.T.float()) > 0).sum(dim=1)  # of the four samples
for number in range(5):
    print(f"lines with {number} of 4 right: {(right == number).sum()}")
# --8<-- [end:lines]

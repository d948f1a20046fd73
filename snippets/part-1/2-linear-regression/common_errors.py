"""Makes four slips with autograd and prints what each error says."""

import torch

torch.manual_seed(42)
X = torch.linspace(-1, 1, 100).unsqueeze(1)
y = 2 * X - 1 + 0.1 * torch.randn(100, 1)


# --8<-- [start:slips]
def non_leaf():
    w = torch.randn(1, requires_grad=True) * 0.1  # the product is no leaf
    torch.optim.SGD([w], lr=0.1)


def backward_twice():
    w = torch.randn(1, requires_grad=True)
    loss = ((w * X - y) ** 2).mean()
    loss.backward()
    loss.backward()  # no new forward pass in between


def vector_loss():
    w = torch.randn(1, requires_grad=True)
    losses = (w * X - y) ** 2  # (100, 1): the mean is missing
    losses.backward()


def to_numpy():
    w = torch.randn(1, requires_grad=True)
    (w * X).numpy()
# --8<-- [end:slips]


slips = {
    "non-leaf parameter": non_leaf,
    "second backward": backward_twice,
    "vector loss": vector_loss,
    "numpy": to_numpy,
}
for name, slip in slips.items():
    try:
        slip()
    except (RuntimeError, ValueError) as error:
        message = str(error).partition(" (")[0]  # the first sentence
        print(f"{name}: {type(error).__name__}: {message}")

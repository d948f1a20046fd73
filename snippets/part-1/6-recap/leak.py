"""Two leaks: a scaler that saw the validation rows, and features chosen by them."""

import torch
from loop import train
from trials import MEAN, STD, effect, interval, regions, say

# --8<-- [start:scaler]
z, y = regions(30)
X = MEAN + STD * z
X_train, X_val, t, t_val = X[:, :20], X[:, 20:], y[:, :20], y[:, 20:]


def validation_loss(seen, num_epochs=20):
    m, s = seen.mean(dim=1, keepdim=True), seen.std(dim=1, keepdim=True, correction=0)
    theta = train((X_train - m) / s, t, 0.1, num_epochs)[-1]
    y_hat = ((X_val - m) / s @ theta[:, :3, None])[..., 0] + theta[:, 3:]
    return (y_hat - t_val).square().mean(dim=1)


for num_epochs in (40, 400):
    honest = validation_loss(X_train, num_epochs)
    leaky = validation_loss(X, num_epochs)
    say(f"scaler on all rows, {num_epochs} epochs", *effect(leaky, honest))
# --8<-- [end:scaler]

# --8<-- [start:choice]
torch.manual_seed(42)
X, y = torch.randn(20, 60, 500), torch.randn(20, 60)  # nothing to learn


def best_five(X, y):
    """The five features that go with y most closely."""
    return (X.mT @ y[..., None])[..., 0].abs().topk(5, dim=1).indices[:, None, :]


for name, rows in (("training rows", slice(40)), ("all rows", slice(60))):
    few = X.gather(2, best_five(X[:, rows], y[:, rows]).expand(-1, 60, -1))
    w = torch.linalg.lstsq(few[:, :40], y[:, :40, None]).solution
    val = ((few[:, 40:] @ w)[..., 0] - y[:, 40:]).square().mean(dim=1)
    mean, half = interval(val)
    print(f"features chosen on {name}: validation loss {mean:.2f} +- {half:.2f}")
# --8<-- [end:choice]

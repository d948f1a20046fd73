"""Trains with the reader's fit on data whose validation loss falls and then rises."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

TAKES = "num_epochs, model, loss_fn, opt, train_dl, X_val, y_val, patience"


def task():
    """Shuffled by a generator of its own, so that the run is the same for everyone."""
    generator = torch.Generator().manual_seed(5)
    X = torch.randn(12, 10, generator=generator)
    y = X[:, :1] + torch.randn(12, 1, generator=generator)
    X_val = torch.randn(300, 10, generator=generator)
    y_val = X_val[:, :1] + torch.randn(300, 1, generator=generator)
    torch.manual_seed(3)
    model = nn.Linear(10, 1)
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    loader = DataLoader(TensorDataset(X, y), 2, shuffle=True, generator=generator)
    return model, opt, loader, X_val, y_val


def reference(epochs):
    model, opt, train_dl, X_val, y_val = task()
    loss_fn, losses = nn.MSELoss(), []
    for _ in range(epochs):
        for x, y in train_dl:
            opt.zero_grad()
            loss_fn(model(x), y).backward()
            opt.step()
        losses.append(loss_fn(model(X_val), y_val).item())
    return losses


def check(attempt):
    name = attempt.function("fit", TAKES, "the losses").name
    fit = getattr(attempt, name)  # the model must not be copied: fit changes it
    wanted = reference(100)
    best = 0  # of the epoch, counted from 0, whose loss is 4 epochs old when fit stops
    for epoch, loss in enumerate(wanted):
        if loss < wanted[best]:
            best = epoch
        elif epoch - best == 4:
            break
    with attempt.own_data("12 samples, and 300 to validate"):
        model, opt, train_dl, X_val, y_val = task()
        losses = fit(100, model, nn.MSELoss(), opt, train_dl, X_val, y_val, 4)
        attempt.must(losses is not None, "fit returns nothing: `return losses`.")
        attempt.must(
            isinstance(losses, list) and all(isinstance(v, float) for v in losses),
            "fit must return a list of floats: use .item().",
        )
        attempt.must(
            len(losses) < 100,
            f"fit never stops early. It should, after epoch {best + 5} of 100.",
        )
        same = all(abs(a - b) < 1e-4 * b for a, b in zip(losses, wanted))
        attempt.must(
            same,
            "Your validation losses are not those of the five steps: is the gradient "
            "cleared at every step, and is the loss measured after all updates, "
            f"on X_val? Your first is {losses[0]:.4f}, and should be {wanted[0]:.4f}.",
        )
        attempt.must(
            abs(len(losses) - (best + 1 + 4)) != 1,
            f"fit runs {len(losses)} epochs. The best is number {best + 1}; 4 more may "
            f"pass without a better one, so it stops after {best + 5}.",
        )
        attempt.must(
            len(losses) == best + 5,
            f"fit stops after {len(losses)} epochs, but the best one is number "
            f"{best + 1}, and patience is 4. Compare with the best loss so far, not "
            "with the one before.",
        )
        with torch.no_grad():
            now = nn.MSELoss()(model(X_val), y_val).item()
        attempt.must(
            abs(now - losses[-1]) > 1e-6,
            "The model is left with the parameters of the last epoch, not of the best. "
            "Load the kept state in the end; and keep copies: state_dict() gives the "
            "tensors themselves, which training goes on to change (use .clone()).",
        )
        attempt.must(
            abs(now - min(losses)) < 1e-6,
            f"The model's validation loss is {now:.4f} in the end, and the best was "
            f"{min(losses):.4f}.",
        )
        model, opt, train_dl, X_val, y_val = task()
        short = best + 3  # past the best, and too few for the patience to run out
        few = fit(short, model, nn.MSELoss(), opt, train_dl, X_val, y_val, 4)
        attempt.must(
            len(few) == short,
            f"With num_epochs={short} fit must run {short} epochs; "
            f"yours ran {len(few)}.",
        )
        with torch.no_grad():
            now = nn.MSELoss()(model(X_val), y_val).item()
        attempt.must(
            abs(now - min(few)) < 1e-6,
            "When the epochs run out before the patience does, the best parameters "
            f"must be put back as well: with num_epochs={short} the model's "
            f"validation loss is {now:.4f} in the end, and the best was "
            f"{min(few):.4f}.",
        )
    return "Right: it stops, and it goes back to the best place that it saw."

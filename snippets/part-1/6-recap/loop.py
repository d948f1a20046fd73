"""The book's loop for twenty seeds at once, each with parameters of its own."""

import torch


# --8<-- [start:batches]
def batches(S, N, batch_size):
    """A shuffled epoch for every seed: row numbers (S, B), batch after batch."""
    return torch.rand(S, N).argsort(dim=1).split(batch_size, dim=1)


# --8<-- [end:batches]
# --8<-- [start:clip]
def clip_rows(grad, c):
    """Shorten each row to length c, if it is longer."""
    norms = grad.norm(dim=1, keepdim=True)
    grad.mul_((c / norms).clamp(max=1))


# --8<-- [end:clip]
# --8<-- [start:train]
def train(X, y, lr, num_epochs, batch_size=None, schedule=None, clip=None, order=0):
    torch.manual_seed(order)  # the same batches for each comparison
    S, N, D = X.shape
    X1 = torch.cat([X, torch.ones(S, N, 1)], dim=2)
    theta = torch.zeros(S, D + 1, requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=lr)
    scheduler = schedule(optimizer) if schedule else None
    history = [theta.detach().clone()]
    for epoch in range(1, num_epochs + 1):
        for rows in batches(S, N, batch_size or N):
            x, t = X1[torch.arange(S)[:, None], rows], y.gather(1, rows)
            y_hat = (x @ theta[:, :, None])[..., 0]  # 1. forward: (S, B)
            loss = ((y_hat - t) ** 2).mean(dim=1).sum()  # 2. loss, of each seed
            optimizer.zero_grad()  # 3. gradient
            loss.backward()
            if clip:
                clip_rows(theta.grad, clip)
            optimizer.step()  # 4. update
        if scheduler:
            scheduler.step()
        history.append(theta.detach().clone())
    return torch.stack(history)  # (epochs + 1, S, D + 1)


# --8<-- [end:train]

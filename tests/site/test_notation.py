"""The translation table of the notation page, against autograd."""

from __future__ import annotations

import pytest
import torch

N, D, K = 7, 3, 2
COSTS = {  # cost elsewhere: factor c in front of ours, for one target
    "1/N": lambda s: s / N,
    "1/2N": lambda s: s / (2 * N),
    "sum": lambda s: s,
    "half sum": lambda s: s / 2,
}
FACTORS = {"1/N": 1.0, "1/2N": 0.5, "sum": N, "half sum": N / 2}


@pytest.fixture
def data() -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(N, D, generator=generator, dtype=torch.float64)
    return x, torch.randn(N, K, generator=generator, dtype=torch.float64)


@pytest.mark.parametrize("name", COSTS)
def test_rate_divided_by_the_factor_takes_our_step(
    name: str, data: tuple[torch.Tensor, torch.Tensor]
) -> None:
    x, y = data[0], data[1][:, 0]
    lr = 0.1
    after = []
    for cost, rate in (
        (torch.nn.MSELoss()(torch.zeros(1), torch.zeros(1)), lr),
        (None, lr / FACTORS[name]),
    ):
        w = torch.ones(D, dtype=torch.float64, requires_grad=True)
        if cost is not None:
            loss = torch.nn.MSELoss()(x @ w, y)
        else:
            loss = COSTS[name](((x @ w - y) ** 2).sum())
        loss.backward()
        after.append(w.detach() - rate * w.grad)
    torch.testing.assert_close(after[0], after[1])


def test_layouts_have_the_gradients_of_the_table(data: tuple[torch.Tensor, torch.Tensor]) -> None:
    x, y = data
    weight = torch.ones(K, D, dtype=torch.float64)
    bias = torch.zeros(K, dtype=torch.float64)
    loss_fn = torch.nn.MSELoss()

    w = weight.clone().requires_grad_()
    loss_fn(x @ w.T + bias, y).backward()
    residuals = x @ weight.T + bias - y
    torch.testing.assert_close(w.grad, 2 / (N * K) * residuals.T @ x)

    w = weight.T.clone().requires_grad_()
    loss_fn(x @ w + bias, y).backward()
    torch.testing.assert_close(w.grad, 2 / (N * K) * x.T @ residuals)

    w = weight.clone().requires_grad_()
    loss_fn(w @ x.T + bias[:, None], y.T).backward()
    torch.testing.assert_close(w.grad, 2 / (N * K) * residuals.T @ x.T.T)


def test_a_sum_over_targets_is_k_times_our_cost(data: tuple[torch.Tensor, torch.Tensor]) -> None:
    x, y = data
    theirs = ((x[:, :K] - y) ** 2).sum(dim=1).mean()
    torch.testing.assert_close(theirs, K * torch.nn.MSELoss()(x[:, :K], y))


@pytest.mark.parametrize("name", COSTS)
def test_largest_stable_rate_is_two_over_the_hessian(
    name: str, data: tuple[torch.Tensor, torch.Tensor]
) -> None:
    x = data[0]
    largest = torch.linalg.eigvalsh(2 / N * x.T @ x)[-1]
    cost = COSTS[name]
    hessian = torch.autograd.functional.hessian(
        lambda w: cost(((x @ w) ** 2).sum()), torch.zeros(D, dtype=torch.float64)
    )
    limit = 2 / torch.linalg.eigvalsh(hessian)[-1]
    torch.testing.assert_close(limit, 2 / (FACTORS[name] * largest))


def test_example_by_hand_takes_the_same_step_twice() -> None:
    x, y = torch.tensor([1.0, 3.0]), torch.tensor([2.0, 4.0])
    for factor, rate, cost, slopes in ((1, 0.1, 10, (-14, -6)), (0.5, 0.2, 5, (-7, -3))):
        w = torch.tensor(0.0, requires_grad=True)
        b = torch.tensor(0.0, requires_grad=True)
        loss = factor * ((w * x + b - y) ** 2).mean()
        loss.backward()
        assert (loss.item(), w.grad.item(), b.grad.item()) == (cost, *slopes)
        assert (-rate * w.grad).item() == pytest.approx(1.4)
        assert (-rate * b.grad).item() == pytest.approx(0.6)

"""TensorDataset pairs rows, DataLoader hands them out once an epoch."""

import pytest


@pytest.fixture(scope="module")
def run(run_snippet):
    return run_snippet("part-1/3-batch-and-stochastic/loader.py")


def test_a_sample_is_a_row_of_each_tensor(run):
    x, y = run["train_ds"][2]
    assert (x.tolist(), y.tolist()) == ([2.0], [20.0])
    assert len(run["train_ds"]) == 6


def test_an_epoch_has_every_row_once_with_its_target_and_a_short_last_batch(run):
    seen, sizes = [], []
    for x, y in run["train_dl"]:
        assert (y == 10 * x).all()
        seen += x.flatten().tolist()
        sizes.append(len(x))
    assert sorted(seen) == [0, 1, 2, 3, 4, 5] and sizes == [4, 2]
    assert len(run["train_dl"]) == 2


def test_two_epochs_have_two_orders(run):
    orders = {
        tuple(row for x, _ in run["train_dl"] for row in x.flatten().tolist())
        for _ in range(5)
    }
    assert len(orders) > 1
    epochs = [line for line in run.printed.splitlines() if line.startswith("epoch")]
    assert len(epochs) == 4


def test_drop_last_leaves_the_short_batch_out(run):
    assert [len(x) for x, _ in run["whole"]] == [4]

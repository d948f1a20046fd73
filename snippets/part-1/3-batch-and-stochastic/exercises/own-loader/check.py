"""Runs the reader's generator for a few epochs and looks at every row."""

import torch

ROWS = 11


def epoch(attempt, batches, shuffle, drop_last=False, size=4):
    X = torch.arange(float(ROWS)).unsqueeze(1)
    made = batches(X, 10 * X, size, shuffle, drop_last)
    attempt.must(
        hasattr(made, "__iter__"),
        "batches returns one batch: `yield` each, so that a `for` can run over them.",
    )
    pairs = list(made)
    attempt.must(
        pairs and all(isinstance(p, tuple | list) and len(p) == 2 for p in pairs),
        "Every item must be a pair: `yield X[batch], y[batch]`.",
    )
    for x, y in pairs:
        attempt.must(
            x.dim() == 2 and x.shape == y.shape,
            f"A batch has shapes {tuple(x.shape)} and {tuple(y.shape)}: rows must stay "
            "rows, (B, 1).",
        )
        attempt.must(
            torch.equal(y, 10 * x),
            "A row of X came with another row's y: use one order for both, not two.",
        )
    return [x.flatten().int().tolist() for x, _ in pairs]


def check(attempt):
    batches = attempt.function(
        "batches", "X, y, batch_size, shuffle, drop_last", "pairs"
    )
    with attempt.own_data(f"{ROWS} rows in batches of 4"):
        plain = epoch(attempt, batches, shuffle=False)
        seen = [row for batch in plain for row in batch]
        sizes = [len(batch) for batch in plain]
        attempt.must(
            sizes != [4, 4],
            "The last 3 rows are never handed out: without drop_last the last batch is "
            "short.",
        )
        attempt.must(
            len(set(seen)) == len(seen),
            "Some rows come twice in an epoch: draw without replacement.",
        )
        attempt.must(
            seen == list(range(ROWS)) and sizes == [4, 4, 3],
            f"Without shuffle the rows come as {plain}: give them in their order, in "
            "batches of 4, 4 and 3.",
        )
        torch.manual_seed(0)
        first, second = (epoch(attempt, batches, shuffle=True) for _ in range(2))
        flat = [row for batch in first for row in batch]
        attempt.must(flat != list(range(ROWS)), "With shuffle the order is unchanged.")
        attempt.must(
            len(set(flat)) == len(flat),
            "With shuffle some rows come twice and others never: torch.randint draws "
            "with replacement. torch.randperm does not.",
        )
        attempt.must(sorted(flat) == list(range(ROWS)), f"Rows are missing: {first}.")
        attempt.must(
            first != second,
            "Two epochs have the same order: draw a new one at every call, and do not "
            "set a seed inside.",
        )
        attempt.must(
            any(
                sorted(batch) != list(range(k, k + len(batch)))
                for batch in first
                for k in [min(batch)]
            ),
            "You shuffle the batches, but each holds neighbours: shuffle the rows.",
        )
        short = epoch(attempt, batches, shuffle=True, drop_last=True)
        attempt.must(
            [len(batch) for batch in short] == [4, 4],
            f"With drop_last the sizes are {[len(batch) for batch in short]}: leave a "
            "batch of fewer than 4 out.",
        )
        whole = epoch(attempt, batches, shuffle=False, drop_last=True, size=ROWS)
        attempt.must(
            len(whole) == 1,
            "With drop_last a last batch that is full is lost too: drop it only if it "
            "is short.",
        )
    return "Right: that is a data loader. PyTorch's can also load in other processes."

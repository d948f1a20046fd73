"""What the checks say: of each starting file, and of each mistake."""

STARTS = {
    "predict-noise": "Still to do: work out the variance in noise.",
    "three-by-hand": "Still to do: list the three means in means.",
    "own-loader": "Still to do: write the generator batches.",
    "stop-early": "Still to do: write the loop in fit.",
    "scale-the-rate": "Still to do: scale the rate in scaled.",
    "measure-the-noise": "Still to do: measure the noise in measured_noise.",
}

# Exercise, name, what goes out of the solution, what comes in, what the reader is told.
MISTAKES = [
    (
        "predict-noise", "width-for-variance", '"25": 0.04', '"25": 0.2',
        "0.2 is the width, the root. The variance falls by the factor B itself.",
    ),
    (
        "predict-noise", "n-in-the-prediction", '"50 of 100": 0.51', '"50 of 100": 0.5',
        "That factor is (N - B) / N.",
    ),
    (
        "predict-noise", "twice-the-batch", '"half": 32', '"half": 16',
        "Half the width is a quarter of it.",
    ),
    (
        "predict-noise", "no-prediction", '"half": 32', '"half": ...',
        'Your prediction "half" is still `...`',
    ),
    (
        "predict-noise", "no-finite-factor", "s2 / B * (N - B) / (N - 1)", "s2 / B",
        "Without replacement your noise lacks the factor (N - B) / (N - 1).",
    ),
    (
        "predict-noise", "n-for-n-minus-one", "(N - B) / (N - 1)", "(N - B) / N",
        "At B = 1 it must be 1",
    ),
    (
        "predict-noise", "sample-variance",
        "((g - g.mean()) ** 2).mean()", "g.var()",
        "Your s^2 divides by N - 1.",
    ),
    (
        "predict-noise", "square-of-b",
        "        return s2 / B\n", "        return s2 / B**2\n",
        "You divide by B squared",
    ),
    (
        "three-by-hand", "ratio-with-replacement", "ratio = 0.25", "ratio = 0.5",
        "`ratio` is 0.5: that is 1/B, as with replacement.",
    ),
    (
        "three-by-hand", "ratio-added", "ratio = 0.25", "ratio = 0.75",
        "the covariance is negative, so it must be taken away.",
    ),
    (
        "three-by-hand", "sign", "return -s2 / 2", "return s2 / 2",
        "Your covariance has the wrong sign",
    ),
    (
        "three-by-hand", "torch-cov", "return -s2 / 2",
        "return torch.cov(torch.stack([a, a.roll(1)]))[0, 1]",
        "torch.cov divides by one less than the number of pairs.",
    ),
    (
        "three-by-hand", "nine-pairs", "return -s2 / 2", "return -s2 / 3",
        "there are N (N - 1) = 6 ordered pairs, not 9.",
    ),
    (
        "three-by-hand", "sums", "a[1] + a[2]]) / 2", "a[1] + a[2]])",
        "Your means are sums: divide each by 2.",
    ),
    (
        "three-by-hand", "divided-by-n", "(N - B) / (N - 1)", "(N - B) / N",
        "factor(N, 1) must be 1.",
    ),
    (
        "own-loader", "two-orders", "yield X[batch], y[batch]",
        "yield X[batch], y[torch.randperm(len(X))[: len(batch)]]",
        "A row of X came with another row's y",
    ),
    (
        "own-loader", "with-replacement",
        "torch.randperm(len(X)) if", "torch.randint(len(X), (len(X),)) if",
        "torch.randint draws with replacement. torch.randperm does not.",
    ),
    (
        "own-loader", "seed-inside", "    order = torch",
        "    torch.manual_seed(0)\n    order = torch",
        "Two epochs have the same order",
    ),
    (
        "own-loader", "always-dropped",
        "if drop_last and len(batch) < batch_size", "if len(batch) < batch_size",
        "The last 3 rows are never handed out",
    ),
    (
        "own-loader", "never-dropped",
        "if drop_last and len(batch) < batch_size", "if False",
        "leave a batch of fewer than 4 out.",
    ),
    (
        "own-loader", "batches-shuffled",
        "    order = torch.randperm(len(X)) if shuffle else torch.arange(len(X))\n"
        "    for batch in order.split(batch_size):\n",
        "    pieces = torch.arange(len(X)).split(batch_size)\n"
        "    order = torch.randperm(len(pieces)) if shuffle else range(len(pieces))\n"
        "    for batch in [pieces[k] for k in order]:\n",
        "You shuffle the batches, but each holds neighbours: shuffle the rows.",
    ),
    (
        "own-loader", "first-batch-returned",
        "yield X[batch], y[batch]", "return X[batch], y[batch]",
        "Every item must be a pair",
    ),
    (
        "stop-early", "last-parameters", "    model.load_state_dict(kept)\n", "",
        "The model is left with the parameters of the last epoch, not of the best.",
    ),
    (
        "stop-early", "put-back-only-where-it-breaks",
        "            break\n    model.load_state_dict(kept)\n",
        "            model.load_state_dict(kept)\n            break\n",
        "When the epochs run out before the patience does, the best parameters",
    ),
    (
        "stop-early", "no-copies", "v.clone()", "v",
        "state_dict() gives the tensors themselves",
    ),
    (
        "stop-early", "never-stops", "            break\n", "            pass\n",
        "fit never stops early.",
    ),
    (
        "stop-early", "one-too-many",
        "epoch - best_epoch >= patience", "epoch - best_epoch > patience",
        "4 more may pass without a better one",
    ),
    (
        "stop-early", "gradients-pile-up", "            opt.zero_grad()\n", "",
        "is the gradient cleared at every step",
    ),
    (
        "stop-early", "tensors-kept",
        "losses.append(loss_fn(model(X_val), y_val).item())",
        "losses.append(loss_fn(model(X_val), y_val))",
        "fit must return a list of floats: use .item().",
    ),
    (
        "stop-early", "compared-with-the-one-before",
        "        if losses[-1] < best:",
        "        if len(losses) < 2 or losses[-1] < losses[-2]:",
        "Compare with the best loss so far, not with the one before.",
    ),
    (
        "scale-the-rate", "root", "lr * new_B / B\n", "lr * (new_B / B) ** 0.5\n",
        "Your rate grows with the root of the batch.",
    ),
    (
        "scale-the-rate", "inverse", "lr * new_B / B\n", "lr * B / new_B\n",
        "it is the other way round",
    ),
    (
        "scale-the-rate", "small-rates-alone",
        "(B * curvature * (2 - lr * curvature))", "(B * curvature * 2)",
        "that is right for small rates alone.",
    ),
    (
        "scale-the-rate", "no-batch",
        "(B * curvature * (2 - lr * curvature))",
        "(curvature * (2 - lr * curvature))",
        "Your cloud does not become smaller with B.",
    ),
    (
        "scale-the-rate", "rate-squared", "return lr * v /", "return lr**2 * v /",
        "Your cloud has lr squared",
    ),
    (
        "scale-the-rate", "whole-limit",
        "int(B / (lr * steepest)", "int(2 * B / (lr * steepest)",
        "that goes to the limit itself",
    ),
    (
        "scale-the-rate", "rounded-up",
        "return int(B / (lr * steepest) * (1 + 1e-9))",
        "return int(B / (lr * steepest) + 0.999)",
        "rounded up, its rate is above half of the limit.",
    ),
    (
        "measure-the-noise", "with-replacement",
        "torch.randperm(len(X))[:B]", "torch.randint(len(X), (B,))",
        "Your noise is that of draws with replacement",
    ),
    (
        "measure-the-noise", "y-added", "- y\n    g = torch", "+ y\n    g = torch",
        "Your residual adds y: it is w X + b - y.",
    ),
    (
        "measure-the-noise", "mean-for-sum", ".square().sum()", ".square().mean()",
        "is a sum over w and b, not a mean.",
    ),
    (
        "measure-the-noise", "slope-alone",
        ".square().sum()", ".square()[0]",
        "Your noise is that of w alone",
    ),
    (
        "measure-the-noise", "not-centred",
        "(g[batch].mean(dim=0) - full)", "g[batch].mean(dim=0)",
        "subtract the full gradient first.",
    ),
    (
        "measure-the-noise", "no-mean-over-batches",
        "return total / num_batches", "return total",
        "divide by num_batches.",
    ),
    (
        "measure-the-noise", "distance", ".square().sum()", ".norm()",
        "Your noise looks like a distance, not a squared one.",
    ),
    (
        "measure-the-noise", "no-two",
        "    g = torch.cat([2 * r * X, 2 * r], dim=1)  # (N, 2)\n",
        "    g = torch.cat([r * X, r], dim=1)  # (N, 2)\n",
        "the gradient of a square has a 2.",
    ),
]  # fmt: skip

"""Compares the reader's scaler with the definition, and looks for leaks."""

import torch


def check(attempt):
    fit_scaler = attempt.function("fit_scaler", "X", "mean, std")
    transform = attempt.function("transform", "X, mean, std", "the standardised X")
    prepare = attempt.function("prepare", "X_train, X_val", "Z_train, Z_val")
    torch.manual_seed(6)
    X = torch.tensor([50.0, -3.0]) + torch.tensor([20.0, 0.5]) * torch.randn(8, 2)
    X_val = 5 + X[:4] * 1.5
    with attempt.own_data("8 training rows, 4 validation rows, 2 features"):
        mean, std = fit_scaler(X)
        mean = attempt.tensor(mean, (2,), "the mean")
        std = attempt.tensor(std, (2,), "the std")
        attempt.equal(
            mean,
            X.mean(dim=0).double(),
            {},
            "Your means are {mine}; they are {theirs}.",
        )
        attempt.equal(
            std,
            X.std(dim=0, correction=0).double(),
            {
                (8 / 7) ** 0.5: "Your std divides by N - 1, PyTorch's habit. "
                "StandardScaler divides by N: correction=0.",
            },
            "Your standard deviations are {mine}; with N they are {theirs}.",
        )
        Z = attempt.tensor(transform(X, mean, std), (8, 2), "the result of transform")
        wanted = (X.double() - mean) / std
        attempt.must(
            torch.allclose(Z, wanted, rtol=1e-4, atol=1e-5),
            "transform must take off the mean and then divide by the std.",
        )
        Z_train, Z_val = prepare(X, X_val)
        Z_val = attempt.tensor(Z_val, (4, 2), "Z_val").float()
        Z_train = attempt.tensor(Z_train, (8, 2), "Z_train").float()
        both = torch.cat([X, X_val])
        slips = {
            "Z_val was standardised with its own mean and std. Then the same region "
            "gets other numbers in training and in validation.": X_val,
            "The scaler has seen the validation rows. Fit it on the training rows "
            "alone.": both,
        }
        for words, seen in slips.items():
            leaky = (X_val - seen.mean(dim=0)) / seen.std(dim=0, correction=0)
            attempt.must(not torch.allclose(Z_val, leaky, rtol=1e-4, atol=1e-4), words)
        attempt.must(
            torch.allclose(Z_train, wanted.float(), rtol=1e-4, atol=1e-4)
            and torch.allclose(
                Z_val.double(), (X_val.double() - mean) / std, rtol=1e-4, atol=1e-4
            ),
            "prepare must give both parts, standardised with the numbers of the "
            "training rows.",
        )
    with attempt.own_data("a column that is constant"):
        constant = torch.tensor([[1.0, 7.0], [2.0, 7.0], [4.0, 7.0]])
        Z = transform(constant, *fit_scaler(constant))
        attempt.must(
            bool(torch.isfinite(Z).all()) and Z[:, 1].abs().max() < 1e-6,
            "A constant column must become 0; yours is divided by a std of 0. "
            "Give it a std of 1.",
        )
    return "Right: the training rows alone say what is subtracted, from both parts."

"""Compares the reader's scaling and condition number with its own."""

import torch


def hessian(X):
    return 2 / len(X) * X.T @ X


def check(attempt):
    standardise = attempt.function("standardise", "X", "the standardised X")
    generator = torch.Generator().manual_seed(17)
    X = torch.randn(9, 3, generator=generator, dtype=torch.float64)
    X = X * torch.tensor([1.0, 20.0, 0.3]) + torch.tensor([2.0, -30.0, 5.0])
    X[:, 2] += 0.2 * X[:, 0]
    with attempt.own_data("9 samples of 3 features"):
        mine = attempt.tensor(standardise(X), (9, 3), "What standardise returns")
        attempt.must(
            not standardise.changed,
            "standardise changes the X that it was given: return a new tensor.",
        )
        centred = X - X.mean(dim=0)
        others = {
            "You took mean and standard deviation over all entries: each feature has "
            "its own, so the mean runs over dim=0.": (X - X.mean())
            / X.std(correction=0),
            "You divided by the variance: divide by its root.": centred
            / X.var(dim=0, correction=0),
            "You divided without subtracting the mean first.": X
            / X.std(dim=0, correction=0),
            "You subtracted the mean, but did not divide.": centred,
            "Your standard deviation divides by N - 1, which is torch's default: pass "
            "correction=0.": centred / X.std(dim=0),
        }
        for words, other in others.items():
            attempt.must(not torch.allclose(mine, other, atol=1e-5), words)
        attempt.equal(
            mine,
            centred / X.std(dim=0, correction=0),
            {},
            "Your standardised X is {mine}, but it should be {theirs}.",
        )
        kappa = attempt.function("kappa", "X", "the condition number")
        Z = centred / X.std(dim=0)
        value = attempt.number(kappa(Z), "What kappa returns")
        values = torch.linalg.eigvalsh(hessian(torch.cat([Z, torch.ones(9, 1)], dim=1)))
        alone = torch.linalg.eigvalsh(hessian(X))
        theirs = (values[-1] / values[0]).item()
        attempt.equal(
            value,
            theirs,
            {
                1 / theirs**2: "Your condition number is upside down: the largest "
                "eigenvalue over the smallest. eigvalsh gives them in rising order.",
                theirs**-0.5: "Your condition number is the root of the right one, "
                "that of X and not of the Hessian: square it.",
            },
            "Your condition number is {mine}, and should be {theirs}: the eigenvalues "
            "of 2/N X1^T X1.",
        )
        raw = attempt.number(kappa(X), "What kappa returns")
        attempt.must(
            abs(raw / (alone[-1] / alone[0]) - 1) > 1e-3,
            "Your condition number leaves out the bias: give X its column of ones.",
        )
        values = torch.linalg.eigvalsh(hessian(torch.cat([X, torch.ones(9, 1)], dim=1)))
        attempt.equal(
            raw,
            values[-1] / values[0],
            {},
            "For raw features your condition number is {mine}, and should be {theirs}: "
            "the eigenvalues of 2/N X1^T X1, with X1 = X and a column of ones.",
        )
    generator = torch.Generator().manual_seed(1)
    X = 500 + torch.randn(40, 2, generator=generator)  # float32, as in the file
    with attempt.own_data("40 samples of 2 features, all near 500, in float32"):
        X1 = torch.cat([X, torch.ones(40, 1)], dim=1).double()
        values = torch.linalg.eigvalsh(hessian(X1))
        theirs = (values[-1] / values[0]).item()
        mine = attempt.number(kappa(X), "What kappa returns")
        attempt.must(
            abs(mine / theirs - 1) < 0.01,
            f"For features near 500 your condition number is {mine:.3g}, and should "
            f"be {theirs:.3g}. In float32 the squares leave too few digits for what "
            "differs: begin with X = X.double().",
        )
    return (
        "Right. Standardising takes away units and means; what is left is the "
        "correlation, and that keeps a valley."
    )

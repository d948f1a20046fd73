"""What the checks say: of each starting file, and of each mistake."""

STARTS = {
    "diagnose": "Still to do: find the largest eigenvalue in limit.",
    "in-pairs": "Still to do: take the differences of the logarithms in compare.",
    "clip-by-hand": "Still to do: shorten the gradients together in clip.",
    "scale-honestly": "Still to do: use the two functions in prepare.",
    "cosine-by-hand": "Still to do: write half a cosine in cosine.",
    "honest-report": "Still to do: choose a model in report.",
}

# Exercise, name, what goes out of the solution, what comes in, what the reader is told.
MISTAKES = [
    (
        "diagnose", "still-is-healthy", '"A": "jumps"', '"A": "healthy"',
        "Run A is not \"healthy\": it falls at once and then stands exactly still",
    ),
    (
        "diagnose", "swing-is-large-rate", '"B": "not cleared"', '"B": "rate too large"',
        "it falls, rises and falls again, without an end",
    ),
    (
        "diagnose", "no-answer", '"F": "shape"', '"F": ...',
        "The fault of run F is still `...`.",
    ),
    (
        "diagnose", "smallest-eigenvalue", "eigvalsh(hessian)[-1]", "eigvalsh(hessian)[0]",
        "You took the smallest eigenvalue.",
    ),
    (
        "diagnose", "no-two", "hessian = 2 / len(X) * X.T @ X",
        "hessian = 1 / len(X) * X.T @ X", "Twice too large",
    ),
    (
        "diagnose", "sum-not-mean", "hessian = 2 / len(X) * X.T @ X",
        "hessian = 2 * X.T @ X", "the Hessian of a *mean* divides by N",
    ),
    (
        "in-pairs", "apart", "d.std().item() / len(d) ** 0.5",
        "(torch.log10(with_it).var() + torch.log10(without).var()).sqrt().item() "
        "/ len(d) ** 0.5",
        "Your interval is that of two groups apart.",
    ),
    (
        "in-pairs", "single-seeds", " / len(d) ** 0.5", "",
        "Your interval shows how far single seeds spread.",
    ),
    (
        "in-pairs", "n-for-root", " / len(d) ** 0.5", " / len(d)",
        "The width falls with its root.",
    ),
    (
        "in-pairs", "bell", "T_95[len(d)]", "1.96",
        "1.96 is for a spread that is known.",
    ),
    (
        "in-pairs", "over-n", "d.std()", "d.std(correction=0)",
        "it divides by n - 1.",
    ),
    (
        "in-pairs", "turned-round", "torch.log10(with_it) - torch.log10(without)",
        "torch.log10(without) - torch.log10(with_it)", "Your factor is turned round",
    ),
    (
        "in-pairs", "still-a-logarithm", "return 10**mean, 10 ** (mean - half)",
        "return mean, 10 ** (mean - half)", "Your factor is still a logarithm",
    ),
    (
        "clip-by-hand", "each-by-itself", "[factor * g for g in grads]",
        "[min(1, c / g.norm().item()) * g for g in grads]",
        "You clip each tensor by its own norm.",
    ),
    (
        "clip-by-hand", "entries", "[factor * g for g in grads]",
        "[g.clamp(-c, c) for g in grads]", "You bound each entry by itself",
    ),
    (
        "clip-by-hand", "always", "min(1, c / norm)", "c / norm",
        "A gradient shorter than c must stay as it is",
    ),
    (
        "clip-by-hand", "norm-after", "for g in grads], norm\n",
        "for g in grads], factor * norm\n", "The norm returned is that after clipping.",
    ),
    (
        "clip-by-hand", "in-place", "[factor * g for g in grads]",
        "[g.mul_(factor) for g in grads]", "clip changes the gradients that it is given.",
    ),
    (
        "clip-by-hand", "zero", "min(1, c / norm) if norm > 0 else 1",
        "min(1, c / torch.tensor(norm)) if norm else torch.tensor(float('nan'))",
        "A gradient of zero becomes nan",
    ),
    (
        "scale-honestly", "own-numbers", "transform(X_val, mean, std)",
        "transform(X_val, *fit_scaler(X_val))",
        "Z_val was standardised with its own mean and std.",
    ),
    (
        "scale-honestly", "leak", "fit_scaler(X_train)",
        "fit_scaler(torch.cat([X_train, X_val]))",
        "The scaler has seen the validation rows.",
    ),
    (
        "scale-honestly", "n-minus-one", "X.std(dim=0, correction=0)", "X.std(dim=0)",
        "StandardScaler divides by N: correction=0.",
    ),
    (
        "scale-honestly", "constant-column", "torch.where(std > 0, std, 1.0)", "std",
        "A constant column must become 0",
    ),
    (
        "cosine-by-hand", "no-half", "lr / 2 * (1 + ", "lr * (1 + ",
        "The first rate is twice lr",
    ),
    (
        "cosine-by-hand", "rising", "1 + math.cos", "1 - math.cos", "Your rate rises.",
    ),
    (
        "cosine-by-hand", "whole-circle", "math.pi * t", "2 * math.pi * t",
        "you go round a whole circle",
    ),
    (
        "cosine-by-hand", "line", "lr / 2 * (1 + math.cos(math.pi * t / T))",
        "lr * (1 - t / T)", "That falls along a straight line.",
    ),
    (
        "cosine-by-hand", "warm-from-zero", "lr * (t + 1) / warm", "lr * t / warm",
        "so this epoch does nothing",
    ),
    (
        "cosine-by-hand", "too-long", "cosine(t - warm, T - warm, lr)",
        "cosine(t - warm, T, lr)", "The cosine must end at t = T",
    ),
    (
        "honest-report", "by-test", "val.mean(dim=1).argmin()", "test.mean(dim=1).argmin()",
        "You chose by the test set.",
    ),
    (
        "honest-report", "validation-loss", "losses.mean().item(), half",
        "val[chosen].mean().item(), half", "You report the validation loss.",
    ),
    (
        "honest-report", "pooled", "losses = test[chosen]",
        "losses = torch.cat([val[chosen], test[chosen]])", "Did validation rows get in?",
    ),
    (
        "honest-report", "largest", "argmin", "argmax",
        "You chose the model with the largest loss",
    ),
    (
        "honest-report", "single-sample", " / len(losses) ** 0.5", "",
        "Half the width is that of a single sample.",
    ),
]

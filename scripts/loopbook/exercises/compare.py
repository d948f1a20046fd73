"""Two values compared, up to rounding, and shown to a reader."""

from __future__ import annotations

from typing import Any


def same(mine: Any, theirs: Any, factor: float = 1.0, tolerance: float = 1e-3) -> bool:
    """Whether ``mine`` equals ``factor * theirs``.

    The difference may be at most ``tolerance`` of the largest entry of ``factor * theirs``.
    Shapes must agree; NaN equals nothing.
    """
    import torch

    a = torch.as_tensor(mine, dtype=torch.float64).detach()
    b = torch.as_tensor(theirs, dtype=torch.float64).detach() * factor
    if a.shape != b.shape:
        return False
    return bool((a - b).abs().max() <= tolerance * b.abs().max() + 1e-9)


def shown(value: Any) -> str:
    """A number or a tensor with four digits, on one line: ``[[1.5, -3], [0.25, 2]]``."""
    import torch

    def text(entry: Any) -> str:
        if isinstance(entry, list):
            return "[" + ", ".join(text(inner) for inner in entry) + "]"
        return f"{entry:.4g}"

    return text(torch.as_tensor(value).tolist())

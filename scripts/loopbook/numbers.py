"""What counts as a number in printed text."""

from __future__ import annotations

#: A regular expression: 12, -0.5, 1.2e-05, 17,909, inf, nan; not 2.13.0, x1 or 3rd.
NUMBER = (
    r"(?<![\w.])[-+\u2212]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.?\d*(?:[eE][-+]?\d+)?"
    r"|\.\d+(?:[eE][-+]?\d+)?|(?:inf|nan)\b)(?!\w|\.\w)"
)


def value(text: str) -> float:
    """The number that a text of that form stands for."""
    return float(text.replace(",", "").replace("\u2212", "-"))

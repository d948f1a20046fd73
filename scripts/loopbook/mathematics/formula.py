"""A formula as the page has it, and as MathJax set it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Formula:
    """One formula.

    Attributes:
        tex: its TeX, without delimiters and surrounding space.
        display: whether it stands on a line of its own.
    """

    tex: str
    display: bool = False


@dataclass(frozen=True)
class Typeset:
    """What MathJax made of a formula.

    Attributes:
        html: the element for the page; it holds the MathML for screen readers too.
        mathml: the MathML alone.
        width: in em, without line breaks.
    """

    html: str
    mathml: str
    width: float


@dataclass(frozen=True, order=True)
class Rule:
    """One rule of MathJax's style sheet.

    Attributes:
        rank: its place in the sheet. Rules of single characters all have the same, the highest.
        selector: what it applies to.
        body: its declarations.
    """

    rank: int
    selector: str
    body: str

    def __str__(self) -> str:
        return f"{self.selector} {{{self.body}}}"

"""MathJax in a Node process of its own, which answers one line per formula."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from loopbook.mathematics.formula import Formula, Rule, Typeset
from loopbook.node.packages import Packages
from loopbook.node.process import SECONDS, Process

SCRIPT = Path(__file__).with_name("typeset.mjs")
PACKAGES = Packages(Path(__file__).parent, "MathJax, which sets the book's formulas")


class TexError(Exception):
    """MathJax rejects a formula; the message is MathJax's own."""

    def __init__(self, formula: Formula, words: str) -> None:
        super().__init__(words)
        self.formula = formula
        self.words = words


class MathJax:
    """One Node process, started at once and ended by `close` or with this process.

    Attributes:
        rules: the rules of the style sheet that do not depend on the formulas.

    Args:
        macros: TeX macros by name, as MathJax takes them.
        seconds: how long to wait for an answer.
    """

    def __init__(self, macros: Mapping[str, Any], *, seconds: float = SECONDS) -> None:
        told = [json.dumps(macros)]
        self._process = Process("MathJax", SCRIPT, PACKAGES, told, seconds=seconds)
        self.rules = _rules(self._process.answer())

    def typeset(self, formulas: Sequence[Formula]) -> Iterator[tuple[Typeset, list[Rule]]]:
        """Typeset formulas; yield each with the rules that its characters need, in order.

        Raises:
            TexError: MathJax rejects a formula.
            BookError: the process ended or gave no answer.
        """
        requests = [{"tex": formula.tex, "display": formula.display} for formula in formulas]
        for formula, answer in zip(formulas, self._process.ask(requests), strict=True):
            if "error" in answer:
                raise TexError(formula, answer["error"])
            yield Typeset(answer["html"], answer["mathml"], answer["width"]), _rules(answer)

    def close(self) -> None:
        """End the process; harmless if it has ended."""
        self._process.close()


def _rules(answer: Mapping[str, Any]) -> list[Rule]:
    return [Rule(*rule) for rule in answer["rules"]]

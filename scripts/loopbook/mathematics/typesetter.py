"""Formulas to HTML: from the store where they are known, by MathJax where they are new."""

from __future__ import annotations

import atexit
import json
import threading
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from loopbook.errors import BookError
from loopbook.mathematics import place
from loopbook.mathematics.formula import Formula, Typeset
from loopbook.mathematics.macros import MACROS
from loopbook.mathematics.mathjax import MathJax, TexError
from loopbook.mathematics.store import Store
from loopbook.node.packages import ROOT
from loopbook.text import short


class Typesetter:
    """Typesets the formulas of one book.

    MathJax's process starts with the first formula that is not stored, and serves all pages
    until `close`.

    Args:
        root: the book's folder, which holds ``docs`` and ``.build``.
        macros: TeX macros by name, as MathJax takes them.
    """

    def __init__(self, root: Path, macros: Mapping[str, Any]) -> None:
        self.root = root
        self.store = Store(root / ".build" / "mathematics", macros)
        self._macros = dict(macros)
        self._mathjax: MathJax | None = None
        self._lock = threading.Lock()
        atexit.register(self.close)

    def typeset(self, formulas: Iterable[Formula]) -> dict[Formula, Typeset]:
        """Typeset formulas, all new ones in one go.

        Raises:
            BookError: MathJax rejects a formula; the error names its chapter and line.
        """
        wanted = list(dict.fromkeys(formulas))
        found = self.store.find(wanted) if wanted else {}
        new = [formula for formula in wanted if formula not in found]
        if new:
            with self._lock:
                found |= self._typeset(new)
        return found

    def close(self) -> None:
        """End MathJax's process, if there is one; the next new formula starts another."""
        with self._lock:
            mathjax, self._mathjax = self._mathjax, None
            if mathjax is not None:
                mathjax.close()

    def _typeset(self, formulas: list[Formula]) -> dict[Formula, Typeset]:
        if self._mathjax is None:
            self._mathjax = MathJax(self._macros)
        rules = list(self._mathjax.rules)
        made: dict[Formula, Typeset] = {}
        try:
            answers = self._mathjax.typeset(formulas)
            for formula, (typeset, needed) in zip(formulas, answers, strict=True):
                made[formula] = typeset
                rules += needed
        except (TexError, BookError) as error:
            # Answers to the formulas after this one may still come: that process is of no more use.
            mathjax, self._mathjax = self._mathjax, None
            mathjax.close()
            if isinstance(error, TexError):
                raise self._explained(error) from None
            raise
        self.store.add(made, rules)
        return made

    def _explained(self, error: TexError) -> BookError:
        tex = error.formula.tex
        file, line = place.find(tex, self.root / "docs") or (None, None)
        return BookError(
            f"MathJax cannot set the formula {short(tex, 400)}\n  {short(error.words, 400)}",
            file=None if file is None else file.relative_to(self.root).as_posix(),
            line=line,
            cure="Correct the TeX; LaTeX's and AMS's commands are known, and the book's macros.",
        )


@cache
def _shared(root: Path, macros: str) -> Typesetter:
    return Typesetter(root, json.loads(macros))


def shared(root: Path | None = None, macros: Mapping[str, Any] | None = None) -> Typesetter:
    """The one typesetter of a book in this process; the repository's own book by default.

    Macros that are given are known besides the book's own.
    """
    known = {**MACROS, **(macros or {})}
    return _shared((root or ROOT).resolve(), json.dumps(known, sort_keys=True))

"""MathJax in a Node process of its own, which answers one line per formula."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from loopbook.errors import BookError
from loopbook.mathematics.formula import Formula, Rule, Typeset
from loopbook.node.packages import Packages, node

SCRIPT = Path(__file__).with_name("typeset.mjs")
PACKAGES = Packages(Path(__file__).parent, "MathJax, which sets the book's formulas")
SECONDS = 60.0


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
        self._seconds = seconds
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `close`)
        self._process = subprocess.Popen(
            [str(node()), str(SCRIPT), str(PACKAGES.node_modules()), json.dumps(macros)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            encoding="utf-8",
        )
        # A thread reads, so that neither side ever waits for the other to empty a full pipe.
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.rules = _rules(self._next())

    def typeset(self, formulas: Sequence[Formula]) -> Iterator[tuple[Typeset, list[Rule]]]:
        """Typeset formulas; yield each with the rules that its characters need, in order.

        Raises:
            TexError: MathJax rejects a formula.
            BookError: the process ended or gave no answer.
        """
        assert self._process.stdin is not None
        try:
            for formula in formulas:
                request = {"tex": formula.tex, "display": formula.display}
                self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except OSError as error:
            raise self._broken("ended while formulas were sent to it") from error
        for formula in formulas:
            answer = self._next()
            if "error" in answer:
                raise TexError(formula, answer["error"])
            yield Typeset(answer["html"], answer["mathml"]), _rules(answer)

    def close(self) -> None:
        """End the process; harmless if it has ended."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.kill()
        self._process.wait()
        self._reader.join()
        with contextlib.suppress(OSError):  # there may be something left to send, to nobody
            self._process.stdin.close()
        self._process.stdout.close()
        self._errors.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put("")

    def _next(self) -> dict[str, Any]:
        try:
            line = self._answers.get(timeout=self._seconds)
        except queue.Empty:
            raise self._broken(f"gave no answer for {self._seconds:g} seconds") from None
        if not line:
            raise self._broken("ended before it had answered")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _broken(self, what: str) -> BookError:
        self._process.kill()
        self._process.wait()
        self._errors.seek(0)
        words = self._errors.read().decode("utf-8", "replace").strip()
        self.close()
        return BookError(
            f"MathJax's process {what}.\n{words}".strip(),
            file=SCRIPT,
            cure="Build again; if it stays, delete .build/node so that MathJax is installed anew.",
        )


def _rules(answer: Mapping[str, Any]) -> list[Rule]:
    return [Rule(*rule) for rule in answer["rules"]]

"""The reader's file after it ran, as a check sees it."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from loopbook.exercises.compare import same, shown
from loopbook.exercises.function import Function
from loopbook.exercises.verdict import NotYet, Unfinished


class Attempt:
    """What the reader's file defined, printed and says.

    ``attempt.w`` is the value of ``w`` in the reader's file. A name that it lacks, and every
    requirement that is not met, ends the check with a sentence to the reader.

    Of a file that an exception stopped, only the functions can be judged: its values may be half
    made. Asking for one, or for a function that it did not reach, raises ``Unfinished``.

    Args:
        namespace: the names of the reader's file and their values.
        printed: the text that it printed.
        source: its text.
        whole: whether the file ran to its end.
    """

    def __init__(
        self, namespace: dict[str, Any], printed: str = "", source: str = "", whole: bool = True
    ) -> None:
        self._namespace = namespace
        self._whole = whole
        self._note = ""
        self.printed = printed
        self.source = source

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if not self._whole:
            raise Unfinished(name)
        if name not in self._namespace:
            raise NotYet(f"your file has no `{name}`: {self._near(name)}")
        value = self._namespace[name]
        if value is ...:
            raise NotYet(f"`{name}` is still `...`: put your answer in its place.")
        return value

    @contextmanager
    def own_data(self, sizes: str) -> Iterator[None]:
        """Inside this block the check uses data of its own, and everything it says tells so.

        The reader knows the sizes of the file only: a message on seven samples would puzzle. The
        note also goes with an exception that a function of the reader's raises on this data.

        Args:
            sizes: what the data are, such as ``"7 samples of 3 features"``.
        """
        self._note = f"(The check uses data of its own: {sizes}.)"
        try:
            yield
        except NotYet:
            raise
        except Exception as error:
            error.add_note(self._note)
            raise
        finally:
            self._note = ""

    def must(self, condition: Any, words: str) -> None:
        """End the check with these words unless the condition holds."""
        if not condition:
            raise self._not_yet(words)

    def equal(self, mine: Any, theirs: Any, factors: Mapping[float, str], otherwise: str) -> None:
        """End the check unless two tensors or numbers agree.

        Args:
            mine: the reader's value.
            theirs: what it should be.
            factors: for a constant factor between the two, what to say, such as
                ``{0.5: "where did the 2 go?"}``.
            otherwise: what to say when no factor fits; ``{mine}`` and ``{theirs}`` are filled in.
        """
        if same(mine, theirs):
            return
        for factor, words in factors.items():
            if same(mine, theirs, factor):
                raise self._not_yet(words)
        raise self._not_yet(otherwise.format(mine=shown(mine), theirs=shown(theirs)))

    def function(self, name: str, takes: str, gives: str) -> Function:
        """The reader's function of this name.

        Args:
            name: its name.
            takes: its arguments, such as ``"X, y, w, b"``.
            gives: what it returns, such as ``"grad_w, grad_b"``.
        """
        if name not in self._namespace and not self._whole:
            raise Unfinished(name)
        if name not in self._namespace:
            raise NotYet(
                f"your file has no function `{name}`: the exercise asks for `{name}({takes})`, "
                f"which returns {gives}. {self._near(name, ending='')}".rstrip()
            )
        value = self._namespace[name]
        if not callable(value):
            raise NotYet(f"`{name}` must be a function, `def {name}({takes}):`.")
        return Function(name, value, takes, gives)

    def number(self, value: Any, words: str) -> float:
        """A value of the reader's as a float; ``words`` name it, such as ``"`w_factor`"``."""
        if value is ...:
            raise NotYet(f"{words} is still `...`: put a number in its place.")
        try:
            return float(value)
        except (TypeError, ValueError, RuntimeError):
            yours = _described(value)
            raise self._not_yet(f"{words} must be one number; yours is {yours}.") from None

    def tensor(self, value: Any, shape: tuple[int, ...], words: str) -> Any:
        """A value of the reader's, which must be a tensor of this shape, detached as float64."""
        import torch

        if not isinstance(value, torch.Tensor):
            yours = _described(value)
            raise self._not_yet(f"{words} must be a tensor of shape {shape}; yours is {yours}.")
        if tuple(value.shape) != shape:
            yours = str(tuple(value.shape))
            raise self._not_yet(f"{words} has shape {yours}, but it must be {shape}.")
        return value.detach().to(torch.float64)

    def _not_yet(self, words: str) -> NotYet:
        return NotYet(f"{words} {self._note}".rstrip())

    def _near(self, name: str, ending: str = "the exercise asks for it.") -> str:
        names = [other for other in self._namespace if not other.startswith("_")]
        near = difflib.get_close_matches(name, names, 1, 0.7)
        return f"is it what you called `{near[0]}`?" if near else ending


def _described(value: Any) -> str:
    if value is None:
        return "`None`"
    shape = getattr(value, "shape", None)
    if shape is not None:
        return f"of shape {tuple(shape)}"
    if inspect.isroutine(value):
        return "a function (were its brackets forgotten?)"
    return f"a {type(value).__name__}"

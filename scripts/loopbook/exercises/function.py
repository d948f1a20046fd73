"""A function of the reader's, called with care: what is wrong with it is said in words."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from typing import Any

from loopbook.exercises.verdict import NotYet


class Function:
    """Calls one of the reader's functions, each time with copies of the arguments.

    Attributes:
        changed: names of the arguments that the last call changed in place.

    Args:
        name: its name in the reader's file.
        function: the function itself.
        takes: its arguments as the exercise names them, such as ``"X, y, w, b"``.
        gives: what it returns, such as ``"grad_w, grad_b"``; several names mean a tuple.

    Raises:
        NotYet: it cannot be called with these arguments.
    """

    def __init__(self, name: str, function: Callable[..., Any], takes: str, gives: str) -> None:
        self.name = name
        self._function = function
        self._results = gives.split(", ")
        self._names = takes.split(", ")
        self.changed: tuple[str, ...] = ()
        try:
            inspect.signature(function).bind(*self._names)
        except TypeError:
            theirs = ", ".join(inspect.signature(function).parameters)
            raise NotYet(
                f"your function `{name}` takes ({theirs}), "
                f"but the exercise calls it as `{name}({takes})`."
            ) from None

    def __call__(self, *arguments: Any) -> Any:
        """What the reader's function returns.

        Raises:
            NotYet: it returns nothing, or not as many things as the exercise asks for.
        """
        given = copy.deepcopy(arguments)
        result = self._function(*given)
        self.changed = tuple(
            name
            for name, before, after in zip(self._names, arguments, given, strict=True)
            if _differ(before, after)
        )
        wanted = ", ".join(self._results)
        if result is None or result is ...:
            raise NotYet(
                f"your function `{self.name}` returns nothing yet: "
                f"does it end with `return {wanted}`?"
            )
        if len(self._results) == 1:
            return result
        if not isinstance(result, tuple | list) or len(result) != len(self._results):
            count = len(result) if isinstance(result, tuple | list) else 1
            raise NotYet(
                f"your function `{self.name}` returns {_counted(count)}, but the exercise asks "
                f"for {len(self._results)}: `return {wanted}`."
            )
        return tuple(result)


def _counted(count: int) -> str:
    return "one value" if count == 1 else f"{count} values"


def _differ(before: Any, after: Any) -> bool:
    import torch

    if not isinstance(before, torch.Tensor):
        return bool(before != after)
    return before.requires_grad != after.requires_grad or not torch.equal(before, after)

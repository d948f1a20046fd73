"""An exception in the reader's file, told with its line and a sentence on what it means."""

from __future__ import annotations

import linecache
import re
import traceback
from pathlib import Path

_BY_TEXT: tuple[tuple[str, str], ...] = (
    (
        r"does not require grad and does not have a grad_fn",
        "No parameter that backward() could give a gradient to took part in this value. Was "
        "requires_grad=True set on w and b, and was the loss worked out outside torch.no_grad()? "
        "Or did `w = w - ...` replace it by a new tensor? (`w -= ...` changes the one you have.)",
    ),
    (
        r"leaf Variable that requires grad.*in-place",
        "The update itself must not be recorded: put it under `with torch.no_grad():`.",
    ),
    (
        r"backward through the graph a second time",
        "The graph of this loss was used up by the first backward(): "
        "work out the loss anew in every epoch.",
    ),
    (
        r"grad can be implicitly created only for scalar",
        "backward() starts from one number: was the mean taken of the squared residuals?",
    ),
    (
        r"NoneType.*\.grad\b",
        "This .grad is None, as it is before the first backward() and after it was cleared. Or the "
        "tensor is no longer the one made with requires_grad=True (`w = w - ...` makes a new one, "
        "`w -= ...` does not).",
    ),
    (
        r"NoneType",
        "Something is None here. A function gives None unless it ends with `return`; "
        "printing its result is not enough.",
    ),
    (
        r"must have the same dtype|expected .* but found|expected m1 and m2",
        "Two kinds of numbers meet: turn whole numbers into floats with .float().",
    ),
    (
        r"shapes cannot be multiplied|size mismatch|The size of tensor|inconsistent tensor size"
        r"|broadcast",
        "Two shapes do not fit. Print the .shape of both just before this line, and say what each "
        "number counts: samples, features or targets? In a product the count where they meet must "
        "be the same (.T swaps rows and columns); + and - want equal shapes.",
    ),
)
_BY_TYPE: dict[str, str] = {
    "NameError": "This name is not known there: a slip in its spelling, or used before it was set?",
    "UnboundLocalError": "A function that assigns a name cannot read the outer one of that name: "
    "pass it as an argument.",
    "ModuleNotFoundError": "The exercises need nothing beyond requirements.txt: "
    "is the module's name spelt right?",
    "AttributeError": "The object has no such attribute: is the name spelt right, "
    "and is it the kind of object you expect?",
    "IndexError": "An index lies beyond the end.",
    "KeyError": "The dictionary has no such key.",
    "ZeroDivisionError": "Something is divided by zero: is a list empty, or a count not set yet?",
    "RecursionError": "A function calls itself without end.",
    "EOFError": "The check cannot type an answer for input(): set the value in the file.",
    "MemoryError": "This asks for more memory than there is: is a tensor much larger than meant?",
    "TypeError": "An operation or a call got a kind of value that it cannot use.",
    "ValueError": "The kind of value is right, but not this value.",
    "RuntimeError": "PyTorch could not carry out this operation.",
    "AssertionError": "An `assert` of your own file does not hold.",
}


def explain(error: BaseException, file: Path, *, advise: bool = True) -> str | None:
    """Say what went wrong in the reader's file; ``None`` if it did not happen there.

    Args:
        error: what was raised.
        file: the reader's file.
        advise: whether to add a sentence on what it means.
    """
    if isinstance(error, SyntaxError) and error.filename == str(file):
        return _syntax(error, file)
    here = [frame for frame in traceback.extract_tb(error.__traceback__) if _same(frame, file)]
    if not here:
        return None
    frame = here[-1]
    where = place(file, frame.lineno or 0, frame.name)
    kind, text = type(error).__name__, str(error).strip()
    if kind == "NotImplementedError":
        task = text or "this part is not written yet"
        return f"{where}\nStill to do: {task.rstrip('.')}."
    if kind in ("SystemExit", "KeyboardInterrupt"):
        return f"{where}\nThe file stops here ({kind}), before the check could look at it."
    lines = [where, f"{kind}: {text}" if text else kind]
    sentence = _sentence(kind, f"{text}\n{where}") if advise else ""
    notes = getattr(error, "__notes__", [])
    return "\n".join([*lines, *([sentence] if sentence else []), *notes])


def place(file: Path, line: int, function: str = "<module>") -> str:
    """``attempt.py, line 7, in gradient:`` and below it that line of the file."""
    inside = "" if function.startswith("<") else f", in {function}"
    code = linecache.getline(str(file), line).strip()
    return f"{file.name}, line {line}{inside}:" + (f"\n    {code}" if code else "")


def _same(frame: traceback.FrameSummary, file: Path) -> bool:
    return frame.filename == str(file)


def _syntax(error: SyntaxError, file: Path) -> str:
    what = "its indentation is off" if isinstance(error, IndentationError) else "a slip of syntax"
    text = (error.text or "").rstrip()
    code = f"\n    {text.strip()}" if text.strip() else ""
    if code and error.offset:
        shift = error.offset - 1 - (len(text) - len(text.lstrip()))
        code += "\n    " + " " * max(shift, 0) + "^"
    return (
        f"{file.name}, line {error.lineno}:{code}\n"
        f"Python cannot read this line, {what}: {error.msg}. "
        "If the line looks right, look for an open bracket or quote above it."
    )


def _sentence(kind: str, text: str) -> str:
    for pattern, sentence in _BY_TEXT:
        if re.search(pattern, text, re.DOTALL):
            return sentence
    return _BY_TYPE.get(kind, "")

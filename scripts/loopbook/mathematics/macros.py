r"""The book's few TeX macros, defined once in ``macros.json``, and formulas written without them.

A macro without arguments is its replacement, one with arguments a pair: the replacement, in which
``#1`` stands for the first argument, and the number of arguments. MathJax takes them as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("macros.json")
#: The macros by name.
MACROS: Mapping[str, Any] = json.loads(FILE.read_text("utf-8"))

_CALL = re.compile(r"\\([A-Za-z]+)")
_SPACE = re.compile(r"\s*")


def expanded(tex: str, macros: Mapping[str, Any] = MACROS) -> str:
    r"""The TeX of a formula in plain LaTeX, for readers who have other tools than this book.

    ``\pd{L}{w}`` becomes ``\frac{\partial L}{\partial w}``.
    """
    done, at = [], 0
    while match := _CALL.search(tex, at):
        done.append(tex[at : match.start()])
        at = match.end()
        if match[1] not in macros:
            done.append(match[0])
            continue
        macro = macros[match[1]]
        replacement, count = (macro, 0) if isinstance(macro, str) else macro
        arguments = []
        for _ in range(count):
            argument, at = _argument(tex, at)
            arguments.append(expanded(argument, macros))
        text = re.sub(r"#(\d)", lambda m, a=arguments: a[int(m[1]) - 1], replacement)
        glued = not count and re.search(r"\\[A-Za-z]+$", text) and tex[at : at + 1].isalpha()
        done.append(f"{text} " if glued else text)
    return "".join(done) + tex[at:]


def _argument(tex: str, at: int) -> tuple[str, int]:
    """What TeX takes as an argument: a group, a command or one character; and where it ends."""
    space = _SPACE.match(tex, at)
    at = space.end() if space else at
    if command := _CALL.match(tex, at):
        return command[0], command.end()
    if tex[at : at + 1] != "{":
        return tex[at : at + 1], at + 1
    depth = 0
    for end in range(at, len(tex)):
        if tex[end] in "{}" and tex[end - 1 : end] != "\\":
            depth += 1 if tex[end] == "{" else -1
            if not depth:
                return tex[at + 1 : end], end + 1
    return tex[at + 1 :], len(tex)

"""The runner's own way to a script, taken out of what the script says of its stack.

A script is executed by functions of ours, where plain Python has none. So a stack that it prints
begins with its own first line, and nothing is said of a line above that.
"""

from __future__ import annotations

import linecache
import os
import re
import sys
import warnings
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

_ENGINE = os.path.join(Path(__file__).parents[1], "")
_DOOR = str(Path(__file__).with_name("child.py"))
#: The file and line that plain Python names for a warning that is of no line of a script.
NOWHERE = ("sys", 1) if sys.version_info < (3, 13) else ("<sys>", 0)

# Files that lead to our door: those of a fork, of a new interpreter, and of one that torchrun
# starts. They count only next to it, and no more of them than there are.
_WAY = r'(?:<string>|[^"<>\n]*(?:multiprocessing[/\\]+(?:forkserver|process|spawn)|rank)\.py)'
_FEW = "{0,12}+"

# A frame as traceback, logging, tracemalloc and warnings print it, perhaps with the same words
# before each line; as an item of a list, in two ways; and as the fault handler prints it.
_TEXT = (
    r'(?P=lead)  File "FILE", line(?:no)? \d+(?:, in [^\n]*)?(?:\n|\Z)'
    r"(?:(?P=lead)    [^\n]*(?:\n|\Z)){0,9}+"
)
_ITEM = r"""'  File "FILE", line \d+, in (?:[^'\\\n]|\\.)*',\s+"""
_SUMMARY = r"<FrameSummary file FILE, line \d+ in (?:<\w+>|\w+)>,\s+"
_FAULT = r'(?P=lead)  File "FILE", line \d+ in [^\n]*(?:\n|\Z)'
_LEAD = r'^(?=(?P<lead>[^\n]*?)  File ")'


def is_ours(file: str) -> bool:
    """Whether a file is one of the engine's."""
    return file.startswith(_ENGINE)


def without_ours(text: str) -> str:
    """The text without our frames, and those that lead to us, in the stacks that it shows."""
    if "loopbook" not in text:
        return text
    for pattern in _patterns():
        text = pattern.sub("", text)
    return text


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """What is called at a script's end is called from nowhere, as nothing is in plain Python."""
    engine = _named(_ENGINE)
    door = engine + r"runner[/\\]+(?:child|launched)\.py"
    ours = rf'(?:{engine}[^"<>\n]*?\.py|{NOWHERE[0]})'
    patterns = []
    for lead, frame in ((_LEAD, _TEXT), ("", _ITEM), ("", _SUMMARY)):
        here, our, way = (f"(?:{frame.replace('FILE', file)})" for file in (door, ours, _WAY))
        patterns.append(f"{lead}(?:{way}{_FEW}{here}{our}*+|{our}++)")
    here, our, way = (f"(?:{_FAULT.replace('FILE', file)})" for file in (door, ours, _WAY))
    patterns.append(f"{_LEAD}(?:{our}*?{here}++(?!{our}){way}{_FEW}|{our}++)")  # innermost first
    return tuple(re.compile(pattern, re.MULTILINE) for pattern in patterns)


def _named(path: str) -> str:
    """A folder as Python prints it, also as the fault handler and a list do."""
    ways = dict.fromkeys((path, path.encode("ascii", "backslashreplace").decode()))
    return "(?:" + "|".join(re.sub(r"/|\\\\", r"[/\\\\]+", re.escape(way)) for way in ways) + ")"


def warn_of_nothing_above() -> None:
    """From now on a warning meant for a line above the script's first is said of none."""
    module: Any = warnings
    usual = module._showwarnmsg

    def show(message: Any) -> None:
        if _is_above(message.filename, message.lineno, sys._getframe(1)):
            message.filename, message.lineno = NOWHERE
        usual(message)

    module._showwarnmsg = show


def forget_our_start() -> None:
    """From now on ``<string>`` is what the script executes, not the line that started us.

    Python 3.13 keeps that line, and would show it as the source of any other text.
    """
    linecache.cache.pop("<string>", None)


def _is_above(file: str, line: int, frame: FrameType | None) -> bool:
    """Whether a place is one of the frames that led to the script, and none of the script's."""
    within = True
    while frame is not None:
        within = within and frame.f_code.co_filename != _DOOR
        if (frame.f_code.co_filename, frame.f_lineno) == (file, line):
            return not within
        frame = frame.f_back
    return False

"""Which parts of a Markdown text are code or comment, and so none of our business."""

from __future__ import annotations

import re
from functools import lru_cache

# Signs in the place of what is hidden: of fenced code and comments, and of code spans.
HIDDEN, SPAN = "\0", "\1"

_SPANS = re.compile(f"{SPAN}+")
_FENCE = re.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,})[^`\n]*")
_CODE_OR_COMMENT = re.compile(
    r"(?<![\\`])(?P<ticks>`+)(?!`)(?:(?!\n[ \t>]*(?:\n|/{3}))[^\0])+?(?<!`)(?P=ticks)(?!`)"
    r"|<!--.*?-->",
    re.DOTALL,
)


@lru_cache(maxsize=32)
def masked(text: str) -> str:
    """The text, of the same length, with fenced code, code spans and comments hidden."""
    return _CODE_OR_COMMENT.sub(
        lambda match: _hide(match[0], SPAN if match["ticks"] else HIDDEN), _without_fences(text)
    )


def with_spans(text: str, hidden: str) -> str:
    """A masked text with its code spans put back."""
    return _SPANS.sub(lambda match: text[match.start() : match.end()], hidden)


def _without_fences(text: str) -> str:
    lines = text.split("\n")
    index = 0
    while index < len(lines):
        match = _FENCE.fullmatch(lines[index])
        end = _closing(lines, index + 1, match["fence"]) if match else None
        if end is not None:
            lines[index : end + 1] = [_hide(line) for line in lines[index : end + 1]]
            index = end
        index += 1
    return "\n".join(lines)


def _closing(lines: list[str], start: int, fence: str) -> int | None:
    """The line that closes a fence; one that is never closed is no fence."""
    for index in range(start, len(lines)):
        if lines[index].lstrip(" \t>").rstrip() == fence:
            return index
    return None


def _hide(text: str, sign: str = HIDDEN) -> str:
    return re.sub(r"[^\n]", sign, text)

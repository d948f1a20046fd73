"""What stands in double brackets, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loopbook.blocks.mask import SPAN, masked, with_spans

_INLINE = re.compile(r"(?<!\\)\[\[(?!\[)(?P<inner>[^\[\]\n]+(?:\n[^\[\]\n]+)?)\]\]")


@dataclass(frozen=True)
class Inline:
    """One ``[[…]]``.

    Attributes:
        inner: what stands in it.
        line: the line on which it begins.
        start: where it begins in the text.
        end: where it ends.
        in_code: whether it seems to stand in a code span, so that it is none of ours.
    """

    inner: str
    line: int
    start: int
    end: int
    in_code: bool = False


def inlines_in(text: str, first_line: int, hidden: str = "") -> Iterator[Inline]:
    """What stands in double brackets in a text, code and comments left out.

    Args:
        text: the text.
        first_line: the line on which it begins.
        hidden: the text with its code hidden, if that is known.
    """
    hidden = hidden or masked(text)
    found = [(match, False) for match in _INLINE.finditer(hidden)]
    if "[[" in text and SPAN in hidden:
        for match in _INLINE.finditer(with_spans(text, hidden)):
            if set(hidden[match.start() : match.end()]) <= {SPAN, "\n"}:
                found.append((match, True))
    line, before = first_line, 0
    for match, in_code in sorted(found, key=lambda pair: pair[0].start()):
        inner = text[match.start("inner") : match.end("inner")]
        line += text.count("\n", before, match.start())
        before = match.start()
        if not in_code:
            inner = " ".join(inner.split())
        yield Inline(inner, line, match.start(), match.end(), in_code)

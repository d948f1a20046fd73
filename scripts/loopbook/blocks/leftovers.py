"""Makes sure that none of our syntax reaches the reader."""

from __future__ import annotations

import re

from loopbook.blocks.page import Page
from loopbook.errors import BookError

_BRACKETS = re.compile(r"\[\[[^\[\]\n]+\]\]")
_HEAD = re.compile(r"/{3,} \w+ \| (\d+)")
# A number's title quotes the line that was printed.
_NO_WORDS = re.compile(
    r"<(pre|code|svg)\b[^<]*+(?:<(?!/\1>)[^<]*+)*+</\1>|<!--.*?-->|<span class=\"run-value[^<>]*>",
    re.DOTALL,
)


def check_words(article: str, text: str, file: str, line: int, page: Page | None) -> None:
    """None of our syntax stands outside code, which Markdown may read otherwise than we do.

    Args:
        article: the page's HTML.
        text: the page's Markdown.
        file: where that lies.
        line: the line of the file on which it begins.
        page: what was made of it, if it has blocks or brackets.

    Raises:
        BookError: something is left.
    """
    words = _NO_WORDS.sub("", article)
    if page:
        page.check_all_taken(frozenset(map(int, _HEAD.findall(words))))
    for left in _BRACKETS.findall(words):
        if f"\\{left}" in text:
            continue  # with a backslash: left as it is on purpose
        raise BookError(
            f"{left} is not read where it stands",
            file=file,
            line=line + text.partition(left)[0].count("\n"),
            cure="put an empty line before the ``` or <!-- above it, or write \\[[ if it is no key",
        )

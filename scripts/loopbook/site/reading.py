"""How long a chapter takes to read, from the words of its page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

#: Words a minute, for a text in which every other paragraph refers to a formula or a figure.
PACE = 180

#: What is not read word by word: code, formulas, drawings, what is folded away, and menus.
SKIPPED = frozenset(
    {"pre", "code", "math", "mjx-container", "svg", "script", "style", "details", "nav"}
)
#: Classes of what is not read either: formulas, the lines below the title, tags.
ASIDE = frozenset({"arithmatex", "chapter-head", "tags"})
#: Elements without an end tag.
VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"})

#: Of these there are thousands of elements on a page: they go before it is read tag by tag.
_MANY = re.compile(
    r"<(pre|code|math|svg|mjx-container|details)\b[^>]*+>[^<]*+(?:<(?!/?\1\b)[^<]*+)*+</\1>"
)
#: These only part words, and are never left out themselves.
_PARTING = re.compile(
    r"</?(?:a|em|figcaption|figure|h[1-6]|li|p|small|strong|summary|t[dhr])(?=[\s>])"
    r"(?:[^<>\"]|\"[^\"]*\")*+>"
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


class _Words(HTMLParser):
    """Counts the words outside the skipped elements."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        classes = (dict(attrs).get("class") or "").split()
        if self._inside or tag in SKIPPED or not ASIDE.isdisjoint(classes):
            self._inside += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that closes itself holds no words."""

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag not in VOID:
            self._inside -= 1

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.count += len(_WORD.findall(data))


def count_words(html: str) -> int:
    """Words of a page that are read one by one: no code, no formulas, nothing folded away."""
    parser = _Words()
    parser.feed(_PARTING.sub(" ", _MANY.sub("", html)))
    parser.close()
    return parser.count


def minutes(words: int) -> int:
    """Whole minutes that so many words take, at least one."""
    return max(1, round(words / PACE))

"""How long a chapter takes to read, from the words of its page."""

from __future__ import annotations

import html
import re

#: Words a minute, for a text in which every other paragraph refers to a formula or a figure.
PACE = 180

#: What is not read word by word: code, formulas, drawings, what is folded away, and menus.
SKIPPED = frozenset(
    {"pre", "code", "math", "mjx-container", "svg", "script", "style", "details", "nav"}
)
#: Classes of what is not read either: formulas, the lines below the title, tags.
_ASIDE = re.compile(r"""\sclass=["'](?:[^"']*\s)?(?:arithmatex|chapter-head|tags)[\s"']""")
#: Elements without an end tag.
VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"})

#: Of these there are thousands of elements on a page: they go before it is read tag by tag.
_MANY = re.compile(
    r"<(pre|code|math|svg|mjx-container|details|script|style)\b[^>]*+>"
    r"[^<]*+(?:<(?!/?\1\b)[^<]*+)*+</\1>"
)
#: These only part words, and are never left out themselves.
_PARTING = re.compile(
    r"</?(?:a|em|figcaption|figure|h[1-6]|li|p|small|strong|summary|t[dhr])(?=[\s>])"
    r"(?:[^<>\"]|\"[^\"]*\")*+>"
)
#: A comment, a tag, or what stands between two of them.
_PIECE = re.compile(
    r"<!--(?:.*?-->|.*)|<(/?)([a-zA-Z][\w-]*+)((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>|([^<]++)",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def count_words(page: str) -> int:
    """Words of a page that are read one by one: no code, no formulas, nothing folded away."""
    count = inside = 0
    for end, tag, attributes, words in _PIECE.findall(_PARTING.sub(" ", _MANY.sub("", page))):
        if words:
            count += 0 if inside else len(_WORD.findall(html.unescape(words)))
        elif not tag or tag.lower() in VOID or attributes.endswith("/"):
            continue
        elif end:
            inside -= bool(inside)
        elif inside or tag.lower() in SKIPPED or _ASIDE.search(attributes):
            inside += 1
    return count


def minutes(words: int) -> int:
    """Whole minutes that so many words take, at least one."""
    return max(1, round(words / PACE))

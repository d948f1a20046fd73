"""Words of a page as Markdown that Jupyter reads: numbers, references, terms, links."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass

from loopbook.blocks.book import Source
from loopbook.blocks.mask import HIDDEN, SPAN, masked
from loopbook.blocks.page import TOKEN, Page
from loopbook.blocks.spans import Span

_MATH = re.compile(r"(?<!\\)\$\$.+?\$\$|(?<![\\$])\$(?![\s$])(?:\\.|[^$\\])+?(?<!\s)\$", re.DOTALL)
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]\n]+)\]\((?P<target>[^()\s]+)\)")
_HEADING = re.compile(
    r"^(?P<signs>#{1,6})[ \t]+(?P<title>.*?)[ \t]*(?:\{(?P<given>[^{}]*)\})?$", re.MULTILINE
)
_IDENTIFIER = re.compile(r"#([\w-]+)")
_ABROAD = re.compile(r"[a-z][a-z+.-]*:", re.IGNORECASE)
_CODE = re.compile(r"`([^`]+)`")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,2})(\S(?:[^*]*\S)?)\1(?!\w)")


@dataclass(frozen=True)
class Prose:
    """How the words of one page are written.

    Attributes:
        page: the page, looked up.
        site: the address that the site is published at, ending in a slash; empty if not known.
        slugify: makes a heading's identifier.
        anchors: what this page's own links lead to, and so needs an anchor in the notebook.
    """

    page: Page
    site: str
    slugify: Callable[[str], str]
    anchors: frozenset[str]

    def markdown(self, text: str) -> str:
        """Markdown for a cell."""
        text = self._filled(text, self._reference)
        text = _outside_code(text, lambda part: _LINK.sub(self._link, part))
        return _outside_code(text, lambda part: _HEADING.sub(self._heading, part))

    def line(self, text: str) -> str:
        """One line of plain words and formulas, with no link, for a bold title."""
        return _LINK.sub(lambda match: match["words"], self._filled(text, lambda span: span.text))

    def summary(self, text: str) -> str:
        """One line as HTML: inside a tag, Jupyter reads no Markdown."""
        shown = html.escape(self.line(text), quote=False)
        shown = _CODE.sub(r"<code>\1</code>", shown)
        return _MATH_OR_REST.sub(
            lambda match: match[0] if match["math"] else _emphasised(match[0]), shown
        )

    def url(self, path: str, anchor: str = "") -> str:
        """The address of a page, or of another published file; empty if the site has none."""
        if not self.site:
            return ""
        if path.endswith(".md"):
            path = path.removesuffix(".md")
            path = path.removesuffix("index") if posixpath.basename(path) == "index" else f"{path}/"
        return f"{self.site}{path}{anchor and '#'}{anchor}"

    def _filled(self, text: str, shown: Callable[[Span], str]) -> str:
        """The text with something in the place of each token."""
        if "\ue000" not in text:
            return text
        hidden = masked(text)
        formulas = [match.span() for match in _MATH.finditer(_blanked(text, hidden))]

        def fill(match: re.Match[str]) -> str:
            span = self.page.spans[int(match[1])]
            if hidden[match.start()] in (HIDDEN, SPAN):
                return f"[[{span.source}]]"
            if any(start < match.start() < end for start, end in formulas):
                return span.math or span.text
            return shown(span)

        return TOKEN.sub(fill, text)

    def _reference(self, span: Span) -> str:
        if not span.href or span.only_words:
            return span.text
        return self._linked(span.text, span.href)

    def _link(self, match: re.Match[str]) -> str:
        if _ABROAD.match(match["target"]):
            return match[0]
        return self._linked(match["words"], match["target"])

    def _linked(self, words: str, href: str) -> str:
        """Words that lead to another place of the notebook, or of the site, or nowhere."""
        path, _, anchor = href.partition("#")
        source: Source = self.page.source
        if not path:
            return f"[{words}](#{anchor})"
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source.path), path))
        address = self.url(target, anchor)
        return f"[{words}]({address})" if address else words

    def _heading(self, match: re.Match[str]) -> str:
        given = _IDENTIFIER.search(match["given"] or "")
        name = given[1] if given else self.slugify(match["title"])
        mark = anchor(name) if name in self.anchors else ""
        return f"{mark}{match['signs']} {match['title']}"


_MATH_OR_REST = re.compile(r"(?P<math>\$[^$]+\$)|[^$]+")


def anchor(name: str) -> str:
    """A place that links of the notebook lead to; a paragraph of its own."""
    return f'<a id="{name}"></a>\n\n'


def own_anchors(page: Page, text: str) -> frozenset[str]:
    """What the links of a page's prepared text lead to on the page itself."""
    links = [match["target"] for match in _LINK.finditer(text)]
    links += [span.href for span in page.spans]
    return frozenset(link[1:] for link in links if link.startswith("#"))


def _emphasised(text: str) -> str:
    def tagged(match: re.Match[str]) -> str:
        tag = "em" if len(match[1]) == 1 else "strong"
        return f"<{tag}>{match[2]}</{tag}>"

    return _EMPHASIS.sub(tagged, text)


def _blanked(text: str, hidden: str) -> str:
    """The text, of the same length, with its code blanked out."""
    pairs = zip(text, hidden, strict=True)
    return "".join(" " if sign in (HIDDEN, SPAN) else old for old, sign in pairs)


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """The text with its parts outside code and comments changed."""
    hidden = masked(text)
    parts: list[str] = []
    start = 0
    for place in range(1, len(text) + 1):
        ends = place == len(text)
        if ends or (hidden[place] == HIDDEN) != (hidden[start] == HIDDEN):
            part = text[start:place]
            parts.append(part if hidden[start] == HIDDEN else change(part))
            start = place
    return "".join(parts)

"""The Python-Markdown extension that gathers what stands between two headings of a long page.

A browser then passes over a stretch that is far from the window as one element, where it would look
at each of its parts whenever the style of the page changes (``.stretch`` in assets/book.css).
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
#: What the first screen may show stands on its own and is laid out at once.
AT_ONCE = 8
#: How high a stretch may get, in em: it comes near as a whole.
AT_MOST = 40
#: Guessed heights in em: of a listing with its output and figure, of an exercise, of what is folded
#: or small. A guess too high is better: what follows is then not near before it should be.
RUN, EXERCISE, SMALL = 26, 52, 5
#: Letters in a line, between those on a phone and on a desk; the height of a line with its share of
#: the distance to the next paragraph.
LINE, LEADING = 55, 1.8


def height(element: Element) -> float:
    """A guess how high an element of a chapter is, in em."""
    if "run" in element.get("class", "").split():
        return RUN
    if element.tag == "section":
        return EXERCISE
    if element.tag in {"p", "ul", "ol", "table"}:
        return max(SMALL, LEADING * len("".join(element.itertext())) / LINE)
    return SMALL


class _Gather(Treeprocessor):
    """Puts the elements between two headings into one."""

    def run(self, root: Element) -> None:
        children = list(root)
        kept, stretch, heights = children[:AT_ONCE], None, 0.0
        for child in children[AT_ONCE:]:
            if child.tag in HEADINGS:
                stretch, heights = None, 0.0
                kept.append(child)
                continue
            if stretch is None or heights + height(child) > AT_MOST:
                stretch, heights = Element("div", {"class": "stretch"}), 0.0
                kept.append(stretch)
            stretch.append(child)
            heights += height(child)
            stretch.set("style", f"contain-intrinsic-block-size: auto {heights:.0f}em")
        root[:] = kept


class StretchExtension(Extension):
    """Gathers the elements between two headings, from the ninth element of a page on."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the processor."""
        # After all that places elements (3 and above); links (0) are then checked as ever.
        md.treeprocessors.register(_Gather(md), "stretches", 2)


def makeExtension(**options: Any) -> StretchExtension:
    """Make the extension that Python-Markdown finds under ``loopbook.site.stretches``."""
    return StretchExtension(**options)

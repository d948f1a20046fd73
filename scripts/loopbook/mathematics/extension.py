"""The Python-Markdown extension: formulas marked by ``pymdownx.arithmatex`` are typeset."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from loopbook.mathematics.formula import Formula
from loopbook.mathematics.typesetter import Typesetter, shared
from loopbook.mathematics.words import in_words

MARKED = re.compile(
    r'<(?P<tag>span|div) class="arithmatex(?P<more>[^"]*)"(?P<rest>[^<>]*)>'
    r"(?P<body>.*?)</(?P=tag)>",
    re.DOTALL,
)
IN_HEADING = re.compile(r' data-formula="([^"]*)"')
#: The width in em from which a formula may have to scroll: what the innermost boxes leave to it on
#: a window of 360 px.
WIDE = 13.5
#: A box that scrolls can be reached by keyboard, and says what it is.
SCROLLS = ' tabindex="0" role="group" aria-label="Wide formula"'
HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


def read(marked: str) -> Formula | None:
    r"""The formula between ``\(…\)`` or ``\[…\]``; ``None`` for anything else."""
    marked = marked.strip()
    for begin, end, display in ((r"\(", r"\)", False), (r"\[", r"\]", True)):
        if marked.startswith(begin) and marked.endswith(end):
            return Formula(marked[len(begin) : -len(end)].strip(), display)
    return None


def typeset_html(text: str, typesetter: Typesetter) -> str:
    """Typeset the marked formulas in a piece of HTML; all else stays as it is.

    A formula in a heading carries its words for the search index and for nobody else.
    """
    found: dict[str, tuple[Formula, bool]] = {}
    for match in MARKED.finditer(text):
        heading = IN_HEADING.search(match["rest"])
        formula = read(html.unescape(heading[1] if heading else match["body"]))
        if formula is not None:
            found[match[0]] = formula, heading is not None
    made = typesetter.typeset(formula for formula, _ in found.values())

    def replace(match: re.Match[str]) -> str:
        if match[0] not in found:
            return match[0]
        formula, heading = found[match[0]]
        words = f"<span hidden>{match['body']}</span>" if heading else ""
        rest = IN_HEADING.sub("", match["rest"])
        if formula.display and made[formula].width > WIDE:
            rest += SCROLLS
        return (
            f'<{match["tag"]} class="arithmatex{match["more"]}"{rest}>'
            f"{words}{made[formula].html}</{match['tag']}>"
        )

    return MARKED.sub(replace, text)


class _Headings(Treeprocessor):
    """Puts a heading's formulas into words, before its text is taken for titles and contents."""

    def __init__(self, md: Markdown, typesetter: Typesetter) -> None:
        super().__init__(md)
        self._typesetter = typesetter

    def run(self, root: Element) -> None:
        marks = [
            (mark, formula)
            for heading in root.iter()
            if heading.tag in HEADINGS
            for mark in heading.iter("span")
            if mark.get("class") == "arithmatex" and (formula := read(mark.text or ""))
        ]
        made = self._typesetter.typeset(formula for _, formula in marks)
        for mark, formula in marks:
            mark.set("data-formula", mark.text or "")
            mark.text = AtomicString(in_words(made[formula].mathml))


class _Pages(Postprocessor):
    """Typesets a whole page, when it is complete.

    Titles and tables of contents are sent through all postprocessors too, before that: they keep
    a formula's words.
    """

    def __init__(self, md: Markdown, typesetter: Typesetter) -> None:
        super().__init__(md)
        self._typesetter = typesetter
        self.complete = False

    def run(self, text: str) -> str:
        if not self.complete:
            return text
        self.complete = False
        return typeset_html(text, self._typesetter)


class _Completed(Treeprocessor):
    """The last step on a page's tree."""

    def __init__(self, md: Markdown, pages: _Pages) -> None:
        super().__init__(md)
        self._pages = pages

    def run(self, root: Element) -> None:
        self._pages.complete = True


class MathematicsExtension(Extension):
    """Typesets formulas by MathJax while a page is converted.

    Options:
        root: the book's folder; the repository by default.
        macros: TeX macros by name besides those of ``macros.json``, such as
            ``{"loss": "\\mathcal{L}"}``.
    """

    def __init__(self, **options: Any) -> None:
        self.config = {
            "root": ["", "The book's folder, with docs and .build; the repository by default"],
            "macros": [{}, "TeX macros by name, as MathJax takes them"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the three processors."""
        root = self.getConfig("root")
        typesetter = shared(Path(root) if root else None, self.getConfig("macros"))
        pages = _Pages(md, typesetter)
        # After inline text (20) and attribute lists (8), before the table of contents (5).
        md.treeprocessors.register(_Headings(md, typesetter), "mathematics-headings", 7)
        md.treeprocessors.register(_Completed(md, pages), "mathematics-completed", -1000)
        md.postprocessors.register(pages, "mathematics", -1000)

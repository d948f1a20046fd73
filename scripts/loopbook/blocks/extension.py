"""The Python-Markdown extension: blocks and brackets of chapters become HTML."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension, BlocksProcessor  # type: ignore[import-untyped]

from loopbook.blocks.conversion import Conversion
from loopbook.blocks.directives import DIRECTIVES
from loopbook.blocks.fill import Leftovers, RawLeftovers, SpanPattern, as_written, replaced
from loopbook.blocks.frames import join_runs
from loopbook.blocks.page import TOKEN
from loopbook.blocks.reader import Reader
from loopbook.blocks.spine import look_along_the_spine
from loopbook.blocks.tables import plain_empty_headers
from loopbook.blocks.tokens import with_few_spans


class ChapterExtension(BlocksExtension):  # type: ignore[misc]
    """Names the extension's one option, the repository's root, and puts its parts in place."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "root": [
                "",
                "The repository's root; default: the nearest folder upwards that holds mkdocs.yml",
            ]
        }
        self.conversion = Conversion()
        super().__init__(**kwargs)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:
        """Put the parts in place."""
        look_along_the_spine(block_mgr)
        for directive in DIRECTIVES:
            block_mgr.register(directive, {"conversion": self.conversion})
        reader = Reader(md, self.conversion, block_mgr, self.getConfig("root"))
        # Before everything else, so that lines are those of the file.
        md.preprocessors.register(reader, "chapter", 34)
        # Before the highlighting of indented code (30).
        md.treeprocessors.register(_Frames(md, self.conversion), "chapter-frames", 35)
        # Before links (160), behind formulas and code spans (190).
        md.inlinePatterns.register(
            SpanPattern(TOKEN.pattern, md, self.conversion), "chapter-spans", 175
        )
        # Right behind the inline patterns (20), before formulas are typeset and headings read.
        md.treeprocessors.register(Leftovers(md, self.conversion), "chapter-leftovers", 19.9)
        # Behind raw HTML (30).
        md.postprocessors.register(RawLeftovers(md, self.conversion), "chapter-leftovers", 25)
        md.postprocessors.register(_Tokens(md), "chapter-tokens", 24)


class _Frames(Treeprocessor):
    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self.conversion = conversion

    def run(self, root: ET.Element) -> None:
        plain_empty_headers(root)
        page = self.conversion.page
        if page is None:
            return
        page.check_all_taken()
        join_runs(root)
        for code in root.iter("code"):
            code.text = replaced(code.text, page, as_written)


class _Tokens(Postprocessor):
    """Takes the spans out of code that colour nothing."""

    def run(self, text: str) -> str:
        return with_few_spans(text)

"""Where a block's text goes: the elements around it, found without a look at all others."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

from pymdownx.blocks import BlocksProcessor  # type: ignore[import-untyped]


def look_along_the_spine(processor: BlocksProcessor) -> None:
    """Have the parser of blocks ask only for the elements around the block that is being read.

    To count the lists around a block it lists all elements of the page, for each paragraph anew.
    """
    parse = processor.parse_blocks

    def parse_blocks(blocks: list[str], parent: ET.Element) -> None:
        parse(blocks, _Spine(processor, parent))

    processor.parse_blocks = parse_blocks


class _Spine:
    """An element as the parser asks for it."""

    def __init__(self, processor: Any, element: ET.Element) -> None:
        self._processor, self._element = processor, element

    def iter(self) -> Iterator[ET.Element]:
        """The elements that the newest block may stand in; all, where it is not the last thing."""
        stack = self._processor.stack
        if len(stack) < 2:
            return iter(())  # its parents are not asked for
        newest, spine = stack[-1].el, [self._element]
        while spine[-1] is not newest and len(spine[-1]):
            spine.append(spine[-1][-1])
        return iter(spine) if spine[-1] is newest else self._element.iter()

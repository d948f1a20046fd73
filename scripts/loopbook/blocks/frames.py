"""Listing, output and figure of one script that follow each other: one frame around them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import groupby

from loopbook.blocks.elements import SCRIPT


def join_runs(root: ET.Element) -> None:
    """Put blocks of the same script that follow each other into one element."""
    for parent in list(root.iter()):
        children = list(parent)
        if not any(child.get(SCRIPT) for child in children):
            continue
        parent[:] = []
        for script, group in groupby(children, key=lambda child: child.get(SCRIPT)):
            if script is None:
                parent.extend(group)
                continue
            frame = ET.SubElement(parent, "div", {"class": "run"})
            for child in group:
                del child.attrib[SCRIPT]
                # Text behind a block belongs behind the frame; blocks leave none in between.
                frame.tail = (frame.tail or "") + (child.tail or "")
                child.tail = None
                frame.append(child)

"""The feed of new chapters, RSS 2.0, from what the built pages say of themselves."""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from email.utils import format_datetime
from pathlib import Path

from loopbook.site.head import Head

NAME = "feed.xml"
_ATOM = "http://www.w3.org/2005/Atom"


def write_feed(site: Path, heads: Iterable[Head]) -> None:
    """Write the feed, newest chapter first; none where the site does not know its address.

    It holds no time of building: the same chapters are the same bytes.

    Args:
        site: the built site.
        heads: the heads of its pages.
    """
    pages = list(heads)
    home = next((head for head in pages if head.file == site / "index.html"), None)
    if home is None:
        return
    ET.register_namespace("atom", _ATOM)
    rss = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(rss, "channel")
    _text(channel, "title", home.title)
    _text(channel, "link", home.url)
    _text(channel, "description", home.description)
    _text(channel, "language", "en")
    own = {"href": f"{home.url}{NAME}", "rel": "self", "type": "application/rss+xml"}
    ET.SubElement(channel, f"{{{_ATOM}}}link", own)
    dated = [(head.published, head) for head in pages if head.published]
    for day, head in sorted(dated, key=lambda pair: (-pair[0].toordinal(), pair[1].url)):
        item = ET.SubElement(channel, "item")
        _text(item, "title", head.title)
        _text(item, "link", head.url)
        _text(item, "guid", head.url)
        _text(item, "description", head.description)
        for tag in head.tags:
            _text(item, "category", tag)
        midnight = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
        _text(item, "pubDate", format_datetime(midnight))
    ET.indent(rss)
    data = ET.tostring(rss, encoding="utf-8", xml_declaration=True)
    (site / NAME).write_bytes(data + b"\n")


def _text(parent: ET.Element, tag: str, words: str) -> None:
    ET.SubElement(parent, tag).text = words

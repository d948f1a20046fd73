"""The elements that place a chapter: stations below its title, neighbours at its end."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from markdown.util import AtomicString

from loopbook.blocks.book import Source
from loopbook.series.plan import Part, Plan, Station

#: The place of a button that a script makes; of the size of one, so that nothing moves.
SLOT = "progress-slot"


def strip(plan: Plan, source: Source, here: Part, station: Station) -> ET.Element:
    """All chapters as stations, one line for each part, with words for this one's place."""
    nav = ET.Element(
        "nav", {"class": "place", "aria-label": "Place in the series", "data-search-exclude": ""}
    )
    words = _sub(nav, "p", "place-words")
    count = len(here.stations)
    words.text = AtomicString(
        f"Part {here.number} · {here.title} · chapter {here.stations.index(station) + 1} of {count}"
    )
    for part in plan.parts:
        line = _sub(nav, "ol", "place-part", title=f"Part {part.number} · {part.title}")
        line.set("aria-label", f"Part {part.number}")
        if not any(each.path for each in part.stations):
            line.set("aria-hidden", "true")
        for each in part.stations:
            _dot(ET.SubElement(line, "li"), source, each, station)
    _sub(nav, "span", SLOT, **{"data-chapter": source.path.removesuffix(".md")})
    return nav


def neighbours(plan: Plan, source: Source, station: Station) -> ET.Element:
    """Links to the chapters before and behind this one, or their names if they are to come."""
    nav = ET.Element(
        "nav", {"class": "turn", "aria-label": "Next chapter", "data-search-exclude": ""}
    )
    _sub(nav, "span", SLOT, **{"data-chapter": source.path.removesuffix(".md")})
    before, behind = plan.neighbours(station)
    both = ((before, "Previous chapter", "before"), (behind, "Next chapter", "behind"))
    for each, word, css in both:
        if each is None:
            continue
        element = _sub(nav, "a" if each.path else "span", f"turn-{css}")
        if each.path:
            element.set("href", source.link(each.path))
            element.set("rel", "prev" if css == "before" else "next")
        _sub(element, "small", "turn-word").text = AtomicString(
            word if each.path else f"{word} · to come"
        )
        ET.SubElement(element, "span").text = AtomicString(each.words)
    return nav


def _dot(item: ET.Element, source: Source, each: Station, here: Station) -> None:
    """A station: a link if it is written, a mark if it is this one, else for the eye alone."""
    if each == here:
        dot = _sub(item, "span", "dot here", title=each.words)
        dot.set("aria-current", "page")
    elif each.path:
        dot = _sub(item, "a", "dot", title=each.words, href=source.link(each.path))
    else:
        item.set("aria-hidden", "true")
        _sub(item, "span", "dot", title=f"{each.words} (planned)")
        return
    _sub(dot, "span", "unseen").text = AtomicString(each.words)


def _sub(parent: ET.Element, tag: str, css: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, tag, {"class": css, **attributes})

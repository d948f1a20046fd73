"""A figure's SVG made part of a page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import lru_cache

from loopbook.errors import BookError

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_DROPPED = {"metadata", "script", "foreignObject"}
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
_WIDTH = re.compile(r'viewBox="\S+ \S+ ([\d.]+) ')
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


@lru_cache(maxsize=64)
def inline_svg(svg: str, label: str, alt: str) -> str:
    """An SVG that can stand in a page beside others.

    Its identifiers begin with the label, its styles reach no further than itself, and it says in
    words what it shows.

    Raises:
        BookError: it is not SVG.
    """
    try:
        root = ET.fromstring(svg)
    except ET.ParseError as error:
        raise BookError(f"the figure is not SVG: {error}", cure="run its script again") from error
    if root.tag != f"{_SVG}svg":
        raise BookError("the figure is not SVG", cure="run its script again")
    prefix = f"{label}-"
    _clean(root, prefix)
    name = f"{prefix}svg"
    for style in root.iter("style"):
        style.text = _RULE.sub(lambda rule: _scoped(rule, name, prefix), style.text or "")
    for key in ("id", "version"):
        root.attrib.pop(key, None)
    shown = {"xmlns": _SVG[1:-1], "role": "img", "aria-label": alt}
    if root.find(".//style") is not None:
        shown["id"] = name
    root.attrib = shown | root.attrib | _size(root.get("viewBox", ""))
    root.tail = None
    return ET.tostring(root, encoding="unicode")


def _size(box: str) -> dict[str, str]:
    """The size at which a picture's text is as large as the page's captions."""
    match box.split():
        case [_, _, width, height]:
            return {"width": f"{float(width) * 1.55:.0f}", "height": f"{float(height) * 1.55:.0f}"}
    return {}


def is_wide(svg: str) -> bool:
    """Whether a picture's text would be too small where it has to fit a phone."""
    width = _WIDTH.search(svg)
    return width is not None and float(width[1]) > 500  # points; one of 6.4 inches has 461


def _clean(element: ET.Element, prefix: str) -> None:
    """Take off name spaces and what is not drawn; prefix identifiers and references to them."""
    element.tag = element.tag.removeprefix(_SVG)
    for key, value in list(element.attrib.items()):
        del element.attrib[key]
        if key.startswith("on"):
            continue
        key = "href" if key == _XLINK else key
        if key == "id":
            value = prefix + value
        elif key == "href" and value.startswith("#"):
            value = f"#{prefix}{value[1:]}"
        elif key == "href" and not value.startswith("data:image/"):
            continue
        elif key.startswith(_XML):
            key = f"xml:{key.removeprefix(_XML)}"
        else:
            value = _REFERENCE.sub(rf"url(#{prefix}\1)", value)
        element.set(key, value)
    for child in list(element):
        if not isinstance(child.tag, str) or child.tag.removeprefix(_SVG) in _DROPPED:
            element.remove(child)
        else:
            _clean(child, prefix)


def _scoped(rule: re.Match[str], name: str, prefix: str) -> str:
    """A style rule that holds below the picture alone."""
    selectors = ",".join(f"#{name} {part.strip()}" for part in rule[1].split(","))
    declarations = _REFERENCE.sub(rf"url(#{prefix}\1)", rule[2])
    return f"{selectors}{{{declarations}}}"

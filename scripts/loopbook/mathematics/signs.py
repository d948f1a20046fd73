"""Signs of formulas that have rules of their own: characters, brackets that grow, further fonts."""

from __future__ import annotations

import re

_MARKED = re.compile(r'<(mjx-c|mjx-stretchy-[hv]) (?:[^<>]* )?class="([^"]*)"')
_CLASSES = re.compile(r'<mjx-[^<>]* class="([^"]*NCM-[^"]*)"')
_RULED = re.compile(r"(?:mjx-c|mjx-stretchy-[hv])\.[^\s:,>]+")
_FONT = re.compile(r"NCM-\w+")
#: What rules for every formula are of.
ALL = ""


def signs_on(html: str) -> frozenset[str]:
    """The signs that a piece of a page needs the rules of; none where there is no formula."""
    if "<mjx-" not in html:
        return frozenset()
    marked = {".".join((name, *classes.split())) for name, classes in _MARKED.findall(html)}
    return frozenset({ALL, *marked, *fonts_in(" ".join(set(_CLASSES.findall(html))))})


def fonts_in(text: str) -> frozenset[str]:
    """The fonts that a list of classes or a piece of a style sheet names."""
    return frozenset(_FONT.findall(text))


def sign_of(selector: str) -> str:
    """The sign that a rule is of."""
    if match := _RULED.match(selector):
        return match[0]
    return next(iter(_FONT.findall(selector)), ALL)

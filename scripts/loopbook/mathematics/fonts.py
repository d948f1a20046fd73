"""Fonts cut down to the characters that a site's formulas use, kept by content."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from loopbook.kept import seal
from loopbook.mathematics.formula import Rule
from loopbook.mathematics.mathjax import PACKAGES

SOURCE = "@mathjax/mathjax-newcm-font/chtml/woff2"
#: What a cut font depends on besides the font and the characters.
TOOLS = tuple(f"{name} {version(name)}" for name in ("fonttools", "brotli"))

PIECE = re.compile(r"<(/?)(mjx-[\w-]+)([^<>]*)>([^<]*)")
CLASS = re.compile(r' class="([^"]*)"')
FAMILY_CLASS = re.compile(r"^\.([\w-]+)$")
FAMILIES = re.compile(r"font-family: ([^;!]*)")
FACE = re.compile(r'font-family: ([\w-]+);.*url\("fonts/([^"]+)"\)')
BREAK = "mjx-break"


class Characters:
    """Which characters stand on the pages in which class of MathJax's fonts."""

    def __init__(self) -> None:
        self._found: dict[str, set[str]] = defaultdict(set)

    def read(self, html: str) -> None:
        """Add the characters of a page; each has the class of the nearest element with one."""
        fonts: list[str] = []
        for end, name, attributes, text in PIECE.findall(html):
            if name == "mjx-assistive-mml":
                continue
            if end:
                fonts.pop()
            else:
                named = CLASS.search(attributes)
                own = [word for word in (named[1] if named else "").split() if "NCM-" in word]
                font = own[-1] if own else fonts[-1] if fonts else ""
                fonts.append(BREAK if name == BREAK else font)
            if text and fonts:
                self._found[fonts[-1]] |= set(_plain(text))

    def add(self, others: Characters) -> None:
        """Add those of another page."""
        for font, characters in others._found.items():
            self._found[font] |= characters

    def by_file(self, rules: Iterable[Rule]) -> dict[str, str]:
        """The characters that each font's file is asked for, in order; rules name the fonts."""
        families: dict[str, list[str]] = defaultdict(list)
        files: dict[str, str] = {}
        for rule in rules:
            if rule.selector.startswith("@font-face"):
                files |= dict(FACE.findall(rule.body))
            elif found := FAMILIES.search(rule.body):
                named = FAMILY_CLASS.match(rule.selector)
                font = named[1] if named else BREAK if BREAK in rule.selector else ""
                families[font] += [family.strip() for family in found[1].split(",")]
        asked: dict[str, set[str]] = {name: set() for name in files.values()}
        for font, characters in self._found.items():
            for family in families[font]:
                if family in files:
                    asked[files[family]] |= characters
        return {name: "".join(sorted(characters)) for name, characters in sorted(asked.items())}


def _plain(text: str) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\xa0"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


class Fonts:
    """Cut fonts, each made once for the same characters.

    Args:
        folder: where they are kept; made if need be.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def cut(self, asked: Mapping[str, str]) -> dict[str, bytes]:
        """Each file of `asked` with the characters that it is asked for, and no others."""
        return {name: self._cut(name, characters) for name, characters in asked.items()}

    def _cut(self, name: str, characters: str) -> bytes:
        whole = PACKAGES.read(f"{SOURCE}/{name}")
        told = json.dumps([*TOOLS, hashlib.sha256(whole).hexdigest(), characters])
        file = self._folder / f"{Path(name).stem}-{hashlib.sha256(told.encode()).hexdigest()[:16]}"
        return seal.kept(file, lambda: subset(whole, characters))


def subset(whole: bytes, characters: str) -> bytes:
    """A font with these of its characters; a font that has none of them stays whole.

    The metrics of a font count even where it draws nothing: MathJax puts an empty font first, so
    that lines have no height of their own.
    """
    options = Options(
        flavor="woff2",
        bidi_closure=False,  # no mirror images of the characters
        hinting=False,
        desubroutinize=True,
        name_IDs=[0],
        drop_tables=["GlyphOrder", "ltag"],
        notdef_outline=False,
    )
    font = TTFont(io.BytesIO(whole), recalcTimestamp=False)
    if set(map(ord, characters)).isdisjoint(font.getBestCmap()):
        return whole
    font.flavor = "woff2"
    cutter = Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()

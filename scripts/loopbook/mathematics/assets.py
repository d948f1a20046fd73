"""The style sheet and the fonts of the formulas, written into a built site."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from loopbook.errors import BookError
from loopbook.kept.desk import made_from
from loopbook.mathematics.fonts import Characters, Fonts
from loopbook.mathematics.stylesheet import Elements, StyleSheet
from loopbook.mathematics.typesetter import shared
from loopbook.whole import write_where_new

FOLDER = Path("assets") / "mathematics"
STYLESHEET = (FOLDER / "mathjax.css").as_posix()
HOUSE = Path(__file__).with_name("house.css")


def write_assets(
    site_dir: Path,
    root: Path | None = None,
    macros: Mapping[str, Any] | None = None,
    step: Callable[[], None] = lambda: None,
) -> None:
    """Write what the site's formulas need: ``assets/mathematics/mathjax.css`` and its fonts.

    The pages decide: only rules and fonts are written that some element on them uses, and of a
    font only the characters. Files that have not changed are left alone, fonts no longer used are
    deleted. It ends MathJax's process, for all pages are done.

    Args:
        site_dir: the built site.
        root: the book's folder, as the extension was told; the repository by default.
        macros: its TeX macros, as the extension was told.
        step: called before each page that is read; what it raises ends this, nothing written.
    """
    typesetter = shared(root, macros)
    typesetter.close()
    elements, characters = Elements(), Characters()
    for page in site_dir.rglob("*.html"):
        step()
        name = page.relative_to(site_dir).as_posix()
        found = made_from(page.read_bytes(), f"formulas of {name}", _found)
        elements.add(found[0])
        characters.add(found[1])
    if lost := sorted(elements.signs - typesetter.store.signs()):
        raise BookError(
            f"the rules of {len(lost)} signs of formulas are lost, such as {lost[-1]}",
            file=typesetter.store.file,
            cure="build once more: the formulas are typeset again",
        )
    sheet = StyleSheet.for_elements(elements, typesetter.store.rules())
    folder, text = site_dir / FOLDER, str(sheet)
    fonts = {}
    cut = Fonts(typesetter.store.file.parent / "fonts").cut(characters.by_file(sheet.rules))
    for name, data in cut.items():
        # A new name for new characters: a font that a browser has kept would lack them.
        new = f"{Path(name).stem}-{hashlib.sha256(data).hexdigest()[:8]}.woff2"
        text = text.replace(f"fonts/{name}", f"fonts/{new}")
        fonts[new] = data
    write_where_new(folder / "mathjax.css", f"{HOUSE.read_text('utf-8')}\n{text}".encode())
    for name, data in fonts.items():
        write_where_new(folder / "fonts" / name, data)
    for old in (folder / "fonts").glob("*"):
        if old.name not in fonts:
            old.unlink()


def _found(page: bytes) -> tuple[Elements, Characters]:
    """What of formulas stands on a page."""
    elements, characters, text = Elements(), Characters(), page.decode("utf-8")
    elements.read(text)
    characters.read(text)
    return elements, characters

"""The first cells of a notebook: what it is, and the look of its figures."""

from __future__ import annotations

import json
import pprint

from loopbook.blocks.book import Source
from loopbook.notebooks.items import Cell, Text
from loopbook.notebooks.prose import Prose
from loopbook.runner.house import INK, PALETTE, STYLE
from loopbook.runner.versions import versions

_FOREIGN = ("svg.", "savefig.", "axes3d.")


def opening(source: Source, prose: Prose, book: str) -> Text:
    """What the reader needs to know before the first cell is run."""
    known = versions()
    packages = ("torch", "numpy", "matplotlib")
    needs = ", ".join(f"{name} {known[name].partition('+')[0]}" for name in packages)
    address = prose.url(source.path)
    chapter = f"[Chapter {source.number}]({address})" if address else f"Chapter {source.number}"
    return Text(
        f"> {chapter} of *{book}*, as a notebook. It was made with Python {known['python']} "
        f"and {needs}; nothing else is needed.\n"
        ">\n"
        "> Run the cells from top to bottom. Each script of the chapter begins anew, with its own "
        "seed, in a cell that says `# name.py`. You may change and repeat what you like: the next "
        "script sets all that it needs itself.\n"
        ">\n"
        "> A cell that begins with `%%capture` runs a script up to the place where the text goes "
        "on with it, without showing again what it printed and drew.\n"
        ">\n"
        "> An exercise has two cells: the first writes your file, and is yours to edit; the second "
        "checks the file."
    )


def setup() -> Cell:
    """The cell that gives figures the look of the book's, on white."""
    style = {
        name: value
        for name, value in STYLE.items()
        if value not in ("none", INK) and not name.startswith(_FOREIGN)
    }
    settings = pprint.pformat(style, width=80).replace("'", '"')
    lines = settings.removeprefix("{").removesuffix("}").replace("\n ", "\n    ")
    return Cell(
        "# The look of the book's figures. Everything below also runs without this cell.\n"
        "%matplotlib inline\n"
        "import matplotlib.pyplot as plt\n"
        "from cycler import cycler\n\n"
        f"colours = {json.dumps(PALETTE)}\n"
        "plt.rcParams.update({\n"
        f"    {lines},\n"
        '    "axes.prop_cycle": cycler(color=colours),\n'
        "})",
        "setup",
    )

"""A tiny book in a temporary folder, for tests of the engine."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path

import markdown
import pytest
from bs4 import BeautifulSoup

from loopbook.errors import BookError
from loopbook.runner.record import Figure, Record

CHAPTER = "part-1/2-tiny"
EXTENSIONS = (
    "loopbook.blocks",
    "pymdownx.arithmatex",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "admonition",
    "attr_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
)
SVG = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
     width="460pt" height="288pt" viewBox="0 0 460 288" version="1.1">
 <metadata>made by a plotter</metadata>
 <defs><style type="text/css">*{stroke-linejoin: round}</style>
  <clipPath id="p1"><rect x="0" y="0" width="9" height="9"/></clipPath>
  <path id="m1" d="M 0 0 L 0 3"/></defs>
 <g id="axes_1" clip-path="url(#p1)"><use xlink:href="#m1" style="fill: url(#p1)"/></g>
</svg>
"""


@dataclass(frozen=True)
class TinyBook:
    """A book of one chapter, and what a test wants to know of it."""

    root: Path
    extensions: tuple[str, ...] = EXTENSIONS

    def write(self, path: str, text: str) -> None:
        """Write a file below the root; the text may be indented."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), "utf-8")

    def script(self, name: str, text: str, out: str | None = None) -> None:
        """Write a script of the chapter and what it prints."""
        self.write(f"snippets/{CHAPTER}/{name}", text)
        if out is not None:
            self.write(f"snippets/{CHAPTER}/{name.removesuffix('.py')}.out", out)

    def record(self, name: str, stdout: str, figures: dict[str, str] | None = None) -> None:
        """Write the record of a run of one of the chapter's scripts."""
        folder = self.root / ".build/records" / CHAPTER / name.removesuffix(".py")
        (folder / "figures").mkdir(parents=True, exist_ok=True)
        drawn = figures or {}
        record = Record(
            script=f"{CHAPTER}/{name}",
            status="ok",
            seconds=0.1,
            stdout=stdout,
            device="cpu",
            source="",
            key="",
            figures=tuple(Figure(figure, f"figures/{figure}.svg") for figure in drawn),
        )
        (folder / "stdout.txt").write_text(stdout, "utf-8")
        (folder / "record.json").write_text(record.to_json(), "utf-8")
        for figure, svg in drawn.items():
            (folder / "figures" / f"{figure}.svg").write_text(svg, "utf-8")

    def exercise(self, name: str) -> None:
        """Write the files of an exercise."""
        for part in ("start.py", "solution.py", "check.py"):
            self.script(f"exercises/{name}/{part}", f'"""Part of {name}."""\n')

    def page(self, text: str, path: str = f"{CHAPTER}.md", front: str = "") -> BeautifulSoup:
        """Write a page and read its HTML."""
        return BeautifulSoup(self.html(text, path, front), "html.parser")

    def html(self, text: str, path: str = f"{CHAPTER}.md", front: str = "") -> str:
        """Write a page and convert it."""
        body = textwrap.dedent(text)
        self.write(f"docs/{path}", front + body)
        return self.convert(body)

    def convert(self, text: str, extensions: tuple[str, ...] = ()) -> str:
        """Convert a text that may be a page of the book, with these extensions."""
        return markdown.markdown(
            text,
            extensions=list(extensions or self.extensions),
            extension_configs={
                "loopbook.blocks": {"root": str(self.root)},
                "pymdownx.arithmatex": {"generic": True},
                "pymdownx.highlight": {"anchor_linenums": False},
            },
        )

    def error(self, text: str, path: str = f"{CHAPTER}.md", front: str = "") -> BookError:
        """Write a page that cannot be converted, and say why not."""
        with pytest.raises(BookError) as caught:
            self.html(text, path, front)
        return caught.value


@pytest.fixture
def tiny_book(tmp_path: Path) -> TinyBook:
    """A book with one chapter, ``part-1/2-tiny``, whose script ``fall.py`` prints and draws."""
    book = TinyBook(tmp_path)
    printed = "epoch  1: loss 2.4249, w = -0.5\nepoch 10: loss 0.0119, w = 1.9213\ndone in 3e-04\n"
    book.script("fall.py", '"""Falls."""\nimport torch\n\nprint("x")\n', printed)
    book.record("fall.py", printed, {"loss": SVG, "path": SVG})
    return book

# A whole book, to be copied and broken; its tests are a chapter's, not the engine's.
collect_ignore = ["good"]

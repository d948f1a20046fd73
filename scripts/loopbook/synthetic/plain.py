"""Pages of the same length and theme without anything of ours, to compare with."""

from __future__ import annotations

import re
from pathlib import Path

from loopbook.synthetic.book import MODEL, chapters

_SETTINGS = """site_name: Plain
theme:
  name: material
  font: false
plugins: [search]
markdown_extensions: [admonition, attr_list, footnotes, tables, pymdownx.superfences]
"""
_BRACKETS = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]|\]\([^)]*\)")
_BLOCK = re.compile(r"^\s*(?:/{3,}.*|    (?:alt|label|from|to|title|tags|live|data): .*)$", re.M)


def make_plain(here: Path, there: Path) -> None:
    """Write as many pages as the long book has chapters, with the words of the same chapter.

    Args:
        here: the root of our own book.
        there: a folder that does not exist yet.
    """
    text = (here / "docs" / MODEL).read_text("utf-8")
    words = _BLOCK.sub("", _BRACKETS.sub(r"\1]", text)).replace("[", "").replace("]", "")
    (there / "docs").mkdir(parents=True)
    (there / "mkdocs.yml").write_text(_SETTINGS, "utf-8")
    (there / "docs/index.md").write_text("# Plain\n", "utf-8")
    for number, _ in enumerate(chapters(), start=1):
        (there / f"docs/page-{number}.md").write_text(words, "utf-8")

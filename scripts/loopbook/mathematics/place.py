"""Where in the chapters a formula stands."""

from __future__ import annotations

import re
from pathlib import Path

from loopbook.regular import still_there, written
from loopbook.text import read

# A number taken from a run, [[by_hand.py: loss]], is already in the formula that MathJax gets.
INSERTED = re.compile(r"\\\[\\\[.*?\\\]\\\]")


def find(tex: str, docs: Path) -> tuple[Path, int] | None:
    """The first chapter below ``docs`` that holds this TeX, and the line where it begins.

    Spaces and the marks of quotations and lists at the beginning of lines do not count.
    Returns ``None`` where no chapter holds it.
    """
    bare = r"[\s>]+".join(re.escape(word) for word in tex.split())
    found = still_there(docs, written(docs, "*.md"), lambda name: read(docs / name))
    chapters = [(docs / name, text) for name, text in found]
    for pattern in (rf"\$[\s>]*({bare})[\s>]*\$", f"({bare})"):
        for path, text in chapters:
            if match := re.search(pattern, text):
                return path, _line(text, match.start(1))
    for path, text in chapters:
        for formula in re.finditer(r"\$\$?([^$]*\[\[[^$]*)\$", text):
            source = r"\s+".join(re.escape(word) for word in formula[1].split())
            if re.fullmatch(INSERTED.sub(".*?", source), tex, re.DOTALL):
                return path, _line(text, formula.start())
    return None


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1

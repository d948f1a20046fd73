"""Time the site's build and preview on a book of 22 long chapters, beside 22 plain long pages.

Printed: each figure with its limit, and its ratio to the plain pages in the same run.
It takes some minutes after ``make site``, longer before it, when the notebooks of all 22 chapters
are run, too. The limits are those of a quiet machine with two cores.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from loopbook.browser.chromium import chromium
from loopbook.errors import BookError
from loopbook.runner.record import Record
from loopbook.synthetic.book import chapters, make_book
from loopbook.synthetic.plain import make_plain
from loopbook.synthetic.preview import author_page, preview, seconds_until_shown

HERE = Path(__file__).resolve().parents[1]
CHAPTER = chapters()[12]
SNIPPET = "maximum_likelihood.py"


@dataclass(frozen=True)
class Figure:
    """One thing measured.

    Attributes:
        name: what was done.
        seconds: how long it took.
        plain: how long it takes for plain pages.
        limit: seconds that it may take; none where it is only said.
    """

    name: str
    seconds: float
    plain: float
    limit: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the limit is kept."""
        return self.limit is None or self.seconds < self.limit

    def __str__(self) -> str:
        limit = f"limit {self.limit:.1f} s" if self.limit else "no limit"
        sign = "" if self.holds else "  MISSED"
        ratio = self.seconds / self.plain
        return f"{self.name:<44} {self.seconds:7.2f} s  {limit:<12} {ratio:6.2f} x plain{sign}"


def main() -> int:
    """Measure, print, and say by the exit status whether all limits are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build-only", action="store_true", help="no browser, no preview")
    parser.add_argument("--changes", type=int, default=9, help="how many of each kind (9)")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as made:
            book, plain = Path(made) / "book", Path(made) / "plain"
            make_book(HERE, book)
            make_plain(HERE, plain)
            found = _builds(book, plain)
            if not options.build_only:
                found += _previews(book, plain, options.changes)
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    print(*found, sep="\n")
    return 0 if all(figure.holds for figure in found) else 1


def _builds(book: Path, plain: Path) -> list[Figure]:
    cold = _build(book)
    beside = [_build(plain) for _ in range(2)][-1]
    still = min(_build(book) for _ in range(2))
    return [
        Figure("22 plain pages, built", beside, beside),
        Figure("22 chapters, built for the first time", cold, beside),
        Figure("22 chapters, nothing stale", still, beside, limit=8.0),
    ]


def _build(root: Path) -> float:
    """Seconds of the whole command."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    if subprocess.run(command, cwd=root, check=False).returncode:
        raise BookError("the site does not build", file=root / "mkdocs.yml")
    return time.perf_counter() - start


def _previews(book: Path, plain: Path, times: int) -> list[Figure]:
    def edit(file: Path, old: str) -> None:
        text = file.read_text("utf-8")
        file.write_text(re.sub(r"(?m)^# .*$", lambda m: f"{m[0]}\n\n{old}", text, count=1), "utf-8")

    def script(words: str) -> None:
        file = book / "snippets" / CHAPTER.removesuffix(".md") / SNIPPET
        text = re.sub(r'print\("Edited.*\n', "", file.read_text("utf-8"))
        file.write_text(f'{text}print("{words}")\n', "utf-8")

    with chromium("--window-size=1280,800") as browser:
        page = author_page(browser)
        with preview(plain) as address:
            page.goto(f"{address}page-13/")
            file = plain / "docs/page-13.md"
            beside = seconds_until_shown(page, lambda w: edit(file, w), "Changed", times)
        with preview(book) as address:
            page.goto(f"{address}{CHAPTER.removesuffix('.md')}/")
            file = book / "docs" / CHAPTER
            text = seconds_until_shown(page, lambda w: edit(file, w), "Changed", times)
            saved = seconds_until_shown(page, script, "Edited", times)
        page.close()
    folder = book / ".build/records" / CHAPTER.removesuffix(".md") / SNIPPET.removesuffix(".py")
    record = Record.from_folder(folder)
    own = record.seconds if record else 0.0
    usual = statistics.median(beside)
    return [
        Figure("a plain page's text, saved to shown", usual, usual),
        Figure("a chapter's text, saved to shown", statistics.median(text), usual, limit=1.0),
        Figure("  the slowest", max(text), usual),
        Figure(f"a snippet beyond its own {own:.2f} s", statistics.median(saved) - own, usual, 1.5),
        Figure("  the slowest", max(saved) - own, usual),
    ]


if __name__ == "__main__":
    sys.exit(main())

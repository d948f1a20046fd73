"""The book to take along, as one PDF and one zip: python scripts/editions.py"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from loopbook.browser.chromium import chromium
from loopbook.editions.offline import build_offline, pack
from loopbook.editions.pdf import write_pdf
from loopbook.errors import BookError

ROOT = Path(__file__).resolve().parent.parent
NAME = "learn-the-training-loop"


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    parser.add_argument("--only", choices=("pdf", "offline"), help="only one of the two")
    options = parser.parse_args()
    folder = options.site / "editions"
    if options.only != "pdf":
        started = time.monotonic()
        offline = ROOT / ".build" / "offline"
        build_offline(ROOT, offline)
        target = folder / f"{NAME}.zip"
        count = pack(offline, target)
        _say(target, f"{count} files", started)
    if options.only != "offline":
        started = time.monotonic()
        target = folder / f"{NAME}.pdf"
        with chromium() as browser:
            pages = write_pdf(browser, options.site, target)
        _say(target, f"{pages} pages", started)
    return 0


def _say(target: Path, what: str, started: float) -> None:
    size = target.stat().st_size / 1e6
    print(f"{target}: {what}, {size:.1f} MB, {time.monotonic() - started:.1f} s")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BookError as error:
        sys.exit(str(error))

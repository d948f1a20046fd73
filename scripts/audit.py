"""How the built pages load and read, measured in a browser against limits: make audit"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from playwright.sync_api import sync_playwright

from loopbook.audit.lighthouse import CATEGORIES, Reading, measure, middle
from loopbook.audit.limits import broken
from loopbook.audit.places import addresses, build, empty_book
from loopbook.audit.weight import Weight, weigh
from loopbook.browser.chromium import chromium, executable
from loopbook.browser.server import served
from loopbook.errors import BookError

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / ".build" / "audit"
EMPTY = "empty page"


def audit(runs: int) -> list[str]:
    """Measure, write table and results, and return which limits are not kept."""
    pages = addresses(ROOT)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for old in OUTPUT.glob("*.json"):
        old.unlink()
    with sync_playwright() as playwright:
        browser = executable(playwright)
    with tempfile.TemporaryDirectory(prefix="audit-") as folder:
        book, site, void = (Path(folder, name) for name in ("book", "site", "empty"))
        site.mkdir()
        void.mkdir()
        with served(site) as address, served(void) as elsewhere:
            build(ROOT, site, address)
            build(empty_book(ROOT, book), void, elsewhere)
            urls = {EMPTY: elsewhere} | {name: address + path for name, path in pages.items()}
            seen: dict[str, list[Reading]] = {name: [] for name in urls}
            for run in range(1, runs + 1):
                for name, url in urls.items():
                    report = OUTPUT / f"{name.replace(' ', '-')}.{run}.json"
                    seen[name].append(measure(url, browser, report))
                    print(f"run {run} of {runs}: {name}", file=sys.stderr)
            with chromium() as started:
                weights = {name: weigh(started, url) for name, url in urls.items()}
    medians = {name: middle(readings) for name, readings in seen.items()}
    text = table(medians, weights, runs)
    (OUTPUT / "table.txt").write_text(text, "utf-8")
    results = {n: asdict(medians[n]) | {"weight": asdict(weights[n])} for n in medians}
    (OUTPUT / "results.json").write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    print(text)
    measured = {name: medians[name] for name in pages}
    return broken(measured, medians[EMPTY], {name: weights[name] for name in pages})


def table(medians: dict[str, Reading], weights: dict[str, Weight], runs: int) -> str:
    """The measurements, one page a line."""
    heads = [*CATEGORIES, "blocks ms", "shift", "painted ms", "loaded kB", "read kB", "hosts"]
    lines = [["", *heads]]
    for name, page in medians.items():
        weight = weights[name]
        lines.append([
            name,
            *(f"{page.scores[category]:g}" for category in CATEGORIES),
            f"{page.blocking:.0f}",
            f"{page.shift:.3f}",
            f"{page.painted:.0f}",
            f"{weight.loaded / 1000:.1f}",
            f"{weight.read / 1000:.1f}",
            str(len({*page.hosts, *weight.hosts})),
        ])  # fmt: skip
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    rows = [
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])])
        for line in lines
    ]
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    note = f"Medians of {runs} runs, Lighthouse's mobile preset; {os.cpu_count()} cores{load}."
    return "\n".join([*rows, "", note, ""])


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="of each page, default 3")
    for line in (found := audit(parser.parse_args().runs)):
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BookError as error:
        sys.exit(str(error))

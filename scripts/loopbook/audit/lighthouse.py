"""Lighthouse, run on one page at a time as a phone on a slow line would load it."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from loopbook.browser.chromium import QUIET
from loopbook.errors import BookError
from loopbook.node.packages import Packages, node

PACKAGES = Packages(
    Path(__file__).parent / "lighthouse", "Lighthouse, which measures how pages load"
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SECONDS = 300


@dataclass(frozen=True)
class Reading:
    """What Lighthouse read off one page, once or as medians of several times.

    Attributes:
        scores: of 100, by category.
        blocking: total blocking time in milliseconds.
        shift: cumulative layout shift.
        painted: largest contentful paint in milliseconds.
        bytes: sent over the wire.
        hosts: other hosts that were asked.
        failed: audits of the categories that are not passed.
    """

    scores: dict[str, float]
    blocking: float
    shift: float
    painted: float
    bytes: float
    hosts: tuple[str, ...]
    failed: tuple[str, ...]


def measure(address: str, chromium: str, report: Path) -> Reading:
    """Run Lighthouse's mobile preset on an address.

    Args:
        address: of the page.
        chromium: the browser's path.
        report: where Lighthouse's own results are written.

    Raises:
        BookError: Lighthouse did not run, or could not load the page.
    """
    command = [
        str(node()),
        str(PACKAGES.node_modules() / "lighthouse" / "cli" / "index.js"),
        address,
        "--quiet",
        "--no-enable-error-reporting",  # it shall tell nobody
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={' '.join(['--headless=new', *QUIET])}",
    ]
    try:
        done = subprocess.run(
            command,
            env=os.environ | {"CHROME_PATH": chromium},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise BookError(f"Lighthouse gave no answer for {address} in {SECONDS} s") from error
    if done.returncode != 0 or not report.is_file():
        raise BookError(f"Lighthouse did not run on {address}:\n{done.stderr.strip()}")
    return reading(json.loads(report.read_text("utf-8")))


def reading(report: dict[str, Any]) -> Reading:
    """What matters in Lighthouse's results.

    Raises:
        BookError: Lighthouse could not load the page.
    """
    if problem := report.get("runtimeError"):
        raise BookError(f"Lighthouse could not measure the page: {problem['message']}")
    audits = report["audits"]
    here = urlsplit(report["finalDisplayedUrl"]).netloc
    asked = {urlsplit(item["url"]) for item in audits["network-requests"]["details"]["items"]}
    counted = {
        entry["id"]
        for category in report["categories"].values()
        for entry in category["auditRefs"]
        if entry["weight"] > 0
    }
    return Reading(
        scores={name: _score(report["categories"][name]["score"]) for name in CATEGORIES},
        blocking=audits["total-blocking-time"]["numericValue"],
        shift=audits["cumulative-layout-shift"]["numericValue"],
        painted=audits["largest-contentful-paint"]["numericValue"],
        bytes=audits["total-byte-weight"]["numericValue"],
        hosts=tuple(
            sorted({url.netloc for url in asked if url.scheme in ("http", "https")} - {here})
        ),
        failed=tuple(
            f"{name}: {audits[name]['title']}"
            for name in sorted(counted)
            if audits[name]["score"] is not None and audits[name]["score"] < PASSED
        ),
    )


#: Lighthouse counts an audit as passed from this score on.
PASSED = 0.9


def _score(value: float | None) -> float:
    return 0.0 if value is None else round(100 * value)


def middle(readings: list[Reading]) -> Reading:
    """The medians of several readings of one page; a host or a failure counts if seen once."""
    return Reading(
        scores={name: median(r.scores[name] for r in readings) for name in CATEGORIES},
        blocking=median(r.blocking for r in readings),
        shift=median(r.shift for r in readings),
        painted=median(r.painted for r in readings),
        bytes=median(r.bytes for r in readings),
        hosts=tuple(sorted({host for r in readings for host in r.hosts})),
        failed=tuple(sorted({name for r in readings for name in r.failed})),
    )

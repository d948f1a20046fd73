"""The verdict on measurements: each limit is asked for, and what breaks it is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from loopbook.audit.lighthouse import CATEGORIES, Reading, middle, reading
from loopbook.audit.limits import broken
from loopbook.audit.places import PAGES, addresses
from loopbook.audit.weight import Weight
from loopbook.errors import BookError

GOOD = Reading(
    scores={"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100},
    blocking=70,
    shift=0.0099,
    painted=1800,
    bytes=240_000,
    hosts=(),
    failed=(),
)
EMPTY = replace(GOOD, blocking=20)
LIGHT = Weight(loaded=249_999, read=299_999, parts={"/a/": 90_000, "/b.css": 60_000}, hosts=())


def test_what_keeps_all_limits_is_not_blamed() -> None:
    assert broken({"chapter": GOOD}, EMPTY, {"chapter": LIGHT}) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"scores": GOOD.scores | {"performance": 97}}, "performance is 97, at least 98"),
        ({"scores": GOOD.scores | {"accessibility": 99}}, "accessibility is 99, at least 100"),
        ({"scores": GOOD.scores | {"best-practices": 96}}, "best-practices is 96"),
        ({"scores": GOOD.scores | {"seo": 92}, "failed": ("canonical: Bad",)}, "canonical: Bad"),
        ({"blocking": 70.5}, "blocks for 70 ms, 50 more than the empty page's 20"),
        ({"shift": 0.01}, "shifts by 0.010"),
        ({"hosts": ("fonts.example",)}, "asks other hosts: fonts.example"),
    ],
)
def test_each_limit_of_lighthouse_is_asked_for(change: dict[str, Any], said: str) -> None:
    (found,) = broken({"lab": replace(GOOD, **change)}, EMPTY, {})
    assert found.startswith("lab: ") and said in found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"read": 300_000}, "weighs 300 kB when read to its end, less than 300 is asked"),
        (
            {"loaded": 250_000},
            "weighs 250 kB when loaded, less than 250 is asked (heaviest: /a/ 90",
        ),
        ({"hosts": ("cdn.example",)}, "asks other hosts: cdn.example"),
    ],
)
def test_each_limit_of_weight_is_asked_for(change: dict[str, Any], said: str) -> None:
    (found,) = broken({}, EMPTY, {"chapter": replace(LIGHT, **change)})
    assert said in found


def report(**changes: Any) -> dict[str, Any]:
    """What Lighthouse writes, as far as it is read."""
    urls = ["http://127.0.0.1:1/a/", "data:image/svg+xml,x", "https://fonts.example/f.woff2"]
    return {
        "finalDisplayedUrl": "http://127.0.0.1:1/a/",
        "categories": {
            name: {"score": 0.985, "auditRefs": [{"id": "meta-description", "weight": 1}]}
            for name in CATEGORIES
        },
        "audits": {
            "network-requests": {"details": {"items": [{"url": url} for url in urls]}},
            "total-blocking-time": {"numericValue": 12.5},
            "cumulative-layout-shift": {"numericValue": 0.002},
            "largest-contentful-paint": {"numericValue": 1500.0},
            "total-byte-weight": {"numericValue": 1000},
            "meta-description": {"score": 0, "title": "There is no description"},
        },
    } | changes


def test_a_report_is_read() -> None:
    read = reading(report())
    assert (read.blocking, read.shift, read.bytes) == (12.5, 0.002, 1000)
    assert read.scores["seo"] == 98 and read.hosts == ("fonts.example",)
    assert read.failed == ("meta-description: There is no description",)


def test_a_page_that_did_not_load_is_an_error() -> None:
    with pytest.raises(BookError, match="NO_FCP"):
        reading(report(runtimeError={"code": "NO_FCP", "message": "NO_FCP"}))


def test_medians_forget_the_odd_run_but_no_host() -> None:
    runs = [replace(GOOD, blocking=b, hosts=h) for b, h in ((10, ()), (900, ("x",)), (30, ()))]
    assert middle(runs).blocking == 30 and middle(runs).hosts == ("x",)


def test_measured_pages_are_those_of_the_menu(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    found = addresses(root)
    assert list(found) == list(PAGES) and found["home"] == ""
    assert found["chapter 1.2"] == "part-1/2-linear-regression/"
    assert found["lab 1"].startswith("part-1/lab-1-")
    (tmp_path / "mkdocs.yml").write_text("nav:\n  - Home: index.md\n\nplugins: []\n")
    with pytest.raises(BookError, match=r"no page for 'chapter 1\.2'"):
        addresses(tmp_path)

"""The same sources give the same bytes, wherever, whenever and in whatever order of hashes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def differing(one: Path, other: Path) -> list[str]:
    """Files that are not in both folders with the same bytes."""
    contents = [
        {p.relative_to(f).as_posix(): p.read_bytes() for p in f.rglob("*") if p.is_file()}
        for f in (one, other)
    ]
    names = sorted(contents[0].keys() | contents[1].keys())
    return [name for name in names if contents[0].get(name) != contents[1].get(name)]


def test_two_builds_give_the_same_bytes(
    site: Path, tmp_path: Path, build_book: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    # Made anew: nothing that the first build has kept may stand in for the second.
    other = {"PYTHONHASHSEED": "2024", "TZ": "Pacific/Kiritimati", "BOOK_FRESH": "1"}
    done = build_book(ROOT, tmp_path / "again", **other)
    assert done.returncode == 0, done.stderr
    assert not differing(site, tmp_path / "again")


def test_a_difference_is_seen(tmp_path: Path) -> None:
    for name, text in (("a", "1"), ("b", "2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.html").write_text("same")
        (tmp_path / name / "page.html").write_text(text)
    (tmp_path / "b" / "more.html").write_text("")
    assert differing(tmp_path / "a", tmp_path / "b") == ["more.html", "page.html"]


def test_no_page_names_this_machine(site: Path) -> None:
    words = {str(ROOT).encode(), str(Path.home()).encode() + b"/"}
    found = [
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and any(word in path.read_bytes() for word in words)
    ]
    assert not found


def test_site_map_names_every_page_and_no_date(site: Path) -> None:
    text = (site / "sitemap.xml").read_text("utf-8")
    count = sum(1 for path in site.rglob("index.html"))
    assert text.count("<loc>http://127.0.0.1:8000/") == count
    assert "lastmod" not in text

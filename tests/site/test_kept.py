"""A site made with what was kept is, byte for byte, the site made anew."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from loopbook.kept.desk import Desk
from loopbook.reproduce.differences import differences
from loopbook.synthetic.small import EDITS


def built(root: Path, site: Path, monkeypatch: pytest.MonkeyPatch, fresh: bool = False) -> Path:
    """Build over what stands there, with what was kept; or into an empty folder, without."""
    if fresh:
        shutil.rmtree(site, ignore_errors=True)
    with monkeypatch.context() as patch:
        if fresh:
            patch.setenv("BOOK_FRESH", "1")
        build(load_config(str(root / "mkdocs.yml"), site_dir=str(site)))
    return site


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of what was made and not taken from the shelf."""
    names: list[str] = []
    kept = Desk.kept

    def watched(self: Desk, name: str, given: object, make: Callable[[], Any], **more: Any) -> Any:
        def noted() -> Any:
            names.append(name)
            return make()

        return kept(self, name, given, noted, **more)

    monkeypatch.setattr(Desk, "kept", watched)
    return names


@pytest.mark.parametrize("part", range(3))
def test_after_each_edit_the_kept_site_is_the_fresh_one(
    part: int,
    small_book: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    built(small_book, tmp_path / "kept", monkeypatch)
    names = list(EDITS)
    random.Random(5).shuffle(names)
    for number, name in enumerate(names[part::3], start=101):
        EDITS[name](small_book, number)
        kept = built(small_book, tmp_path / "kept", monkeypatch)
        fresh = built(small_book, tmp_path / "fresh", monkeypatch, fresh=True)
        assert not differences(kept, fresh), name


def test_an_unchanged_book_is_taken_from_the_shelf_whole(
    small_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: list[str]
) -> None:
    first = built(small_book, tmp_path / "first", monkeypatch)
    assert "page part-1/1-one.md" in made
    made.clear()
    second = built(small_book, tmp_path / "second", monkeypatch)
    assert not made
    assert not differences(first, second)


@pytest.mark.parametrize(
    ("edit", "pages"),
    [
        ("text", {"part-1/1-one.md"}),
        ("record", {"part-1/2-two.md"}),
        ("term", {"glossary.md"}),
        ("meaning", {"glossary.md", "part-1/1-one.md", "part-1/2-two.md"}),
    ],
)
def test_an_edit_makes_the_pages_that_ask_for_it_and_no_others(
    small_book: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    made: list[str],
    edit: str,
    pages: set[str],
) -> None:
    built(small_book, tmp_path / "site", monkeypatch)
    made.clear()
    EDITS[edit](small_book, 7)
    built(small_book, tmp_path / "site", monkeypatch)
    found = {name.removeprefix("page ") for name in made if name.startswith("page ")}
    assert found - {"exercises.md", "tags.md"} == pages


def no_new_page(root: Path, number: int) -> None:
    """The page that an edit has added goes again."""
    for page in (root / "docs").glob("more-*.md"):
        page.unlink()
        menu = root / "mkdocs.yml"
        menu.write_text(re.sub(r"  - More \d+:.*\n", "", menu.read_text("utf-8")), "utf-8")


def test_a_preview_is_what_a_fresh_preview_would_be(
    small_book: Path,
    previewed: Callable[[Path, Path], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    previewed(small_book, tmp_path / "kept")
    edits = [EDITS[name] for name in ("text", "new page", "style", "second snippet", "template")]
    for number, edit in enumerate([*edits, no_new_page], start=1):
        edit(small_book, number)
        previewed(small_book, tmp_path / "kept")
    monkeypatch.setenv("BOOK_FRESH", "1")
    copy = shutil.copytree(small_book, tmp_path / "copy")
    monkeypatch.chdir(copy)
    assert not differences(tmp_path / "kept", previewed(copy, tmp_path / "fresh"))

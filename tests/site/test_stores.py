"""A byte that changed in a store is seen: the site is the one that an untouched store gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from loopbook.notebooks import kernel
from loopbook.reproduce.differences import differences
from loopbook.runner import book as runner
from loopbook.synthetic.small import ONE, write_book

#: Where each kind of made thing lies below ``.build``.
STORES = {
    "formulas": "mathematics/*.sqlite3",
    "fonts": "mathematics/fonts/*",
    "drawings": "vector/*/*",
    "notebooks": f"notebooks/{ONE}/*",
    "styles": "styles/*",
    "scripts": "web/**/*",
    "cards": "cards/*",
}


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def after(words: bytes) -> Callable[[bytes], bytes]:
    """Flips the last bit of what stands behind these words, wherever they stand."""

    def flip(data: bytes) -> bytes:
        assert words in data
        for piece in range(data.count(words)):
            at = -1
            for _ in range(piece + 1):
                at = data.index(words, at + 1)
            data = flipped(data, at + len(words))
        return data

    return flip


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "a flipped bit": lambda data: flipped(data, len(data) // 2),
    "cut": lambda data: data[: len(data) // 2],
}
#: What else may happen to the formulas, which share one file.
IN_FORMULAS: dict[str, Callable[[bytes], bytes]] = {
    "in a formula": after(b'<mjx-c class="mjx-c'),
    "in its width": after(b"</math>"),
    "in a rule": after(b"padding: 0"),
    "in the rules of all": after(b"display: inline"),
    "in its tables": after(b"CREATE TABLE "),
    "in its head": lambda data: flipped(data, 18),
    "emptied": lambda data: b"",
    "another file": lambda data: b"no database" * 1000,
}
#: Store, damage, and whether the pages are kept: then formulas matter by their style sheet alone.
CASES = [(store, what, False) for store in STORES for what in DAMAGE]
CASES += [("formulas", what, kept) for what in IN_FORMULAS for kept in (False, True)]


def built(root: Path, site: Path) -> Path:
    build(load_config(str(root / "mkdocs.yml"), site_dir=str(site)))
    return site


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """A book that was built with all its stores, and its site. No cell is run a second time."""
    place = tmp_path_factory.mktemp("stores")
    book, known = place / "book", {}
    execute = kernel.execute

    def executed(cells):
        key = tuple(cell.source for cell in cells)
        if key not in known:
            with pytest.MonkeyPatch.context() as back:
                back.setattr(kernel, "execute", execute)
                with ProcessPoolExecutor(1, get_context("spawn")) as other:
                    known[key] = other.submit(execute, cells).result()
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner, "run_book", lambda *_, **__: runner.Summary(0, 0, 0, (), 0.0))
        patch.setattr(kernel, "execute", executed)
        patch.delenv("BOOK_FRESH", raising=False)
        write_book(book)
        with (book / f"docs/{ONE}.md").open("a") as chapter:
            chapter.write("\n/// takeaway\n///\n")
        patch.chdir(book)
        at_home(patch, book)
        yield book, built(book, place / "site")


def at_home(patch: pytest.MonkeyPatch, book: Path) -> None:
    """Let the site's style sheet and scripts be kept in the book's own folder, too."""
    for module in ("styles.sheet", "web.bundles"):
        patch.setattr(f"loopbook.{module}.ROOT", book)


@pytest.mark.parametrize(("store", "what", "kept"), CASES)
def test_a_damaged_store_gives_the_site_of_an_untouched_one(
    untouched: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    store: str,
    what: str,
    kept: bool,
) -> None:
    book = shutil.copytree(untouched[0], tmp_path / "book")
    at_home(monkeypatch, book)
    monkeypatch.chdir(book)
    files = [path for path in (book / ".build").glob(STORES[store]) if path.is_file()]
    assert files
    for file in files:
        file.write_bytes((DAMAGE | IN_FORMULAS)[what](file.read_bytes()))
    if not kept:
        shutil.rmtree(book / ".build/kept")
    assert not differences(built(book, tmp_path / "site"), untouched[1])

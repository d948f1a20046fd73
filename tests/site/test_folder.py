"""What is left in the site's folder, and what a build writes there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from mkdocs import utils
from mkdocs.commands.build import build
from mkdocs.config import load_config

from loopbook.site.folder import Folder


def go_on() -> None:
    """A build that is not given up."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The folder of a site with four files."""
    for name in ("index.html", "one/index.html", "assets/book.css", ".git/config"):
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True)
        path.write_text(name)
        os.utime(path, (1, 1))
    return tmp_path / "site"


def files(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if not path.is_dir()}


def begin(site: Path, *names: str, dirty: bool = False) -> None:
    """Begin a build of these files."""
    folder = Folder()
    with folder.left_as_it_is(go_on):
        if not dirty:
            utils.clean_directory(str(site))
        folder.begin(str(site), [str(site / name) for name in names])


def test_what_belongs_to_no_file_goes_and_what_is_hidden_stays(site: Path) -> None:
    (site / "one/.hidden").touch()
    (site / "empty/below").mkdir(parents=True)
    begin(site, "index.html", "two/index.html")
    assert files(site) == {"index.html", ".git/config"}
    assert {path.name for path in site.iterdir()} == {"index.html", ".git"}


def test_what_is_of_another_kind_goes(site: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/kept.txt").write_text("kept")
    (site / "link").symlink_to(tmp_path / "mine")
    (site / "link.txt").symlink_to(tmp_path / "mine/kept.txt")
    begin(site, "one", "index.html/index.html", "link/kept.txt", "link.txt")
    assert files(site) == {".git/config"} and not (site / "one").exists()
    assert (tmp_path / "mine/kept.txt").read_text() == "kept"


def test_a_file_that_has_another_name_too_or_cannot_be_written_goes(site: Path) -> None:
    os.link(site / "index.html", site.parent / "snapshot.html")
    (site / "assets/book.css").chmod(0o444)
    begin(site, "index.html", "one/index.html", "assets/book.css")
    assert files(site) == {"one/index.html", ".git/config"}
    assert (site.parent / "snapshot.html").read_text() == "index.html"


def test_nothing_goes_where_mkdocs_would_have_emptied_nothing(site: Path) -> None:
    before = files(site)
    begin(site, "index.html", dirty=True)
    assert files(site) == before


def test_of_a_page_that_has_become_empty_nothing_is_left(site: Path) -> None:
    folder, pages = Folder(), [str(site / name) for name in ("index.html", "one/index.html")]
    for written in (pages, pages[1:]):
        with folder.left_as_it_is(go_on):
            utils.clean_directory(str(site))
            folder.begin(str(site), pages)
            for path in written:
                utils.write_file(b"words", path)
            folder.end(pages)
    assert files(site) == {"one/index.html", ".git/config"}


def test_what_is_copied_is_the_file_that_is_named_last(site: Path, tmp_path: Path) -> None:
    folder, target = Folder(), site / "assets/book.css"
    for text in ("theirs", "ours"):
        (tmp_path / text).write_text(text)
    for text in ("theirs", "ours", "theirs", "made", "theirs"):
        with folder.left_as_it_is(go_on):
            if text == "made":
                utils.write_file(b"made", str(target))
            else:
                utils.copy_file(str(tmp_path / text), str(target))
        assert target.read_text() == text


def test_a_folder_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    begin(tmp_path / "site", "index.html")
    assert not (tmp_path / "site").exists()


def test_only_what_is_new_is_written(site: Path, tmp_path: Path) -> None:
    folder, source = Folder(), tmp_path / "book.css"
    source.write_text("assets/book.css")
    with folder.left_as_it_is(go_on):
        utils.clean_directory(str(site))
        utils.write_file(b"index.html", str(site / "index.html"))
        utils.write_file(b"one/index.htm.", str(site / "one/index.html"))
        utils.copy_file(str(source), str(site / "assets/book.css"))
    assert folder.written == {str(site / "one/index.html")}
    assert (site / "one/index.html").read_text() == "one/index.htm."
    assert (site / "index.html").stat().st_mtime == (site / "assets/book.css").stat().st_mtime == 1
    source.write_text("assets/book.cs.")
    with folder.left_as_it_is(go_on):
        utils.copy_file(str(source), str(site / "assets/book.css"))
        utils.write_file(b"new", str(site / "two/index.html"))
    assert folder.written == {str(site / "assets/book.css"), str(site / "two/index.html")}
    assert (site / "assets/book.css").read_text() == "assets/book.cs."
    utils.clean_directory(str(site))
    assert files(site) == {".git/config"}


def test_a_second_build_leaves_what_is_as_it_should_be(tiny_book: Path, tmp_path: Path) -> None:
    site = tmp_path / "built"

    def built() -> dict[str, bytes]:
        build(load_config(str(tiny_book / "mkdocs.yml"), site_dir=str(site)))
        return {name: (site / name).read_bytes() for name in files(site)}

    first = built()
    script = site / "snippets/part-1/1-tiny/sum.py"
    written = script.stat().st_mtime_ns
    (site / "left.html").write_text("of another book")
    (site / "assets/book.css").write_text("spoilt")
    (site / "index.html").unlink()
    os.truncate(site / "part-1/1-tiny/index.html", 100)
    assert built() == first
    assert script.stat().st_mtime_ns == written
    (tiny_book / "docs/part-1/1-tiny.md").write_text("# Tiny\n\nAnother line.\n")
    (tiny_book / "snippets/part-1/1-tiny/sum.py").unlink()
    (tiny_book / "snippets/part-1/1-tiny/sum.out").unlink()
    then = built()
    assert first.keys() - then.keys() == {"snippets/part-1/1-tiny/sum.py"}
    assert b"Another line" in then["part-1/1-tiny/index.html"] and not (site / "snippets").exists()

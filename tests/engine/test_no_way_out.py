"""No path in a chapter leads out of the folder that it means, however it is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from loopbook.errors import BookError
from loopbook.exercises.exercise import find_exercise
from loopbook.links import check_links
from loopbook.runner.book import run_book

TinyBook = Any  # the fixture's class
SECRET = "zq7secret"
NUMBER = "7042.915"  # not part of a folder's name by chance

#: Every place in a chapter where a script is named.
NAMING = (
    "/// code | {}\n///\n",
    "/// code | {}: loop\n///\n",
    "/// output | {}\n///\n",
    "/// figure | {}: loss\n    alt: A.\nB.\n///\n",
    "/// figure | fall.py: loss\n    alt: A.\n    live: line\n    data: {}: words\nB.\n///\n",
    "/// aligned | part-1/2-tiny\n    scripts: one = {}: w\n///\n",
    "Loss [[{}: epoch 1 w]].\n",
    "/// predict | Is it [[{}: epoch 1 w]]?\nYes.\n///\n",
    "/// figure | fall.py: loss\n    alt: At [[{}: epoch 1 w]].\nB.\n///\n",
    "Loss $[[{}: epoch 1 w]]$.\n",
)
PATHS = (
    "../2-other/secret.py",
    "../../part-1/2-other/secret.py",
    "{root}/snippets/part-1/2-other/secret.py",
    "./../2-other/secret.py",
    "exercises/../../2-other/secret.py",
    "fall.py/../../2-other/secret.py",
    "..\\2-other\\secret.py",
    "\\\\host\\secret.py",
    "C:\\secret.py",
    "%2e%2e/2-other/secret.py",
    "..%2f2-other%2fsecret.py",
    "~/secret.py",
    "file:///secret.py",
    "//host/secret.py",
    "link.py",
    "linked/secret.py",
)
FOLDERS = (
    "../docs", "..", ".", "/etc", "{root}/docs", "part-1/../../docs", "..\\docs", "part-1\\2-other",
    "%2e%2e/docs", "~", "linked", "part-1/2-tiny/../2-other", "file:///etc", "C:", "", "part-1//",
)  # fmt: skip


@pytest.fixture
def book(tiny_book: TinyBook) -> TinyBook:
    """The tiny book with a secret in the folder beside, and links that lead to it."""
    secret = f'"""{SECRET}."""\n# --8<-- [start:loop]\nw = "{SECRET}"\n# --8<-- [end:loop]\n'
    for place in ("snippets/part-1/2-other", "outside"):
        tiny_book.write(f"{place}/secret.py", secret)
        tiny_book.write(f"{place}/secret.out", f"epoch 1: w = {NUMBER} {SECRET}\nwords: [1]\n")
    snippets = tiny_book.root / "snippets"
    (snippets / "part-1/2-tiny/link.py").symlink_to(snippets / "part-1/2-other/secret.py")
    (snippets / "part-1/2-tiny/linked").symlink_to(tiny_book.root / "outside")
    (snippets / "linked").symlink_to(tiny_book.root / "outside")
    return tiny_book


@pytest.mark.parametrize("naming", NAMING)
def test_a_script_outside_of_its_folder_is_never_shown(book: TinyBook, naming: str) -> None:
    for path in PATHS:
        error = book.error("# A\n\n" + naming.format(path.format(root=book.root)))
        assert error.file == "docs/part-1/2-tiny.md", path
        assert error.line is not None and error.line >= 3, path
        assert SECRET not in str(error) and NUMBER not in str(error), path


def test_a_folder_outside_of_the_snippets_is_never_opened(book: TinyBook) -> None:
    for folder in (folder.format(root=book.root) for folder in FOLDERS):
        aligned = f"/// aligned | {folder}\n    scripts: one = secret.py: w\n///\n"
        assert SECRET not in str(book.error(aligned)), folder
        if folder:
            front = f"---\nsnippets: '{folder}'\n---\n\n"
            error = book.error("/// code | secret.py\n///\n", front=front)
            assert error.line is not None and SECRET not in str(error), folder


@pytest.mark.parametrize("name", ["../other", "/etc", "a/b", "..", "%2e%2e", "a\\b", "~", "C:x"])
def test_labels_and_figures_are_names_and_no_paths(book: TinyBook, name: str) -> None:
    for block in (
        f"//// exercise | {name}\n    title: T\nTask.\n////\n",
        f"/// equation | {name}\n$$\nx\n$$\n///\n",
        f"/// figure | fall.py: loss\n    alt: A.\n    label: {name}\nB.\n///\n",
        f"/// figure | fall.py: {name}\n    alt: A.\nB.\n///\n",
        f"/// figure | fall.py: loss\n    alt: A.\n    live: {name}\nB.\n///\n",
    ):
        assert book.error(block).line is not None
    with pytest.raises(BookError):
        find_exercise(book.root, name)


@pytest.mark.parametrize("place", ["docs/a.md", "snippets/part-1/a.py", "tests/a", "docs/a.png"])
@pytest.mark.parametrize("goal", ["/etc/passwd", "/etc", "../../..", "nothing"])
def test_a_link_out_of_the_book_stops_the_run(tiny_book: TinyBook, place: str, goal: str) -> None:
    link = tiny_book.root / place
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(goal)
    with pytest.raises(BookError) as caught:
        run_book(tiny_book.root)
    assert caught.value.file == place and caught.value.line == 1


def test_a_link_to_another_file_of_the_book_is_none_of_our_business(tiny_book: TinyBook) -> None:
    (tiny_book.root / "docs").mkdir()
    (tiny_book.root / "docs/fall.py").symlink_to(Path("../snippets/part-1/2-tiny/fall.py"))
    check_links(tiny_book.root)


@pytest.mark.parametrize("folder", ["docs", "snippets/part-1/2-tiny"])
def test_an_editors_lock_is_none_either(tiny_book: TinyBook, folder: str) -> None:
    place = tiny_book.root / folder
    place.mkdir(exist_ok=True)
    (place / ".#fall.py").symlink_to("author@host.12345:1700000000")
    check_links(tiny_book.root)
    (place / ".#hosts.py").symlink_to("/etc/hosts")
    with pytest.raises(BookError, match="leads out of the book"):
        check_links(tiny_book.root)

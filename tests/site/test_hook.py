"""Building a tiny book: what fails, fails cleanly; what is published is what should be."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from mkdocs.exceptions import Abort

Build = Callable[..., subprocess.CompletedProcess[str]]
CHAPTER = "docs/part-1/1-tiny.md"


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_a_book_is_built_and_summed_up(
    tiny_original: tuple[Path, str], tiny_book: Path, tmp_path: Path, build_book: Build
) -> None:
    said = tiny_original[1]
    assert re.search(r"Snippets: 1 run, 0 reused, 0 figures · pages: 2 · warnings: 0", said)
    assert "Material for MkDocs" not in said, "the theme's banner"
    again = build_book(tiny_book, tmp_path / "site")
    assert "Snippets: 0 run, 1 reused" in again.stderr


def test_the_build_needs_no_gpu_and_says_what_was_recorded_on_one(
    tiny_book: Path, tmp_path: Path, build_book: Build
) -> None:
    folder = tiny_book / "snippets/part-1/1-tiny"
    text = 'import torch\n\nprint("cuda" if torch.cuda.is_available() else "cpu")\n'
    (folder / "where.py").write_text(f'"""Say where."""\n\n{text}')
    (folder / "where.out").write_text("cpu\n")
    append(tiny_book / CHAPTER, "\n/// devices | where.py\n///\n")
    done = build_book(tiny_book, tmp_path / "site", CUDA_VISIBLE_DEVICES="")
    assert done.returncode == 0
    assert done.stderr.count("GPU runs: 0 of 1 recorded, 0 stale · no GPU here") == 1
    page = (tmp_path / "site/part-1/1-tiny/index.html").read_text("utf-8")
    assert "No GPU run has been recorded." in page


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("\n[x](nowhere.md)\n", "nowhere.md"),
        ("\n[x](../index.md#gone)\n", "gone"),
        ("\n[x](/elsewhere/)\n", "elsewhere"),
        ("\n/// code | none.py\n///\n", "1-tiny.md:5"),
        ("\nSum [[sum.py: product]].\n", "1-tiny.md:5"),
    ],
)
def test_a_broken_chapter_ends_the_build_with_a_message(
    tiny_book: Path, tmp_path: Path, build_book: Build, broken: str, said: str
) -> None:
    append(tiny_book / CHAPTER, broken)
    done = build_book(tiny_book, tmp_path / "site")
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


GOING = """
from pathlib import Path

def on_nav(nav, config, files):
    for name in {names}:
        Path(config.docs_dir, name).unlink()
"""
Preview = Callable[[Path, Path], Path]


def let_go(book: Path, *names: str) -> None:
    """Files of docs are made, and vanish while the book is built, before its pages are read."""
    for name in names:
        (book / "docs" / name).touch()
    (book / "going.py").write_text(GOING.format(names=names))
    settings = book / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("\nhooks:", "\nhooks:\n  - going.py"))


@pytest.mark.parametrize("name", ["assets/plain.css", "index.md"])
def test_a_file_that_goes_while_the_site_is_built_is_named_unless_it_is_an_editors(
    small_book: Path, tmp_path: Path, previewed: Preview, name: str
) -> None:
    (small_book / "docs/#index.md#").touch()
    let_go(small_book, "assets/4913", "index.md~", name)
    with pytest.raises(Abort, match="went away while the site was built\n  → build again") as said:
        previewed(small_book, tmp_path / "site")
    assert str(said.value).startswith(f"docs/{name}:")
    assert not (tmp_path / "site/#index.md#").exists()


def test_failing_snippets_end_the_build_before_any_page(
    tiny_book: Path, tmp_path: Path, build_book: Build
) -> None:
    append(tiny_book / "snippets/part-1/1-tiny/sum.py", 'print("more")\n')
    (tiny_book / "snippets/part-1/1-tiny/bad.py").write_text('"""Fails."""\n1 / 0\n')
    done = build_book(tiny_book, tmp_path / "site")
    assert done.returncode == 1
    assert "sum.py: prints something else than sum.out" in done.stderr
    assert "bad.py:2: ZeroDivisionError" in done.stderr
    assert "2 snippet(s) failed" in done.stdout + done.stderr
    assert "Traceback (most recent call last):\n  File" not in done.stderr.replace("mkdocs", "")
    assert not (tmp_path / "site").exists()


def test_a_page_that_no_menu_reaches_ends_the_build(
    tiny_book: Path, tmp_path: Path, build_book: Build
) -> None:
    (tiny_book / "docs/lost.md").write_text("# Lost\n")
    done = build_book(tiny_book, tmp_path / "site")
    assert done.returncode == 1 and "lost.md" in done.stderr


def test_scripts_are_published_and_attempts_are_not(
    tiny_book: Path, tmp_path: Path, build_book: Build
) -> None:
    exercise = tiny_book / "snippets/part-1/1-tiny/exercises/one"
    exercise.mkdir(parents=True)
    (exercise / "start.py").write_text('"""Begin."""\n')
    (exercise / "attempt.py").write_text('"""Mine."""\n')
    (exercise / "__pycache__").mkdir()
    (exercise / "__pycache__/start.py").write_text("")
    (tiny_book / "tests/part-1/1-tiny/test_sum.py").write_text("def test_sum() -> None: ...\n")
    assert build_book(tiny_book, tmp_path / "site").returncode == 0
    published = {
        p.relative_to(tmp_path / "site").as_posix() for p in tmp_path.rglob("site/**/*.py")
    }
    assert published == {
        "snippets/part-1/1-tiny/sum.py",
        "snippets/part-1/1-tiny/exercises/one/start.py",
        "tests/part-1/1-tiny/test_sum.py",
    }


def test_addresses_come_from_the_environment_alone(
    tiny_book: Path, tmp_path: Path, build_book: Build
) -> None:
    build_book(tiny_book, tmp_path / "plain")
    build_book(
        tiny_book,
        tmp_path / "set",
        SITE_URL="https://book.example/loop/",
        REPO_URL="https://github.com/nobody/nothing",
    )
    plain, named = (
        BeautifulSoup((tmp_path / name / "index.html").read_text("utf-8"), "html.parser")
        for name in ("plain", "set")
    )
    assert not plain.select('.md-source, a[rel~="edit"]')
    assert "github.com" not in str(plain.body).replace("github.io", "")
    assert named.select_one('link[rel="canonical"]')["href"] == "https://book.example/loop/"
    assert named.select_one(".md-source")["href"] == "https://github.com/nobody/nothing"
    edit = named.select_one('a[rel~="edit"]')["href"]
    assert edit == "https://github.com/nobody/nothing/edit/main/docs/index.md"
    assert not named.select('[data-md-component="source"]'), "it would ask for stars"


def test_a_chapter_says_its_number_and_length(
    tiny_book: Path, tmp_path: Path, build_book: Build
) -> None:
    append(tiny_book / CHAPTER, "\nword" * 900)
    assert build_book(tiny_book, tmp_path / "site").returncode == 0
    chapter = (tmp_path / "site/part-1/1-tiny/index.html").read_text("utf-8")
    line = BeautifulSoup(chapter, "html.parser").select_one("h1 + .chapter-head .reading-time")
    assert line is not None and line.get_text().startswith("Chapter 1.1 · about 5 minutes")
    assert "reading-time" not in (tmp_path / "site/index.html").read_text("utf-8")


def test_no_format_is_tried_that_nobody_asked_for() -> None:
    code = (
        "import loopbook.site.quiet\n"
        "from nbconvert.exporters import Exporter\n"
        "made, init = [], Exporter.__init__\n"
        "Exporter.__init__ = lambda self, **given: made.append(self) or init(self, **given)\n"
        "import nbconvert.nbconvertapp\n"
        "print(len(made), Exporter() and len(made))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1"]

"""The pages of labs: light, in the site's own look, without scripts, and never from a bad run."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import mkdocs_jupyter.convert
import nbformat
import pytest
from bs4 import BeautifulSoup
from mkdocs.config import load_config
from nbclient.exceptions import CellExecutionError

from loopbook.blocks.book import Book
from loopbook.labs.lab import Lab, find_labs

ROOT = Path(__file__).resolve().parents[2]
LABS = find_labs(Book(ROOT))
Build = Callable[..., subprocess.CompletedProcess[str]]
TINY = '''\
"""Tiny."""

# %% [markdown]
# # A `tiny` lab
#
# So $x^2$.

# %%
print("one:", 1)
'''


@pytest.fixture(params=LABS, ids=lambda lab: lab.name)
def lab(request: pytest.FixtureRequest) -> Lab:
    """One lab after the other."""
    found: Lab = request.param
    return found


@pytest.fixture
def page(lab: Lab, site: Path) -> Path:
    """Its page."""
    return site / lab.folder / "index.html"


@pytest.fixture
def article(page: Path) -> BeautifulSoup:
    """Its article."""
    found = BeautifulSoup(page.read_text("utf-8"), "html.parser").article
    assert found is not None
    return found


def test_there_are_labs() -> None:
    assert "Lab 1" in [lab.name for lab in LABS]


def test_the_page_is_light(page: Path) -> None:
    assert page.stat().st_size < 150_000


def test_an_article_has_no_script_no_style_and_nothing_of_jupyter(article: BeautifulSoup) -> None:
    assert not article.select("script, style, link, iframe, clipboard-copy, [class*=jp-]")
    handlers = [name for tag in article.find_all(True) for name in tag.attrs if name[:2] == "on"]
    assert not handlers
    assert "jupyter" not in str(article).lower()


def test_every_cell_is_in_a_frame_like_a_chapters(lab: Lab, article: BeautifulSoup) -> None:
    frames = article.select(".run")
    code = [cell for cell in lab.cells if cell.kind == "code"]
    assert len(frames) == len(code) >= 12
    for frame, cell in zip(frames, code, strict=True):
        listing = frame.select_one(".run-listing > .highlight pre > code")
        assert listing is not None and listing.get_text().strip() == cell.text
        drawn = frame.select("figure .run-picture > svg")
        assert [svg["aria-label"] for svg in drawn] == list(cell.alts)
    shown = "".join(samp.get_text() for samp in article.select(".run-output samp"))
    assert shown == (ROOT / lab.file).with_suffix(".out").read_text("utf-8")


def test_formulas_are_typeset_and_nothing_is_left_of_our_syntax(article: BeautifulSoup) -> None:
    assert len(article.select("mjx-container")) > 5
    for code in article.select("pre, code, svg, mjx-container"):
        code.extract()
    words = article.get_text()
    assert "$" not in words and "[[" not in words and "<!--" not in str(article)


def test_headings_are_in_the_contents_and_can_be_linked(page: Path) -> None:
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    assert soup.article is not None
    heads = soup.article.select("h2")
    ids = [head["id"] for head in heads]
    assert len(set(ids)) == len(ids) >= 5
    assert [head.select_one("a.headerlink")["href"] for head in heads] == [f"#{i}" for i in ids]
    contents = soup.select(".md-sidebar--secondary .md-nav__link")
    assert [link["href"] for link in contents] == [f"#{i}" for i in ids]


def test_notebook_and_script_can_be_taken_along(lab: Lab, site: Path, page: Path) -> None:
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    found = soup.select(".reading-time a[download]")
    links = {link.get_text(): str(link["href"]) for link in found}
    notebook = page.parent / links["Download notebook"]
    assert notebook.read_bytes() == lab.notebook.read_bytes()
    nbformat.validate(nbformat.reads(notebook.read_text("utf-8"), as_version=4))
    script = (page.parent / links[".py"]).resolve()
    assert script.read_bytes() == (ROOT / lab.file).read_bytes()


def test_search_finds_sections_and_no_drawings(lab: Lab, site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    found = [doc for doc in index["docs"] if doc["location"].startswith(f"{lab.folder}/")]
    assert len(found) > 5
    text = " ".join(doc["text"] for doc in found)
    assert "mjx" not in text and "svg" not in text


def test_labs_alone_are_notebooks_that_are_not_executed_again() -> None:
    settings = load_config(str(ROOT / "mkdocs.yml")).plugins["mkdocs-jupyter"].config
    assert settings["include"] == [".build/labs/*/*.ipynb"]
    assert settings["execute"] is False and settings["allow_errors"] is False


def test_a_raising_notebook_fails_without_allow_errors(tmp_path: Path) -> None:
    """Should anyone let mkdocs-jupyter execute, an error ends the build, as it does with us."""
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("1 / 0", id="a")],
        metadata={"kernelspec": {"display_name": "P", "language": "python", "name": "python3"}},
    )
    path = tmp_path / "bad.ipynb"
    nbformat.write(book, path)
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        mkdocs_jupyter.convert.nb2html(str(path), execute=True, allow_errors=False)


def with_lab(book: Path, text: str) -> None:
    """Add a lab to the tiny book."""
    folder = book / "snippets/part-1/lab-1-tiny"
    folder.mkdir()
    (folder / "lab.py").write_text(text, "utf-8")
    (folder / "lab.out").write_text("one: 1\n", "utf-8")
    settings = (book / "mkdocs.yml").read_text("utf-8")
    entry = "  - Tiny: part-1/1-tiny.md\n"
    new = settings.replace(entry, f"{entry}  - Lab 1: part-1/lab-1-tiny.ipynb\n")
    assert new != settings
    (book / "mkdocs.yml").write_text(new, "utf-8")


def test_a_lab_becomes_a_page(tiny_book: Path, tmp_path: Path, build_book: Build) -> None:
    with_lab(tiny_book, TINY)
    done = build_book(tiny_book, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site/part-1/lab-1-tiny/index.html").read_text("utf-8")
    soup = BeautifulSoup(page, "html.parser")
    assert soup.title is not None and soup.title.get_text().startswith("Lab 1")
    assert soup.select_one("meta[name=description]")["content"] == "Tiny."
    line = soup.select_one("h1 + div .reading-time")
    assert line is not None and line.get_text().startswith("Lab 1 · about 1 minute")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('print("one:", 1)', "1 / 0", "lab.py:9: ZeroDivisionError"),
        ("So $x^2$.", r"So $\nothing$.", "lab.py:6: MathJax cannot set"),
        ("So $x^2$.", "[x](1-tiny.md#gone)", "gone"),
    ],
)
def test_a_broken_lab_ends_the_build_with_a_message(
    tiny_book: Path, tmp_path: Path, build_book: Build, old: str, new: str, said: str
) -> None:
    with_lab(tiny_book, TINY.replace(old, new))
    done = build_book(tiny_book, tmp_path / "site")
    assert done.returncode == 1
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr

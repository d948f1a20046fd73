"""MkDocs and Zensical build the same book from the same settings."""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser

from loopbook.browser.server import served

ROOT = Path(__file__).resolve().parents[2]
SNIPPETS = ROOT / "snippets"
LABS = {path.parent.relative_to(SNIPPETS).as_posix() for path in SNIPPETS.rglob("lab.py")}
COUNTED = ("figure", ".run-listing", ".run-output", ".exercise", "mjx-container", ".tags li")
UNSET = {"SITE_URL", "REPO_URL", "EDIT_URI"}
# Everything that a proxy could be asked for is refused: building needs no network.
NO_NETWORK = {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "all_proxy")}


def zensical(root: Path) -> subprocess.CompletedProcess[str]:
    """Build the book below a folder, strictly, into ``site`` below it."""
    return subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--clean", "--strict"],
        cwd=root,
        env={k: v for k, v in os.environ.items() if k not in UNSET} | NO_NETWORK,
        capture_output=True,
        text=True,
        check=False,
    )


def finished(root: Path) -> subprocess.CompletedProcess[str]:
    """Finish the site below a folder with our command."""
    command = [sys.executable, str(ROOT / "scripts/finish_site.py"), "site"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def path(file: Path, site: Path) -> str:
    """A file's path below its site."""
    return file.relative_to(site).as_posix()


def lab(name: str) -> bool:
    """Whether this is the page of a lab, which MkDocs alone builds."""
    return name.removesuffix("/index.html") in LABS


def card_of_lab(name: str) -> bool:
    """Whether this is the card of such a page."""
    return name.removesuffix("/card.png") in LABS


@pytest.fixture(scope="session")
def other_site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book as Zensical builds it, from a copy of the tree with the same records."""
    root = tmp_path_factory.mktemp("zensical")
    shutil.copy(ROOT / "mkdocs.yml", root)
    for name in ("docs", "snippets", "tests", "scripts/loopbook/site/theme"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    (root / ".build").symlink_to(ROOT / ".build")
    done = zensical(root)
    assert done.returncode == 0, done.stderr
    assert "No issues found" in done.stdout + done.stderr
    done = finished(root)
    assert done.returncode == 0, done.stderr
    return root / "site"


@pytest.fixture(scope="session")
def other_pages(other_site: Path) -> dict[str, BeautifulSoup]:
    """Every page of Zensical's site by its file's path below it, parsed."""
    files = sorted(other_site.rglob("*.html"))
    return {
        file.relative_to(other_site).as_posix(): BeautifulSoup(
            file.read_text("utf-8"), "html.parser"
        )
        for file in files
    }


def body(page: BeautifulSoup, name: str = "index.html") -> list[str]:
    """A page's article, one tag a line, without what only one of the builders leaves in it.

    Zensical takes out the marks of what search leaves out once it has heeded them, and begins an
    article with a place to skip to. Links are compared by where they lead from the page's file; to
    a lab, they lead to its page or to its notebook.
    """
    article = page.select_one("article")
    assert isinstance(article, Tag)
    article = BeautifulSoup(str(article), "html.parser")
    for place in article.select("a#__skip"):
        place.decompose()
    for marked in article.select("[data-search-exclude]"):
        del marked["data-search-exclude"]
    for attribute in ("href", "src"):
        for linked in article.select(f"[{attribute}]"):
            place = urljoin(f"/{name}", str(linked[attribute]))
            linked[attribute] = re.sub(rf"^/({'|'.join(LABS)})(?:\.ipynb|/)", r"/\1/", place)
    text = "".join(line.strip() for line in str(article).splitlines(keepends=True))
    return text.replace("><", ">\n<").splitlines()


def test_both_build_the_same_pages_but_for_labs(
    pages: dict[str, BeautifulSoup], other_pages: dict[str, BeautifulSoup]
) -> None:
    assert sum("part-" in name for name in other_pages) >= 1
    assert set(pages) == set(other_pages) | {f"{lab}/index.html" for lab in LABS}
    assert not {f"{lab}/index.html" for lab in LABS} & set(other_pages)


def test_menus_lead_to_the_notebook_of_a_lab_without_a_page(
    other_site: Path, other_pages: dict[str, BeautifulSoup]
) -> None:
    links = other_pages["index.html"].select("nav a[href$=ipynb]")
    menu = {str(link["href"]).removeprefix("./") for link in links}
    assert menu == {f"{lab}.ipynb" for lab in LABS}
    for notebook in menu:
        assert json.loads((other_site / notebook).read_text("utf-8"))["cells"]


def test_articles_are_the_same(
    pages: dict[str, BeautifulSoup], other_pages: dict[str, BeautifulSoup]
) -> None:
    found = {}
    for name in set(pages) & set(other_pages):
        one, other = body(pages[name], name), body(other_pages[name], name)
        if one != other:
            found[name] = list(difflib.unified_diff(one, other, lineterm="", n=0))[:9]
    assert not found


@pytest.mark.parametrize(
    "other",
    [
        "<p>Seven.</p>",
        '<p id="x">Eight.</p>',
        "<p>Eight.</p><p>Nine.</p>",
        "<p>Eight. </p><br>",
        '<p><a href="b/">Eight.</a></p>',
    ],
)
def test_a_different_article_is_seen(other: str) -> None:
    one, two = (
        BeautifulSoup(f"<article>{text}</article>", "html.parser")
        for text in ("<p>Eight.</p>", other)
    )
    assert body(one) != body(two)


def test_what_builders_leave_in_an_article_is_not_seen() -> None:
    one, two = (
        BeautifulSoup(f"<article>{text}</article>", "html.parser")
        for text in (
            '<p data-search-exclude><a href="b/c">Eight.</a></p>',
            '<a id="__skip" tabindex="-1"></a>\n<p><a href="../a/b/c">Eight.</a></p>\n',
        )
    )
    assert body(one, "a/index.html") == body(two, "a/index.html")


@pytest.mark.parametrize("selector", COUNTED)
def test_both_show_as_many(
    pages: dict[str, BeautifulSoup], other_pages: dict[str, BeautifulSoup], selector: str
) -> None:
    counts = [
        {n: len(page.select(f"article {selector}")) for n, page in built.items() if not lab(n)}
        for built in (pages, other_pages)
    ]
    assert counts[0] == counts[1]
    assert sum(counts[0].values()) >= 7


def test_both_say_the_same_to_other_programs(
    pages: dict[str, BeautifulSoup], other_pages: dict[str, BeautifulSoup]
) -> None:
    def said(page: BeautifulSoup) -> list[tuple[str, str]]:
        named = page.select('meta[property], meta[name^="twitter"], meta[name="description"]')
        found = [(str(m.get("property") or m["name"]), str(m["content"])) for m in named]
        return found + [("url", str(link["href"])) for link in page.select('[rel="canonical"]')]

    for name, page in pages.items():
        if name != "404.html" and not lab(name):
            assert sorted(said(page)) == sorted(said(other_pages[name])), name


def test_finishing_adds_the_same_files_to_both(site: Path, other_site: Path) -> None:
    for pattern in ("feed.xml", "**/card.png", "**/*.py", "assets/web/**/*.js"):
        one, other = (
            {name: p.read_bytes() for p in s.glob(pattern) if not card_of_lab(name := path(p, s))}
            for s in (site, other_site)
        )
        assert one and one == other, pattern


def test_both_map_the_same_site(site: Path, other_site: Path) -> None:
    files = [s / "sitemap.xml" for s in (site, other_site)]
    one, other = (sorted(file.read_text("utf-8").split()) for file in files)
    assert len(other) > 6 and [word for word in one if not any(n in word for n in LABS)] == other


def test_zensicals_pages_work_under_our_policy(other_site: Path, browser: Browser) -> None:
    with served(other_site) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 760})
        wrong: list[str] = []
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("response", lambda got: wrong.append(got.url) if got.status >= 400 else None)
        page.goto(f"{address}notation/", wait_until="load")
        field = page.locator("input[placeholder]:visible").first
        for _ in range(60):  # the theme begins to listen some time after the page has loaded
            page.locator(".md-search__button").click()
            page.wait_for_timeout(250)
            if field.count():
                break
        field.fill("residual")
        page.get_by_text("Prediction minus target").first.wait_for()
        fonts = page.evaluate("[...document.fonts].filter((f) => f.status === 'loaded').length")
        page.close()
    assert not wrong
    assert fonts, "formulas without their fonts"


BREAKS = ["/// code | none.py\n///\n", "Sum [[sum.py: product]].\n", "Of $\\nosuchmacro{x}$.\n"]


@pytest.mark.parametrize("broken", BREAKS)
def test_a_broken_chapter_fails_in_both_with_file_and_line(
    tiny_book: Path,
    tmp_path: Path,
    build_book: Callable[..., subprocess.CompletedProcess[str]],
    broken: str,
) -> None:
    chapter = tiny_book / "docs/part-1/1-tiny.md"
    chapter.write_text(f"{chapter.read_text('utf-8')}\n{broken}", "utf-8")
    for done in (build_book(tiny_book, tmp_path / "site"), zensical(tiny_book)):
        assert done.returncode != 0
        assert "docs/part-1/1-tiny.md:5" in done.stderr


@pytest.mark.parametrize("broken", ["[x](nowhere.md)", "[x](../index.md#gone)"])
def test_a_dead_link_fails_in_both(
    tiny_book: Path,
    tmp_path: Path,
    build_book: Callable[..., subprocess.CompletedProcess[str]],
    broken: str,
) -> None:
    chapter = tiny_book / "docs/part-1/1-tiny.md"
    chapter.write_text(f"{chapter.read_text('utf-8')}\n{broken}\n", "utf-8")
    for done in (build_book(tiny_book, tmp_path / "site"), zensical(tiny_book)):
        assert done.returncode != 0
        assert "1-tiny.md" in done.stdout + done.stderr


def test_only_a_built_site_can_be_finished(tmp_path: Path) -> None:
    done = finished(tmp_path)
    assert done.returncode == 1
    assert "site holds no site: build it first" in done.stderr

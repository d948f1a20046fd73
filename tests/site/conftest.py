"""Fixtures of the site's tests: the pages, parsed once, and a tiny book to break."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from mkdocs.commands.build import build
from mkdocs.config import load_config

from loopbook.runner import book as runner
from loopbook.synthetic.small import write_book

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every page of the site by its file's path below it, parsed. Not to be changed."""
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="session")
def tiny_original(
    tmp_path_factory: pytest.TempPathFactory,
    build_book: Callable[..., subprocess.CompletedProcess[str]],
) -> tuple[Path, str]:
    """A book of a home page, one chapter and one snippet, with our own settings and hook.

    It was built once, so that its copies need not run the snippet again; what the build said
    comes with it.
    """
    root = tmp_path_factory.mktemp("tiny") / "book"
    folder = "part-1/1-tiny"
    for name in ("docs/part-1", "scripts/loopbook/site", f"snippets/{folder}", f"tests/{folder}"):
        (root / name).mkdir(parents=True)
    shutil.copytree(ROOT / "scripts/loopbook/site/theme", root / "scripts/loopbook/site/theme")
    shutil.copy(ROOT / "scripts/mkdocs_hook.py", root / "scripts/mkdocs_hook.py")
    shutil.copytree(ROOT / "docs/assets", root / "docs/assets")
    nav = f"nav:\n  - Home: index.md\n  - Tiny: {folder}.md\n\n"
    settings, count = re.subn(
        r"^nav:.*?(?=^plugins:)", nav, (ROOT / "mkdocs.yml").read_text("utf-8"), flags=re.M | re.S
    )
    assert count == 1
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    (root / "docs/index.md").write_text("# Home\n\nWords.\n", "utf-8")
    (root / f"docs/{folder}.md").write_text("# Tiny\n\nOne line.\n", "utf-8")
    (root / f"snippets/{folder}/sum.py").write_text('"""Add."""\n\nprint("sum:", 1 + 2)\n', "utf-8")
    (root / f"snippets/{folder}/sum.out").write_text("sum: 3\n", "utf-8")
    done = build_book(root, root.parent / "site")
    assert done.returncode == 0, done.stderr
    return root, done.stderr


@pytest.fixture
def tiny_book(tiny_original: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of the tiny book, to change and to break."""
    return shutil.copytree(tiny_original[0], tmp_path / "book")


@pytest.fixture
def small_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of short pages that depend on each other, to be built in this process.

    Nothing is run: the edits of `loopbook.synthetic.small` write its records.
    """
    nothing_run = runner.Summary(0, 0, 0, (), 0.0)
    monkeypatch.setattr(runner, "run_book", lambda *_, **__: nothing_run)
    monkeypatch.delenv("BOOK_FRESH", raising=False)
    write_book(tmp_path / "book")
    monkeypatch.chdir(tmp_path / "book")
    return tmp_path / "book"


@pytest.fixture
def previewed() -> Callable[[Path, Path], Path]:
    """previewed(root, site) builds into a folder as the live preview does, and returns it."""

    def build_it(root: Path, site: Path) -> Path:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(site))
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url="http://127.0.0.1:8000/")
        return site

    return build_it

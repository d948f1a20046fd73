"""What is measured: pages of the built book, and an empty page of the same theme."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from loopbook.errors import BookError

#: Pages by the name that they have in the table, with the path of their source below docs.
PAGES = {
    "home": re.compile(r"index\.md"),
    "chapter 1.2": re.compile(r"part-1/2-linear-regression\.md"),
    "lab 1": re.compile(r"(?:.*/)?lab-1-.*\.(?:md|ipynb|py)"),
}
_NAV = re.compile(r"^nav:.*?(?=^\S)", re.M | re.S)


def build(root: Path, site: Path, address: str) -> None:
    """Build the book below a folder as it is published at an address.

    The address is in each page's canonical link, which Lighthouse compares with where it is.

    Raises:
        BookError: the book does not build.
    """
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--dirty", "--site-dir", str(site)],
        cwd=root,
        env=os.environ | {"SITE_URL": address},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BookError(f"the site does not build:\n{done.stderr.strip()}", file=root)


def addresses(root: Path) -> dict[str, str]:
    """Where the measured pages are below the site, by name; those that the menu leads to.

    Raises:
        BookError: one of them is not in the menu.
    """
    sources = menu(root)
    found: dict[str, str] = {}
    for name, pattern in PAGES.items():
        source = next((source for source in sources if pattern.fullmatch(source)), None)
        if source is None:
            raise BookError(
                f"the menu leads to no page for {name!r}",
                file=root / "mkdocs.yml",
                cure="the pages that are measured are listed in loopbook.audit.places",
            )
        found[name] = place(source)
    return found


def menu(root: Path) -> list[str]:
    """The sources of all pages that the menu of a book leads to, in its order."""
    settings = _NAV.search((root / "mkdocs.yml").read_text("utf-8"))
    return list(_sources(yaml.safe_load(settings[0])["nav"] if settings else []))


def place(source: str) -> str:
    """Where the page of a source is below the site: ``part-1/a.md`` at ``part-1/a/``."""
    stem = source.rpartition(".")[0]
    return f"{stem}/" if stem != "index" else ""


def _sources(entries: Iterable[Any]) -> Iterator[str]:
    """The pages of a menu, in its order."""
    for entry in entries:
        below = next(iter(entry.values())) if isinstance(entry, dict) else entry
        if isinstance(below, str):
            yield below
        else:
            yield from _sources(below)


def empty_book(root: Path, target: Path) -> Path:
    """Write a book of one page, with the settings, the theme and the hook of the one at root."""
    for folder in ("docs/assets", "scripts/loopbook/site/theme"):
        shutil.copytree(root / folder, target / folder)
    shutil.copy(root / "scripts/mkdocs_hook.py", target / "scripts/mkdocs_hook.py")
    settings, count = _NAV.subn(
        "nav:\n  - Empty: index.md\n\n", (root / "mkdocs.yml").read_text("utf-8")
    )
    if count != 1:
        raise BookError("there is no menu to replace", file=root / "mkdocs.yml")
    (target / "mkdocs.yml").write_text(settings, "utf-8")
    (target / "snippets").mkdir()
    (target / "docs/index.md").write_text("# Empty\n\nOne line.\n", "utf-8")
    return target

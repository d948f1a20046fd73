"""The home page maps the whole series, and the loop that it shows is one that trains."""

from __future__ import annotations

import re
from pathlib import Path

import torch
from bs4 import BeautifulSoup

DOCS = Path(__file__).resolve().parents[2] / "docs"
CHAPTERS = {1: 6, 2: 7, 3: 9}


def stations(pages: dict[str, BeautifulSoup]) -> dict[str, str | None]:
    """Number of each chapter on the map, and the source that it links to, if any."""
    found: dict[str, str | None] = {}
    for item in pages["index.html"].select(".map li"):
        link = item.find("a")
        number = re.match(r"\s*(\d\.\d) \w+", item.get_text())
        assert number, item
        found[number[1]] = str(link["href"]).strip("/") + ".md" if link else None
        assert ("planned" in item.get_text()) is (link is None)
        assert len(item.get_text().split("\n")) == 2, "a title and a promise"
    return found


def test_map_names_every_chapter_of_the_series(pages: dict[str, BeautifulSoup]) -> None:
    wanted = [f"{part}.{n}" for part, count in CHAPTERS.items() for n in range(1, count + 1)]
    assert list(stations(pages)) == wanted


def test_map_links_exactly_the_chapters_that_exist(pages: dict[str, BeautifulSoup]) -> None:
    linked = {number: source for number, source in stations(pages).items() if source}
    written = {
        f"{int(m[1])}.{int(m[2])}": path.relative_to(DOCS).as_posix()
        for path in DOCS.glob("part-*/*.md")
        if (m := re.match(r".*part-(\d+)/(\d+)-", path.as_posix()))
    }
    assert linked == written


def test_menu_lists_only_what_exists(pages: dict[str, BeautifulSoup]) -> None:
    menu = pages["notation/index.html"].select(".md-nav--primary a.md-nav__link[href]")
    goals = {str(link["href"]) for link in menu if "#" not in str(link["href"])}
    labs = DOCS.parent.glob("snippets/**/lab.py")  # their pages are made from these
    assert len(goals) == len(list(DOCS.rglob("*.md"))) + len(list(labs))


def test_the_loop_on_the_page_trains() -> None:
    loop = re.search(r"```python\n(for .*?)```", (DOCS / "index.md").read_text("utf-8"), re.S)
    assert loop
    torch.manual_seed(42)
    X = torch.linspace(-1, 1, 100).unsqueeze(1)
    model = torch.nn.Linear(1, 1)
    names = {
        "X": X,
        "y": 2 * X - 1,
        "model": model,
        "loss_fn": torch.nn.MSELoss(),
        "optimizer": torch.optim.SGD(model.parameters(), lr=0.5),
        "num_epochs": 100,
    }
    exec(loop[1], names)
    assert names["loss"].item() < 1e-6

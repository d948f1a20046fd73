"""Fixtures of the tests in a real browser: the chapter's page, opened in many ways."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pytest
from playwright.sync_api import Browser, Locator, Page

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets/part-1/2-linear-regression"
CHAPTER = "part-1/2-linear-regression/"
#: Parts of a chapter get their height when they are near, which moves all below: look again.
ALIVE = """(element) => new Promise((done, fail) => {
  const end = performance.now() + 20_000;
  let last = null;
  let still = 0;
  const ask = () => {
    const { top } = element.getBoundingClientRect();
    still = element.shadowRoot && top === last ? still + 1 : 0;
    last = top;
    if (still > 3) return done();
    if (performance.now() > end) return fail(new Error(`${element.localName} stays the picture`));
    if (!still) element.scrollIntoView({ block: "center", behavior: "instant" });
    setTimeout(ask, 50);
  };
  ask();
})"""


@pytest.fixture(scope="session")
def snippet() -> Callable[[str], dict[str, Any]]:
    """snippet("by_hand.py") runs a script of the chapter and returns its names."""

    def run(name: str) -> dict[str, Any]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(plt, "show", lambda: plt.close("all"))
            return runpy.run_path(str(SNIPPETS / name))

    return run


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """open_page(OPTION=VALUE…) opens the chapter in a context of its own.

    Whatever the page complains of, in its console or by an exception, fails the test.
    """
    complaints: list[str] = []
    with ExitStack() as stack:

        def opened(at: str = address + CHAPTER, **options: Any) -> Page:
            context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
            stack.callback(context.close)
            page = context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on(
                "console",
                lambda said: complaints.append(said.text) if said.type != "log" else None,
            )
            page.goto(at)
            return page

        yield opened
    assert complaints == []


@pytest.fixture
def come_to() -> Callable[[Page, str], Locator]:
    """come_to(page, "line") scrolls to an interactive figure and waits until it is alive."""

    def come(page: Page, name: str) -> Locator:
        figure = page.locator(f"loop-{name}")
        figure.evaluate(ALIVE)
        return figure

    return come

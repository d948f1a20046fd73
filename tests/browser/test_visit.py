"""A visit to a page ends when the page is there, however long it is silent on the way."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from loopbook.browser.server import served
from loopbook.browser.visit import visit

PAGE = """<!doctype html><title>A page</title>
<link rel="icon" href="data:,"><script defer src="slow.js"></script><p>Words."""
#: Silent for longer than Playwright's "networkidle" waits; then it asks for two more things.
SLOW = """const end = performance.now() + 1500;
while (performance.now() < end);
document.head.append(Object.assign(document.createElement("script"), { src: "late.js" }));
addEventListener("load", () => setTimeout(() => fetch("last.txt")
  .then((answer) => answer.text()).then((text) => { window.last = text; }), 250));"""


def test_a_page_that_is_long_silent_while_it_is_read_is_waited_for(
    browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(PAGE, "utf-8")
    (tmp_path / "slow.js").write_text(SLOW, "utf-8")
    (tmp_path / "late.js").write_text("window.late = true;", "utf-8")
    (tmp_path / "last.txt").write_text("the end", "utf-8")
    with served(tmp_path) as address, browser.new_context() as context:
        page = context.new_page()
        traffic = visit(page, address)
        assert page.evaluate("[document.readyState, window.late, window.last]") == [
            "complete", True, "the end",
        ]  # fmt: skip
        page.evaluate("void setTimeout(() => fetch('last.txt?2').then(() => window.more = 1), 200)")
        traffic.settle()
        assert page.evaluate("window.more") == 1

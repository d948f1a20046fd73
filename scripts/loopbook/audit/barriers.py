"""Barriers for readers, found by axe-core in a page that is open in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from loopbook.node.packages import Packages

PACKAGES = Packages(Path(__file__).parent / "axe", "axe-core, which looks for barriers in pages")

#: Runs every rule of axe-core that judges by itself, best practices included.
_RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"


def barriers(page: Page) -> list[str]:
    """What axe-core finds wrong with an open page: the rule, its words, and each element.

    The rules run in the page as it is at the moment: in its colours, with what is unfolded.
    """
    script = PACKAGES.node_modules() / "axe-core" / "axe.min.js"
    page.evaluate(script.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    return [
        f"{rule['id']}: {rule['help']}: {_words(node)}"
        for rule in found
        for node in rule["nodes"]
        if not _is_formula(rule, node)
    ]


def _is_formula(rule: dict[str, Any], node: dict[str, Any]) -> bool:
    """Whether a header cell is called empty because all in it is a formula.

    A screen reader reads its MathML; axe-core takes no text from there.
    """
    return rule["id"] == "empty-table-header" and "<math" in node["html"]


def _words(node: dict[str, Any]) -> str:
    """Where an element is, and what is wrong with it."""
    where = " ".join(str(step) for step in node["target"])
    why = "; ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]])
    return f"{where} ({why})"

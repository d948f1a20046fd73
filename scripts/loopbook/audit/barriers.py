"""Barriers for readers, found by axe-core in a page that is open in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from loopbook.node.packages import Packages

PACKAGES = Packages(Path(__file__).parent / "axe", "axe-core, which looks for barriers in pages")

#: Runs every rule of axe-core, best practices included. A header cell is no empty one because all
#: in it is a formula: a screen reader reads its MathML, axe-core takes no text from there.
_RUN = """async () => {
  const {violations} = await axe.run(document, {
    resultTypes: ["violations"],
    elementRef: true,
    rules: {"target-size": {enabled: true}},  // off by default, and asked for by Lighthouse
  });
  const spoken = (rule, {element}) =>
    rule.id === "empty-table-header" && element.querySelector("math") !== null;
  return violations.map((rule) => ({
    id: rule.id,
    help: rule.help,
    nodes: rule.nodes.filter((node) => !spoken(rule, node))
      .map(({target, any, all, none}) => ({target, any, all, none})),
  }));
}"""

#: Opens all folds, and brings all of a page near the screen once: far parts come late.
UNFOLD = """async () => {
  document.querySelectorAll("details").forEach((fold) => (fold.open = true));
  const pause = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo({top: y, behavior: "instant"});
    await pause();
  }
  scrollTo({top: 0, behavior: "instant"});
  await pause();
}"""


def barriers(page: Page) -> list[str]:
    """What axe-core finds wrong with an open page: the rule, its words, and each element.

    The rules run in the page as it is at the moment: in its colours, with what is unfolded.
    """
    script = PACKAGES.node_modules() / "axe-core" / "axe.min.js"
    page.evaluate(script.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    return [
        f"{rule['id']}: {rule['help']}: {_words(node)}" for rule in found for node in rule["nodes"]
    ]


def _words(node: dict[str, Any]) -> str:
    """Where an element is, and what is wrong with it."""
    where = " ".join(str(step) for step in node["target"])
    why = "; ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]])
    return f"{where} ({why})"

"""Dark colours for readers whose system is dark and whose browser runs no scripts.

The theme chooses colours with a script, by an attribute of the body. Without scripts that
attribute always says "light", so the rules for "dark" are repeated in a sheet of their own for any
value of it. Only a browser without scripts loads that sheet, and only on a dark system.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import tinycss2
import tinycss2.ast

from loopbook.kept.desk import made_from
from loopbook.whole import write_where_new

#: Where the sheet lies below the site.
SHEET = "assets/scriptless.css"
_SHEETS = re.compile(r'<link rel="stylesheet" href="(?:\./)?([^":]+)"')
_NAME = "data-md-color-scheme"
_DARK = "slate"


def write_sheet(site: Path) -> None:
    """Write the dark colours that the theme and our own style sheets define, in their order.

    Which they are says the home page: the theme's palette and all below it.
    """
    home = (site / "index.html").read_text("utf-8").partition("</head>")[0]
    sheets = [match[1] for match in _SHEETS.finditer(home)]
    first = next((i for i, sheet in enumerate(sheets) if "/palette." in sheet), 0)
    found: list[str] = []
    for sheet in sheets[first:]:
        if sheet != SHEET:
            css = (site / sheet).read_text("utf-8")
            found += made_from(css, f"dark rules of {sheet}", lambda css: tuple(dark_rules(css)))
    write_where_new(site / SHEET, ("\n".join(found) + "\n").encode("utf-8"))


def dark_rules(css: str) -> Iterator[str]:
    """The rules of a style sheet for the dark scheme, with selectors for any scheme."""
    yield from _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _rules(nodes: Iterable[tinycss2.ast.Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, tinycss2.ast.AtRule) and node.content is not None:
            if node.lower_at_keyword in ("media", "supports", "layer", "container"):
                inner = tinycss2.parse_rule_list(
                    node.content, skip_comments=True, skip_whitespace=True
                )
                if found := "".join(_rules(inner)):
                    condition = tinycss2.serialize(node.prelude)
                    yield f"@{node.at_keyword}{condition}{{{found}}}"
        elif isinstance(node, tinycss2.ast.QualifiedRule) and _names_dark(node.prelude):
            selector = tinycss2.serialize(_for_any_scheme(node.prelude)).strip()
            yield f"{selector}{{{tinycss2.serialize(node.content).strip()}}}"


def _names_dark(nodes: Iterable[tinycss2.ast.Node]) -> bool:
    """Whether a selector asks for the dark scheme, and not for its absence."""
    return any(
        _is_dark(node)
        or (isinstance(node, tinycss2.ast.FunctionBlock) and node.lower_name != "not"
            and _names_dark(node.arguments))
        for node in nodes
    )  # fmt: skip


def _is_dark(node: tinycss2.ast.Node) -> bool:
    if not isinstance(node, tinycss2.ast.SquareBracketsBlock):
        return False
    words = [str(getattr(part, "value", "")) for part in node.content]
    return words[:1] == [_NAME] and _DARK in words


def _for_any_scheme(nodes: Iterable[tinycss2.ast.Node]) -> list[tinycss2.ast.Node]:
    return [_any(node) for node in nodes]


def _any(node: tinycss2.ast.Node) -> tinycss2.ast.Node:
    where = (node.source_line, node.source_column)
    if _is_dark(node):
        name = tinycss2.ast.IdentToken(*where, _NAME)
        return tinycss2.ast.SquareBracketsBlock(*where, [name])
    if isinstance(node, tinycss2.ast.FunctionBlock):
        return tinycss2.ast.FunctionBlock(*where, node.name, _for_any_scheme(node.arguments))
    return node

"""The same code in colours, with all that the page is set to."""

from __future__ import annotations

from typing import Any

import markdown
import pytest

from loopbook.blocks import coloured
from loopbook.blocks.coloured import highlighted

CODE = "for epoch in range(3):\n    print(epoch)"


def page(**settings: Any) -> markdown.Markdown:
    md = markdown.Markdown(
        extensions=["pymdownx.highlight", "pymdownx.superfences"],
        extension_configs={"pymdownx.highlight": settings},
    )
    md.convert("")
    return md


def fenced(md: markdown.Markdown) -> str:
    return md.convert(f'```python title="a.py"\n{CODE}\n```')


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"pygments_lang_class": True},
        {"linenums": True, "anchor_linenums": True},
        {"line_spans": "line"},
    ],
)
def test_code_is_what_a_fenced_block_shows(settings: dict[str, Any]) -> None:
    for _ in range(2):
        assert highlighted(page(**settings), CODE, "python", "a.py") == fenced(page(**settings))


def test_the_same_code_is_coloured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coloured, "_made", {})
    first = highlighted(page(), CODE, "python", "")
    md = page()
    monkeypatch.setattr(type(md.preprocessors["fenced_code_block"]), "highlight", None)
    assert highlighted(md, CODE, "python", "") == first
    with pytest.raises(TypeError):
        highlighted(md, f"{CODE}\n", "python", "")


def test_a_block_with_its_place_in_it_is_made_anew_each_time() -> None:
    md = page(linenums=True, anchor_linenums=True)
    assert highlighted(md, CODE, "python", "") != highlighted(md, CODE, "python", "")


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coloured, "_made", {})
    monkeypatch.setattr(coloured, "_ROOM", 3)
    md = page()
    for number in range(10):
        assert str(number) in highlighted(md, f"x = {number}", "python", "")
    assert len(coloured._made) <= 3

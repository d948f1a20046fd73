"""Code in colours, as a fenced block of a page shows it."""

from __future__ import annotations

from typing import Any

from markdown import Markdown
from pymdownx.highlight import Highlight  # type: ignore[import-untyped]

#: Settings with which a block of code is not the same wherever it stands.
_OF_ITS_PLACE = ("linenums", "line_spans", "line_anchors", "anchor_linenums")
#: Blocks that are kept while a process lives: a book has some thousand.
_ROOM = 8192

_made: dict[tuple[str, ...], str] = {}


def highlighted(md: Markdown, source: str, language: str, title: str) -> str:
    """Code as a fenced block shows it, with all that the highlighting extension is set to.

    A live preview colours the same code again and again: what was made in this process is kept.
    """
    fences: Any = _fences(md)
    if fences is None:
        return str(Highlight(md=md).highlight(source, language, title=title or None))
    settings: dict[str, Any] = fences.highlight_ext.getConfigs()
    asked = (source, language, title, repr(sorted(settings.items())))
    if asked not in _made or any(settings.get(name) for name in _OF_ITS_PLACE):
        if len(_made) >= _ROOM:
            _made.clear()
        options = {"title": title} if title else {}
        made = fences.highlight(source, language, options, md, classes=[], id_value="", attrs={})
        _made[asked] = str(made)
    return _made[asked]


def _fences(md: Markdown) -> Any:
    """What makes fenced blocks, its settings read; none where the page has no such extension."""
    name = "fenced_code_block"
    if name not in md.preprocessors:
        return None
    fences: Any = md.preprocessors[name]
    if not hasattr(fences, "get_hl_settings"):
        return None
    fences.get_hl_settings()
    return fences

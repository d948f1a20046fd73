"""Versions of one training loop beside each other, step by step, read from their scripts."""

from __future__ import annotations

import ast
import re
import textwrap
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from markdown import Markdown
from markdown.util import AtomicString

from loopbook.blocks.book import Book
from loopbook.blocks.coloured import highlighted
from loopbook.blocks.elements import child, put_html
from loopbook.blocks.front import is_folder
from loopbook.blocks.nearest import meant, quoted
from loopbook.blocks.pieces import Aligned
from loopbook.blocks.room import Room
from loopbook.errors import BookError
from loopbook.text import parsed

_STEP = re.compile(r"#\s*(?P<step>\d\. \w+)")
_NAMED = re.compile(rf"[ ]*{_STEP.pattern}$", re.MULTILINE)  # a comment that says no more than that
_BEFORE = "before the loop"


@dataclass(frozen=True)
class _Column:
    """One version: what it is called, its script, and the names that it makes before its loop."""

    title: str
    script: str
    names: tuple[str, ...]


def columns_of(scripts: str) -> tuple[_Column, ...]:
    """Read ``title = file.py: name, name; title = …``.

    Raises:
        BookError: a part has another form.
    """
    found = []
    for part in scripts.split(";"):
        title, equals, rest = part.partition("=")
        script, _, names = rest.partition(":")
        if not (equals and title.strip() and script.strip()):
            raise BookError(
                f"this is no version: {quoted(part.strip())}",
                cure="write title = file.py: names made before the loop; and so on",
            )
        listed = tuple(name.strip() for name in names.split(",") if name.strip())
        found.append(_Column(title.strip(), script.strip(), listed))
    return tuple(found)


def steps_of(text: str, names: tuple[str, ...], script: str) -> dict[str, str]:
    """The lines of a script by the step that they belong to.

    Statements in the loop belong to the step that a comment in them names, or to that of the
    statement before. Behind the last step only updates count: what else follows keeps records.

    Args:
        text: the script.
        names: what it makes before the loop: variables, functions, classes.
        script: what errors call it.

    Raises:
        BookError: there is no loop with steps, or nothing makes one of the names.
    """
    lines = text.split("\n")
    body = parsed(text, script).body

    def source(node: ast.stmt) -> str:
        return textwrap.dedent("\n".join(lines[node.lineno - 1 : node.end_lineno]))

    loop = next(
        (node for node in body if isinstance(node, ast.For) and _STEP.search(source(node))), None
    )
    if loop is None:
        raise BookError(
            f"{script} has no loop with steps",
            cure="name them in comments: # 1. forward",
        )
    made = {name: node for node in body[: body.index(loop)] for name in _made_by(node)}
    for name in names:
        if name not in made:
            cure = meant(name, made, "before its loop it makes")
            raise BookError(f"{script} does not make {quoted(name)} before its loop", cure=cure)
    chosen = sorted({made[name].lineno: made[name] for name in names}.items())
    parts: dict[str, list[str]] = {_BEFORE: [source(node) for _, node in chosen]}
    last = max(match["step"] for match in _STEP.finditer(source(loop)))
    step = ""
    for node in loop.body:
        match = _STEP.search(source(node))
        if match:
            step = match["step"]
        elif step == last and not isinstance(node, ast.Assign | ast.AugAssign | ast.With):
            break
        if step:
            parts.setdefault(step, []).append(source(node))
    return {step: _NAMED.sub("", "\n".join(found)) for step, found in parts.items()}


def _made_by(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def aligned(parent: ET.Element, md: Markdown, piece: Aligned) -> ET.Element:
    """A table: a row for each step, a column for each version, and boxes to leave columns out."""
    element = child(parent, "div", "aligned")
    choice = child(element, "fieldset", "aligned-choice")
    ET.SubElement(choice, "legend").text = AtomicString("Versions shown")
    for number, title in enumerate(piece.titles, start=1):
        label = ET.SubElement(choice, "label")
        box = {"type": "checkbox", "checked": "checked", "data-choice": str(number)}
        ET.SubElement(label, "input", box).tail = AtomicString(f" {title}")
    words = {"tabindex": "0", "role": "region", "aria-label": "The versions, step by step"}
    table = ET.SubElement(child(element, "div", "aligned-scroll", **words), "table")
    row = ET.SubElement(ET.SubElement(table, "thead"), "tr")
    for number, title in enumerate(piece.titles, start=1):
        head = {"scope": "col", "data-version": str(number)}
        ET.SubElement(row, "th", head).text = AtomicString(title)
    for step, cells in piece.rows:
        body = ET.SubElement(table, "tbody")
        span = {"scope": "rowgroup", "colspan": str(len(piece.titles))}
        ET.SubElement(ET.SubElement(body, "tr"), "th", span).text = AtomicString(step)
        row = ET.SubElement(body, "tr")
        for number, (title, code) in enumerate(zip(piece.titles, cells, strict=True), start=1):
            cell = ET.SubElement(row, "td", {"data-version": str(number), "data-title": title})
            if code:
                put_html(cell, md, _in_lines(highlighted(md, code, "python", "")))
    return element


def _in_lines(html: str) -> str:
    """Each line of a listing in an element that knows its indentation, to hang what wraps."""
    head, _, rest = html.partition("<code>")
    code, _, tail = rest.rpartition("</code>")
    lines = []
    for line in code.removesuffix("\n").split("\n"):
        spaces = len(line) - len(line.lstrip(" "))
        lines.append(f'<span class="line in-{spaces}">{line}\n</span>')
    return f"{head}<code>{''.join(lines)}</code>{tail}"


def as_markdown(piece: Aligned) -> str:
    """The same for a notebook: step by step, one version below the other."""
    parts = []
    for step, cells in piece.rows:
        parts.append(f"**{step}**")
        shown = zip(piece.titles, cells, strict=True)
        parts += [f"*{title}*\n\n```python\n{code}\n```" for title, code in shown if code]
    return "\n\n".join(parts)


def aligned_of(book: Book, folder: str, scripts: str) -> Aligned:
    """Scripts of a folder, cut at their steps, those of one step side by side.

    Args:
        book: the book.
        folder: a folder below ``snippets``.
        scripts: the option of that name: a title, a script and its sections in each line.

    Raises:
        BookError: there is no such folder, script or section.
    """
    room = Room(book, folder)
    if not is_folder(folder) or not room.path.is_dir():
        raise BookError(
            f"there is no folder {quoted(folder)} below snippets/",
            cure="write a path such as part-1/2-linear-regression",
        )
    columns = columns_of(scripts)
    found = [
        steps_of(room.listing(c.script).whole, c.names, room.called(c.script)) for c in columns
    ]
    steps = dict.fromkeys(step for column in found for step in column)
    rows = tuple((step, tuple(column.get(step, "") for column in found)) for step in steps)
    return Aligned(tuple(column.title for column in columns), rows)

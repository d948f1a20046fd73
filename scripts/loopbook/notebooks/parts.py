"""A script cut where a chapter shows it: at its sections, and before and behind its figures."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from loopbook.blocks.sections import Listing, shown_text
from loopbook.text import parsed

_CREATE = ("figure", "subplots", "subplot_mosaic")


@dataclass(frozen=True)
class Range:
    """Lines of a script, counted from 0, the last one left out."""

    start: int
    end: int

    def inside(self, line: int) -> bool:
        """Whether a cut before this line would cut the range in two."""
        return self.start < line < self.end


@dataclass(frozen=True)
class Part:
    """Some lines of a script that are run together.

    Attributes:
        lines: which ones.
        source: their text as a listing shows it.
    """

    lines: Range
    source: str


@dataclass(frozen=True)
class Drawing:
    """Where a script draws a figure: from its making to the line that shows it."""

    name: str
    lines: Range


class Parts:
    """A script in parts that can be run one after the other.

    Attributes:
        parts: the parts, in the order of the script.
    """

    def __init__(self, text: str, listing: Listing, shown: Iterable[tuple[str, ...]]) -> None:
        """Cut a script.

        Args:
            text: its text.
            listing: its sections.
            shown: the names of the sections of each listing that the chapter shows.
        """
        self._listing = listing
        self._statements = parsed(text, listing.script).body
        lines = text.split("\n")
        self._count = len(lines)
        ranges = [self.range_of(names) for names in shown]
        self._drawings = _drawings(self._statements, self._count)
        drawings = [drawing.lines for drawing in self._drawings]
        whole = [*ranges, *drawings]  # where no figure may cut; listings may cut each other
        cuts = {cut for lines in ranges for cut in (lines.start, lines.end)} | {
            cut
            for lines in drawings
            for cut in (lines.start, lines.end)
            if not any(other.inside(cut) for other in whole)
        }
        self.parts = _parts(lines, sorted({0, self._count, *cuts}))

    def range_of(self, names: tuple[str, ...]) -> Range:
        """The lines from the first to the last of these sections, in whole statements."""
        if not names:
            return Range(0, self._count)
        sections = [self._listing.section(name) for name in names]
        start = min(section.line - 1 for section in sections)
        end = max(section.end for section in sections)
        for statement in self._statements:
            first, last = _first_line(statement), statement.end_lineno or 0
            if first < start < last:
                start = first
            if first < end < last:
                end = last
        return Range(start, end)

    def of_listing(self, names: tuple[str, ...]) -> range:
        """The places of the parts that a listing of these sections shows."""
        wanted = self.range_of(names)
        places = [
            place
            for place, part in enumerate(self.parts)
            if wanted.start < part.lines.end <= wanted.end
        ]
        return range(places[0], places[-1] + 1)

    def of_figure(self, name: str) -> int:
        """The place of the part that has drawn this figure when it ends."""
        end = next((d.lines.end for d in self._drawings if d.name == name), self._count)
        return next(
            (place for place, part in enumerate(self.parts) if part.lines.end >= end),
            len(self.parts) - 1,
        )


def _parts(lines: list[str], cuts: list[int]) -> tuple[Part, ...]:
    """The lines between the cuts; what is no code goes with the code behind it."""
    found: list[Part] = []
    start = cuts[0]
    for end in cuts[1:]:
        source = shown_text(lines[start:end])
        if not _is_code(source):
            continue
        found.append(Part(Range(start, end), source))
        start = end
    return tuple(found)


def _is_code(source: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in source.split("\n"))


def _drawings(statements: list[ast.stmt], count: int) -> list[Drawing]:
    """The figures that statements of the outermost level make, each with its lines.

    A figure ends where it is shown. It ends earlier, where the next one is made, if nothing that
    names it or its parts is used from there on.
    """
    found: list[Drawing] = []
    started: list[tuple[str, int, set[str]]] = []  # name, first line, names for it and its parts
    for place, statement in enumerate(statements):
        if _shows(statement):
            end = statement.end_lineno or 0
            found += [Drawing(name, Range(start, end)) for name, start, _ in started]
            started = []
            continue
        made = _made(statement)
        if made is not None:
            bound, start = _stored(statement), _first_line(statement)
            others = started[-1][2] - bound if started else set()
            if started and not (others and others & _used_until_shown(statements[place:])):
                name, begin, _ = started.pop()
                found.append(Drawing(name, Range(begin, start)))
            started.append((made, start, bound))
        elif started and started[-1][2] & _loaded(statement):
            started[-1][2].update(_stored(statement))
    return found + [Drawing(name, Range(start, count)) for name, start, _ in started]


def _used_until_shown(statements: list[ast.stmt]) -> set[str]:
    """Names whose values are used before the next figures are shown; those set anew left out."""
    used: set[str] = set()
    new: set[str] = set()
    for statement in statements:
        if _shows(statement):
            break
        stored = _stored(statement)
        if isinstance(statement, ast.For):  # its names are set before its body runs
            new |= {node.id for node in ast.walk(statement.target) if isinstance(node, ast.Name)}
        used |= _loaded(statement) - new
        new |= stored
    return used


def _made(statement: ast.stmt) -> str | None:
    """The name of the figure that a statement makes, if it makes one."""
    call = getattr(statement, "value", None)
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return None
    if call.func.attr not in _CREATE:
        return None
    given = [keyword.value for keyword in call.keywords if keyword.arg == "num"]
    if call.func.attr == "figure":
        given += call.args[:1]
    constants = [value.value for value in given if isinstance(value, ast.Constant)]
    return str(constants[0]) if constants else None


def _stored(statement: ast.stmt) -> set[str]:
    return _names(statement, ast.Store)


def _loaded(statement: ast.stmt) -> set[str]:
    return _names(statement, ast.Load)


def _names(statement: ast.stmt, context: type[ast.expr_context]) -> set[str]:
    """Names that are set or used in a statement; those that live in a comprehension left out."""
    nodes = list(ast.walk(statement))
    inner = {
        name.id
        for node in nodes
        if isinstance(node, ast.comprehension)
        for name in ast.walk(node.target)
        if isinstance(name, ast.Name)
    }
    return {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, context)
    } - inner


def _shows(statement: ast.stmt) -> bool:
    call = getattr(statement, "value", None)
    return (
        isinstance(statement, ast.Expr)
        and isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "show"
    )


def _first_line(statement: ast.stmt) -> int:
    """The line of a statement or of its first decorator, counted from 0."""
    lines = [statement.lineno]
    lines += [decorator.lineno for decorator in getattr(statement, "decorator_list", [])]
    return min(lines) - 1

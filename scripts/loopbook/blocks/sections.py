"""Named sections of a script, for listings of a part of it."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from functools import lru_cache

from loopbook.blocks.nearest import meant, quoted
from loopbook.errors import BookError

_MARKER = re.compile(r"\s*#\s*--8<--\s+\[(?P<kind>start|end):\s*(?P<name>[A-Za-z][\w-]*)\]\s*")
# What comes near a marker is one that was mistyped, never plain text.
_NEARLY = re.compile(
    r".*#.*(?:8<|<8)|\s*#[\s-]*\[\s*(?:start|end)\b|\s*#\s*(?:start|end)\s*:\s*[\w-]+\s*\]?\s*$"
)
_DECLARATION = re.compile(r"#\s*run:")


@dataclass(frozen=True)
class Section:
    """One section.

    Attributes:
        name: its name.
        line: the line of its start marker.
        text: its lines, dedented.
        end: the line of its end marker.
    """

    name: str
    line: int
    text: str
    end: int


@dataclass(frozen=True)
class Listing:
    """What a listing can show of one script.

    Attributes:
        script: the file, as errors name it.
        whole: its text without markers and declarations.
        sections: its sections, in the order of their starts.
    """

    script: str
    whole: str
    sections: tuple[Section, ...]

    def section(self, name: str) -> Section:
        """The section of this name.

        Raises:
            BookError: there is none.
        """
        for section in self.sections:
            if section.name == name:
                return section
        cure = meant(name, (section.name for section in self.sections), "its sections are")
        raise BookError(f"{self.script} has no section {quoted(name)}", cure=cure)


@lru_cache(maxsize=256)
def read_listing(text: str, script: str) -> Listing:
    """Read the sections of a script's text.

    Raises:
        BookError: a marker is mistyped, not closed, closed twice or crossed, or a section is
            empty or has the name of another.
    """
    lines = text.split("\n")
    opened: list[tuple[str, int]] = []
    starts: dict[str, int] = {}
    found: list[Section] = []
    for number, line in enumerate(lines, start=1):
        match = _MARKER.fullmatch(line)
        if match is None:
            if _NEARLY.match(line):
                raise _error(
                    script, number, f"{quoted(line.strip())} is not a marker",
                    "write # --8<-- [start:name] or # --8<-- [end:name]",
                )  # fmt: skip
        elif match["kind"] == "start":
            name = match["name"]
            if name in starts:
                message = f"the section {quoted(name)} begins a second time"
                cure = f"it first begins in line {starts[name]}; rename one of them"
                raise _error(script, number, message, cure)
            starts[name] = number
            opened.append((name, number))
        else:
            found.append(_closed(lines, opened, match["name"], number, script))
    if opened:
        name, number = opened[-1]
        raise _error(
            script, number, f"the section {quoted(name)} is never ended",
            f"add # --8<-- [end:{name}]",
        )  # fmt: skip
    sections = tuple(sorted(found, key=lambda section: section.line))
    return Listing(script, shown_text(lines), sections)


def _closed(
    lines: list[str], opened: list[tuple[str, int]], name: str, number: int, script: str
) -> Section:
    """End the innermost section, which must have this name."""
    if not opened:
        cure = f"add # --8<-- [start:{name}] above, or take this line out"
        raise _error(script, number, f"the section {quoted(name)} ends and never begins", cure)
    innermost, start = opened.pop()
    if innermost != name:
        cure = f"write [end:{innermost}]: that section begins in line {start} and ends first"
        raise _error(script, number, f"the section {quoted(name)} cannot end here", cure)
    text = shown_text(lines[start : number - 1])
    if not text:
        message = f"the section {quoted(name)} is empty"
        raise _error(script, start, message, "put code into it, or take its markers out")
    return Section(name, start, text, number)


def shown_text(lines: list[str]) -> str:
    """Lines as a listing shows them: no markers, no declarations, no common indentation."""
    kept = [
        line.rstrip()
        for line in lines
        if not _MARKER.fullmatch(line) and not _DECLARATION.match(line)
    ]
    text = textwrap.dedent("\n".join(kept)).strip("\n")
    return re.sub(r"\n{4,}", "\n\n\n", text)


def _error(script: str, line: int, message: str, cure: str) -> BookError:
    return BookError(message, file=script, line=line, cure=cure)

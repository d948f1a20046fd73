"""The options of a block: indented lines below its first line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from loopbook.blocks.nearest import meant, quoted
from loopbook.blocks.spec import SPECS
from loopbook.errors import BookError

_OPTION = re.compile(r"(?P<name>[A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(?P<value>.*))?")
# Signs that begin a value of several lines in YAML, which authors may be used to.
_FOLDED = (">", ">-", "|", "|-")


@dataclass(frozen=True)
class Option:
    """One option of a block, ``name: value``.

    Attributes:
        name: its name.
        value: its value, in one line.
        line: the line of the file on which it begins.
        lines: how many lines it takes.
    """

    name: str
    value: str
    line: int
    lines: int = 1


def read_options(
    block: str, below: list[str], margin: str, file: str, first_line: int
) -> tuple[Option, ...]:
    """Read a block's options.

    Args:
        block: name of the block.
        below: the lines below the block's first line.
        margin: what each line of an option begins with.
        file: the file that errors name.
        first_line: the file's line of the first of them.

    Raises:
        BookError: a line is no option, or one that the block does not have, or given twice.
    """
    found: list[Option] = []
    indent = 0
    for line, text in enumerate(below, start=first_line):
        if not text.startswith(margin) or not text[len(margin) :].strip():
            break
        text = text[len(margin) :]
        this_indent = len(text) - len(text.lstrip())
        if found and this_indent > indent:
            last = found[-1]
            value = f"{last.value} {text.strip()}".strip()
            found[-1] = replace(last, value=value, lines=last.lines + 1)
        else:
            indent = this_indent
            found.append(_option(block, text.strip(), file, line, found))
    return tuple(replace(option, value=_unquoted(option.value)) for option in found)


def _option(block: str, text: str, file: str, line: int, before: list[Option]) -> Option:
    match = _OPTION.fullmatch(text)
    if match is None:
        raise BookError(
            f"{quoted(text)} is not an option of the {block} block",
            file=file,
            line=line,
            cure="write “name: value”, indent the lines that continue a value further, "
            "or leave a blank line before indented text",
        )
    name, value = match["name"].lower(), (match["value"] or "").strip()
    allowed = SPECS[block].options
    if name not in allowed:
        cure = meant(name, allowed, f"options of a {block} block are")
        message = f"a {block} block has no option {quoted(name)}"
        raise BookError(message, file=file, line=line, cure=cure)
    if any(option.name == name for option in before):
        raise BookError(f"the option {quoted(name)} is given twice", file=file, line=line)
    return Option(name, "" if value in _FOLDED else value, line)


def _unquoted(value: str) -> str:
    """The value without the quotation marks around it, if they are a pair."""
    mark = value[:1]
    if len(value) > 1 and mark in "\"'" and value.endswith(mark) and mark not in value[1:-1]:
        return value[1:-1]
    return value

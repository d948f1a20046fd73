"""A block's argument that names a script: which one, and what of it."""

from __future__ import annotations

from loopbook.blocks.chapter import Block
from loopbook.blocks.nearest import quoted
from loopbook.errors import BookError


def script_and_names(block: Block) -> tuple[str, list[str]]:
    """Script and names behind it: ``file.py: one, two``.

    Raises:
        BookError: a name is empty.
    """
    script, colon, names = block.argument.partition(":")
    found = [name.strip() for name in names.split(",")] if colon else []
    if colon and not all(found):
        message = f"a name is missing behind the colon or a comma: {quoted(block.argument)}"
        raise BookError(message, cure=f"write /// {block.name} | {script.strip()}: name")
    return script.strip(), found


def script_alone(block: Block, called: str) -> str:
    """The script whose printed lines a block shows; they have no names, but options.

    Args:
        block: the block.
        called: what errors call it.

    Raises:
        BookError: there are names behind the script.
    """
    script, names = script_and_names(block)
    if names:
        raise BookError(
            f"{called} shows what {script} prints, not {quoted(names[0])} of it",
            cure="choose lines with indented “    from: …” and “    to: …”",
        )
    return script


def script_and_figure(block: Block) -> tuple[str, str]:
    """The script and the one figure of it that a block shows.

    Raises:
        BookError: it names none, or more than one.
    """
    script, names = script_and_names(block)
    if len(names) != 1:
        raise BookError(
            "a figure block names one figure", cure=f"write /// figure | {script}: name"
        )
    return script, names[0]

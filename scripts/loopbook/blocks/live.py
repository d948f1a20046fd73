"""Figures that come alive: the module that one becomes, and the numbers that it starts from."""

from __future__ import annotations

import json
from dataclasses import dataclass

from loopbook.blocks.nearest import meant, quoted
from loopbook.blocks.room import Room
from loopbook.errors import BookError
from loopbook.web.bundles import figure_names


@dataclass(frozen=True)
class Live:
    """The interactive form of a figure.

    Attributes:
        name: its module below ``loopbook/web/figures``; the element is called ``loop-NAME``.
        data: JSON that the module starts from; empty for none.
        script: the script that printed the data; empty for none.
    """

    name: str
    data: str = ""
    script: str = ""


def live(name: str | None, data: str | None, room: Room) -> Live | None:
    """The interactive figure that a block's options name, if they name one.

    Args:
        name: the option ``live``.
        data: the option ``data``: a script and the words that begin a line of what it prints.
        room: the page's scripts.

    Raises:
        BookError: there is no such figure, or no such data.
    """
    if name is None and data is None:
        return None
    if name is None:
        message = "only an interactive figure takes data"
        raise BookError(message, cure="name it: “    live: …”, or take the data out")
    names = figure_names()
    if name not in names:
        cure = meant(name, names, "there are")
        raise BookError(f"there is no interactive figure {quoted(name)}", cure=cure)
    if data is None:
        return Live(name)
    script, _, words = data.partition(":")
    script, words = script.strip(), " ".join(words.split())
    if not words:
        raise BookError(
            f"the data of an interactive figure are a line that a script prints, "
            f"not {quoted(data)}",
            cure="write “    data: file.py: words”; the line is “words: ” and JSON",
        )
    return Live(name, printed_json(room.printed(script).text, words, script), script)


def _no_json(word: str) -> None:
    raise ValueError(f"browsers do not read {word}")


def printed_json(text: str, words: str, script: str) -> str:
    """The JSON that a script prints behind certain words and a colon, fit to stand in a page.

    Raises:
        BookError: no line begins so, or what follows is not JSON.
    """
    lines = [line.partition(": ") for line in text.splitlines()]
    found = [rest for start, colon, rest in lines if colon and start == words]
    if len(found) != 1:
        starts = [start for start, colon, _ in lines if colon]
        many = "no line" if not found else f"{len(found)} lines"
        raise BookError(
            f"{script} prints {many} of data called {quoted(words)}",
            cure=meant(words, starts, "its lines begin with"),
        )
    try:
        data = json.loads(found[0], parse_constant=_no_json)
    except ValueError as error:
        raise BookError(
            f"what {script} prints behind {quoted(words + ':')} is not JSON: {error}",
            cure="print it with json.dumps",
        ) from error
    # "<" might begin an end tag.
    return json.dumps(data, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")

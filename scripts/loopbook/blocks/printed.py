"""What a script prints: the text kept beside it, and the lines of it that a page shows."""

from __future__ import annotations

from dataclasses import dataclass

from loopbook.blocks.book import Book
from loopbook.blocks.nearest import meant, quoted
from loopbook.errors import BookError
from loopbook.runner.compare import differences
from loopbook.runner.record import Record
from loopbook.runner.script import read_script
from loopbook.text import plain, read_printed


@dataclass(frozen=True)
class Printed:
    """Printed text.

    Attributes:
        text: the text.
        accepted: whether it is the text kept in the ``.out`` file.
        cut_before: whether lines before it are left out.
        cut_after: whether lines after it are left out.
    """

    text: str
    accepted: bool = True
    cut_before: bool = False
    cut_after: bool = False


def printed_in(book: Book, folder: str, script: str, record: Record | None) -> Printed:
    """What the pages show as the output of a script.

    That is the text of its ``.out`` file, so that every machine builds the same page. Only where
    the last run printed something else, as may be while a script is being written, is it that.

    Args:
        book: the book.
        folder: the script's folder, below each of the book's.
        script: its name there.
        record: its last run, if there is one.

    Raises:
        BookError: there is no ``.out`` file.
    """
    path = (book.snippets / folder / script).with_suffix(".out")
    if not path.is_file():
        raise BookError(
            f"there is no {path.name} beside {script} to say what it prints",
            cure="run python scripts/run_snippets.py --update",
        )
    expected = read_printed(path, f"snippets/{folder}/{script.removesuffix('.py')}.out")
    if record is None or record.status != "ok" or plain(record.stdout) == expected:
        return Printed(expected)
    says = read_script(book.snippets / folder, script).declarations
    if differences(expected, plain(record.stdout), says.relative, says.absolute):
        return Printed(plain(record.stdout), accepted=False)
    return Printed(expected)


def cut(printed: Printed, first: str | None, last: str | None, script: str) -> Printed:
    """The lines from one that begins with certain words to one that begins with others.

    Raises:
        BookError: no line begins so.
    """
    lines = printed.text.rstrip("\n").split("\n")
    begin = 0 if first is None else _line(lines, first, 0, script)
    end = len(lines) - 1 if last is None else _line(lines, last, begin, script)
    return Printed(
        "\n".join(lines[begin : end + 1]) + "\n",
        printed.accepted,
        cut_before=begin > 0,
        cut_after=end < len(lines) - 1,
    )


def _line(lines: list[str], words: str, start: int, script: str) -> int:
    wanted = words.split()
    for index in range(start, len(lines)):
        if _begins(lines[index], " ".join(wanted)):
            return index
    cure = meant(words, (" ".join(line.split())[:60] for line in lines[start:] if line.strip()),
                 "its lines are")  # fmt: skip
    where = " after the first line shown" if start else ""
    raise BookError(f"{script} prints no line that begins with {quoted(words)}{where}", cure=cure)


def _begins(line: str, words: str) -> bool:
    """Whether a line begins with these words, and not only with a part of the last one."""
    text = " ".join(line.split())
    rest = text[len(words) :]
    continued = rest[:1].isalnum() or rest[:1] == "_" or (rest[:1] == "." and rest[1:2].isdigit())
    return text.startswith(words) and not continued

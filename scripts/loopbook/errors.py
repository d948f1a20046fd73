"""The one error that the engine raises for what a person can mend."""

from __future__ import annotations

from pathlib import Path


class BookError(Exception):
    """Something in the book's files is wrong, and a person can put it right.

    Args:
        message: what is wrong, in one sentence.
        file: the file in which it is wrong, if there is one.
        line: the line of that file, counted from 1.
        cure: what to do about it.
    """

    def __init__(
        self,
        message: str,
        *,
        file: Path | str | None = None,
        line: int | None = None,
        cure: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = None if file is None else str(file)
        self.line = line
        self.cure = cure

    def __str__(self) -> str:
        place = "" if self.file is None else self.file
        if place and self.line is not None:
            place += f":{self.line}"
        text = f"{place}: {self.message}" if place else self.message
        return printable(f"{text}\n  → {self.cure}" if self.cure else text)


def printable(text: str) -> str:
    """The text as UTF-8 can hold it: half a pair of surrogates is written as an escape.

    A script may print one; Python also names with it what is not UTF-8 in a file's name.
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")

"""What a page says of itself above its text: the front matter."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml  # type: ignore[import-untyped]

from loopbook.errors import BookError
from loopbook.text import short

FRONT_MATTER = re.compile(r"\A-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*(?:\n|\Z)", re.DOTALL)

_FOLDER = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*")
_TAG = re.compile(r"[^\W_][\w' -]*[^\W_]|[^\W_]")


@dataclass(frozen=True)
class Front:
    """The front matter of one page, as far as the book reads it.

    Attributes:
        title: the page's name, if it is not that of its first heading.
        description: what the page holds, in a sentence or two.
        folder: the folder of its scripts, if it is not the page's own.
        tags: what it is about, in the order written.
        date: when it was first published.
    """

    title: str = ""
    description: str = ""
    folder: str = ""
    tags: tuple[str, ...] = ()
    date: datetime.date | None = None


def read_front(text: str, file: str) -> Front:
    """Read a page's front matter; an empty one if it has none.

    Args:
        text: the page's text, all of it.
        file: the file that errors name.

    Raises:
        BookError: it is not YAML, or a value is not what it should be.
    """
    match = FRONT_MATTER.match(text)
    if match is None:
        return Front()
    try:
        meta = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or str(error) or "it is nested too deeply"
        raise BookError(
            "the front matter is not YAML",
            file=file,
            line=1 if mark is None else mark.line + 2,
            cure=short(why),
        ) from error
    if not isinstance(meta, dict):
        return Front()
    try:
        return Front(
            title=str(meta.get("title") or ""),
            description=" ".join(str(meta.get("description") or "").split()),
            folder=_folder(meta),
            tags=_tags(meta),
            date=_date(meta),
        )
    except _WrongError as wrong:
        lines = text.split("\n")
        line = next((n for n, t in enumerate(lines, 1) if t.startswith(f"{wrong.key}:")), 1)
        raise BookError(str(wrong), file=file, line=line, cure=wrong.cure) from None


def tags_in(words: str) -> tuple[str, ...]:
    """Tags written in one line, with commas between them."""
    return tuple(tag for part in words.split(",") if (tag := " ".join(part.split())))


def is_folder(path: str) -> bool:
    """Whether this can be a folder below ``snippets``: it leads down, and nowhere else."""
    return _FOLDER.fullmatch(path) is not None


def is_tag(tag: str) -> bool:
    """Whether this can be a tag: words of letters and digits."""
    return _TAG.fullmatch(tag) is not None


class _WrongError(Exception):
    def __init__(self, key: str, message: str, cure: str) -> None:
        super().__init__(message)
        self.key, self.cure = key, cure


def _folder(meta: Mapping[str, Any]) -> str:
    folder = meta.get("snippets")
    if folder is None:
        return ""
    if not isinstance(folder, str) or not is_folder(folder):
        message = f"snippets: {folder} is not a folder below snippets/"
        raise _WrongError("snippets", message, "write a path such as part-1/2-linear-regression")
    return folder


def _tags(meta: Mapping[str, Any]) -> tuple[str, ...]:
    tags = meta.get("tags")
    if tags is None:
        return ()
    cure = "write tags: [learning rate, gradient descent]"
    if not isinstance(tags, list):
        raise _WrongError("tags", f"tags: {tags} is not a list", cure)
    for tag in tags:
        if not isinstance(tag, str) or not is_tag(tag):
            raise _WrongError("tags", f"“{tag}” cannot be a tag", cure)
    if len(set(tags)) < len(tags):
        raise _WrongError("tags", "a tag is given twice", "take one of them out")
    return tuple(tags)


def _date(meta: Mapping[str, Any]) -> datetime.date | None:
    date = meta.get("date")
    if date is None:
        return None
    if not isinstance(date, datetime.date) or isinstance(date, datetime.datetime):
        cure = "write the day of first publication, such as date: 2026-11-20"
        raise _WrongError("date", f"date: {date} is not a day", cure)
    return date

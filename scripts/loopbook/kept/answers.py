"""What a build asks of the book's files: each question is answered once, as it is first asked."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from loopbook.kept.digests import ENGINE, digest, made_by
from loopbook.kept.shelf import Entry, Shelf
from loopbook.kept.witness import Question, listening
from loopbook.regular import bytes_of, sign_of

if TYPE_CHECKING:
    from loopbook.blocks.book import Book

#: Below ``.build`` lies what is kept by content, which decides nothing, but for these.
_DECISIVE = (".build/records", ".build/labs", ".build/notebooks")
_NEVER = {"__pycache__"}
#: Where the answers of functions lie.
_PLACE = digest("answers")


class Answers:
    """Digests of the answers to a build's questions.

    Args:
        book: the book. Its files may change meanwhile: what was answered stays answered.

    Attributes:
        torn: whether a function has answered otherwise than before, from files that had seemed to
            be as they were: they have changed meanwhile, and nothing made from now on is kept.
    """

    def __init__(self, book: Book) -> None:
        self._book, self._root = book, os.path.abspath(book.root) + os.sep
        self._outside = tuple(
            os.path.abspath(path) + os.sep
            for path in (sys.prefix, ENGINE, book.root / ".venv", book.root / ".git")
        )
        self._known: dict[Question, str] = {}
        self._signs: dict[str, tuple[int, ...]] = {}
        self._beneath: dict[Question, str] = {}
        self._recalled: dict[Question, str] = {}
        self.torn = False

    def to(self, question: Question) -> str:
        """The answer to a question of which `mine` is not empty."""
        if question not in self._known:
            self._known[question] = self._find(question)
        return self._known[question]

    def mine(self, question: Question) -> Question:
        """The question with a path below the root; empty where the answer decides nothing."""
        kind, path = question[0], question[1]
        if kind == "ask":
            return question
        folder = path + os.sep
        if not folder.startswith(self._root) or folder.startswith(self._outside):
            return ()
        name = path[len(self._root) :].replace(os.sep, "/")
        if name.startswith(".build") and not name.startswith(_DECISIVE):
            return ()
        return () if "__pycache__" in name else (kind, name)

    def as_ever(self, asked: Iterable[tuple[Question, str]]) -> bool:
        """Whether all these questions have the answers that they had."""
        with listening(None):
            try:
                return all(self.to(question) == then for question, then in asked)
            except Exception:
                return False

    def unmoved(self, asked: dict[Question, str]) -> bool:
        """Whether files and folders are still those that answered, before they were read."""
        with listening(None):
            return not self.torn and all(
                self._unmoved_since(question, then) for question, then in asked.items()
            )

    def hear(self, question: Question) -> None:
        """Note what a function reads."""
        question = self.mine(question)
        if question and question[0] != "ask":
            self._beneath[question] = self.to(question)

    def compare(self, question: Question, value: object) -> None:
        """See that a function answers as it did before, if its answer was recalled."""
        then = self._recalled.get(question)
        self.torn = self.torn or (then is not None and then != _digest(value))

    def recall(self, shelf: Shelf) -> None:
        """Take what functions answered in the last build, if what they read is as it was."""
        entry = shelf.load(_PLACE)
        if entry and entry.given == made_by() and self.as_ever(entry.asked):
            self._beneath.update(entry.asked)
            self._recalled = entry.value
            self._known.update(entry.value)

    def remember(self, shelf: Shelf) -> None:
        """Keep what functions answered for the next build; most answer from all pages."""
        found = {question: it for question, it in self._known.items() if question[0] == "ask"}
        if len(found) > len(self._recalled) and self.unmoved(self._beneath):
            shelf.save(_PLACE, Entry(made_by(), tuple(self._beneath.items()), found))

    def _find(self, question: Question) -> str:
        kind, name = question[0], question[1]
        if kind == "ask":
            return _digest(_function(name)(self._book, *question[2:]))
        path = self._root + name
        try:
            if kind == "list":
                return digest(sorted(_kinds(path)))
            if kind == "kind":
                return "folder" if os.path.isdir(path) else "file" if os.path.isfile(path) else ""
            self._signs[name] = sign_of(path)
            return digest(bytes_of(path))
        except OSError:
            return ""

    def _unmoved_since(self, question: Question, then: str) -> bool:
        kind, name = question[0], question[1]
        if kind == "file":
            return name not in self._signs or self._signs[name] == sign_of(self._root + name)
        return kind == "ask" or self._find(question) == then


def _kinds(folder: str) -> Iterable[tuple[str, bool, bool]]:
    """What is in a folder: names, and whether they are folders, and whether they are links."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name not in _NEVER:
                yield entry.name, entry.is_dir(), entry.is_symlink()


def _digest(answer: object) -> str:
    return digest(getattr(answer, "made_of", answer))


def _function(name: str) -> Callable[..., Any]:
    """A function that answers questions, by its module and name."""
    module, _, qualified = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), qualified)
    return found

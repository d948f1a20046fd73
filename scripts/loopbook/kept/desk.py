"""One build's work: what is asked is answered once, what was made is made again only if need be."""

from __future__ import annotations

import functools
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from loopbook.kept.digests import ENGINE, digest, made_by
from loopbook.kept.shelf import Entry, Shelf
from loopbook.kept.witness import Question, listening, looks_heard, tell
from loopbook.regular import bytes_of, sign_of

if TYPE_CHECKING:
    from loopbook.blocks.book import Book

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", str, bytes)

#: Below ``.build`` lies what is kept by content, which decides nothing, but for these.
_DECISIVE = (".build/records", ".build/labs", ".build/notebooks")
_NEVER = {"__pycache__"}
#: Where the answers of `asked` functions lie.
_ANSWERS = digest("answers")


class Desk:
    """What is known of a book during one build.

    Args:
        book: the book. Its files may change meanwhile: what was answered stays answered.
        shelf: where to keep what is made; none: everything is made anew.
    """

    def __init__(self, book: Book, shelf: Shelf | None) -> None:
        self.book, self._shelf = book, shelf
        self._root = os.path.abspath(book.root) + os.sep
        self._outside = tuple(
            os.path.abspath(path) + os.sep
            for path in (sys.prefix, ENGINE, book.root / ".venv", book.root / ".git")
        )
        self.values: dict[Question, Any] = {}
        self._beneath: dict[Question, str] = {}
        self._answers: dict[Question, str] = {}
        self._signs: dict[str, tuple[int, ...]] = {}
        self._recalled = 0
        self.made = 0

    def kept(
        self,
        name: str,
        given: object,
        make: Callable[[], T],
        good: Callable[[T], bool] = lambda made: True,
        still: Callable[[T], bool] = lambda made: True,
    ) -> T:
        """What `make` makes, or made before: then from what was given, and with the same answers.

        Args:
            name: what it is; an entry of that name is replaced.
            given: what it is made from, as a plain value.
            make: makes it. All that it asks of the book's files is noted.
            good: whether what was made may be kept.
            still: whether what was kept may be used, beyond what was given and asked.
        """
        if self._shelf is None:
            return make()
        place, told = digest(name), digest([made_by(), given])
        entry = self._shelf.load(place)
        if entry and entry.given == told and still(entry.value) and self._as_ever(entry):
            value: T = entry.value
            return value
        asked: dict[Question, str] = {}

        def note(question: Question) -> None:
            question = self._mine(question)
            if question and question not in asked:
                asked[question] = self._answer(question)

        with listening(note):
            value = make()
        self.made += 1
        if good(value) and self._unmoved(asked):
            self._shelf.save(place, Entry(told, tuple(asked.items()), value))
        return value

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` makes, once in this build."""
        if (name,) not in self.values:
            self.values[(name,)] = make()
        value: T = self.values[(name,)]
        return value

    def outdated(self, name: str, below: tuple[str, ...]) -> bool:
        """Whether what was kept was made from some file that is another one now.

        Args:
            name: what it is.
            below: how the paths of files begin that are looked at, below the root.
        """
        entry = self._shelf.load(digest(name)) if self._shelf else None
        return entry is not None and any(
            self._answer(question) != then
            for question, then in entry.asked
            if question[0] != "ask" and question[1].startswith(below)
        )

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Let `asked` functions answer from here, in this thread, until the block ends."""
        token = _desk.set(self)
        try:
            with looks_heard() if self._shelf else nullcontext():
                if self._shelf is not None:
                    self._recall(self._shelf)
                yield
        finally:
            _desk.reset(token)
            if self._shelf is not None:
                self._remember(self._shelf)
                self._shelf.tidy()

    def _recall(self, shelf: Shelf) -> None:
        """Take the answers of before, if what was read for them is as it was."""
        entry = shelf.load(_ANSWERS)
        if entry and entry.given == made_by() and self._as_ever(entry):
            self._beneath.update(entry.asked)
            self._answers.update(entry.value)
            self._recalled = len(entry.value)

    def _remember(self, shelf: Shelf) -> None:
        """Keep the answers for the next build; most are answered from all pages."""
        found = {question: it for question, it in self._answers.items() if question[0] == "ask"}
        if len(found) > self._recalled and self._unmoved(self._beneath):
            shelf.save(_ANSWERS, Entry(made_by(), tuple(self._beneath.items()), found))

    def hear(self, question: Question) -> None:
        """Note what an `asked` function reads."""
        question = self._mine(question) if self._shelf else ()
        if question and question[0] != "ask":
            self._beneath[question] = self._answer(question)

    def _as_ever(self, entry: Entry) -> bool:
        with listening(None):
            try:
                return all(self._answer(question) == then for question, then in entry.asked)
            except Exception:
                return False

    def _mine(self, question: Question) -> Question:
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

    def _answer(self, question: Question) -> str:
        if question not in self._answers:
            self._answers[question] = self._find(question)
        return self._answers[question]

    def _find(self, question: Question) -> str:
        kind, name = question[0], question[1]
        if kind == "ask":
            answer = _function(name)(self.book, *question[2:])
            return digest(getattr(answer, "made_of", answer))
        path = self._root + name
        try:
            if kind == "list":
                return digest(sorted(set(os.listdir(path)) - _NEVER))
            if kind == "kind":
                return "folder" if os.path.isdir(path) else "file" if os.path.isfile(path) else ""
            self._signs[name] = sign_of(path)
            return digest(bytes_of(path))
        except OSError:
            return ""

    def _unmoved(self, asked: dict[Question, str]) -> bool:
        """Whether files and folders are still those that answered, before they were read."""
        with listening(None):
            return all(self._unmoved_since(question, then) for question, then in asked.items())

    def _unmoved_since(self, question: Question, then: str) -> bool:
        kind, name = question[0], question[1]
        if kind == "file":
            return name not in self._signs or self._signs[name] == sign_of(self._root + name)
        return kind == "ask" or self._find(question) == then


_desk: ContextVar[Desk | None] = ContextVar("desk", default=None)


def desk_of(book: Book) -> Desk | None:
    """The desk at which a build of this book is under way in this thread."""
    desk = _desk.get()
    return desk if desk is not None and desk.book == book else None


@contextmanager
def answered_once(book: Book) -> Iterator[Desk]:
    """The build under way, or where there is none a desk for this block, which keeps nothing."""
    desk = desk_of(book)
    if desk is not None:
        yield desk
        return
    desk = Desk(book, None)
    with desk.in_use():
        yield desk


def made_from(text: S, name: str, make: Callable[[S], T]) -> T:
    """What is made from a text and nothing else; during a build it is kept.

    Args:
        text: the text, or its bytes.
        name: what it is, and of which file.
        make: makes it.
    """
    desk = _desk.get()
    return make(text) if desk is None else desk.kept(name, text, lambda: make(text))


def asked(function: Callable[Concatenate[Book, P], T]) -> Callable[Concatenate[Book, P], T]:
    """Make a function of the book into a question: of what it reads, only its answer counts.

    The function takes the book and plain values by position, and its answer is a plain value that
    is not to be changed, made from files of the book alone. During a build it is answered once, and
    the next build has the answer while those files are as they were. An answer that is much longer
    than what it was made from says in ``made_of`` what that was: then this counts in its place.
    """

    @functools.wraps(function)
    def answered(book: Book, /, *args: P.args, **kwargs: P.kwargs) -> T:
        desk = desk_of(book)
        if desk is None:
            return function(book, *args, **kwargs)
        question = ("ask", name, *args)
        tell(question)
        if question not in desk.values:
            with listening(desk.hear):
                desk.values[question] = function(book, *args, **kwargs)
        answer: T = desk.values[question]
        return answer

    name = f"{function.__module__}:{function.__qualname__}"
    return answered


def _function(name: str) -> Callable[..., Any]:
    """An `asked` function by its module and name."""
    module, _, qualified = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), qualified)
    return found

"""One build's work: what is asked is answered once, what was made is made again only if need be."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from loopbook.kept.answers import Answers
from loopbook.kept.digests import digest, made_by
from loopbook.kept.shelf import Entry, Shelf
from loopbook.kept.witness import Note, Question, listening, looks_heard, tell

if TYPE_CHECKING:
    from loopbook.blocks.book import Book

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", str, bytes)


class Desk:
    """What is known of a book during one build.

    Args:
        book: the book. Its files may change meanwhile: what was answered stays answered.
        shelf: where to keep what is made; none: everything is made anew.

    Attributes:
        answers: to what was asked of the book's files.
        values: what `asked` functions answered.
        hears: is told what they read; nobody, where nothing is kept.
        made: how many things were made anew.
    """

    def __init__(self, book: Book, shelf: Shelf | None) -> None:
        self.book, self._shelf, self.answers = book, shelf, Answers(book)
        self.hears: Note | None = self.answers.hear if shelf else None
        self.values: dict[Question, Any] = {}
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
        answers = self.answers
        place, told = digest(name), digest([made_by(), given])
        entry = self._shelf.load(place)
        if entry and entry.given == told and still(entry.value) and answers.as_ever(entry.asked):
            value: T = entry.value
            return value
        asked: dict[Question, str] = {}

        def note(question: Question) -> None:
            question = answers.mine(question)
            if question and question not in asked:
                asked[question] = answers.to(question)

        with listening(note):
            value = make()
        self.made += 1
        if good(value) and answers.unmoved(asked):
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
            self.answers.to(question) != then
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
                    self.answers.recall(self._shelf)
                yield
        finally:
            _desk.reset(token)
            if self._shelf is not None:
                self.answers.remember(self._shelf)
                self._shelf.tidy()


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
            with listening(desk.hears):
                desk.values[question] = function(book, *args, **kwargs)
            desk.answers.compare(question, desk.values[question])
        answer: T = desk.values[question]
        return answer

    name = f"{function.__module__}:{function.__qualname__}"
    return answered

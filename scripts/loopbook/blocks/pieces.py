"""What a page is to show: each block with all that it needs looked up."""

from __future__ import annotations

from dataclasses import dataclass

from loopbook.blocks.labels import Label
from loopbook.blocks.links import Group, Link
from loopbook.blocks.live import Live
from loopbook.blocks.printed import Printed
from loopbook.blocks.symbols import Symbol


@dataclass(frozen=True)
class Code:
    """A listing of a script or of sections of it; without names, of all of it."""

    script: str
    source: str
    href: str
    sections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aligned:
    """Versions of one loop beside each other.

    Attributes:
        titles: what the versions are called.
        rows: each step, with the lines of every version that belong to it.
    """

    titles: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Output:
    """What a script prints, or some lines of it."""

    script: str
    printed: Printed


@dataclass(frozen=True)
class Devices:
    """What a script prints on the CPU, and what it printed on a GPU.

    Attributes:
        script: the script.
        printed: the CPU's text, or some lines of it.
        recorded: the GPU's; ``None`` where no run on one was recorded.
        where: device, day and versions of the recorded run.
        stale: whether the script has changed since.
    """

    script: str
    printed: Printed
    recorded: Printed | None
    where: str
    stale: bool


@dataclass(frozen=True)
class Picture:
    """A figure that a script drew, and what it becomes where scripts run.

    Attributes:
        script: the script.
        label: the figure's label and number.
        svg: the drawing.
        figure: the name that the script gave it.
        alt: what it shows, in words.
        source: link to the script.
        content: begin of the SHA-256 of the script's bytes.
        made: seeds, versions, device and time of the run.
        live: the interactive figure that takes its place, if there is one.
        data: link to the script that printed the interactive figure's data.
    """

    script: str
    label: Label
    svg: str
    figure: str
    alt: str
    source: Link
    content: str
    made: str
    live: Live | None = None
    data: Link | None = None


@dataclass(frozen=True)
class Equation:
    """A displayed formula, and the tests that evaluate it."""

    label: Label
    tests: tuple[str, ...]
    href: str


@dataclass(frozen=True)
class Exercise:
    """A task, the file to begin with and the command that checks an attempt.

    Attributes:
        label: its name and number.
        title: what it is called.
        start: the file to begin with.
        command: what checks an attempt in the book's repository.
        packed: what does so in the unpacked archive; empty if the page offers none.
        tags: what it is about.
    """

    label: Label
    title: str
    start: Link
    command: str
    packed: str
    tags: tuple[Link, ...]


@dataclass(frozen=True)
class Fold:
    """Text that a reader unfolds: a hint, a solution, an answer."""

    kind: str
    word: str
    question: str


@dataclass(frozen=True)
class Quiz:
    """A question with answers to choose from."""

    question: str


@dataclass(frozen=True)
class Answer:
    """One of the answers to choose from, and whether it is the right one."""

    text: str
    right: bool


@dataclass(frozen=True)
class Names:
    """The chapter's symbols with their names in code."""

    symbols: tuple[Symbol, ...]


@dataclass(frozen=True)
class Progress:
    """The place where readers see, take along and forget what they have done.

    Attributes:
        exercises: each chapter's path without ending, and how many exercises it has.
    """

    exercises: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Downloads:
    """The chapter's scripts, each with the first line of its docstring."""

    scripts: tuple[tuple[Link, str], ...]


@dataclass(frozen=True)
class Exercises:
    """All exercises of the book, by chapter."""

    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Tags:
    """All tags of the book, with what carries them."""

    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Takeaway:
    """What of the chapter can be taken along, each file with the words for it."""

    files: tuple[Link, ...]


Piece = (
    Code
    | Aligned
    | Output
    | Devices
    | Picture
    | Equation
    | Exercise
    | Fold
    | Quiz
    | Answer
    | Names
    | Progress
    | Downloads
    | Exercises
    | Tags
    | Takeaway
)

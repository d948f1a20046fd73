"""The command ``python scripts/check.py``: which exercise, which file, and the answer in words."""

from __future__ import annotations

import argparse
import io
import os
import sys
import textwrap
from pathlib import Path

from loopbook.errors import BookError
from loopbook.exercises.checking import check_file
from loopbook.exercises.exercise import Exercise, all_exercises, find_exercise

PASSED, NOT_YET, WRONG_USAGE = 0, 1, 2
WIDTH = 88


def main(arguments: list[str], root: Path) -> int:
    """Check an attempt, or list the exercises; return the exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    options = _parser().parse_args(arguments)
    if options.exercise is None:
        return _list(root)
    try:
        exercise = find_exercise(root, options.exercise)
        if options.file is not None and not options.file.is_file():
            raise BookError("there is no such file", file=options.file)
    except BookError as error:
        print(error, file=sys.stderr)
        return WRONG_USAGE
    if options.file is None and _create(exercise):
        print(f"Your file is ready: {_shown(exercise.attempt)}")
        print("It is a copy of the starting file. Edit it, then run this command again.")
        return NOT_YET
    return _check(exercise, options.file or exercise.attempt, options.seconds)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="check.py", description="Check an attempt at an exercise."
    )
    parser.add_argument(
        "exercise",
        nargs="?",
        metavar="EXERCISE",
        help="such as part-1/2-linear-regression/two-rates; without it, all are listed",
    )
    parser.add_argument(
        "--file", type=Path, metavar="PATH", help="check this file instead of attempt.py"
    )
    parser.add_argument(
        "--seconds", type=float, default=20.0, help="how long the file may run (default 20)"
    )
    return parser


def _list(root: Path) -> int:
    for exercise in all_exercises(root):
        print(f"{exercise.name}\n    {exercise.purpose}")
    return PASSED


def _create(exercise: Exercise) -> bool:
    """Copy the starting file to the reader's, unless there is one; say whether it was made."""
    try:
        with exercise.attempt.open("x", encoding="utf-8", newline="\n") as attempt:
            attempt.write(exercise.start.read_text("utf-8"))
    except FileExistsError:
        return False
    return True


def _check(exercise: Exercise, file: Path, seconds: float) -> int:
    verdict = check_file(exercise.folder, file, seconds=seconds)
    print(f"{exercise.name}: {'passed' if verdict.passed else 'not yet'}\n")
    print("\n\n".join(_wrapped(message) for message in verdict.messages))
    if not verdict.passed:
        print(f"\nYour file: {_shown(file)}")
    return PASSED if verdict.passed else NOT_YET


def _wrapped(message: str) -> str:
    """The message in lines of at most 88 characters; indented lines are code and stay whole."""
    return "\n".join(
        line
        if line.startswith(" ")
        else textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in message.splitlines()
    )


def _shown(path: Path) -> str:
    """The path as one would type it here."""
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)

"""What the tests of chapters share: snippets, run once, what they printed, and the exercises."""

import contextlib
import io
import re
import runpy
import sys
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import pytest

from loopbook.exercises.checking import check_file
from loopbook.exercises.exercise import all_exercises

ROOT = Path(__file__).resolve().parents[2]
SNIPPETS = ROOT / "snippets"


@dataclass(frozen=True)
class Run:
    """A finished run of a snippet: its names, its printed text, its figures' labels."""

    names: dict
    printed: str
    figures: tuple[str, ...]

    def __getitem__(self, name):
        return self.names[name]

    def number(self, *words):
        """The number printed right after the last word, on the line with all the words.

        Words are met whole and in the order given: number("epoch 50", "w") reads
        1.9213 from "epoch 50: loss 0.0119, w = 1.9213".
        """
        pattern = r"(?<!\w)" + r"\b.*?(?<!\w)".join(
            r"\W+".join(re.escape(part) for part in word.split()) for word in words
        )
        digits = r"\d+(?:,\d{3})*(?:\.\d+)?(?:e[+-]?\d+)?"
        number = rf"(?!\w)[\s:=,]*(-?(?:{digits}|inf|nan))\b"
        found = [
            match[1]
            for line in self.printed.splitlines()
            if (match := re.search(pattern + number, line))
        ]
        assert len(found) == 1, f"{words} stands on {len(found)} lines of:\n{self.printed}"
        return float(found[0].replace(",", ""))


def run(path):
    """Run a snippet as `python path` would, with figures drawn but not shown."""
    import matplotlib.pyplot as plt

    printed = io.StringIO()
    shown = []

    def show(*args, **kwargs):
        for number in plt.get_fignums():
            figure = plt.figure(number)
            figure.canvas.draw()
            shown.append(figure.get_label())
        plt.close("all")

    original, plt.show = plt.show, show
    search = list(sys.path)
    sys.path.insert(0, str(path.parent))
    try:
        with contextlib.redirect_stdout(printed), matplotlib.rc_context():
            names = runpy.run_path(str(path), run_name="__main__")
    finally:
        plt.close("all")
        plt.show = original
        sys.path[:] = search
    return Run(names, printed.getvalue(), tuple(shown))


@pytest.fixture(scope="session")
def run_snippet():
    """run_snippet("part-1/…/by_hand.py") runs the snippet when first asked for it."""
    matplotlib.use("Agg")
    finished = {}

    def once(name):
        if name not in finished:
            finished[name] = run(SNIPPETS / name)
        return finished[name]

    return once


@pytest.fixture(scope="session")
def exercises():
    """exercises["part-1/2-linear-regression/autograd"] is that exercise, as it lies on disk."""
    return {exercise.name: exercise for exercise in all_exercises(ROOT)}


@pytest.fixture(scope="session")
def answer(exercises):
    """answer("part-1/…/autograd", file) is what the check says of the file."""
    return lambda name, file: check_file(exercises[name].folder, file, method="forkserver")


@pytest.fixture(scope="session")
def solved(exercises):
    """solved("part-1/…/autograd") holds the names that the solution defines."""
    return lambda name: runpy.run_path(str(exercises[name].solution))

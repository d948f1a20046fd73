"""The samples of the interactive figures are those of the scripts that they illustrate."""

import json

import pytest

FOLDER = "part-1/2-linear-regression"


@pytest.fixture
def printed(run_snippet):
    lines = run_snippet(f"{FOLDER}/interactive_data.py").printed.splitlines()
    pairs = (line.split(": ", 1) for line in lines)
    return {name: json.loads(text) for name, text in pairs}


def test_six_dots_are_those_of_the_squares(printed, run_snippet):
    squares = run_snippet(f"{FOLDER}/squares.py")
    dots = printed["six dots"]
    assert dots["x"] == pytest.approx(squares["x"].tolist(), rel=1e-6)
    assert dots["y"] == pytest.approx(squares["y"].tolist(), rel=1e-6)
    assert tuple(dots["start"]) == squares["guess"]


def test_samples_and_start_are_those_of_the_main_run(printed, run_snippet):
    run = run_snippet(f"{FOLDER}/by_hand.py")
    data = printed["main run"]
    assert data["x"] == pytest.approx(run["X"].flatten().tolist(), rel=1e-6)
    assert data["y"] == pytest.approx(run["y"].flatten().tolist(), rel=1e-6)
    start = [parameter.item() for parameter in run["lines"][0]]
    assert data["start"] == pytest.approx(start, rel=1e-6)

"""What every snippet of the book keeps to, read from the records of the last run."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from loopbook.runner.book import is_snippet
from loopbook.runner.script import find_scripts

ROOT = Path(__file__).resolve().parents[2]
NAMES = find_scripts(ROOT / "snippets", is_snippet)


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest, site: Path) -> str:
    """One snippet after the other; the site's build has run them."""
    return str(request.param)


def record(name: str) -> dict:
    folder = ROOT / ".build" / "records" / name.removesuffix(".py")
    return json.loads((folder / "record.json").read_text("utf-8"))


def test_it_is_quick_and_says_nothing_on_standard_error(name: str) -> None:
    assert record(name)["processor"] < 10  # seconds; by the clock a busy machine takes longer
    assert record(name)["stderr"] == ""


def test_its_figures_are_small(name: str) -> None:
    folder = ROOT / ".build" / "records" / name.removesuffix(".py")
    for figure in record(name)["figures"]:
        assert (folder / figure["file"]).stat().st_size < 64 * 1024, figure


def test_it_is_a_short_script_that_says_what_it_shows(name: str) -> None:
    text = (ROOT / "snippets" / name).read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("# --8<--")]
    if name.endswith("/lab.py"):  # long as a whole, but made of short cells
        cells = "\n".join(lines).split("\n# %%")
        assert max(cell.strip().count("\n") for cell in cells if "[markdown]" not in cell) <= 25
    else:
        assert len(lines) <= 80
    assert ast.get_docstring(ast.parse(text))
    assert "loopbook" not in text  # a reader runs it with torch, NumPy and matplotlib alone


@pytest.mark.parametrize("part", sorted({name.partition("/")[0] for name in NAMES}))
def test_a_part_takes_less_than_a_minute_of_processor_time(site: Path, part: str) -> None:
    """On a machine of its own; one that others use as well was seen to take twice as long."""
    seconds = {name: record(name)["processor"] for name in NAMES if name.startswith(f"{part}/")}
    slowest = sorted(seconds, key=seconds.__getitem__)[-3:]
    assert sum(seconds.values()) < 2 * 60, f"the slowest are {slowest}"


def test_all_together_are_quick(site: Path) -> None:
    assert sum(record(name)["processor"] for name in NAMES) < 300

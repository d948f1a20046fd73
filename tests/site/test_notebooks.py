"""What readers take along of a chapter: the notebook runs, and the exercises can be checked."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup

from loopbook.blocks.book import Book
from loopbook.blocks.chapter import Chapter, parse
from loopbook.notebooks.items import Cell
from loopbook.notebooks.kernel import execute
from loopbook.notebooks.printed import pictures_of, text_of
from loopbook.runner.compare import differences

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "part-1/2-linear-regression"
SLUG = "linear-regression"
CODE = re.compile(r"```.*?```", re.DOTALL)


@pytest.fixture(scope="session")
def file(site: Path) -> Path:
    """The notebook of chapter 1.2."""
    return site / FOLDER / f"{SLUG}.ipynb"


@pytest.fixture(scope="session")
def cells(file: Path) -> list[dict[str, Any]]:
    """Its cells."""
    found: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["cells"]
    return found


@pytest.fixture(scope="session")
def chapter() -> Chapter:
    """The chapter, taken apart."""
    source = next(s for s in Book(ROOT).sources() if s.path == f"{FOLDER}.md")
    return parse(source.body, source.file, source.first_line, frozenset())


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def code_cells(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [cell for cell in cells if cell["cell_type"] == "code"]


def words(cells: list[dict[str, Any]]) -> str:
    return "\n\n".join(source(cell) for cell in cells if cell["cell_type"] == "markdown")


def test_it_is_a_valid_notebook_of_moderate_size(file: Path) -> None:
    nbformat.validate(nbformat.read(file, as_version=4))
    assert file.stat().st_size < 1_500_000


def test_no_place_of_this_machine_is_in_it(file: Path) -> None:
    text = file.read_text("utf-8")
    text = re.sub(r'"image/png": "[^"]*"', "", text)
    assert str(ROOT) not in text
    assert str(Path.home()) + os.sep not in text
    assert not re.search(r"(/usr/|/tmp/|site-packages|ipykernel_\d)", text)


def test_it_runs_in_a_clean_kernel_and_shows_what_it_showed(cells: list[dict[str, Any]]) -> None:
    ours = code_cells(cells)
    raising = ["raises-exception" in cell["metadata"]["tags"] for cell in ours]
    again = execute(
        [Cell(source(c), "around", raises=r) for c, r in zip(ours, raising, strict=True)]
    )
    for cell, outputs in zip(ours, again, strict=True):
        assert text_of(outputs) == text_of(cell["outputs"]), source(cell)
        assert pictures_of(outputs) == pictures_of(cell["outputs"]), source(cell)
        errors = [output for output in cell["outputs"] if output["output_type"] == "error"]
        assert bool(errors) == ("raises-exception" in cell["metadata"]["tags"]), source(cell)
    assert sum(raising) == 4


def test_every_script_prints_the_lines_kept_in_the_book(
    cells: list[dict[str, Any]], chapter: Chapter
) -> None:
    printed: dict[str, str] = {}
    ends: dict[str, int] = {}
    ours = [c for c in code_cells(cells) if "script" in c["metadata"]]
    ours = [c for c in ours if "unseen" not in c["metadata"]["tags"]]
    for cell in sorted(ours, key=lambda c: c["metadata"]["script"]["parts"][0]):
        name = cell["metadata"]["script"]["name"]
        start, end = cell["metadata"]["script"]["parts"]
        if start >= ends.get(name, 0):
            assert start == ends.get(name, 0), f"lines of {name} are missing"
            printed[name] = printed.get(name, "") + text_of(cell["outputs"])
            ends[name] = end
    shown = {b.argument.partition(":")[0] for b in chapter.blocks if b.name in ("code", "figure")}
    assert set(printed) == {name for name in shown if not name.startswith("exercises/")}
    for name, text in printed.items():
        kept = (ROOT / "snippets" / FOLDER / name).with_suffix(".out").read_text("utf-8")
        assert not differences(kept, text), name


def test_each_listing_of_the_chapter_is_a_cell_of_the_same_code(
    cells: list[dict[str, Any]], pages: dict[str, BeautifulSoup]
) -> None:
    page = pages[f"{FOLDER}/index.html"]
    listings = [
        code for code in page.select(".run-listing code") if not code.find_parent("section")
    ]
    ours = [cell for cell in code_cells(cells) if "listing" in cell["metadata"]["tags"]]

    def plain(text: str) -> str:
        return re.sub(r"\s+", "", text).replace(";", "")

    missing = [code.get_text() for code in listings]
    for cell in ours:
        found = [text for text in missing if plain(text) == plain(source(cell))]
        # A listing of sections with other lines between them has these lines too.
        found = found or [
            text
            for text in missing
            if all(line.strip().rstrip(";") in source(cell) for line in text.splitlines())
        ]
        assert found, source(cell)
        missing.remove(found[0])
    assert missing == []


def test_formulas_and_figures_are_all_there(cells: list[dict[str, Any]], chapter: Chapter) -> None:
    text = words(cells)
    blocks = [block.name for block in chapter.blocks]
    assert len(re.findall(r"\\tag\{1\.2\.\d+\}", text)) == blocks.count("equation") > 20
    numbers = re.findall(r"^\*\*Figure 1\.2\.(\d+)\.\*\*", text, re.MULTILINE)
    assert list(map(int, numbers)) == list(range(1, blocks.count("figure") + 1))
    displayed = CODE.sub("", ROOT.joinpath(f"docs/{FOLDER}.md").read_text("utf-8")).count("$$")
    assert CODE.sub("", text).count("$$") == displayed


def test_each_figure_stands_above_its_caption(cells: list[dict[str, Any]]) -> None:
    for before, cell in pairwise(cells):
        if not re.search(r"^\*\*Figure 1\.2\.\d+\.\*\*", source(cell), re.MULTILINE):
            continue
        if "attachments" in cell:
            assert "](attachment:" in source(cell)
        else:
            assert before["cell_type"] == "code"
            assert pictures_of(before["outputs"]), source(before)


def test_figures_that_move_on_the_page_say_so(
    cells: list[dict[str, Any]], chapter: Chapter
) -> None:
    live = [block for block in chapter.blocks if block.option("live")]
    assert words(cells).count("*On the book's page this figure can be moved.*") == len(live) == 2


def test_answers_of_quick_questions_are_folded(
    cells: list[dict[str, Any]], chapter: Chapter
) -> None:
    answers = [block for block in chapter.blocks if block.name == "answer"]
    found = re.findall(r"</summary>\n\n\*\*(Right|Not this one)\.\*\*", words(cells))
    assert len(found) == len(answers) > 0
    quizzes = [block for block in chapter.blocks if block.name == "quiz"]
    assert found.count("Right") == len(quizzes)


def test_nothing_of_our_syntax_is_left(cells: list[dict[str, Any]]) -> None:
    text = CODE.sub("", words(cells))
    assert not re.search(r"^\s*/{3,}|\[\[|\]\]|\?\?\?|!!!|[\ue000\ue001]|\]\([^)]*\.md", text, re.M)


def test_links_within_it_lead_somewhere(cells: list[dict[str, Any]]) -> None:
    text = words(cells)
    wanted = set(re.findall(r"\]\(#([\w-]+)\)", text))
    assert wanted
    assert wanted <= set(re.findall(r'<a id="([\w-]+)">', text))


def test_the_page_offers_all_three(site: Path, pages: dict[str, BeautifulSoup]) -> None:
    line = pages[f"{FOLDER}/index.html"].select_one("p.takeaway")
    assert line is not None
    names = [str(link["href"]) for link in line.select("a[download]")]
    assert names == [f"{SLUG}.ipynb", f"{SLUG}-scripts.zip", f"{SLUG}-exercises.zip"]
    assert all((site / FOLDER / name).stat().st_size > 1000 for name in names)


def test_the_scripts_are_all_in_their_archive_and_run_from_it(site: Path, tmp_path: Path) -> None:
    folder = ROOT / "snippets" / FOLDER
    with zipfile.ZipFile(site / FOLDER / f"{SLUG}-scripts.zip") as archive:
        names = archive.namelist()
        archive.extractall(tmp_path)
    scripts = [f"{SLUG}-scripts/{path.name}" for path in sorted(folder.glob("*.py"))]
    assert [name for name in names if name.endswith(".py")] == scripts
    readme = (tmp_path / f"{SLUG}-scripts" / "README.txt").read_text("utf-8")
    assert "python NAME.py" in readme and "MIT license" in readme
    done = alone(tmp_path / f"{SLUG}-scripts", "integer_input.py")
    assert done.stdout == (folder / "integer_input.out").read_text("utf-8").rpartition("Runtime")[0]


def alone(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder that knows nothing of the repository.

    The book's engine is installed for development, by a finder that site-packages holds: the
    packages are put on the path by hand, so that no such file is read.
    """
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV"))}
    return subprocess.run(
        [sys.executable, "-S", *arguments],
        cwd=folder,
        env=env | {"PYTHONPATH": packages, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def exercises(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the exercises unpack to."""
    folder = tmp_path_factory.mktemp("reader")
    with zipfile.ZipFile(site / FOLDER / f"{SLUG}-exercises.zip") as archive:
        archive.extractall(folder)
    assert [path.name for path in folder.iterdir()] == [f"{SLUG}-exercises"]
    return folder / f"{SLUG}-exercises"


def test_unpacked_exercises_use_no_file_of_the_repository(exercises: Path) -> None:
    code = (
        "import runpy, sys; runpy.run_path('check.py'); "
        "print(*(m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'loopbook'))"
    )
    done = alone(exercises, "-c", code)
    files = done.stdout.split()
    assert len(files) > 5, done.stderr
    assert all(Path(file).is_relative_to(exercises / "engine") for file in files)


def test_the_page_gives_the_commands_of_the_unpacked_exercises(
    exercises: Path, pages: dict[str, BeautifulSoup]
) -> None:
    tries = pages[f"{FOLDER}/index.html"].select(".exercise-command")
    names = sorted(path.name for path in (exercises / "exercises").iterdir())
    commands = [words.get_text().strip() for words in tries]
    assert sorted(commands) == [f"python check.py {name}" for name in names]


def test_unpacked_exercises_are_listed_and_explained(exercises: Path) -> None:
    done = alone(exercises, "check.py")
    names = sorted(path.name for path in (ROOT / "snippets" / FOLDER / "exercises").iterdir())
    assert [n for n in done.stdout.splitlines() if not n.startswith(" ")] == [
        f"exercises/{name}".removeprefix("exercises/") for name in names
    ]
    readme = (exercises / "README.txt").read_text("utf-8")
    assert "python check.py NAME" in readme
    assert not list(exercises.glob("exercises/*/solution.py"))
    assert sorted(path.stem for path in (exercises / "solutions").iterdir()) == names


def test_an_unpacked_exercise_fails_at_first_and_passes_with_its_solution(exercises: Path) -> None:
    name = "half-the-loss"
    first = alone(exercises, "check.py", name)
    assert first.returncode == 1
    assert "Your file is ready" in first.stdout
    second = alone(exercises, "check.py", name)
    assert second.returncode == 1
    assert f"{name}: not yet" in second.stdout
    third = alone(exercises, "check.py", name, "--file", f"solutions/{name}.py")
    assert third.returncode == 0, third.stdout + third.stderr
    assert f"{name}: passed" in third.stdout


def test_archives_carry_no_time_and_nothing_private(site: Path) -> None:
    for kind in ("scripts", "exercises"):
        data = (site / FOLDER / f"{SLUG}-{kind}.zip").read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        names = [entry.filename for entry in entries]
        assert names == sorted(names)
        assert not any("attempt" in name and "engine" not in name for name in names)
        assert not any("__pycache__" in name for name in names)

"""A script's output on the CPU with its recorded GPU run beside it, as a page shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from loopbook.blocks.devices import NONE_YET, STALE, as_markdown
from loopbook.blocks.pieces import Devices
from loopbook.blocks.printed import Printed
from loopbook.devices.recording import Recording, place_of, write_recording
from loopbook.devices.status import gpu_runs
from loopbook.runner.script import syntax_digest

BLOCK = "/// devices | where.py\n///\n"
SOURCE = 'import torch\n\nprint("cuda" if torch.cuda.is_available() else "cpu")\nprint("end")\n'
HARDWARE = {"name": "a <b>stand-in</b>", "driver": "1.2", "cuda": "3.4"}
VERSIONS = {"python": "3.11.5", "torch": "2.9.0", "numpy": "2.4.0", "matplotlib": "3.11.0"}


@pytest.fixture
def script(tiny_book) -> Path:
    """A script of the tiny book that takes any device."""
    tiny_book.script("where.py", SOURCE, "cpu\nend\n")
    return tiny_book.root / "snippets/part-1/2-tiny/where.py"


def record(script: Path, printed: str = "cuda\nend\n") -> None:
    """Put a recording beside a script; its numbers stand for no machine."""
    syntax = syntax_digest(script.read_bytes())
    write_recording(
        script, Recording(HARDWARE, "2026-11-21", VERSIONS, 0.5, printed, syntax, reads={})
    )


def texts(page) -> list[str]:
    return [place.text.strip() for place in page.select(".devices .run-printed")]


def test_without_a_recording_the_page_says_that_there_is_none(tiny_book, script: Path) -> None:
    page = tiny_book.page(BLOCK)
    titles = [title.text for title in page.select(".devices .run-output-title")]
    assert titles == ["On the CPU", "On a GPU"]
    assert texts(page) == ["cpu\nend"]
    assert page.select_one(".devices .run-origin").text == NONE_YET


def test_a_recorded_run_stands_beside_with_device_date_and_versions(
    tiny_book, script: Path
) -> None:
    record(script)
    page = tiny_book.page(BLOCK)
    assert texts(page) == ["cpu\nend", "cuda\nend"]
    assert page.select_one(".devices .run-origin").text == (
        "a <b>stand-in</b> · recorded on 2026-11-21 · Python 3.11.5 · torch 2.9.0 · NumPy 2.4.0"
        " · matplotlib 3.11.0 · CUDA 3.4 · driver 1.2"
    )
    assert not page.select(".devices b") and not page.select(".devices .run-note")


def test_a_stale_recording_is_called_so_and_a_comment_makes_none_stale(
    tiny_book, script: Path
) -> None:
    record(script)
    script.write_text(f"# why\n{SOURCE}")
    assert not tiny_book.page(BLOCK).select(".run-note")
    script.write_text(SOURCE.replace('"end"', '"END"'))
    page = tiny_book.page(BLOCK)
    assert page.select_one(".devices .run-note").text == STALE
    assert texts(page)[1] == "cuda\nend"


def test_lines_are_chosen_in_both_texts(tiny_book, script: Path) -> None:
    record(script)
    block = "/// devices | where.py\n    from: end\n///\n"
    assert texts(tiny_book.page(block)) == ["end", "end"]
    record(script, "cuda\nfinis\n")
    error = tiny_book.error(block)
    assert "“end” on the GPU" in error.message and error.line == 1
    script.write_text(f"{SOURCE}x = 1\n")  # stale: shown whole, since its lines may be others
    assert texts(tiny_book.page(block))[1] == "cuda\nfinis"


def test_a_listing_and_both_outputs_share_a_frame(tiny_book, script: Path) -> None:
    page = tiny_book.page(f"/// code | where.py\n///\n\n{BLOCK}")
    (frame,) = page.select(".run")
    assert [child["class"][0] for child in frame.find_all(recursive=False)] == [
        "run-listing",
        "devices",
    ]
    assert "data-run-script" not in str(page)


def test_a_script_of_another_page_is_named_with_its_folder(tiny_book, script: Path) -> None:
    block = "/// devices | where.py\n    folder: part-1/2-tiny\n///\n"
    assert texts(tiny_book.page(block, "guide.md")) == ["cpu\nend"]


@pytest.mark.parametrize("folder", ["../docs", "/etc", "part-1/../..", "."])
def test_a_folder_outside_is_an_error_at_its_line(tiny_book, script: Path, folder: str) -> None:
    error = tiny_book.error(f"/// devices | where.py\n    folder: {folder}\n///\n")
    assert "no folder below snippets" in error.message and error.line == 2


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("fall.py", "runs on the CPU alone"),
        ("where.py: loop", "shows what where.py prints"),
        ("were.py", "there is no script"),
    ],
)
def test_what_cannot_be_shown_is_an_error(
    tiny_book, script: Path, argument: str, said: str
) -> None:
    error = tiny_book.error(f"Text.\n\n/// devices | {argument}\n///\n")
    assert said in error.message and error.line == 3 and error.cure


def test_a_broken_recording_stops_the_page(tiny_book, script: Path) -> None:
    place_of(script).write_text("{}")
    error = tiny_book.error(BLOCK)
    assert error.file and error.file.endswith("where.cuda.json")


def test_a_notebook_has_both_below_each_other() -> None:
    piece = Devices("a.py", Printed("cpu\n"), Printed("cuda\n"), "name · today", True)
    assert as_markdown(piece).split("\n\n") == [
        "On the CPU:",
        "```text\ncpu\n```",
        "On a GPU (name · today):",
        "```text\ncuda\n```",
        STALE,
    ]
    assert as_markdown(Devices("a.py", Printed("cpu\n"), None, "", False)).endswith(NONE_YET)


def test_the_build_says_in_one_line_what_is_recorded(
    tiny_book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loopbook.devices.status.has_cuda", lambda: False)
    assert gpu_runs(tiny_book.root) == ""
    tiny_book.script("where.py", SOURCE, "cpu\nend\n")
    script = tiny_book.root / "snippets/part-1/2-tiny/where.py"
    assert gpu_runs(tiny_book.root).startswith("GPU runs: 0 of 1 recorded, 0 stale · no GPU here")
    record(script)
    assert gpu_runs(tiny_book.root).startswith("GPU runs: 1 of 1 recorded, 0 stale")
    script.write_text(f"{SOURCE}x = 1\n")
    assert gpu_runs(tiny_book.root).startswith("GPU runs: 1 of 1 recorded, 1 stale")

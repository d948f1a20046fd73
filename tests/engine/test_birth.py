"""What is said of how a figure was made."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from loopbook.blocks.birth import duration, made, seeds
from loopbook.runner.record import Dependency, Record

FIGURE = "/// figure | fall.py: loss\n    alt: A curve.\nIt falls.\n///\n"
VERSIONS = {"python": "3.12.1", "torch": "2.9.0", "numpy": "2.4.0", "matplotlib": "3.11.0"}
RECORD = Record("a.py", "ok", 61.0, "", "cpu", "", "", versions=VERSIONS, processor=2.5)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("torch.manual_seed(42)", ("42",)),
        ("rng = np.random.default_rng(3)\nnp.random.seed(3)", ("3",)),
        ("g = torch.Generator().manual_seed(7)\ntorch.manual_seed(1)", ("7", "1")),
        ("SEED = 5\nmanual_seed(SEED)", ("5",)),
        ("for seed in (1, 2):\n    torch.manual_seed(seed)", ("1", "2")),
        ("torch.manual_seed(int(x))", ("int(x)",)),
        ("torch.manual_seed(0); random.seed()\n# torch.manual_seed(9)", ("0",)),
        ("print('manual_seed(4)')", ()),
    ],
)
def test_seeds_are_read_from_the_script_itself(source: str, found: tuple[str, ...]) -> None:
    assert seeds(source.encode()) == found


def test_one_line_says_seed_versions_device_and_time() -> None:
    assert made((b"torch.manual_seed(42)",), RECORD) == (
        "seed 42 · Python 3.12.1 · torch 2.9.0 · NumPy 2.4.0 · matplotlib 3.11.0 · on the CPU"
        " · under 10 s of processor time"
    )
    assert made((b"seed(1)", b"seed(2)", b"seed(1)"), RECORD).startswith("seeds 1, 2 · ")
    assert made((b"x = 1",), replace(RECORD, device="cuda")).startswith("no seed set · ")
    assert " · on a GPU · " in made((b"",), replace(RECORD, device="cuda"))
    named = replace(RECORD, device="cuda", hardware={"name": "a stand-in"})
    assert " · on a stand-in · " in made((b"",), named)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, "under 10 s"), (10.0, "under a minute"), (599, "under 10 minutes"),
     (3599, "under an hour"), (3600, "over an hour")],
)  # fmt: skip
def test_time_is_told_in_wide_steps(seconds: float, words: str) -> None:
    assert duration(seconds) == f"{words} of processor time"


def test_fold_out_links_the_script_and_names_its_content(tiny_book) -> None:
    page = tiny_book.page(FIGURE)
    details = page.select_one("figure > figcaption > details.run-birth")
    assert not details.has_attr("open") and details.has_attr("data-search-exclude")
    assert details.summary.text == "How this figure was made"
    assert details.a.text == "fall.py" and details.a["href"].endswith("/2-tiny/fall.py")
    script = tiny_book.root / "snippets/part-1/2-tiny/fall.py"
    assert hashlib.sha256(script.read_bytes()).hexdigest()[:8] in details.p.text
    assert "no seed set" in details.p.text


def test_seeds_of_an_imported_neighbour_count(tiny_book) -> None:
    tiny_book.script("data.py", "import torch\n\ntorch.manual_seed(11)\n")
    folder = tiny_book.root / ".build/records/part-1/2-tiny/fall"
    record = Record.from_folder(folder)
    read = {"snippets/part-1/2-tiny/data.py": Dependency("c", "s")}
    (folder / "record.json").write_text(replace(record, reads=read).to_json(), "utf-8")
    assert "seed 11 " in tiny_book.page(FIGURE).select_one(".run-birth p").text

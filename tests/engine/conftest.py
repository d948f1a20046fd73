"""A tiny book in a temporary folder, for tests of the engine."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import markdown
import pytest
from bs4 import BeautifulSoup

from loopbook.errors import BookError
from loopbook.runner.job import Job
from loopbook.runner.outcome import Outcome
from loopbook.runner.record import Figure, Record

CHAPTER = "part-1/2-tiny"
EXTENSIONS = (
    "loopbook.blocks",
    "pymdownx.arithmatex",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "admonition",
    "attr_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
)
SVG = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
     width="460pt" height="288pt" viewBox="0 0 460 288" version="1.1">
 <metadata>made by a plotter</metadata>
 <defs><style type="text/css">*{stroke-linejoin: round}</style>
  <clipPath id="p1"><rect x="0" y="0" width="9" height="9"/></clipPath>
  <path id="m1" d="M 0 0 L 0 3"/></defs>
 <g id="axes_1" clip-path="url(#p1)"><use xlink:href="#m1" style="fill: url(#p1)"/></g>
</svg>
"""


@dataclass(frozen=True)
class TinyBook:
    """A book of one chapter, and what a test wants to know of it."""

    root: Path
    extensions: tuple[str, ...] = EXTENSIONS

    def write(self, path: str, text: str) -> None:
        """Write a file below the root; the text may be indented."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), "utf-8")

    def script(self, name: str, text: str, out: str | None = None) -> None:
        """Write a script of the chapter and what it prints."""
        self.write(f"snippets/{CHAPTER}/{name}", text)
        if out is not None:
            self.write(f"snippets/{CHAPTER}/{name.removesuffix('.py')}.out", out)

    def record(self, name: str, stdout: str, figures: dict[str, str] | None = None) -> None:
        """Write the record of a run of one of the chapter's scripts."""
        folder = self.root / ".build/records" / CHAPTER / name.removesuffix(".py")
        (folder / "figures").mkdir(parents=True, exist_ok=True)
        drawn = figures or {}
        record = Record(
            script=f"{CHAPTER}/{name}",
            status="ok",
            seconds=0.1,
            stdout=stdout,
            device="cpu",
            source="",
            key="",
            figures=tuple(Figure(figure, f"figures/{figure}.svg") for figure in drawn),
        )
        (folder / "stdout.txt").write_text(stdout, "utf-8")
        (folder / "record.json").write_text(record.to_json(), "utf-8")
        for figure, svg in drawn.items():
            (folder / "figures" / f"{figure}.svg").write_text(svg, "utf-8")

    def exercise(self, name: str) -> None:
        """Write the files of an exercise."""
        for part in ("start.py", "solution.py", "check.py"):
            self.script(f"exercises/{name}/{part}", f'"""Part of {name}."""\n')

    def page(self, text: str, path: str = f"{CHAPTER}.md", front: str = "") -> BeautifulSoup:
        """Write a page and read its HTML."""
        return BeautifulSoup(self.html(text, path, front), "html.parser")

    def html(self, text: str, path: str = f"{CHAPTER}.md", front: str = "") -> str:
        """Write a page and convert it."""
        body = textwrap.dedent(text)
        self.write(f"docs/{path}", front + body)
        return self.convert(body)

    def convert(self, text: str, extensions: tuple[str, ...] = ()) -> str:
        """Convert a text that may be a page of the book, with these extensions."""
        return markdown.markdown(
            text,
            extensions=list(extensions or self.extensions),
            extension_configs={
                "loopbook.blocks": {"root": str(self.root)},
                "pymdownx.arithmatex": {"generic": True},
                "pymdownx.highlight": {"anchor_linenums": False},
            },
        )

    def error(self, text: str, path: str = f"{CHAPTER}.md", front: str = "") -> BookError:
        """Write a page that cannot be converted, and say why not."""
        with pytest.raises(BookError) as caught:
            self.html(text, path, front)
        return caught.value


@pytest.fixture
def tiny_book(tmp_path: Path) -> TinyBook:
    """A book with one chapter, ``part-1/2-tiny``, whose script ``fall.py`` prints and draws."""
    book = TinyBook(tmp_path)
    printed = "epoch  1: loss 2.4249, w = -0.5\nepoch 10: loss 0.0119, w = 1.9213\ndone in 3e-04\n"
    book.script("fall.py", '"""Falls."""\nimport torch\n\nprint("x")\n', printed)
    book.record("fall.py", printed, {"loss": SVG, "path": SVG})
    return book


# A whole book, to be copied and broken; its tests are a chapter's, not the engine's.
collect_ignore = ["good"]


ASKS = """
import torch
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
w = torch.tensor([0.5, 2.0], device=device)
print(f"w = {w[0].item():.4f}, {w[1].item():.4f}")
"""


class StandIn(Executor):
    """Runs what is meant for the GPU on the CPU, and says that it was a GPU.

    Attributes:
        devices: the device that each job was meant for, by its name.
    """

    hardware: ClassVar = {"name": "a CPU standing in", "driver": "1.2", "cuda": "3.4"}

    def __init__(self, printed: Callable[[str], str] = str) -> None:
        self.printed = printed
        self.devices: dict[str, str] = {}

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run it at once."""
        job: Job = args[0]
        self.devices[job.name] = job.device
        outcome: Outcome = fn(replace(job, device="cpu"))
        if job.device == "cuda":
            text = self.printed(outcome.stdout)
            touched = self.hardware if "cuda" in Path(job.path).read_text() else {}
            outcome = replace(outcome, stdout=text, hardware=touched)
        future: Future[Any] = Future()
        future.set_result(outcome)
        return future


@pytest.fixture
def device_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book whose one chapter has a script that asks for a device and one that does not."""
    folder = tmp_path / "snippets/one"
    folder.mkdir(parents=True)
    (folder / "asks.py").write_text(ASKS)
    (folder / "asks.out").write_text("w = 0.5000, 2.0000\n")
    (folder / "plain.py").write_text("print(1)\n")
    (folder / "plain.out").write_text("1\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def stand_in() -> type[StandIn]:
    """The executor that lets the CPU stand in for a GPU."""
    return StandIn


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were one."""
    for place in ("runner.versions", "runner.workers", "runner.cli", "devices.choice"):
        monkeypatch.setattr(f"loopbook.{place}.has_cuda", lambda: True)


@pytest.fixture
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were none."""
    for place in ("runner.versions", "runner.workers", "runner.cli", "devices.choice"):
        monkeypatch.setattr(f"loopbook.{place}.has_cuda", lambda: False)

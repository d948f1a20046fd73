"""Two clones built under different circumstances are compared, and what depends on them is seen."""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from loopbook.reproduce.clone import Clone

ROOT = Path(__file__).resolve().parents[2]
COMMAND = ROOT / "scripts" / "reproduce.py"

#: A part of the site that depends on what it must not depend on, one file for each thing.
PLANTED = """
import locale, os, time
from pathlib import Path

import torch

def on_post_build(config):
    locale.setlocale(locale.LC_ALL, "")
    records = Path(".build/records").rglob("record.json")
    shown = {
        "hash-seed": {"data", "model", "loss", "step", "plot", "rate", "epoch", "batch"},
        "time-zone": time.strftime("%Y-%m-%d"),
        "date": os.environ["SOURCE_DATE_EPOCH"],
        "locale": time.strftime("%A"),
        "encoding": locale.getencoding(),
        "workers": [p.parent.name for p in sorted(records, key=lambda p: p.stat().st_mtime_ns)],
        "threads": torch.get_num_threads(),
        "place": os.getcwd(),
        "venv": torch.__file__,
    }
    locale.setlocale(locale.LC_ALL, "C")
    for name, what in shown.items():
        Path(config.site_dir, f"{name}.txt").write_text(str(what), "utf-8")
"""
DEPENDENCES = (
    "date", "encoding", "hash-seed", "locale", "place", "threads", "time-zone", "venv",
    "workers",
)  # fmt: skip
#: It finishes after the next one, unless it is run alone.
SLOW = '"""Waits."""\nimport time\n\ntime.sleep(2)\nprint("done")\n'
FAST = '"""Waits for nothing."""\nprint("done")\n'
#: Would show all that differs around it, if it could see it.
LOOKING = '''"""Looks around."""
import locale
import os
import time

import matplotlib.pyplot as plt
import torch

print("words:", {"data", "model", "loss", "step", "plot"})
print("threads:", torch.get_num_threads(), "offered:", os.environ["OMP_NUM_THREADS"])
print("clock:", time.tzname, "language:", os.environ["LC_ALL"], locale.getencoding())
print("here:", os.getcwd())
generator = torch.Generator().manual_seed(0)
values = torch.randn(1_000_000, generator=generator)
print(f"sum: {values.sum().item():.9g}")
figure, axes = plt.subplots(num="sum")
axes.plot(values[:500].cumsum(0) * values.sum(), label=f"{set('abcdefg')} {time.tzname}")
axes.legend()
plt.show()
'''
PAGE = """# Looking

Of [[look.py: sum]].

/// output | look.py
///

/// figure | look.py:sum
    label: fig-sum
    alt: A line.

A line.
///
"""


@dataclass(frozen=True)
class Reproduced:
    """What the command said of a book."""

    status: int
    said: str
    clones: Path

    @property
    def differing(self) -> list[str]:
        """The files named as different."""
        lines = [line.split(": ") for line in self.said.splitlines()]
        return [line[1] for line in lines if line[0] == "differs"]


def git(root: Path, *arguments: str) -> None:
    """Run git in a folder, as nobody in particular."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def reproduced(root: Path, clones: Path) -> Reproduced:
    """Commit what there is and run the command."""
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "All")
    (root / "docs" / "later.md").write_text("# Not committed\n", "utf-8")
    done = subprocess.run(
        [sys.executable, COMMAND, "--root", root, "--keep", clones],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Reproduced(done.returncode, done.stdout + done.stderr, clones)


@pytest.fixture(scope="module")
def small(tiny_original: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny book with an engine of its own and scripts that look around."""
    root = tmp_path_factory.mktemp("small") / "book"
    shutil.copytree(tiny_original[0], root, ignore=shutil.ignore_patterns(".build"))
    shutil.rmtree(root / "scripts")
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pyc*"))
    (root / ".gitignore").write_text("/.build\n/site\n__pycache__\n", "utf-8")
    (root / ".build").mkdir()
    (root / ".build" / "node").symlink_to(ROOT / ".build" / "node")
    folder = root / "snippets/part-1/1-tiny"
    for name, text in (("a_slow", SLOW), ("b_fast", FAST), ("look", LOOKING)):
        (folder / f"{name}.py").write_text(text, "utf-8")
    (root / "docs/part-1/1-tiny.md").write_text(PAGE, "utf-8")
    command = [sys.executable, root / "scripts/run_snippets.py", "--update"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def spoilt(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Reproduced:
    """The book with a hook that depends on everything."""
    folder = tmp_path_factory.mktemp("spoilt")
    root = shutil.copytree(small, folder / "book", symlinks=True)
    settings = root / "mkdocs.yml"
    hook = "hooks:\n"
    text = settings.read_text("utf-8")
    assert text.count(hook) == 1
    settings.write_text(text.replace(hook, f"{hook}  - planted.py\n"), "utf-8")
    (root / "planted.py").write_text(PLANTED, "utf-8")
    return reproduced(root, folder / "clones")


def test_what_is_not_committed_is_said_and_not_built(spoilt: Reproduced) -> None:
    said = "not in it, and so not built: 1 file(s) changed since, such as docs/later.md"
    assert said in spoilt.said
    assert not list(spoilt.clones.rglob("later*"))


@pytest.mark.parametrize("what", DEPENDENCES)
def test_what_depends_on_circumstances_is_named(spoilt: Reproduced, what: str) -> None:
    assert spoilt.status == 1, spoilt.said
    assert f"{what}.txt" in spoilt.differing, spoilt.said


def test_nothing_else_differs_though_scripts_look_around(spoilt: Reproduced) -> None:
    assert spoilt.differing == [f"{what}.txt" for what in DEPENDENCES]
    assert f" files, {len(DEPENDENCES)} differ, " in spoilt.said
    (page,) = spoilt.clones.glob("a/**/place/site/part-1/1-tiny/index.html")
    text = page.read_text("utf-8")
    assert "threads: 1 offered: 1" in text and "<svg" in text and "words: {" in text


def test_equal_sites_are_no_error(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = shutil.copytree(small, tmp_path / "book", symlinks=True)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "All")
    (root / ".build" / "node").unlink()
    monkeypatch.setattr(Clone, "build", lambda clone: shutil.copytree(root / "docs", clone.site))
    assert runpy.run_path(str(COMMAND))["main"](["--root", str(root)]) == 0
    said = capsys.readouterr().out
    assert " files, 0 differ, " in said and "not in it" not in said


def test_a_book_that_does_not_build_is_an_error(small: Path, tmp_path: Path) -> None:
    root = shutil.copytree(small, tmp_path / "book", symlinks=True)
    (root / "snippets/part-1/1-tiny/look.out").write_text("something else\n", "utf-8")
    found = reproduced(root, tmp_path / "clones")
    assert found.status == 2
    assert "prints something else than look.out" in found.said
    assert "Traceback" not in found.said

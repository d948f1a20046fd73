"""What other versions would change is told; nothing of the book is touched."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

COMMAND = Path(__file__).resolve().parents[2] / "scripts" / "upgrade.py"
PACKAGES = Path(sysconfig.get_path("purelib"))

#: What a made-up "matplotlib 99.0", with a torch to go with it, does otherwise.
PLANTED = """
import sys

if any("forkserver" in word for word in sys.orig_argv):
    import matplotlib.axes
    import torch

    real_format = torch.Tensor.__format__
    torch.Tensor.__format__ = lambda self, spec: real_format(self * 1.25, spec)
    real_plot = matplotlib.axes.Axes.plot

    def plot(self, *args, **more):
        if more.get("color") == "C3":
            more["color"] = "C4"
        if more.get("label") == "moves":
            args = (args[0], [y + 0.5 for y in args[1]])
        return real_plot(self, *args, **more)

    matplotlib.axes.Axes.plot = plot
    real_ones = torch.ones

    def ones(*size, **more):
        if size == (-1,):
            raise RuntimeError("a size must not be negative: -1")
        if size == (7,):
            import warnings
            warnings.warn("seven is out of fashion", stacklevel=2)
        if size == (9,):
            raise TypeError("nine is no more")
        return real_ones(*size, **more) * (1.0001 if size == (3,) else 1)

    torch.ones = ones
"""
FIGURE = """
import matplotlib.pyplot as plt
fig, ax = plt.subplots(num="one")
ax.set_ylim(0, 4)
ax.plot([0, 1], [1, 2], {})
plt.show()
"""
SCRIPTS = {
    "same": "import torch\nprint(torch.zeros(1))\n",
    "number": "import torch\nprint(f'loss {torch.tensor(0.5):.4f} at the end')\n",
    "drift": "import torch\nprint('sum', torch.ones(3).sum().item())\n",
    "message": "# run: expects RuntimeError\nimport torch\nprint('before')\ntorch.ones(-1)\n",
    "warning": "import torch\ntorch.ones(7)\n",
    "broken": "import torch\ntorch.ones(9)\n",
    "colour": FIGURE.format("color='C3'"),
    "moved": FIGURE.format("label='moves'"),
}


@dataclass(frozen=True)
class Tried:
    """What the command said of a book."""

    status: int
    said: str
    root: Path
    summary: str

    def row(self, script: str) -> list[str]:
        """The cells of the only row of the report about a script; none where there is no row."""
        report = (self.root / ".build/upgrade/report.md").read_text("utf-8")
        rows = [line for line in report.splitlines() if line.startswith(f"| a/{script}.py")]
        assert len(rows) <= 1
        return [cell.strip() for row in rows for cell in row.strip("|").split(" | ")][1:]


def state(root: Path) -> dict[str, bytes]:
    """All files of the book, its usual records among them, without what the command may make."""
    made = root / ".build" / "upgrade"
    files = [path for path in root.rglob("*") if path.is_file() and made not in path.parents]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def tried(root: Path, python: Path) -> Tried:
    """Run the command on a book with another interpreter."""
    summary = root.parent / "summary.md"
    done = subprocess.run(
        [sys.executable, COMMAND, "--root", root, "--python", python],
        env=os.environ | {"GITHUB_STEP_SUMMARY": str(summary), "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    text = summary.read_text("utf-8") if summary.exists() else ""
    return Tried(done.returncode, done.stdout + done.stderr, root, text)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of a few scripts, whole."""
    root = tmp_path_factory.mktemp("upgrade") / "book"
    (root / "snippets/a").mkdir(parents=True)
    (root / "docs").mkdir()
    for name, text in SCRIPTS.items():
        (root / f"snippets/a/{name}.py").write_text(text, "utf-8")
    pins = "torch==1.0  # old\nmatplotlib==1.0\nnumpy==1.0\npytest==1.0\nabsent==1\n-e .\n"
    (root / "requirements.txt").write_text(pins, "utf-8")
    made = ("tensor([0.])\n", "loss 0.5000 at the end\n", "sum 3.0\n")
    for name, text in zip(SCRIPTS, made, strict=False):
        (root / f"snippets/a/{name}.out").write_text(text, "utf-8")
    for name in ("warning", "broken", "colour", "moved"):
        (root / f"snippets/a/{name}.out").touch()
    (root / "snippets/a/message.out").write_text(
        "before\nRuntimeError: Trying to create tensor with negative dimension -1: [-1]\n", "utf-8"
    )
    return root


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with other versions, planted."""
    folder = tmp_path_factory.mktemp("other")
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("**/site-packages")
    (packages / "planted_versions.py").write_text(PLANTED, "utf-8")
    (packages / "a.pth").write_text(f"{PACKAGES}\nimport planted_versions\n", "utf-8")
    known = packages / "matplotlib-99.0.dist-info"
    known.mkdir()
    (known / "METADATA").write_text("Metadata-Version: 2.1\nName: matplotlib\nVersion: 99.0\n")
    return next(folder.glob("*/python"))


@pytest.fixture(scope="module")
def upgraded(root: Path, other: Path) -> Tried:
    """The book tried with the planted versions; nothing of it was touched."""
    before = state(root)
    found = tried(root, other)
    assert state(root) == before
    return found


@pytest.mark.parametrize(
    ("script", "row"),
    [
        ("same", []),
        ("drift", []),
        ("number", ["output", "loss 0.5000 at the end", "loss 0.6250 at the end", "2.5e-01"]),
        (
            "message",
            [
                "message",
                "RuntimeError: Trying to create tensor with negative dimension -1: \\[-1\\]",
                "RuntimeError: a size must not be negative: -1",
                "",
            ],
        ),
        ("broken", ["fails", "runs", "TypeError: nine is no more", ""]),
        ("colour", ["figure one", "", "drawn otherwise", ""]),
    ],
)
def test_each_change_is_a_row(upgraded: Tried, script: str, row: list[str]) -> None:
    assert upgraded.status == 1, upgraded.said
    assert upgraded.row(script) == row


def test_a_new_warning_is_a_row(upgraded: Tried) -> None:
    what, before, after, worst = upgraded.row("warning")
    assert (what, before, worst) == ("warnings", "(nothing)", "")
    assert after.endswith("warning.py:2: UserWarning: seven is out of fashion")
    assert str(upgraded.root) not in after


def test_a_moved_line_tells_by_how_many_points(upgraded: Tried) -> None:
    what, _, after, worst = upgraded.row("moved")
    assert (what, after) == ("figure one", "moved")
    assert 20 < float(worst.removesuffix(" pt")) < 40  # an eighth of the axes' height


def test_the_sum_is_told_with_digits_that_stay_within_their_tolerance(upgraded: Tried) -> None:
    assert "8 scripts run; changes: 1 script fails, 1 output, 1 message" in upgraded.said
    assert "1 script's warnings, 2 figures" in upgraded.said
    assert "1 more output(s) differ within their tolerance, by 1.0e-04 at most (a/drift.py)" in (
        upgraded.said
    )


def test_versions_are_told_and_the_table_is_where_github_shows_it(upgraded: Tried) -> None:
    assert "matplotlib 1.0 → 99.0" in upgraded.said
    assert "| matplotlib | 1.0 | 99.0 |" in upgraded.summary
    assert "absent" not in upgraded.summary
    assert upgraded.summary.count("a/number.py") == 1
    assert "a/number.py" in upgraded.said


def test_the_same_versions_change_nothing(upgraded: Tried) -> None:
    found = tried(upgraded.root, Path(sys.executable))
    assert found.status == 0, found.said
    assert "8 scripts run; changes: none." in found.said


def test_a_book_that_is_not_whole_is_an_error(root: Path, tmp_path: Path) -> None:
    (tmp_path / "snippets/a").mkdir(parents=True)
    (tmp_path / "snippets/a/one.py").write_text("print(1)\n", "utf-8")
    found = tried(tmp_path, Path(sys.executable))
    assert found.status == 2
    assert "with the pinned versions 1 snippet(s) fail already" in found.said
    assert "Traceback" not in found.said


def test_what_is_no_interpreter_is_an_error(upgraded: Tried, tmp_path: Path) -> None:
    found = tried(upgraded.root, tmp_path / "python")
    assert found.status == 2
    assert f"{tmp_path / 'python'} cannot be run" in found.said

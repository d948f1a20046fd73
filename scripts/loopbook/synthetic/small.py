"""A book of few words in which every kind of dependence between pages occurs, and edits of it."""

from __future__ import annotations

import dataclasses
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from loopbook.runner.record import Figure, Record

ROOT = Path(__file__).resolve().parents[3]
ONE, TWO = "part-1/1-one", "part-1/2-two"
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="460pt" height="288pt"
 viewBox="0 0 460 288"><path d="M 0 0 L {} 3" style="fill: #1f77b4"/></svg>
"""
CHAPTER = """---
title: "Chapter {n}"
tags: [by hand, lines]
---

# Chapter {n}

A [[rate]] and the number [[run.py: sum]], with $\\eta$, as in [[#first-{n}]] and [[#{other}]].
See [there](../{link}.md#the-end), [the table](../notation.md) and a book[^1].

[^1]: [A book](../bibliography.md#a-book).

/// symbols
///

/// equation | first-{n}
$$
y = w x + {n} - \\eta
$$
///

## A run

/// code | run.py: part
///

/// output | run.py
///

/// figure | run.py: loss
    label: loss-{n}
    alt: A falling line.
A line.
///

//// exercise | task-{n}
    title: Do it
    tags: by hand
Do [[run.py: sum]].

/// hint
Think.
///

/// solution
So.
///
////

/// predict | What?
That.
///

## The end

Words.
"""
RUN = """'''Add.'''

import matplotlib.pyplot as plt

# --8<-- [start:part]
eta = {}
# --8<-- [end:part]
print("sum:", eta)
plt.figure("loss")
plt.plot([1, eta])
plt.show()
"""
TEST = 'import pytest\n\n\n@pytest.mark.equation("first-{}")\ndef test_it() -> None: ...\n'
PAGES = {
    "index": "# Home\n\n### Part 1 · The part\n\n- [1.1 One](part-1/1-one.md)\n"
    "- [1.2 Two](part-1/2-two.md)\n",
    "glossary": "# Glossary\n\n## Rate\n\nHow far a step goes.\n\n## Step\n\nOne move.\n",
    "notation": "# Notation\n\n| symbol | meaning | in code |\n|---|---|---|\n"
    "| $\\eta$ | the rate | `eta` |\n",
    "bibliography": "# Bibliography\n\n## A book\n\nWho wrote it.\n",
    "exercises": "# Exercises\n\n/// exercises\n///\n",
    "tags": "# Tags\n\n/// tags\n///\n",
}


def write_book(root: Path) -> None:
    """Write the book, with records as if its scripts had been run."""
    theme = "scripts/loopbook/site/theme"
    shutil.copytree(ROOT / theme, root / theme)
    shutil.copy(ROOT / "scripts/mkdocs_hook.py", root / "scripts/mkdocs_hook.py")
    shutil.copytree(ROOT / "docs/assets", root / "docs/assets")
    for name, text in PAGES.items():
        (root / f"docs/{name}.md").write_text(text, "utf-8")
    nav = "".join(f"  - {name}: {name}.md\n" for name in PAGES)
    nav = f"nav:\n{nav}  - One: {ONE}.md\n  - Two: {TWO}.md\n\n"
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    settings = re.sub(r"^nav:.*?(?=^plugins:)", nav, settings, flags=re.M | re.S)
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    for n, (folder, other) in enumerate(((ONE, TWO), (TWO, ONE)), start=1):
        text = CHAPTER.replace("{n}", str(n)).replace("{link}", other)
        files = {
            f"docs/{folder}.md": text.replace("{other}", "loss-2" if n == 1 else "first-1"),
            f"tests/{folder}/test_run.py": TEST.format(n),
        }
        for part in ("start", "solution", "check"):
            files[f"snippets/{folder}/exercises/task-{n}/{part}.py"] = f'"""{part}."""\n'
        files[f"snippets/{folder}/exercises/task-{n}/solution.out"] = ""
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, "utf-8")
        run(root, folder, n)


def run(root: Path, folder: str, number: int) -> None:
    """Write a script, what it prints and the record of a run that drew one figure."""
    out, made = f"sum: {number}\n", root / ".build/records" / folder / "run"
    (made / "figures").mkdir(parents=True, exist_ok=True)
    (made.parent.parent.parent / ".lock").touch()
    (root / f"snippets/{folder}/run.py").write_text(RUN.format(number), "utf-8")
    (root / f"snippets/{folder}/run.out").write_text(out, "utf-8")
    (made / "stdout.txt").write_text(out, "utf-8")
    (made / "figures/loss.svg").write_text(SVG.format(number), "utf-8")
    figures = (Figure("loss", "figures/loss.svg"),)
    record = Record(f"{folder}/run.py", "ok", 0.1, out, "cpu", "", "", figures=figures)
    (made / "record.json").write_text(record.to_json(), "utf-8")


def replace(path: str, old: str, new: str) -> Callable[[Path, int], None]:
    """The edit that exchanges a piece of a file; ``{}`` becomes the number of the edit."""

    def edit(root: Path, number: int) -> None:
        text = (root / path).read_text("utf-8")
        assert re.search(old, text), f"{path} has no {old}"
        fresh = re.sub(old, lambda _: new.replace("{}", str(number)), text, count=1)
        (root / path).write_text(fresh, "utf-8")

    return edit


def record_changed(root: Path, number: int) -> None:
    """The run had another torch: the line below the figure changes, and nothing else."""
    folder = root / f".build/records/{TWO}/run"
    record = Record.from_folder(folder)
    assert record is not None
    text = dataclasses.replace(record, versions={"torch": f"{number}"}).to_json()
    (folder / "record.json").write_text(text, "utf-8")


def new_page(root: Path, number: int) -> None:
    """A page more, in the menu."""
    (root / f"docs/more-{number}.md").write_text(f"# More {number}\n\nA [[step]].\n", "utf-8")
    menu = replace("mkdocs.yml", r"\nnav:\n", f"\nnav:\n  - More {number}: more-{number}.md\n")
    menu(root, number)


def damaged(root: Path, number: int) -> None:
    """Kept things with flipped and with missing bytes, and one that is no such thing at all."""
    files = sorted((root / ".build/kept").iterdir())
    chosen = random.Random(number).sample(files, 3)
    data = bytearray(chosen[0].read_bytes())
    data[len(data) // 2] ^= 1
    chosen[0].write_bytes(data)
    chosen[1].write_bytes(chosen[1].read_bytes()[:-9])
    chosen[2].write_bytes(b"")


EDITS: dict[str, Callable[[Path, int], None]] = {
    "text": replace(f"docs/{ONE}.md", r"Words\.", "Words {}."),
    "heading": replace(f"docs/{ONE}.md", r"## A run[^\n]*", "## A run {}"),
    "front matter": replace(f"docs/{TWO}.md", r"tags: \[.*\]", "tags: [by hand, tag {}]"),
    "a number before others": replace(
        f"docs/{TWO}.md",
        r"## A run",
        "## B{}\n\n/// figure | run.py: loss\n    label: new-{}\n    alt: A.\nB.\n///\n\n## A run",
    ),
    "first snippet": lambda root, number: run(root, ONE, number),
    "second snippet": lambda root, number: run(root, TWO, number),
    "record": record_changed,
    "meaning": replace("docs/glossary.md", r"How far [^\n]*", "How far {} steps go."),
    "term": replace("docs/glossary.md", r"## Step", "## Term {}\n\nNew.\n\n## Step"),
    "term's place": replace("docs/glossary.md", r"## Rate[^\n]*", "## Rate { #rate-{} }"),
    "bibliography": replace("docs/bibliography.md", r"Who[^\n]*", "Who wrote {} of them."),
    "notation": replace("docs/notation.md", r"the rate[^|]*", "the rate {} "),
    "map": replace("docs/index.md", r"1\.2 [^\]]*", "1.2 Two {}"),
    "style": replace("docs/assets/book.css", r"\A", "/* {} */\nbody { --x: {} }\n"),
    "template": replace("scripts/loopbook/site/theme/main.html", r"\Z", "<!-- {} -->\n"),
    "exercise": replace(f"docs/{TWO}.md", r"title: Do[^\n]*", "title: Do {}"),
    "starting file": replace(
        f"snippets/{ONE}/exercises/task-1/start.py", r"start[^\"]*", "start {}."
    ),
    "test": replace(f"tests/{ONE}/test_run.py", r"def test_\w+", "def test_it_{}"),
    "settings": replace("mkdocs.yml", r"permalink: \"[^\"]*\"", 'permalink: "{}"'),
    "name": replace("mkdocs.yml", r"site_name: [^#\n]*", "site_name: Name {} "),
    "menu": replace("mkdocs.yml", r"  - [^:]*: part-1/1", "  - Menu {}: part-1/1"),
    "new page": new_page,
    "damage": damaged,
}

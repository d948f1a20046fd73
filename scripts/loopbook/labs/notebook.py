"""A lab as an executed notebook, made from its script and the record of its run."""

from __future__ import annotations

from typing import Any

import nbformat

from loopbook.blocks.birth import made
from loopbook.blocks.picture import inline_svg, is_wide
from loopbook.blocks.printed import printed_in
from loopbook.labs.lab import SCRIPT, Lab
from loopbook.labs.words import Words
from loopbook.runner.cells import statements
from loopbook.runner.record import Cell, Run
from loopbook.runner.script import digest
from loopbook.text import plain, plain_bytes
from loopbook.vector.optimiser import shared
from loopbook.whole import holds, write_whole

_write: Any = nbformat.writes  # nbformat's makers are not typed
_new: Any = nbformat.v4

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "name": "python", "pygments_lexer": "ipython3"},
}


def write_notebook(lab: Lab) -> None:
    """Make the lab's notebook, unless the same is there.

    Raises:
        BookError: the lab was not run, or a figure has no words.
    """
    data = f"{_write(notebook(lab))}\n".encode()
    if not holds(lab.notebook, data):
        lab.notebook.parent.mkdir(parents=True, exist_ok=True)
        write_whole(lab.notebook, data)


def notebook(lab: Lab) -> nbformat.NotebookNode:
    """The lab's cells with what each of them printed and drew when it was run.

    Raises:
        BookError: the lab was not run, or a figure has no words.
    """
    words, outputs = Words.of(lab), _outputs(lab)
    cells, count = [], 0
    for number, cell in enumerate(lab.cells):
        identity = f"cell-{number:02}"
        if cell.kind == "markdown":
            cells.append(_new.new_markdown_cell(words.for_notebook(cell), id=identity))
            continue
        count += 1
        below = outputs.get(cell.line, [])
        cells.append(
            _new.new_code_cell(cell.text, id=identity, execution_count=count, outputs=below)
        )
    whole: nbformat.NotebookNode = _new.new_notebook(cells=cells, metadata=_METADATA)
    nbformat.validate(whole)
    return whole


def _outputs(lab: Lab) -> dict[int, list[nbformat.NotebookNode]]:
    """By the line of each code cell, what the notebook shows below it."""
    run = Run.find(lab.book.records, f"{lab.folder}/{SCRIPT}")
    source = plain_bytes(lab.book.root / lab.file)
    lines = list(statements(source)) if run and run.record.status == "ok" else []
    if run is None or len(lines) != len(run.record.cells):
        raise lab.error("this lab was not run yet", 1, "run python scripts/run_snippets.py")
    record, drawn = run.record, list(zip(run.record.figures, run.figures, strict=True))
    told = printed_in(lab.book, lab.folder, SCRIPT, record)
    printed = told.text.splitlines(keepends=True)
    raw = record.stdout.encode("utf-8")
    ends = (*record.cells[1:], Cell(len(raw), len(record.figures)))
    found: dict[int, list[nbformat.NotebookNode]] = {}
    for line, begin, end in zip(lines, record.cells, ends, strict=True):
        if end.printed and not raw[: end.printed].endswith(b"\n"):
            cure = "let each cell end what it prints with the line's end"
            raise lab.error("the cell ends in the middle of a printed line", line, cure)
        rows = slice(raw.count(b"\n", 0, begin.printed), raw.count(b"\n", 0, end.printed))
        text = "".join(printed[rows])
        found[line] = [_new.new_output("stream", name="stdout", text=text)] if text else []
        alts = next((cell.alts for cell in lab.cells if cell.line == line), ())
        figures = drawn[begin.figures : end.figures]
        if len(alts) != len(figures):
            raise lab.error(
                f"the cell shows {len(figures)} figure(s) and puts {len(alts)} into words",
                line,
                "write a comment for each before it is shown: # alt: A line through dots.",
            )
        birth = f"content hash {digest(source)[:8]} · {made((source,), record)}"
        for (figure, svg), alt in zip(figures, alts, strict=True):
            svg = shared(lab.book.root).optimise(plain(svg))
            found[line].append(_picture(svg, figure.name, alt, birth))
    return found


def _picture(svg: str, name: str, alt: str, birth: str) -> nbformat.NotebookNode:
    """A figure that says what it shows, on white where a notebook's page is dark."""
    metadata = {
        "figure": name,
        "made": birth,
        "needs_background": "light",
        "wide": is_wide(svg),
    }
    data = {"image/svg+xml": inline_svg(svg, f"lab-{name}", alt), "text/plain": alt}
    picture: nbformat.NotebookNode = _new.new_output("display_data", data=data, metadata=metadata)
    return picture

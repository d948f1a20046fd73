"""A lab as an executed notebook, made from its script and the record of its run."""

from __future__ import annotations

from typing import Any

import nbformat

from loopbook.blocks.book import read
from loopbook.blocks.picture import inline_svg, is_wide
from loopbook.blocks.printed import printed_by
from loopbook.labs.lab import SCRIPT, Lab
from loopbook.labs.words import Words
from loopbook.runner.record import Record

_nbformat: Any = nbformat  # its makers are not typed

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "name": "python", "pygments_lexer": "ipython3"},
}


def write_notebook(lab: Lab) -> None:
    """Make the lab's notebook, unless the same is there.

    Raises:
        BookError: the lab was not run, or a figure has no words.
    """
    text = _nbformat.writes(notebook(lab)) + "\n"
    if not (lab.notebook.is_file() and lab.notebook.read_text("utf-8") == text):
        lab.notebook.parent.mkdir(parents=True, exist_ok=True)
        lab.notebook.write_text(text, "utf-8", newline="\n")


def notebook(lab: Lab) -> nbformat.NotebookNode:
    """The lab's cells with what each of them printed and drew when it was run.

    Raises:
        BookError: the lab was not run, or a figure has no words.
    """
    words, outputs = Words.of(lab), _outputs(lab)
    new, cells = _nbformat.v4, []
    for number, cell in enumerate(lab.cells):
        identity = f"cell-{number:02}"
        if cell.kind == "markdown":
            cells.append(new.new_markdown_cell(words.for_notebook(cell), id=identity))
            continue
        count = 1 + sum(earlier.kind == "code" for earlier in lab.cells[:number])
        cells.append(
            new.new_code_cell(
                cell.text, id=identity, execution_count=count, outputs=outputs[cell.line]
            )
        )
    made: nbformat.NotebookNode = new.new_notebook(cells=cells, metadata=_METADATA)
    nbformat.validate(made)
    return made


def _outputs(lab: Lab) -> dict[int, list[nbformat.NotebookNode]]:
    """By the line of each code cell, what the notebook shows below it."""
    folder = lab.book.records / lab.folder / SCRIPT.removesuffix(".py")
    record = Record.from_folder(folder)
    if record is None or record.status != "ok":
        raise lab.error("this lab was not run yet", 1, "run python scripts/run_snippets.py")
    printed = printed_by(lab.book, lab.folder, SCRIPT).text.splitlines(keepends=True)
    raw = record.stdout.encode("utf-8")
    ends = [(cell.printed, cell.figures) for cell in record.cells[1:]]
    ends.append((len(raw), len(record.figures)))
    cells = {cell.line: cell for cell in lab.cells if cell.kind == "code"}
    found = {}
    for began, (end, last) in zip(record.cells, ends, strict=True):
        if not raw[:end].endswith(b"\n") and end:
            cure = "let each cell end what it prints with the line's end"
            raise lab.error("the cell ends in the middle of a printed line", began.line, cure)
        lines = slice(raw.count(b"\n", 0, began.printed), raw.count(b"\n", 0, end))
        figures = record.figures[began.figures : last]
        cell = cells.get(began.line)
        if cell is None:
            continue
        text = "".join(printed[lines])
        shown = [_nbformat.v4.new_output("stream", name="stdout", text=text)] if text else []
        if len(cell.alts) != len(figures):
            raise lab.error(
                f"the cell shows {len(figures)} figure(s) and puts {len(cell.alts)} into words",
                cell.line,
                "write a comment for each before it is shown: # alt: A line through dots.",
            )
        for figure, alt in zip(figures, cell.alts, strict=True):
            shown.append(_picture(read(folder / figure.file), figure.name, alt))
        found[began.line] = shown
    return found


def _picture(svg: str, name: str, alt: str) -> nbformat.NotebookNode:
    """A figure that says what it shows, on white where a notebook's page is dark."""
    metadata: dict[str, Any] = {"needs_background": "light", "wide": is_wide(svg)}
    data = {"image/svg+xml": inline_svg(svg, f"lab-{name}", alt), "text/plain": alt}
    made: nbformat.NotebookNode = _nbformat.v4.new_output(
        "display_data", data=data, metadata=metadata
    )
    return made

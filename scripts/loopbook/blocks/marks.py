"""Which tests evaluate which displayed formula."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from loopbook.blocks.book import Book
from loopbook.errors import BookError
from loopbook.regular import still_there, written
from loopbook.text import parsed, read


@dataclass(frozen=True)
class Mark:
    """One ``@pytest.mark.equation("label")``.

    Attributes:
        label: the formula's label.
        test: name of the test, or of the file for a mark that holds for all of it.
        file: the file, below the repository's root.
        line: the mark's line.
    """

    label: str
    test: str
    file: str
    line: int


def marks_of(book: Book, folder: str) -> tuple[Mark, ...]:
    """The marks of one chapter's tests, sorted by file and line.

    Raises:
        BookError: a test file is not Python, or a mark's label is not a plain text.
    """
    names = [f"tests/{folder}/{name}" for name in written(book.tests / folder, "test_*.py")]
    found = still_there(book.root, names, lambda name: _marks(read(book.root / name, name), name))
    return tuple(mark for _, marks in found for mark in marks)


@lru_cache(maxsize=256)
def _marks(text: str, file: str) -> tuple[Mark, ...]:
    found = _visit(parsed(text, file), file.rpartition("/")[2], file)
    return tuple(sorted(found, key=lambda mark: mark.line))


def _visit(tree: ast.AST, test: str, file: str) -> Iterator[Mark]:
    """The marks below a node, in order; an expression may be nested deeper than calls may be."""
    waiting = [(tree, test)]
    while waiting:
        node, test = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            test = node.name
        if isinstance(node, ast.Call) and _is_mark(node.func):
            label = node.args[0] if len(node.args) == 1 and not node.keywords else None
            if not isinstance(label, ast.Constant) or not isinstance(label.value, str):
                raise BookError(
                    "a mark of an equation holds its label, as a plain text",
                    file=file,
                    line=node.lineno,
                    cure='write @pytest.mark.equation("label")',
                )
            yield Mark(label.value, test, file, node.lineno)
        waiting += [(child, test) for child in ast.iter_child_nodes(node)][::-1]


def _is_mark(func: ast.expr) -> bool:
    """Whether a call is of ``pytest.mark.equation`` or ``mark.equation``."""
    if not isinstance(func, ast.Attribute) or func.attr != "equation":
        return False
    mark = func.value
    return (isinstance(mark, ast.Attribute) and mark.attr == "mark") or (
        isinstance(mark, ast.Name) and mark.id == "mark"
    )

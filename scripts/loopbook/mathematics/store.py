"""Formulas that were typeset before, kept by content in one SQLite file."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from loopbook.errors import BookError
from loopbook.mathematics.formula import Formula, Rule, Typeset
from loopbook.mathematics.mathjax import PACKAGES, SCRIPT

SCHEMA = """
create table if not exists formula (
    tex text, display integer, html text not null, mathml text not null,
    width real not null,
    primary key (tex, display)
) without rowid;
create table if not exists rule (
    selector text primary key, rank integer not null, body text not null
) without rowid;
"""


class Store:
    """The typeset formulas and the rules of the style sheet that go with them.

    The file's name holds the hash of whatever else decides how a formula looks: MathJax's
    version, the script that calls it and the macros. Each call opens the file anew, so that
    threads and other builds may use the same store.

    Args:
        folder: where the file lies; made if need be.
        macros: TeX macros by name.
    """

    def __init__(self, folder: Path, macros: Mapping[str, Any]) -> None:
        made_by = hashlib.sha256(SCHEMA.encode())
        told = json.dumps(macros, sort_keys=True).encode()
        for data in (PACKAGES.lock.read_bytes(), SCRIPT.read_bytes(), told):
            made_by.update(hashlib.sha256(data).digest())
        self.file = folder / f"{made_by.hexdigest()[:16]}.sqlite3"

    def find(self, formulas: Iterable[Formula]) -> dict[Formula, Typeset]:
        """Those of the formulas that are stored."""
        found = {}
        with self._open() as database:
            for formula in formulas:
                row = database.execute(
                    "select html, mathml, width from formula where tex = ? and display = ?",
                    (formula.tex, formula.display),
                ).fetchone()
                if row is not None:
                    found[formula] = Typeset(*row)
        return found

    def add(self, typeset: Mapping[Formula, Typeset], rules: Iterable[Rule]) -> None:
        """Store formulas together with the rules that they need, all or nothing."""
        with self._open() as database:
            database.executemany(
                "insert or ignore into formula values (?, ?, ?, ?, ?)",
                [
                    (key.tex, key.display, made.html, made.mathml, made.width)
                    for key, made in typeset.items()
                ],
            )
            database.executemany(
                "insert or ignore into rule values (?, ?, ?)",
                [(rule.selector, rule.rank, rule.body) for rule in rules],
            )

    def rules(self) -> list[Rule]:
        """The rules for all stored formulas, in the style sheet's order."""
        with self._open() as database:
            rows = database.execute("select rank, selector, body from rule").fetchall()
        return sorted((Rule(*row) for row in rows), key=lambda rule: (rule.rank, rule.selector))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with closing(sqlite3.connect(self.file, timeout=60)) as database:
                database.executescript(SCHEMA)
                with database:
                    yield database
        except sqlite3.Error as error:
            raise BookError(
                f"The stored formulas cannot be used: {error}.",
                file=self.file,
                cure="Delete this file; the next build makes it again.",
            ) from error

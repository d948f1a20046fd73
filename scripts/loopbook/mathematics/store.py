"""Formulas that were typeset before, kept by content in one SQLite file."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, nullcontext, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from loopbook.errors import BookError
from loopbook.kept.seal import seal
from loopbook.lock import locked
from loopbook.mathematics.formula import Formula, Rule, Typeset
from loopbook.mathematics.mathjax import PACKAGES, SCRIPT
from loopbook.mathematics.signs import ALL, fonts_in, sign_of, signs_on

SCHEMA = """
create table if not exists formula (
    tex text, display integer, html text not null, mathml text not null,
    width real not null, seal blob not null,
    primary key (tex, display)
) without rowid;
create table if not exists rules (
    sign text primary key, list text not null, seal blob not null
) without rowid;
"""
# What is wrong with the machine and not with the file; the lowest byte of an error's code.
_AROUND = {
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}  # fmt: skip
T = TypeVar("T")
_signs_of = lru_cache(maxsize=4096)(signs_on)


class Store:
    """The typeset formulas and the rules of the style sheet that go with them.

    The file's name holds the hash of whatever else decides how a formula looks: MathJax's
    version, the script that calls it and the macros. Each call opens the file anew, so that
    threads and other builds may use the same store. Each row carries a seal: one that is not as it
    was put counts as none, and a file that is no database any more is begun anew.

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
        """Those of the formulas that are stored, with the rules of all their signs."""

        def found(database: sqlite3.Connection) -> dict[Formula, Typeset]:
            rows = ((formula, _row(database, formula)) for formula in formulas)
            known = _signs(_rules(database))
            return {
                formula: made for formula, made in rows if made and _signs_of(made.html) <= known
            }

        return self._with(found)

    def add(self, typeset: Mapping[Formula, Typeset], rules: Iterable[Rule]) -> None:
        """Store formulas together with the rules that they need, all or nothing."""
        typeset, rules = dict(typeset), list(rules)

        def added(database: sqlite3.Connection) -> None:
            database.execute("begin immediate")  # nobody adds between what is read and written
            by_sign = defaultdict(set, {s: set(rules) for s, rules in _rules(database).items()})
            for rule in rules:
                by_sign[sign_of(rule.selector)].add(rule)
            lists = [
                (sign, json.dumps(sorted((r.rank, r.selector, r.body) for r in by_sign[sign])))
                for sign in {sign_of(rule.selector) for rule in rules}
            ]
            database.executemany(
                "insert or replace into rules values (?, ?, ?)",
                [(*row, _seal(*row)) for row in lists],
            )
            rows = [
                (key.tex, int(key.display), made.html, made.mathml, float(made.width))
                for key, made in typeset.items()
            ]
            database.executemany(
                "insert or replace into formula values (?, ?, ?, ?, ?, ?)",
                [(*row, _seal(*row)) for row in rows],
            )

        self._with(added)

    def rules(self) -> list[Rule]:
        """The rules for all stored formulas, in the style sheet's order."""
        by_sign = self._with(_rules)
        rules = (rule for rules in by_sign.values() for rule in rules)
        return sorted(rules, key=lambda rule: (rule.rank, rule.selector))

    def signs(self) -> frozenset[str]:
        """The signs whose rules are stored."""
        return _signs(self._with(_rules))

    def _with(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What comes of some work, all or nothing; if need be, of work with a new file."""
        lock = self.file.with_suffix(".lock")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with suppress(OSError):  # a folder that is here to be read alone
                lock.touch()
            try:
                with locked(lock, shared=True) if lock.is_file() else nullcontext():
                    return self._once(work)
            except sqlite3.Error as error:
                if _around(error):
                    raise
            with locked(lock):  # nobody is at work in the file that is begun anew
                try:
                    return self._once(work)
                except sqlite3.Error as error:
                    if _around(error):
                        raise
                # A journal of the damaged file would be taken for one of the new file.
                for end in ("-journal", ""):
                    self.file.with_name(self.file.name + end).unlink(missing_ok=True)
                return self._once(work)
        except (sqlite3.Error, OSError) as error:
            raise BookError(
                f"The stored formulas cannot be used: {error}.",
                file=self.file,
                cure="Delete this file; the next build makes it again.",
            ) from error

    def _once(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with closing(sqlite3.connect(self.file, timeout=60)) as database:
            database.executescript(SCHEMA)
            with database:
                return work(database)


def _around(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _AROUND


def _seal(*values: str | float) -> bytes:
    return seal(repr(values).encode("utf-8"))


def _row(database: sqlite3.Connection, formula: Formula) -> Typeset | None:
    key = formula.tex, int(formula.display)
    row = database.execute(
        "select html, mathml, width, seal from formula where tex = ? and display = ?", key
    ).fetchone()
    return Typeset(*row[:3]) if row and _seal(*key, *row[:3]) == row[3] else None


def _rules(database: sqlite3.Connection) -> Mapping[str, frozenset[Rule]]:
    """The stored rules by their signs."""
    return _read_rules(tuple(database.execute("select sign, list, seal from rules")))


@lru_cache(maxsize=4)
def _read_rules(rows: tuple[tuple[str, str, bytes], ...]) -> Mapping[str, frozenset[Rule]]:
    return {
        sign: frozenset(Rule(*rule) for rule in json.loads(rules))
        for sign, rules, sealed in rows
        if _seal(sign, rules) == sealed
    }


def _signs(rules: Mapping[str, Iterable[Rule]]) -> frozenset[str]:
    named = " ".join(rule.selector for rule in rules.get(ALL, ()))
    return frozenset(rules) | fonts_in(named)

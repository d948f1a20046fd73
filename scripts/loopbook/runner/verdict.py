"""Did every script do what is expected of it, and print what is written beside it?"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from loopbook.errors import BookError
from loopbook.runner.compare import differences
from loopbook.runner.record import Record
from loopbook.runner.records import Brief
from loopbook.runner.script import digest, read_script
from loopbook.runner.session import Session
from loopbook.text import plain, read_printed
from loopbook.whole import write_whole

_UPDATE = "if the new text is right, accept it: python scripts/run_snippets.py --update"


@dataclass(frozen=True)
class Judge:
    """Compares records with what is expected of them.

    Attributes:
        folder: where the scripts lie.
        docs: where the chapters lie, ``<folder of the script>.md``; ``None``: there are none.
        required: whether a script without an ``.out`` file is an error.
        update: rewrite the ``.out`` files that do not agree, instead of complaining.
    """

    folder: Path
    docs: Path | None = None
    required: bool = False
    update: bool = False

    def complaints(self, session: Session) -> dict[str, BookError]:
        """What is wrong, by script; empty where all is as expected."""
        found: dict[str, BookError] = {}
        records = session.records
        for name in records:
            if self._as_expected(name, records.brief(name)):
                continue
            with suppress(KeyError):  # it is gone, and nobody's affair any more
                complaint = self._complaint(records[name])
                if complaint and os.path.lexists(self.folder / name):
                    found[name] = complaint
        for error in session.errors:
            name = Path(str(error.file)).relative_to(self.folder.resolve()).as_posix()
            found[name] = BookError(
                error.message, file=_short(name, self.folder), line=error.line, cure=error.cure
            )
        return dict(sorted(found.items()))

    def _as_expected(self, name: str, brief: Brief) -> bool:
        """Whether it is plain without the record that nothing is wrong."""
        path = os.path.join(self.folder, name)
        if brief.status != "ok" or not os.path.lexists(path):
            return False
        beside = Path(path).with_suffix(".out")
        if not beside.exists():
            return not (self.required or self.update)
        with suppress(BookError):
            return digest(read_printed(beside).encode("utf-8")) == brief.printed
        return False

    def _complaint(self, record: Record) -> BookError | None:
        if record.problem and record.status == "failed":
            problem = record.problem
            detail = f"\n{problem.trace.rstrip()}" if problem.trace else ""
            what = f"{problem.kind}: {problem.message}".rstrip(": ")
            return self._error(record, f"{what}{self._shown_in(record)}{detail}", problem.line)
        if record.status == "skipped":
            return None
        try:
            return self._compare(record)
        except BookError as error:
            return error

    def _compare(self, record: Record) -> BookError | None:
        beside = (self.folder / record.script).with_suffix(".out")
        there = beside.exists()
        expected = read_printed(beside, os.path.relpath(beside)) if there else ""
        printed = plain(record.stdout)
        script = read_script(self.folder, record.script)
        if record.device != "cpu" and not script.declarations.needs:
            return None  # the text kept is what the CPU prints
        if not there:
            if self.update:
                write_whole(beside, record.stdout.encode("utf-8"))
            elif self.required:
                message = f"there is no {beside.name} beside it to say what it prints"
                return self._error(record, message, cure=_UPDATE)
            return None
        says = script.declarations
        diff = differences(
            expected, printed, says.relative, says.absolute, (beside.name, "this run")
        )
        if not diff:
            return None
        if self.update:
            write_whole(beside, record.stdout.encode("utf-8"))
            return None
        message = f"prints something else than {beside.name}{self._shown_in(record)}\n{diff}"
        return self._error(record, message.rstrip(), cure=_UPDATE)

    def _error(
        self, record: Record, message: str, line: int | None = None, cure: str = ""
    ) -> BookError:
        return BookError(message, file=_short(record.script, self.folder), line=line, cure=cure)

    def _shown_in(self, record: Record) -> str:
        """The chapter that shows a script: the page named like the folder that it lies in."""
        for parent in Path(record.script).parents if self.docs else ():
            chapter = (self.docs or Path()) / f"{parent}.md"
            if chapter.is_file():
                return f" (shown in {os.path.relpath(chapter)})"
        return ""


def _short(name: str, folder: Path) -> str:
    return os.path.relpath(folder / name)

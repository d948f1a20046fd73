"""The command ``python scripts/run_snippets.py``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from loopbook.errors import BookError
from loopbook.runner.book import BUILD, judge, merge_snippets, run_snippets
from loopbook.runner.interrupt import status_of
from loopbook.runner.merge import merge
from loopbook.runner.progress import Bar
from loopbook.runner.prune import DAYS, MEGABYTES, prune
from loopbook.runner.session import Options, Session, run_folder
from loopbook.runner.shard import Shard
from loopbook.runner.summary import summary
from loopbook.runner.verdict import Judge
from loopbook.runner.versions import has_cuda
from loopbook.runner.workers import workers_at
from loopbook.whole import check_place, write_pieces


def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Run the book below this root, or any folder of scripts.

    Returns:
        0 if all went as expected, 1 if some failed, 2 if the command was not understood.
    """
    wishes = _parser().parse_args(arguments)
    try:
        if contradiction := _contradiction(wishes):
            raise contradiction
        if wishes.json:
            check_place(wishes.json)
        if wishes.prune:
            print(*prune(root / BUILD), sep="\n")
            return 0
        asked, session = _book(root, wishes) if wishes.folder is None else _any(wishes)
        complaints = asked.complaints(session)
    except BookError as error:
        print(f"run_snippets: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt as stopped:
        print("run_snippets: stopped; what was finished is kept", file=sys.stderr)
        return status_of(stopped)
    try:
        if wishes.json:
            write_pieces(wishes.json, summary(session, complaints))
        _report(session, complaints)
        if wishes.device != "cpu":
            print(_devices(session))
        sys.stdout.flush()
    except OSError as error:
        return _unsaid(error)
    return 1 if complaints else 0


def _unsaid(error: OSError) -> int:
    """The status when the run is over and what is to be said of it cannot be written."""
    with suppress(OSError):
        where = error.filename or "its output"
        print(f"run_snippets: {where} cannot be written: {error.strerror}", file=sys.stderr)
        print("  → what was run is kept: run again", file=sys.stderr)
    # What is still held back would be tried again at Python's end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 2


def _book(root: Path, wishes: argparse.Namespace) -> tuple[Judge, Session]:
    if wishes.output is not None:
        raise BookError("--output goes with a FOLDER", cure="name the folder to run")
    if not (root / "snippets").is_dir():
        cure = "put the book's scripts there, or name another FOLDER, and --output OUT"
        raise BookError("there is no such folder", file=root / "snippets", cure=cure)
    asked = judge(root, wishes.update)
    if wishes.merge:
        return asked, merge_snippets(root, wishes.merge, _options(wishes))
    return asked, run_snippets(root, _options(wishes), wishes.cluster, wishes.shard)


def _any(wishes: argparse.Namespace) -> tuple[Judge, Session]:
    folder, output = _folder(wishes.folder), wishes.output
    if output is None:
        raise BookError("a FOLDER needs --output OUT", cure="say where the records go")
    asked = Judge(folder, update=wishes.update)
    if wishes.merge:
        return asked, merge(wishes.merge, folder, output, _options(wishes))
    shard: Shard | None = wishes.shard
    with workers_at(wishes.cluster, folder, folder) as executor:
        session = run_folder(
            folder,
            shard.store(output) if shard else output,
            _options(wishes),
            wanted=shard.wanted(folder) if shard else lambda name: True,
            observer=Bar(),
            executor=executor,
        )
    return asked, session


def _options(wishes: argparse.Namespace) -> Options:
    return Options(wishes.jobs, wishes.timeout, wishes.device, wishes.memory, style=wishes.style)


def _contradiction(wishes: argparse.Namespace) -> BookError | None:
    if wishes.cluster is not None and wishes.jobs:
        return BookError("--jobs is for this machine", cure="a cluster's workers have threads")
    if wishes.merge and (wishes.cluster is not None or wishes.shard or wishes.jobs):
        return BookError("--merge runs nothing", cure="leave out --cluster, --shard and --jobs")
    if (wishes.merge or wishes.shard) and wishes.device == "auto":
        cure = "say --device cpu or --device cuda"
        return BookError("machines may differ in what device they have", cure=cure)
    if wishes.prune and wishes.folder is not None:
        return BookError("--prune goes without a FOLDER", cure="delete the records you made there")
    return None


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise BookError(f"there is no folder {path}", cure="name a folder that holds scripts")
    return path


def _report(session: Session, complaints: dict[str, BookError]) -> None:
    for complaint in complaints.values():
        print(f"{complaint}\n", file=sys.stderr)
    for record in session.records.of("skipped"):
        print(f"{record.script}: left out: {record.problem and record.problem.message}")
    print(
        f"{len(session.ran)} run, {session.reused} reused, {len(complaints)} failed, "
        f"{session.figures} figures, {session.seconds:.1f} s"
    )


def _devices(session: Session) -> str:
    """Where the scripts ran that take any device."""
    found = sorted(
        {record.hardware["name"] for record in session.records.values() if record.hardware}
    )
    if not has_cuda():
        return "There is no GPU here: everything ran on the CPU."
    if not found:
        return "No script computed on the GPU."
    count = sum(bool(record.hardware) for record in session.records.values())
    return f"{count} of {len(session.records)} scripts computed on {', '.join(found)}."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run_snippets",
        description="Run the book's stale snippets, or every .py below any folder of scripts.",
        epilog="Exit status: 0 all as expected, 1 some failed, 2 wrong usage.",
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER")
    parser.add_argument("--output", type=Path, metavar="OUT", help="where the records go")
    parser.add_argument(
        "--jobs", type=_positive(int), default=0, metavar="N", help="scripts at once"
    )
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help="run them on the Dask cluster of this scheduler"
    )
    parser.add_argument(
        "--shard",
        type=_shard,
        metavar="K/N",
        help="run only part K of N, into a store K-of-N of its own, in .build/shards or OUT",
    )
    parser.add_argument(
        "--merge", nargs="+", type=Path, metavar="STORE", help="run nothing: make one of all parts"
    )
    parser.add_argument(
        "--timeout", type=_positive(float), default=60.0, metavar="SECONDS", help="per script"
    )
    parser.add_argument(
        "--device",
        choices=("auto", "cpu", "cuda"),
        default="cpu",
        help="where scripts run that take any device; auto: on the GPU if there is one",
    )
    parser.add_argument(
        "--memory", type=_positive(int), default=4096, metavar="MB", help="per script"
    )
    parser.add_argument(
        "--style",
        choices=("house", "matplotlib"),
        default="house",
        help="look of the figures: the book's, or matplotlib's own",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all records into one file")
    parser.add_argument(
        "--update", action="store_true", help="rewrite .out files that do not agree"
    )
    parser.add_argument(
        "--prune",
        action="store_true",
        help=f"run nothing; of what builds keep in {BUILD}, remove what was not used for {DAYS} "
        f"days, and the longest unused beyond {MEGABYTES} MB",
    )
    return parser


def _shard(text: str) -> Shard:
    try:
        return Shard.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _positive(kind: type[int] | type[float]):  # type: ignore[no-untyped-def]
    def number(text: str) -> float:
        value = kind(text)
        if not value > 0:
            raise argparse.ArgumentTypeError(f"{text} is not above 0")
        return value

    return number

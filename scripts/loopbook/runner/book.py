"""The book's own snippets: where they lie, and what is asked of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from loopbook.errors import BookError
from loopbook.links import check_links
from loopbook.runner.merge import merge
from loopbook.runner.progress import Bar
from loopbook.runner.session import Options, Session, run_folder
from loopbook.runner.shard import Shard
from loopbook.runner.verdict import Judge
from loopbook.runner.versions import choose_device
from loopbook.runner.workers import workers_at

BUILD = ".build"
RECORDS = f"{BUILD}/records"
SHARDS = ".build/shards"
#: Runs on a GPU have a place of their own: pages show what the CPU printed and drew.
GPU_RECORDS = ".build/records-cuda"
GPU_SHARDS = ".build/shards-cuda"


@dataclass(frozen=True)
class Summary:
    """What a run of the book came to.

    Attributes:
        ran: how many snippets were run.
        reused: how many records stood.
        figures: how many figures all records hold.
        failed: what is wrong, one error per snippet.
        seconds: wall-clock seconds.
    """

    ran: int
    reused: int
    figures: int
    failed: tuple[BookError, ...]
    seconds: float


def is_snippet(name: str) -> bool:
    """Whether a file below ``snippets`` is run: of an exercise, only the solution is."""
    path = PurePosixPath(name)
    return "exercises" not in path.parts or path.name == "solution.py"


def judge(root: Path, update: bool = False) -> Judge:
    """What is asked of the snippets of the book below this root."""
    return Judge(root / "snippets", root / "docs", required=True, update=update)


def run_snippets(
    root: Path,
    options: Options,
    cluster: str | None = None,
    shard: Shard | None = None,
    only: Callable[[str], bool] | None = None,
    step: Callable[[], None] = lambda: None,
) -> Session:
    """Run the stale snippets of the book below this root; errors are left in the records.

    Args:
        root: the repository's root.
        options: how to run.
        cluster: address of the Dask cluster that runs them (default: this machine does).
        shard: only this part of them, into a store of its own below ``.build/shards``.
        only: which of them to look at, by name (default: all).
        step: called before each one that is looked at; what it raises ends the run.

    Raises:
        BookError: a link leads out of the book, or there is no cluster.
    """
    check_links(root)
    folder, kind = root / "snippets", choose_device(options.device)
    records = root / (RECORDS if kind == "cpu" else GPU_RECORDS)
    shards = root / (SHARDS if kind == "cpu" else GPU_SHARDS)
    with workers_at(cluster, root, folder) as executor:
        return run_folder(
            folder,
            shard.store(shards) if shard else records,
            options,
            root=root,
            wanted=shard.wanted(folder, is_snippet) if shard else is_snippet,
            only=only,
            step=step,
            observer=Bar(),
            executor=executor,
        )


def merge_snippets(root: Path, stores: Sequence[Path], options: Options) -> Session:
    """Make the book's records of the stores of all its shards.

    Raises:
        BookError: they are not whole, not of this book as it is here, or contradict each other.
    """
    records = root / (GPU_RECORDS if options.device == "cuda" else RECORDS)
    return merge(stores, root / "snippets", records, options, root=root, wanted=is_snippet)


def run_book(
    root: Path,
    serving: bool = False,
    options: Options = Options(),
    only: Callable[[str], bool] | None = None,
    step: Callable[[], None] = lambda: None,
) -> Summary:
    """Run the stale snippets of the book and say on standard error what is wrong.

    Args:
        root: the repository's root.
        serving: for a live preview, a text that differs from its ``.out`` file is said, and not
            counted as failed.
        options: how to run.
        only: which of them to look at, by name (default: all).
        step: called before each one that is looked at; what it raises ends the run.
    """
    session = run_snippets(root, options, only=only, step=step)
    complaints = judge(root).complaints(session)
    for complaint in complaints.values():
        print(f"{complaint}\n", file=sys.stderr)
    broken = {record.script for record in session.failed}
    failed = [
        complaint
        for name, complaint in complaints.items()
        if not serving or name in broken or name not in session.records
    ]
    return Summary(
        ran=len(session.ran),
        reused=session.reused,
        figures=session.figures,
        failed=tuple(failed),
        seconds=session.seconds,
    )

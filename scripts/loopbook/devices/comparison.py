"""Runs every snippet that takes any device on the CPU and on the GPU, and compares the two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path

from loopbook.devices.agreement import Agreement, Run, agreement
from loopbook.devices.choice import chosen, need_gpu, snippets_for_devices
from loopbook.errors import BookError
from loopbook.runner.progress import Bar
from loopbook.runner.record import Record
from loopbook.runner.session import Options, run_folder

#: Where the runs are kept that are compared; what is not stale is not run again.
PLACE = ".build/devices"


def compare(
    root: Path, names: Sequence[str] = (), executor: Executor | None = None
) -> dict[str, Agreement | BookError]:
    """How far CPU and GPU are apart, by snippet, or why that cannot be said.

    Args:
        root: the repository's root.
        names: paths below ``snippets``; without any, all that take any device.
        executor: runs the jobs.

    Raises:
        BookError: there is no GPU, or a name is not known.
    """
    known = {
        name: script
        for name, script in snippets_for_devices(root).items()
        if not script.declarations.needs
    }
    scripts = chosen(known, names)
    need_gpu()
    cpu, gpu = (
        run_folder(
            root / "snippets",
            root / PLACE / device,
            Options(jobs=jobs, device=device),
            root=root,
            wanted=scripts.__contains__,
            observer=Bar(),
            executor=executor,
        ).records
        for device, jobs in (("cpu", 0), ("cuda", 1))
    )
    found: dict[str, Agreement | BookError] = {}
    for name, script in scripts.items():
        says = script.declarations
        bad = next((run[name] for run in (cpu, gpu) if run[name].problem), None)
        if bad is not None and bad.problem:
            message = f"{bad.problem.kind} on {bad.device}: {bad.problem.message}"
            found[name] = BookError(message, file=script.path, line=bad.problem.line)
            continue
        first, second = _run(root, cpu[name]), _run(root, gpu[name])
        found[name] = agreement(first, second, says.relative, says.absolute)
    return found


def table(found: Mapping[str, Agreement | BookError]) -> str:
    """One line for each snippet, with the largest differences of its printed numbers."""
    rows = [("snippet", "numbers", "absolute", "relative", "beyond", "other lines", "figures")]
    for name, result in found.items():
        if isinstance(result, BookError):
            rows.append((name, "failed", "", "", "", "", ""))
            continue
        figures = f"{result.changed} of {result.figures} changed" if result.figures else "none"
        rows.append(
            (
                name,
                str(result.numbers),
                f"{result.absolute:.2g}",
                f"{result.relative:.2g}",
                str(result.beyond),
                str(result.words),
                figures,
            )
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _run(root: Path, record: Record) -> Run:
    folder = root / PLACE / record.device / record.script.removesuffix(".py")
    figures = (
        (figure.name, (folder / figure.file).read_text("utf-8")) for figure in record.figures
    )
    return Run(record.stdout, tuple(figures))

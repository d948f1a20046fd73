"""How the book's recorded GPU runs stand, in one line for who builds it."""

from __future__ import annotations

from pathlib import Path

from loopbook.devices.choice import snippets_for_devices
from loopbook.devices.recording import read_recording
from loopbook.runner.versions import has_cuda


def gpu_runs(root: Path) -> str:
    """How many snippets for devices have a recorded run, and of how many it is stale.

    Empty where no snippet is for devices. What is missing or stale stops no build: who has no GPU
    cannot mend it, and the pages say it.

    Raises:
        BookError: a snippet or a recording cannot be read.
    """
    scripts = snippets_for_devices(root)
    if not scripts:
        return ""
    found = {name: read_recording(script.path) for name, script in scripts.items()}
    kept = {name: recording for name, recording in found.items() if recording}
    stale = sum(recording.is_stale(root, scripts[name].path) for name, recording in kept.items())
    here = "a GPU is here" if has_cuda() else "no GPU here, the CPU made the pages"
    return (
        f"GPU runs: {len(kept)} of {len(scripts)} recorded, {stale} stale · {here} · "
        "python scripts/record_device.py"
    )

"""Started by ``torchrun``, once per rank: runs the job's script in this process."""

from __future__ import annotations

import json
import os
from pathlib import Path

from loopbook.runner.child import Job, run


def main(file: str) -> int:
    """Run the script of a job file as this rank; its status is not 0 if the script failed."""
    order = Path(file)
    data = json.loads(order.read_text("utf-8"))
    job = Job(**data | {"launch": tuple(data["launch"])})
    folder = order.parent / f"rank-{int(os.environ['RANK'])}"
    folder.mkdir()
    (folder / "pid").write_text(str(os.getpid()), "utf-8")
    run(job, folder)
    return int(json.loads((folder / "result.json").read_text("utf-8"))["problem"] is not None)

"""Scripts on a Dask cluster make the same bytes; workers, the scheduler and patience are lost."""

import os
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest

from loopbook.runner import cluster as connection
from loopbook.runner.session import Options, run_folder

PLOT = """
import warnings
from pathlib import Path
import matplotlib.pyplot as plt
import torch
from shared import double
text = (Path(__file__).parent / "data" / "numbers.txt").read_text()
print(torch.linspace(0, 1, 5).softmax(0), double(2), text, {"a", "b", "c"})
warnings.warn("look here")
plt.plot([1, 2, 3], label="$x^2$")
plt.legend()
plt.show()
"""
# Once another script is under way, kills the worker: the parent of its own fork server.
KILLER = """
import os, signal, time
while not os.path.exists({marker!r}):
    time.sleep(0.05)
stat = open(f"/proc/{{os.getppid()}}/stat").read()
os.kill(int(stat.rpartition(")")[2].split()[1]), signal.SIGKILL)
time.sleep(60)
"""


def test_a_worker_elsewhere_makes_the_same_records_until_nobody_waits_for_it(
    tmp_path: Path, cluster: Any
) -> None:
    meet = "import time, pathlib\npathlib.Path({!r}).touch()\n" + (
        "while not pathlib.Path({!r}).exists():\n    time.sleep(0.05)\nprint('met')\n"
    )
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    folder = cluster.fill(
        tmp_path / "in",
        a=meet.format(one, two),
        b=meet.format(two, one),
        plot=PLOT,
        wrong="import shared\nshared.double(None)\n",
    )
    (folder / "plot.out").write_text("of no interest to the worker")
    elsewhere = cluster.fill(tmp_path / "elsewhere/in")
    for path in folder.glob("*.py"):
        shutil.copy(path, elsewhere)
    cluster.begin()
    cluster.worker("--nthreads", "2", LOOPBOOK_ROOT=str(elsewhere))
    status, said = cluster.run(folder, tmp_path / "out")
    assert status == 1 and "5 run, 0 reused, 2 failed, 1 figures" in said, said
    run_folder(folder, tmp_path / "here", Options(jobs=2))
    assert cluster.contents(tmp_path / "out") == cluster.contents(tmp_path / "here")
    assert len(cluster.contents(tmp_path / "out")) == 12  # five records, one figure, the lock

    for place in (folder, elsewhere):  # it reads what is not the worker's affair otherwise
        (place / "peek.py").write_text(
            "print(open(__file__.replace('peek.py', 'plot.out')).read())"
        )
    _, said = cluster.run(folder, tmp_path / "out")
    assert "peek.py: worker: read plot.out on a worker, where it is not the same file" in said

    slow = cluster.slow("slow")
    for place in (folder, elsewhere):
        (place / "slow.py").write_text(slow.text())
    process = cluster.command(folder, tmp_path / "out")
    slow.wait()
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 130 and "Traceback" not in said, said
    slow.wait_for_its_end()
    assert not (tmp_path / "out/slow").exists()


def test_a_lost_worker_loses_nothing_and_a_lost_scheduler_is_told(
    tmp_path: Path, cluster: Any
) -> None:
    slow, second = cluster.slow("slow"), cluster.slow("second")
    quick = {f"quick{number}": PLOT + f"print({number})\n" for number in range(5)}
    folder = cluster.fill(tmp_path / "in", slow=slow.text(), **quick)
    cluster.begin()
    workers = [cluster.worker("--no-nanny") for _ in range(2)]
    process = cluster.command(folder, tmp_path / "out")
    (lost,) = {worker.pid for worker in workers} & set(slow.wait())
    os.kill(lost, signal.SIGKILL)
    said, _ = process.communicate(timeout=180)
    assert process.returncode == 0 and "7 run, 0 reused, 0 failed, 5 figures" in said, said
    assert len(slow.pids) == 2
    slow.wait_for_its_end()
    run_folder(folder, tmp_path / "here")
    before = cluster.contents(tmp_path / "out")
    assert before == cluster.contents(tmp_path / "here")

    (folder / "slow.py").write_text(second.text())
    process = cluster.command(folder, tmp_path / "out")
    second.wait()
    cluster.started[0].kill()
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 2 and f"the scheduler at {cluster.address} is gone" in said, said
    assert "Traceback" not in said
    second.wait_for_its_end()
    assert cluster.contents(tmp_path / "out") == before


def test_a_script_that_kills_its_workers_takes_nothing_with_it(
    tmp_path: Path, cluster: Any
) -> None:
    slow = cluster.slow("slow")
    folder = cluster.fill(
        tmp_path / "in", killer=KILLER.format(marker=str(slow.marker)), slow=slow.text()
    )
    cluster.begin(DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
    cluster.worker("--nthreads", "2")
    status, said = cluster.run(folder, tmp_path / "out")
    assert status == 1 and "3 run, 0 reused, 1 failed" in said, said
    assert "killer.py: worker: 1 workers of the cluster died one after another" in said
    assert (tmp_path / "out/slow/stdout.txt").read_text() == "done\n"
    assert len(slow.pids) == 2  # it was beside the killer the first time


def test_a_script_edited_once_it_was_sent_is_sent_again(
    tmp_path: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = cluster.fill(tmp_path / "in", a="print('first')\n")
    cluster.begin()
    cluster.worker("--no-nanny")
    with connection.cluster(cluster.address, folder, folder) as executor:
        send = executor._client.submit

        def edit(*order: Any, **more: Any) -> Any:
            (folder / "a.py").write_text("print('second')\n")
            return send(*order, **more)

        monkeypatch.setattr(executor._client, "submit", edit)
        session = run_folder(folder, tmp_path / "out", executor=executor, wanted="a.py".__eq__)
    assert [record.stdout for record in session.records.values()] == ["second\n"]

"""Which workers of a cluster may run what, and addresses where there is none."""

import socket
import time
from pathlib import Path
from typing import Any

import pytest

from loopbook.errors import BookError
from loopbook.runner.cli import main
from loopbook.runner.progress import Observer
from loopbook.runner.record import Record
from loopbook.runner.session import run_folder
from loopbook.runner.versions import versions


def test_a_worker_that_differs_is_refused_by_name(tmp_path: Path, cluster: Any) -> None:
    folder = cluster.fill(tmp_path / "in", a="print(1)\n")
    other = cluster.fill(tmp_path / "other", a="print(2)\n")
    cluster.begin()
    status, said = cluster.run(folder, tmp_path / "out")
    assert status == 2 and f"{cluster.address} has no worker" in said, said

    older = tmp_path / "older.py"
    older.write_text(
        "import loopbook.runner.remote as remote\n"
        "found = remote.equipment() | {'torch': '1.0'}\n"
        "remote.equipment = lambda: found\n"
    )
    cluster.worker("--no-nanny", LOOPBOOK_ROOT=str(other))
    (first,) = cluster.workers()
    cluster.worker("--no-nanny", "--preload", str(older))
    (second,) = cluster.workers() - {first}
    cluster.worker("--no-nanny", "--resources", "GPU=1", LOOPBOOK_ROOT=str(tmp_path / "nowhere"))
    (third,) = cluster.workers() - {first, second}
    status, said = cluster.run(folder, tmp_path / "out")
    assert status == 2 and "Traceback" not in said, said
    assert f"the worker {first} has other sources in {other}: a.py\n" in said
    assert f"the worker {second} has torch 1.0, and not {versions()['torch']}\n" in said
    third += " was started with --resources GPU=1, and has no CUDA device;"
    assert f"the worker {third} has no folder {tmp_path / 'nowhere'}\n" in said
    assert not (tmp_path / "out").exists()


def test_scripts_that_need_a_gpu_go_where_one_is_and_a_late_worker_is_looked_at_too(
    tmp_path: Path, cluster: Any
) -> None:
    slow = cluster.slow("slow")
    gpu = {f"gpu{number}": f"# run: needs cuda\n{slow.text(0.5)}" for number in range(2)}
    folder = cluster.fill(tmp_path / "in", **gpu)
    cluster.begin()
    cluster.worker("--no-nanny")
    _, said = cluster.run(folder, tmp_path / "out")
    assert "gpu1.py: left out: needs cuda, which is not here\n3 run, 0 reused, 0 failed" in said

    equipped = tmp_path / "equipped.py"
    equipped.write_text(
        "import loopbook.runner.remote\nloopbook.runner.remote.has_cuda = lambda: True"
    )
    lucky = cluster.worker("--no-nanny", "--resources", "GPU=1", "--preload", str(equipped))
    process = cluster.command(folder, tmp_path / "out")
    assert lucky.pid in slow.wait()
    said, _ = process.communicate(timeout=180)
    assert "2 run, 1 reused, 0 failed" in said and "left out" not in said, said

    other = cluster.fill(tmp_path / "other")
    busy = [cluster.slow(f"busy{number}") for number in range(3)]
    for one in busy:
        (folder / f"{one.marker.name}.py").write_text(one.text())
    process = cluster.command(folder, tmp_path / "out")
    while sum(one.begun for one in busy) < 2:
        time.sleep(0.05)
    cluster.worker("--no-nanny", LOOPBOOK_ROOT=str(other))
    said, _ = process.communicate(timeout=180)
    (late,) = [name for name in cluster.workers() if name in said]
    assert process.returncode == 2 and f"{late} has other sources in {other}: busy" in said, said


def test_a_cluster_without_workers_is_waited_for_and_given_up(
    tmp_path: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from loopbook.runner import cluster as connection
    from loopbook.runner import dispatcher

    monkeypatch.setattr(dispatcher, "PATIENCE", 1.0)
    slow = cluster.slow("slow")
    folder = cluster.fill(tmp_path / "in", slow=slow.text(), z="print('z')\n")
    cluster.begin()
    only = cluster.worker("--no-nanny")

    class Ending(Observer):
        def finished(self, record: Record) -> None:
            only.kill()  # while the slow one is next

    with (
        connection.cluster(cluster.address, folder, folder) as executor,
        pytest.raises(BookError, match="has lost the workers that it needs\n  → start workers"),
    ):
        run_folder(folder, tmp_path / "out", observer=Ending(), executor=executor)
    assert (tmp_path / "out/shared/record.json").exists()


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nonsense", "http"])
def test_an_address_where_no_scheduler_is(
    tmp_path: Path, cluster: Any, address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        if address == "http":
            address = f"127.0.0.1:{silent.getsockname()[1]}"
        begun = time.monotonic()
        status = main(
            tmp_path, [str(cluster.fill(tmp_path / "in")), "--output", "out", "--cluster", address]
        )
        assert status == 2 and time.monotonic() - begun < 15
    said = capfd.readouterr().err
    assert f"no Dask scheduler answers at '{address}'\n  → name the address" in said


def test_jobs_are_a_matter_of_the_workers(
    tmp_path: Path, cluster: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = str(cluster.fill(tmp_path / "in"))
    asked = [folder, "--output", "out", "--cluster", "127.0.0.1:1", "--jobs", "2"]
    assert main(tmp_path, asked) == 2
    assert "--jobs is for this machine" in capfd.readouterr().err

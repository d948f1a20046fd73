"""Runs on another device: who takes part, and what is recorded of them.

No GPU is needed: the CPU stands in for it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loopbook.devices.record import record_runs
from loopbook.devices.recording import place_of, read_recording
from loopbook.errors import BookError
from loopbook.runner.book import GPU_RECORDS, RECORDS, judge, run_snippets
from loopbook.runner.cli import main
from loopbook.runner.device import driver, takes_any_device
from loopbook.runner.session import Options, run_folder

SCRIPTS = Path(__file__).parents[2] / "scripts"


# --- who takes part


@pytest.mark.parametrize(
    ("source", "takes"),
    [
        ('d = torch.device("cuda" if torch.cuda.is_available() else "cpu")', True),
        ("d = torch.accelerator.current_accelerator()", True),
        ("from torch import accelerator as a", True),
        ("import torch.cuda", True),
        ("from torch.cuda import is_available", True),
        ('model.to("cuda:0")', True),
        ("model.cuda()", True),
        ("# run: any device", False),  # a declaration, which is read elsewhere
        ("x = 1  # not on cuda", False),
        ('"""Why cuda is fast."""', False),
        ("barracuda = 1", False),
        ("cuda = (", False),
    ],
)
def test_a_script_takes_any_device_if_its_code_mentions_one(source: str, takes: bool) -> None:
    assert takes_any_device(source.encode()) is takes


def test_only_scripts_that_take_any_device_are_sent_to_the_gpu(
    device_book: Path, gpu: None, stand_in
) -> None:
    (device_book / "snippets/one/says.py").write_text("# run: any device\nprint(2)\n")
    run_snippets(device_book, Options(device="cpu"))
    executor = stand_in()
    folder, place = device_book / "snippets", device_book / GPU_RECORDS
    session = run_folder(folder, place, Options(device="cuda"), root=device_book, executor=executor)
    assert executor.devices == {"one/asks.py": "cuda", "one/plain.py": "cpu", "one/says.py": "cuda"}
    assert session.records["one/asks.py"].hardware == stand_in.hardware
    assert session.records["one/asks.py"].device == "cuda"
    assert session.records["one/plain.py"].device == "cpu"
    assert session.records["one/plain.py"].hardware == {}
    kept = json.loads((device_book / RECORDS / "one/asks/record.json").read_text())
    assert kept["device"] == "cpu" and kept["hardware"] == {}  # pages show these


def test_the_books_gpu_runs_leave_the_cpus_records_and_texts_alone(
    device_book: Path, gpu: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_snippets(device_book, Options())
    before = (device_book / RECORDS / "one/asks/record.json").read_bytes()
    asks = device_book / "snippets/one/asks.py"
    asks.write_text(
        asks.read_text().replace("w = {", "on the GPU w = {")
    )  # as if it said so there alone
    session = run_snippets(device_book, Options(device="cuda"))
    assert judge(device_book, update=True).complaints(session) == {}
    assert (device_book / RECORDS / "one/asks/record.json").read_bytes() == before
    assert (device_book / "snippets/one/asks.out").read_text() == "w = 0.5000, 2.0000\n"


def test_a_gpu_run_that_touched_none_is_said(
    device_book: Path, gpu: None, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(device_book, ["--device", "cuda"]) == 0  # this machine's torch knows of no GPU
    assert "No script computed on the GPU." in capfd.readouterr().out


def test_without_a_gpu_auto_runs_on_the_cpu_and_says_so_in_one_line(
    device_book: Path, no_gpu: None, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(device_book, ["--device", "auto"]) == 0
    said = capfd.readouterr().out
    assert said.count("There is no GPU here: everything ran on the CPU.\n") == 1
    assert main(device_book, []) == 0
    assert "GPU" not in capfd.readouterr().out


def test_the_driver_is_what_its_own_program_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert driver() == "unknown"
    (tmp_path / "nvidia-smi").write_text("#!/bin/sh\necho 555.42.06\necho 555.42.06\n")
    (tmp_path / "nvidia-smi").chmod(0o755)
    assert driver() == "555.42.06"


# --- recordings


@pytest.fixture
def record(device_book: Path, gpu: None, stand_in) -> Callable[..., dict[str, Any]]:
    """record(NAME…) records runs in the book."""
    return lambda *names: record_runs(device_book, names, stand_in(), today=lambda: "2026-11-21")


def test_a_recording_of_a_script_that_was_edited_as_it_ran_is_of_the_text_that_ran(
    device_book: Path, gpu: None, stand_in
) -> None:
    script = device_book / "snippets/one/asks.py"

    def edit(printed: str) -> str:
        script.write_text(script.read_text() + "print('more')\n")
        return printed

    record_runs(device_book, (), stand_in(edit))
    kept = read_recording(script)
    assert kept and kept.is_stale(device_book, script)


def test_a_recording_says_where_when_and_with_what_it_was_made(
    device_book: Path, record, stand_in
) -> None:
    found = record()
    script = device_book / "snippets/one/asks.py"
    assert list(found) == ["one/asks.py"]
    kept = read_recording(script)
    assert kept == found["one/asks.py"]
    assert kept and kept.hardware == stand_in.hardware and kept.date == "2026-11-21"
    assert kept.stdout == "w = 0.5000, 2.0000\n"
    assert kept.versions.keys() == {"python", "torch", "numpy", "matplotlib"}
    assert not kept.is_stale(device_book, script)


def test_a_comment_is_free_and_a_change_makes_a_recording_stale(device_book: Path, record) -> None:
    script = device_book / "snippets/one/asks.py"
    (script.parent / "numbers.txt").write_text("1")
    (script.parent / "helper.py").write_text("x = 1\n")
    script.write_text(
        "import helper\nfrom pathlib import Path\n"
        f"Path(__file__).with_name('numbers.txt').read_text()\n{script.read_text()}"
    )
    record("one/asks.py")
    kept = read_recording(script)
    assert kept and not kept.is_stale(device_book, script)
    text = script.read_text()
    script.write_text(f"# why\n{text}\n\n")
    (script.parent / "helper.py").write_text("# why\nx = 1\n")
    assert not kept.is_stale(device_book, script)
    script.write_text(text.replace("0.5", "0.6"))
    assert kept.is_stale(device_book, script)
    script.write_text(text)
    (script.parent / "helper.py").write_text("x = 2\n")
    assert kept.is_stale(device_book, script)
    (script.parent / "helper.py").write_text("x = 1\n")
    (script.parent / "numbers.txt").write_text("2")
    assert kept.is_stale(device_book, script)


def test_a_run_that_fails_or_touches_no_gpu_records_nothing_and_loses_nothing(
    device_book: Path, record
) -> None:
    script = device_book / "snippets/one/asks.py"
    record()
    before = place_of(script).read_bytes()
    script.write_text(f"{script.read_text()}\n1 / 0\n")
    (script.parent / "says.py").write_text("# run: any device\nprint(2)\n")
    found = record()
    failed, idle = found["one/asks.py"], found["one/says.py"]
    assert isinstance(failed, BookError) and failed.line == 7 and "ZeroDivisionError" in str(failed)
    assert isinstance(idle, BookError) and "did not compute on the GPU" in idle.message
    assert place_of(script).read_bytes() == before
    assert not place_of(script.with_name("says.py")).exists()


@pytest.mark.parametrize("name", ["one/plain.py", "one/ask", "nowhere"])
def test_a_name_that_is_no_snippet_for_devices_is_an_error(record, name: str) -> None:
    with pytest.raises(BookError, match="takes any device") as caught:
        record(name)
    assert "one/asks.py" in caught.value.cure


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"reads": {}}', '{"reads": 3}', "\xff"])
def test_a_broken_recording_names_its_file_and_the_cure(device_book: Path, text: str) -> None:
    script = device_book / "snippets/one/asks.py"
    place_of(script).write_bytes(text.encode("latin-1"))
    with pytest.raises(BookError) as caught:
        read_recording(script)
    assert str(caught.value.file).endswith("asks.cuda.json")
    assert "record_device.py" in caught.value.cure


@pytest.mark.parametrize("command", ["record_device.py", "compare_devices.py"])
def test_the_commands_say_in_one_line_that_there_is_no_gpu(command: str) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / command)],
        capture_output=True,
        text=True,
        env={"PATH": "", "LD_LIBRARY_PATH": "", "CUDA_VISIBLE_DEVICES": ""},
        check=False,
    )
    assert done.returncode == 2
    assert "there is no GPU here" in done.stderr and "Traceback" not in done.stderr


def test_what_runs_on_a_gpu_is_no_fork_of_a_process_that_may_know_it(
    device_book: Path, gpu: None
) -> None:
    script = device_book / "snippets/one/asks.py"
    script.write_text('import sys\nprint("loopbook.runner.warm" in sys.modules, "cuda")\n')
    run = {
        device: run_snippets(device_book, Options(device=device)).records["one/asks.py"].stdout
        for device in ("cpu", "cuda")
    }
    assert run == {"cpu": "True cuda\n", "cuda": "False cuda\n"}

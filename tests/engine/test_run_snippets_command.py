"""The command that runs a folder of scripts, or the book, and what it says."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from loopbook.runner.book import run_book
from loopbook.runner.cli import main
from loopbook.runner.record import Record
from loopbook.runner.session import Observer, Options, run_folder

COMMAND = Path(__file__).parents[2] / "scripts" / "run_snippets.py"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of one chapter with one snippet."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "one.md").write_text("# One\n")
    (tmp_path / "snippets" / "one").mkdir(parents=True)
    (tmp_path / "snippets/one/a.py").write_text("w = 1.9213\nprint(f'w = {w}')\n")
    (tmp_path / "snippets/one/a.out").write_text("w = 1.9213\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_of_good_scripts_ends_with_0(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.py").write_text("print(1)")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "no.py").write_text("1/0")
    assert main(tmp_path, [str(tmp_path), "--output", str(tmp_path / "out"), "--jobs", "1"]) == 0
    assert (tmp_path / "out/deep/a/stdout.txt").read_text() == "1\n"


def test_a_failure_ends_with_1_and_the_summary_says_why(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    scripts = tmp_path / "in"
    scripts.mkdir()
    (scripts / "a.py").write_text("print(1)")
    (scripts / "b.py").write_text("x = {}\nx['gone']")
    summary = tmp_path / "all.json"
    arguments = [str(scripts), "--output", str(tmp_path / "out"), "--json", str(summary)]
    assert main(tmp_path, arguments) == 1
    said = capfd.readouterr()
    assert "b.py:2: KeyError: 'gone'" in said.err and "x['gone']" in said.err
    assert "1 failed" in said.out
    found = {entry["script"]: entry for entry in json.loads(summary.read_text())["scripts"]}
    assert found["a.py"]["status"] == "ok" and found["a.py"]["complaint"] is None
    assert found["b.py"]["problem"]["line"] == 2
    record = json.loads((tmp_path / "out/b/record.json").read_text())
    assert record["status"] == "failed" and record["problem"]["kind"] == "KeyError"


def test_the_summary_is_sorted_json_whatever_the_scripts_came_to(tmp_path: Path) -> None:
    scripts, told = tmp_path / "in", tmp_path / "all.json"
    scripts.mkdir()

    def summary() -> tuple[list[str], str]:
        main(tmp_path, [str(scripts), "--output", str(tmp_path / "out"), "--json", str(told)])
        text = told.read_bytes().decode("utf-8")
        data = json.loads(text)
        assert text == json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        assert data["seconds"] >= 0
        return [script["script"] for script in data["scripts"]], text

    assert summary()[0] == []
    (scripts / "a.py").write_text("# run: timeout never\n")
    assert summary()[0] == ["a.py"]
    (scripts / "b.py").write_text("raise ValueError('ö\u2028\\n\\r\\n\\n')\n", "utf-8")
    (scripts / "c.py").write_text("print(1)\n")
    names, text = summary()
    assert names == ["b.py", "c.py", "a.py"] and "ö\u2028\\n\\r" in text


@pytest.mark.parametrize(
    "arguments",
    [
        ["--jobs", "0", "."],
        ["--jobs", "many", "."],
        ["--device", "tpu"],
        ["."],
        ["nowhere", "--output", "out"],
        ["--output", "out"],
        ["--no-such-option"],
    ],
)
def test_wrong_usage_ends_with_2_and_runs_nothing(book: Path, arguments: list[str]) -> None:
    try:
        status = main(book, arguments)
    except SystemExit as error:
        status = int(error.code or 0)
    assert status == 2
    assert not (book / ".build").exists() and not (book / "out").exists()


def test_a_place_without_snippets_is_no_book(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for arguments in ([], ["--update"], ["--shard", "1/2"]):
        assert main(tmp_path, arguments) == 2
        assert f"{tmp_path / 'snippets'}: there is no such folder" in capfd.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("place", [".", "nowhere/all.json", "pipe", "a.py/all.json"])
def test_a_summary_that_cannot_be_written_is_refused_before_anything_is_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    (tmp_path / "a.py").write_text("print(1)")
    os.mkfifo(tmp_path / "pipe")
    path, out = tmp_path / place, tmp_path / "out"
    assert main(tmp_path, [str(tmp_path), "--output", str(out), "--json", str(path)]) == 2
    assert f"run_snippets: {path}: " in capsys.readouterr().err
    assert not out.exists() and sorted(os.listdir(tmp_path)) == ["a.py", "pipe"]


@pytest.mark.parametrize("place", ["full", "closed"])
def test_a_report_that_cannot_be_printed_is_said_without_a_traceback(
    tmp_path: Path, place: str
) -> None:
    read, pipe = os.pipe()
    os.close(read)
    (tmp_path / "in").mkdir()
    with open("/dev/full", "wb") if place == "full" else open(pipe, "wb", closefd=False) as output:
        command = [sys.executable, str(COMMAND), str(tmp_path / "in")]
        options = ["--output", str(tmp_path / "out"), "--json", str(tmp_path / "all.json")]
        done = subprocess.run([*command, *options], stdout=output, stderr=-1, text=True)
    os.close(pipe)
    assert done.returncode == 2 and "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr
    assert json.loads((tmp_path / "all.json").read_text())["scripts"] == []


def test_a_folder_that_holds_something_else_is_not_taken_for_records(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data.py").write_text("print(1)\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "numbers.csv").write_text("1,2")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "record.json").write_text("{}")
    (tmp_path / "file").write_text("")
    for output in (tmp_path, tmp_path / "mine", tmp_path / "file"):
        assert main(tmp_path, [str(tmp_path), "--output", str(output)]) == 2
        assert "name a new folder" in capfd.readouterr().err
    assert (tmp_path / "data" / "numbers.csv").read_text() == "1,2"
    assert (tmp_path / "mine" / "record.json").read_text() == "{}"


def test_a_gpu_that_is_not_here_is_wrong_usage(
    book: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("loopbook.runner.versions.has_cuda", lambda: False)
    assert main(book, ["--device", "cuda"]) == 2
    assert "--device cpu" in capfd.readouterr().err
    assert main(book, ["--device", "auto"]) == 0


def test_a_run_line_that_is_not_understood_names_its_line(
    book: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (book / "snippets/one/a.py").write_text("print('w = 1.9213')\n# run: expect ValueError\n")
    assert main(book, []) == 1
    said = capfd.readouterr().err
    assert "one/a.py:2:" in said and "# run: expects RuntimeError" in said


def test_text_that_mentions_run_lines_is_no_declaration(book: Path) -> None:
    (book / "snippets/one/a.py").write_text(
        "'''\n# run: nonsense\n'''\nprint('w = 1.9213')  # run: nonsense\n"
    )
    assert main(book, []) == 0


def test_a_book_without_an_out_file_fails_until_it_is_accepted(
    book: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = book / "snippets/one/a.out"
    out.unlink()
    assert main(book, []) == 1
    assert "no a.out beside it" in capfd.readouterr().err
    assert main(book, ["--update"]) == 0
    assert out.read_text() == "w = 1.9213\n"
    assert main(book, []) == 0


def test_another_text_is_shown_as_a_diff_and_accepted_by_update(
    book: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = book / "snippets/one/a.out"
    out.write_text("w = 1.9713\n")
    assert main(book, []) == 1
    said = capfd.readouterr().err
    assert "-w = 1.9713" in said and "+w = 1.9213" in said
    assert "docs/one.md" in said and "--update" in said
    assert main(book, ["--update"]) == 0
    assert out.read_text() == "w = 1.9213\n"


def test_a_text_within_the_tolerance_stays_as_it_was_written(book: Path) -> None:
    out = book / "snippets/one/a.out"
    out.write_text("w = 1.9214\n")
    assert main(book, ["--update"]) == 0
    assert out.read_text() == "w = 1.9214\n"


def test_a_snippet_can_state_its_own_tolerance(book: Path) -> None:
    out = book / "snippets/one/a.out"
    out.write_text("w = 1.95\n")
    assert main(book, []) == 1
    snippet = book / "snippets/one/a.py"
    snippet.write_text("# run: tolerance 5e-2 1e-5\n" + snippet.read_text())
    assert main(book, []) == 0


def test_of_an_exercise_only_the_solution_is_run(book: Path) -> None:
    exercise = book / "snippets/one/exercises/task"
    exercise.mkdir(parents=True)
    for name in ("start", "check", "attempt"):
        (exercise / f"{name}.py").write_text("raise NotImplementedError")
    (exercise / "solution.py").write_text("print(7)\n")
    (exercise / "solution.out").write_text("7\n")
    assert main(book, []) == 0


def test_a_live_preview_says_what_differs_and_goes_on(
    book: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (book / "snippets/one/a.out").write_text("w = 2\n")
    assert len(run_book(book).failed) == 1
    again = run_book(book, serving=True)
    assert (again.ran, again.reused, again.figures, again.failed) == (0, 1, 0, ())
    assert "+w = 1.9213" in capfd.readouterr().err
    (book / "snippets/one/a.py").write_text("1/0\n")
    assert len(run_book(book, serving=True).failed) == 1


def test_with_nothing_stale_torch_is_not_imported(book: Path) -> None:
    assert main(book, []) == 0
    program = (
        "import sys; from pathlib import Path; from loopbook.runner.cli import main; "
        "status = main(Path('.'), []); "
        "print(status, [name for name in ('torch', 'matplotlib', 'rich') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "0 []", done.stderr


def test_longest_first_by_the_last_time(tmp_path: Path) -> None:
    from loopbook.runner.session import Observer, Options, run_folder

    class Listening(Observer):
        def __init__(self) -> None:
            self.names: list[str] = []

        def started(self, name: str) -> None:
            self.names.append(name)

    for name, seconds in {"a": 0.05, "b": 0.4, "c": 0.2}.items():
        text = f"import time; time.sleep({seconds})\n"
        (tmp_path / f"{name}.py").write_text(text)
    run_folder(tmp_path, tmp_path / "out", Options(jobs=1))
    for path in tmp_path.glob("*.py"):
        path.write_text(path.read_text() + "print(1)\n")
    listening = Listening()
    run_folder(tmp_path, tmp_path / "out", Options(jobs=1), observer=listening)
    assert listening.names == ["b.py", "c.py", "a.py"]


def test_any_executor_of_the_standard_kind_will_do(tmp_path: Path) -> None:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from loopbook.runner.session import run_folder

    (tmp_path / "a.py").write_text("print(1)\n")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        session = run_folder(tmp_path, tmp_path / "out", executor=executor)
    assert session.records["a.py"].stdout == "1\n"


PLOT = """
import matplotlib.pyplot as plt
import numpy as np
print({"a", "b", "c", "d", "e"})
fig, ax = plt.subplots(num="loss")
ax.scatter(range(9), range(9), label="$x^2$")
ax.contourf(np.eye(4)).set_rasterized(True)
ax.legend()
plt.show()
"""


def start(folder: Path, output: Path, **environment: str) -> "subprocess.Popen[bytes]":
    """The command over this folder, as a process of its own, from another folder.

    It hears of an interrupt even where the tests themselves were told to ignore one, as a shell
    does with what runs behind it.
    """
    with open(f"{output}.said", "wb") as said:
        return subprocess.Popen(
            [sys.executable, str(COMMAND), str(folder), "--output", str(output)],
            cwd=os.path.sep,
            env=os.environ | environment,
            stdout=said,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )


def contents(output: Path) -> dict[str, bytes]:
    """All that was made, but for the seconds it took."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*.*"))
        if path.is_file() and path.name not in ("record.json", ".lock")
    }


def test_fresh_runs_give_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "plot.py").write_text(PLOT)
    outputs = [tmp_path / "one", tmp_path / "two"]
    running = [
        start(tmp_path / "in", output, PYTHONHASHSEED=seed, TZ=zone, COLUMNS="40")
        for output, seed, zone in zip(outputs, ("1", "2"), ("UTC", "Asia/Tokyo"), strict=True)
    ]
    assert [process.wait() for process in running] == [0, 0]
    assert list(contents(outputs[0])) == ["plot/figures/loss.svg", "plot/stdout.txt"]
    assert contents(outputs[0]) == contents(outputs[1])
    said = (tmp_path / "one.said").read_text()
    assert "plot.py" in said.splitlines()[0]  # no terminal: a line for each script
    assert "1 run, 0 reused, 0 failed, 1 figures" in said.splitlines()[-1]


def test_the_folder_for_temporary_files_may_lie_deep(tmp_path: Path) -> None:
    folder, deep = tmp_path / "in", tmp_path / ("d" * 60) / ("e" * 60)
    for made in (folder, deep):
        made.mkdir(parents=True)
    (folder / "a.py").write_text("print('done')")
    assert start(folder, tmp_path / "out", TMPDIR=str(deep)).wait(60) == 0
    assert (tmp_path / "out/a/stdout.txt").read_text() == "done\n"


def test_two_runs_at_once_into_one_place_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(8):
        (tmp_path / "in" / f"s{number}.py").write_text(PLOT + f"print({number})\n")
    running = [start(tmp_path / "in", tmp_path / "out") for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    made = contents(tmp_path / "out")
    assert len(made) == 16
    assert all(made[f"s{number}/stdout.txt"].endswith(b"\n%d\n" % number) for number in range(8))
    assert {path.name for path in (tmp_path / "out").iterdir() if path.name.startswith(".")} == {
        ".lock"
    }


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_that_python_drops_ends_the_run_too(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.py").write_text("print('done')\n")
    (tmp_path / "in" / "b.py").write_text("import time\ntime.sleep(60)\n")

    class Interrupting:
        def __del__(self) -> None:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.1)

    class First(Observer):
        def finished(self, record: Record) -> None:
            Interrupting()

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    start = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            run_folder(tmp_path / "in", tmp_path / "out", Options(jobs=2), observer=First())
        assert time.monotonic() - start < 20
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert (tmp_path / "out/a/record.json").exists() and not (tmp_path / "out/b").exists()


def test_an_interrupt_ends_everything_and_keeps_what_was_finished(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.py").write_text("print('done')\n")
    marker = tmp_path / "started"
    (tmp_path / "in" / "b.py").write_text(
        "import os, time\nheld = b'x' * 10**9  # whose process takes a moment to die\n"
        f"open({str(marker)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)\n"
    )
    process = start(tmp_path / "in", tmp_path / "out")
    finished = tmp_path / "out/a/record.json"
    deadline = time.monotonic() + 60
    while not (finished.exists() and marker.exists() and marker.read_text()):
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130
    child = Path(f"/proc/{marker.read_text()}")
    assert not child.exists() or "Z" in (child / "stat").read_text().split()[2]
    assert finished.exists() and not (tmp_path / "out/b").exists()

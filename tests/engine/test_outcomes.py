"""Whatever a script does, its run says so, and no other script suffers."""

import multiprocessing
import os
import time
from pathlib import Path
from textwrap import dedent

import pytest

from loopbook.runner.record import Record
from loopbook.runner.session import Observer, Options, Session, run_folder


def run(folder: Path, options: Options = Options(), **scripts: str) -> Session:
    """Write these scripts into a folder and run it."""
    (folder / "in").mkdir(exist_ok=True)
    for name, text in scripts.items():
        (folder / "in" / f"{name}.py").write_text(dedent(text), encoding="utf-8")
    return run_folder(folder / "in", folder / "out", options)


def only(session: Session) -> Record:
    """The record of the only script."""
    assert list(session.records) == session.ran or len(session.records) == 1
    return next(iter(session.records.values()))


def test_a_process_tells_one_thread_alone_how_it_ended(tmp_path: Path) -> None:
    seen: list[object] = []

    class Looking(Observer):
        def finished(self, record: Record) -> None:
            seen.extend(multiprocessing.active_children())  # as each start of a process does

    for number in range(4):
        (tmp_path / f"s{number}.py").write_text("import time; time.sleep(0.2)")
    session = run_folder(tmp_path, tmp_path / "out", Options(jobs=3), observer=Looking())
    assert not session.failed and seen == []


def test_printed_text_and_figures_are_kept_in_the_order_shown(tmp_path: Path) -> None:
    record = only(
        run(
            tmp_path,
            plot="""
            import matplotlib.pyplot as plt
            print("η is 0.1")
            plt.figure("second shown"); plt.plot([1, 2]); plt.show()
            plt.figure("a"); plt.plot([1, 2])
            plt.figure(); plt.plot([2, 1])
            plt.show()
            plt.figure("a"); plt.plot([3, 4])
            """,
        )
    )
    assert record.status == "ok"
    assert record.stdout == "η is 0.1\n"
    assert [figure.name for figure in record.figures] == ["second-shown", "a", "2", "a-2"]
    folder = tmp_path / "out" / "plot"
    assert (folder / "stdout.txt").read_text("utf-8") == record.stdout
    for figure in record.figures:
        assert "<svg" in (folder / figure.file).read_text("utf-8")


def test_a_figure_of_the_very_end_is_kept(tmp_path: Path) -> None:
    record = only(
        run(
            tmp_path,
            plot="""
            import atexit, threading, time
            import matplotlib.pyplot as plt

            def late():
                time.sleep(0.1)
                plt.figure("late").gca().plot([1, 2])

            threading.Thread(target=late).start()
            atexit.register(lambda: print(plt.get_figlabels()))
            plt.figure("left open")
            """,
        )
    )
    assert record.status == "ok", record.problem
    assert record.stdout == "['left open', 'late']\n"
    assert [figure.name for figure in record.figures] == ["left-open", "late"]


def test_a_figure_takes_the_colours_of_its_page_and_styles_nothing_else(tmp_path: Path) -> None:
    run(
        tmp_path,
        plot="""
        import matplotlib.pyplot as plt
        plt.plot([1, 2], color="k"); plt.plot([2, 1]); plt.xlabel("step"); plt.show()
        """,
    )
    svg = (tmp_path / "out/plot/figures/1.svg").read_text("utf-8")
    assert "currentColor" in svg
    assert "#000000" not in svg and "#0b0c0d" not in svg
    assert "stroke: var(--figure-0, #0069a8)" in svg  # the first colour of the cycle
    assert "--figure-1" not in svg
    assert "<style" not in svg
    assert ">step</text>" in svg


def test_an_exception_names_the_scripts_own_line_and_the_others_still_run(tmp_path: Path) -> None:
    session = run(
        tmp_path,
        bad="""
        import torch
        print("before")
        def f(x):
            return x.view(3)
        f(torch.zeros(4))
        """,
        good="print('fine')",
    )
    bad, good = session.records["bad.py"], session.records["good.py"]
    assert good.status == "ok" and good.stdout == "fine\n"
    assert bad.status == "failed" and bad.stdout == "before\n"
    assert bad.problem and bad.problem.kind == "RuntimeError" and bad.problem.line == 5
    assert "shape '[3]' is invalid" in bad.problem.message
    assert 'File "bad.py", line 6' in bad.problem.trace
    assert "site-packages" not in bad.problem.trace and str(tmp_path) not in bad.problem.trace


def test_an_exception_may_bear_the_name_of_an_end_that_we_know(tmp_path: Path) -> None:
    text = "class {0}(Exception): pass\nraise {0}('the run was {0}')"
    names = ("stopped", "changed", "skipped", "timeout")
    session = run(tmp_path, **{name: text.format(name) for name in names})
    for name in names:
        problem = session.records[f"{name}.py"].problem
        assert problem and (problem.kind, problem.line) == (name, 2)


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    problem = only(run(tmp_path, bad="x = 1\ny = (\n")).problem
    assert problem and problem.kind == "SyntaxError" and problem.line == 2


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("import os; os._exit(0)", "exit", "ended by itself with status 0"),
        ("import os; os.execv('/bin/true', ['true'])", "exit", "another program, which ended with"),
        (
            "import atexit, os; atexit.register(os._exit, 0)",
            "exit",
            "ended by itself with status 0, by os._exit(0)",
        ),
        ("import sys; sys.exit(3)", "exit", "sys.exit(3)"),
        ("import ctypes; ctypes.string_at(0)", "signal", "SIGSEGV"),
        ("while True: pass", "timeout", "did not come to its end within 1 seconds"),
        (
            "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()",
            "timeout",
            "the thread Thread-1 (sleep) that it started did not",
        ),
        (
            "import atexit, time; atexit.register(time.sleep, 60)",
            "timeout",
            "came to its end, but what it calls there did not",
        ),
        ("while True: print('x' * 100_000)", "output", "printed more than"),
        ("import torch; torch.zeros(400_000_000)", "RuntimeError", "allocate memory"),
    ],
)
def test_a_run_that_cannot_end_well_is_that_scripts_error(
    tmp_path: Path, text: str, kind: str, words: str
) -> None:
    quick = kind in ("timeout", "output")
    options = Options(timeout=1 if kind == "timeout" else 30, memory=1024, output=1)
    begun = time.monotonic()
    session = run(tmp_path, options, bad=text, good="print('fine')")
    problem = session.records["bad.py"].problem
    assert problem and problem.kind == kind and words in problem.message
    assert session.records["good.py"].status == "ok"
    assert not quick or time.monotonic() - begun < 15


def test_a_process_left_behind_is_ended(tmp_path: Path) -> None:
    record = only(
        run(
            tmp_path,
            bad="""
            import subprocess
            print(subprocess.Popen(["sleep", "60"]).pid)
            """,
        )
    )
    left = int(record.stdout)
    for _ in range(50):
        status = Path(f"/proc/{left}/stat")
        if not status.exists() or status.read_text().split()[2] == "Z":
            return
        time.sleep(0.02)
    os.kill(left, 9)
    pytest.fail("the process that the script started still runs")


WRITING = {
    "its result": ("open('result.json', 'w').write('[1]')", ""),
    "its end": ("open('result.json', 'w').write('[1]')\nwhile True: pass", "did not come to its"),
    "a thread": (
        "import threading as t, time\nopen('result.json', 'w').write('{}')\n"
        "t.Thread(target=time.sleep, args=(9,)).start()",
        "came to its end, but the thread",
    ),
    "folders": (
        "import os, shutil, tempfile\nwhile True:\n    place = tempfile.mkdtemp()\n"
        "    os.makedirs(place + '/a/b/c/d')\n    shutil.rmtree(place)",
        "did not come to its end",
    ),
    "ranks": ("import os\nos.mkdir('../rank-x'); os.mkdir('../rank-0')", ""),
    "what it read": ("open('../reads.jsonl', 'a').write('?')", "changed files beside"),
    "what it said": (
        "import os\nos.remove('../stdout.txt'); os.mkfifo('../stdout.txt')",
        "changed files beside",
    ),
    "its stack": ("import os\nos.remove('../stack.txt')\nwhile True: pass", "did not come to"),
}


@pytest.mark.parametrize("what", WRITING)
def test_files_of_our_own_names_are_a_scripts_own_affair(tmp_path: Path, what: str) -> None:
    text, said = WRITING[what]
    session = run(tmp_path, Options(timeout=1), bad=text, good="print(1)")
    assert session.records["good.py"].stdout == "1\n"
    problem = session.records["bad.py"].problem
    assert (problem is None) == (said == "")
    assert problem is None or said in problem.message


def test_where_a_launched_script_is_stuck_is_told(tmp_path: Path) -> None:
    stuck = "# run: launch torchrun --nproc-per-node 2\nprint('x' * 2_000_000)\nwhile 1:\n    1\n"
    problem = only(run(tmp_path, Options(output=1), stuck=stuck)).problem
    assert problem and problem.kind == "output" and problem.line in (3, 4)


def test_an_expected_exception_is_a_success_and_its_message_is_printed(tmp_path: Path) -> None:
    record = only(
        run(
            tmp_path,
            bad="""
            # run: expects RuntimeError
            import torch
            print("before")
            torch.ones(2).sum().backward()
            """,
        )
    )
    assert record.status == "ok"
    assert record.stdout == (
        "before\nRuntimeError: element 0 of tensors does not require grad and does not have a "
        "grad_fn\n"
    )


def test_an_unexpected_success_and_another_exception_are_errors(tmp_path: Path) -> None:
    session = run(
        tmp_path,
        success="# run: expects ValueError\nprint(1)",
        other="# run: expects ValueError\n{}['a']",
    )
    success, other = (session.records[name].problem for name in ("success.py", "other.py"))
    assert success and success.kind == "unexpected success" and "ValueError" in success.message
    assert other and other.kind == "KeyError" and other.line == 2


def test_a_script_may_ask_for_more_time_than_the_others(tmp_path: Path) -> None:
    text = "import time; time.sleep(1.5)"
    session = run(tmp_path, Options(timeout=0.5), long=f"# run: timeout 20\n{text}", short=text)
    assert session.records["long.py"].status == "ok"
    assert session.records["short.py"].status == "failed"


def test_a_script_that_needs_a_gpu_is_left_out_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loopbook.runner.workers.has_cuda", lambda: False)
    record = only(run(tmp_path, gpu="# run: needs cuda\nraise SystemExit(1)"))
    assert record.status == "skipped"
    assert record.problem and record.problem.message == "needs cuda, which is not here"


def test_a_launched_script_prints_rank_by_rank(tmp_path: Path) -> None:
    record = only(
        run(
            tmp_path,
            ddp="""
            # run: launch torchrun --nproc-per-node=2
            import torch
            import torch.distributed as dist

            dist.init_process_group("gloo")
            rank = torch.tensor([float(dist.get_rank())])
            total = rank.clone()
            dist.all_reduce(total)
            print(f"rank {rank.item():.0f}: sum {total.item():.0f}")
            dist.destroy_process_group()
            """,
        )
    )
    assert record.status == "ok", record.problem
    assert record.stdout == "rank 0: sum 1\nrank 1: sum 1\n"


def test_a_launcher_that_runs_nothing_is_heard(tmp_path: Path) -> None:
    problem = only(run(tmp_path, ddp="x = 1\n# run: launch torchrun --nope")).problem
    assert problem and (problem.kind, problem.line) == ("launch", 2)
    assert "unrecognized arguments: --nope" in problem.message and "usage:" in problem.trace


def test_one_script_cannot_change_another(tmp_path: Path) -> None:
    spoil = """
    import os, sys, random
    import numpy, torch
    import matplotlib.pyplot as plt
    plt.rcParams["lines.linewidth"] = 9
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(5); random.seed(5); numpy.random.seed(5)
    torch.nn.Linear = None
    os.environ["SPOILT"] = "1"
    sys.path.append("spoilt")
    """
    look = """
    import os, sys
    import torch
    import matplotlib.pyplot as plt
    print(plt.rcParams["lines.linewidth"], torch.get_default_dtype(), torch.initial_seed() == 5)
    print(torch.nn.Linear is None, "SPOILT" in os.environ, "spoilt" in sys.path)
    print(os.listdir("."), __name__, sys.argv[0] == __file__)
    """
    session = run(tmp_path, Options(jobs=1), a=look, b=spoil, c=look)
    a, c = session.records["a.py"], session.records["c.py"]
    assert a.stdout == c.stdout
    assert a.stdout.splitlines()[0] == "2.0 torch.float32 False"
    assert a.stdout.splitlines()[1:] == ["False False False", "[] __main__ True"]


def test_a_script_may_have_workers_of_its_own(tmp_path: Path) -> None:
    record = only(
        run(
            tmp_path,
            loader="""
            import torch
            from torch.utils.data import DataLoader, TensorDataset

            data = TensorDataset(torch.arange(8.0))
            loader = DataLoader(data, batch_size=4, num_workers=2)
            print([batch.sum().item() for (batch,) in loader])
            """,
        )
    )
    assert record.stdout == "[6.0, 22.0]\n", record.problem


def test_the_backward_pass_works_in_a_fork(tmp_path: Path) -> None:
    text = """
    import torch
    torch.set_num_threads(2)
    X = torch.ones(600, 600, requires_grad=True)
    (X @ X).sum().backward()
    print(X.grad[0, 0].item())
    """
    session = run(tmp_path, a=text, b=text)
    assert [record.stdout for record in session.records.values()] == ["1200.0\n"] * 2


def test_the_same_script_gives_the_same_bytes(tmp_path: Path) -> None:
    text = """
    import matplotlib.pyplot as plt
    import numpy as np
    print({"a", "b", "c", "d"})
    fig, ax = plt.subplots(num="loss")
    ax.scatter(range(9), range(9)); ax.contourf(np.eye(4)); ax.legend(["$x^2$"])
    plt.show()
    """
    run(tmp_path, plot=text)
    first = {path.name: path.read_bytes() for path in (tmp_path / "out/plot").rglob("*.*")}
    (tmp_path / "out/plot/record.json").unlink()
    run(tmp_path, plot=text)
    second = {path.name: path.read_bytes() for path in (tmp_path / "out/plot").rglob("*.*")}
    first.pop("record.json"), second.pop("record.json")
    assert "loss.svg" in first and first == second

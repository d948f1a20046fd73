"""The benchmark counts what it says it counts, and says when a limit is missed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from loopbook.bench.contest import Result, quarters
from loopbook.bench.cost import Cost, measure
from loopbook.bench.report import Limit, limits, table
from loopbook.bench.work import BARE_LOOP, importers, write_scripts

SPIN = "import time\nend = time.process_time() + 0.4\nwhile time.process_time() < end: pass\n"
ORPHAN = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {SPIN!r}])\n"


def test_processor_time_of_what_outlives_a_command_counts_and_its_wall_does_not() -> None:
    alone = measure([sys.executable, "-c", ""])
    cost = measure([sys.executable, "-c", ORPHAN])
    told = 0.35 if sys.platform == "linux" else 0.0
    assert cost.processor >= alone.processor + told
    assert 0 <= cost.others <= 1


def test_a_command_that_fails_ends_the_benchmark() -> None:
    with pytest.raises(SystemExit, match="ZeroDivisionError"):
        measure([sys.executable, "-c", "1 / 0"])


def test_every_tenth_script_imports_the_shared_module(tmp_path: Path) -> None:
    write_scripts(tmp_path / "scripts", 22)
    texts = [file.read_text() for file in sorted((tmp_path / "scripts").iterdir())]
    assert len(texts) == 22
    assert sum("from rate import RATE" in text for text in texts) == importers(22) - 1 == 3


def test_a_script_of_the_bare_loop_costs_the_same_first_and_last(tmp_path: Path) -> None:
    write_scripts(tmp_path / "scripts", 8)  # the shared module, which trains nothing, comes first
    (tmp_path / "loop.py").write_text(BARE_LOOP)
    subprocess.run([sys.executable, "loop.py", "scripts", ".", "2"], cwd=tmp_path, check=True)
    used = (tmp_path / "used").read_text()
    assert used.count("\n") == 7 and used.startswith("rate.py ")
    first, last = quarters(used)
    assert min(first[0], last[0]) > 0.25
    assert first[1] == pytest.approx(last[1], rel=0.1)


def result(scripts: int, cold: float, idle: float, memory: float = 27.0) -> Result:
    cost = Cost(cold, cold * 1.8, 0.0, memory, 337.0)
    few = Cost(idle, idle, 0.0, memory)
    cases = {"cold": cost, "nothing stale": few, "a comment changed": few}
    bare = Cost(2.5 + 0.22 * scripts, 4 + 0.36 * scripts, 0.0, 320.0)
    return Result(scripts, bare, cases, (0.36, 7400), (0.36, 7400), 20_000 * scripts)


GOOD = [result(10, 4.5, 0.15), result(40, 10.5, 0.16), result(160, 34.5, 0.2)]
PLAIN = Cost(30.0, 30.0, 0.0)


def missed(results: list[Result]) -> list[str]:
    return [limit.name for limit in limits(results, PLAIN, 10) if not limit.kept]


def test_limits_are_judged_where_their_size_was_measured() -> None:
    assert missed(GOOD) == []
    assert len(limits(GOOD, PLAIN, 10)) == 8
    assert limits(GOOD[:1], PLAIN, 10) == []
    assert "MISSED" in str(Limit("cold", 1.1, 1.0)) and "kept" in str(Limit("cold", 1.0, 1.0))


def test_each_limit_can_be_missed() -> None:
    first, forty, last = GOOD
    assert missed([first, result(40, 11.5, 0.16), last])[:1] == [
        "cold / bare fork loop, 40 scripts"
    ]
    slow = result(160, 34.5, 0.31)
    assert "nothing stale, seconds, 160 scripts" in missed([first, forty, slow])
    assert "nothing stale, milliseconds a further script" in missed([first, forty, slow])
    heavy = result(160, 34.5, 0.2, memory=40.0)
    assert missed([first, forty, heavy]) == ["runner's memory, 160 scripts less 10, MB"]
    late = replace(last.cold, processor=last.cold.processor * 1.2)
    steep = replace(last, cases=last.cases | {"cold": late})
    assert missed([first, forty, steep]) == ["processor s of a further script, late / early"]


def test_the_table_gives_ratios_and_says_what_was_scaled() -> None:
    text = "\n".join(table(GOOD, PLAIN, 10))
    row = next(line for line in text.splitlines() if line.split()[:2] == ["40", "cold"])
    assert row.split()[2:5] == ["10.50", "0.929", "0.0875"]
    assert "* 10 scripts were run so, and their seconds scaled." in text
    assert "a further script, 10 to 40: cold 0.200 s" in text
